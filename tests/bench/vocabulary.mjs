// The words that the articles to measure with are made of: a support team's, in every language that the product ships.

/** `join` stands between words, `end` ends a sentence. */
export const LANGUAGES = {
  en: { name: 'English', words: 'ticket reply customer answer account delivery invoice please open window colleague button message before after every report team because portal search order device update address secure simple' },
  fr: { name: 'français', words: 'demande réponse client compte livraison facture ouvrir fenêtre collègue bouton message avant après chaque rapport équipe parce portail recherche commande appareil mise adresse simple sûr' },
  de: { name: 'Deutsch', words: 'Anfrage Antwort Kundin Konto Lieferung Rechnung bitte öffnen Fenster Kollege Knopf Nachricht vorher nachher jede Bericht Gruppe weil Portal Suche Bestellung Gerät Neuerung Anschrift sicher einfach' },
  es: { name: 'español', words: 'solicitud respuesta cliente cuenta entrega factura abrir ventana compañero botón mensaje antes después cada informe equipo porque portal búsqueda pedido aparato novedad dirección seguro sencillo' },
  it: { name: 'italiano', words: 'richiesta risposta cliente conto consegna fattura aprire finestra collega pulsante messaggio prima dopo ogni rapporto gruppo perché portale ricerca ordine apparecchio novità indirizzo sicuro semplice' },
  'pt-BR': { name: 'português (Brasil)', words: 'chamado resposta cliente conta entrega fatura abrir janela colega botão mensagem antes depois cada relatório equipe porque portal busca pedido aparelho novidade endereço seguro simples' },
  nl: { name: 'Nederlands', words: 'aanvraag antwoord klant rekening levering factuur openen venster collega knop bericht ervoor daarna elk verslag groep omdat portaal zoeken bestelling apparaat vernieuwing adres veilig eenvoudig' },
  pl: { name: 'polski', words: 'zgłoszenie odpowiedź klient konto dostawa faktura otworzyć okno kolega przycisk wiadomość przed potem każdy raport zespół ponieważ portal szukanie zamówienie urządzenie zmiana adres bezpieczny prosty' },
  tr: { name: 'Türkçe', words: 'talep yanıt müşteri hesap teslimat fatura açmak pencere meslektaş düğme ileti önce sonra her rapor ekip çünkü portal arama sipariş cihaz güncelleme adres güvenli basit' },
  ja: { name: '日本語', join: '', end: '。', words: '問い合わせ 返信 お客様 アカウント 配送 請求書 開く 画面 同僚 ボタン メッセージ 以前 以後 毎回 報告 担当者 理由 ポータル 検索 注文 機器 更新 住所 安全 簡単' },
  'zh-Hans': { name: '简体中文', join: '', end: '。', words: '工单 回复 客户 账户 送货 发票 打开 窗口 同事 按钮 消息 之前 之后 每次 报告 团队 因为 门户 搜索 订单 设备 更新 地址 安全 简单' },
  ar: { name: 'العربية', dir: 'rtl', words: 'طلب رد عميل حساب توصيل فاتورة افتح نافذة زميل زر رسالة قبل بعد كل تقرير فريق لأن بوابة بحث شراء جهاز تحديث عنوان آمن بسيط' },
};
