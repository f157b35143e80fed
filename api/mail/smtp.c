#include "smtp.h"

#include <curl/curl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CONNECT_MS = 10000, WHOLE_MS = 60000, REPLY_BYTES = 200, MAIL_TOO_LARGE = 552 };

struct smtp {
    CURL *curl;
};

/* How far it came: what a refusal means depends on it. */
enum stage { STAGE_HELLO, STAGE_SENDER, STAGE_RECIPIENT, STAGE_CONTENT };

struct sending {
    const struct smtp_mail *mail;
    size_t sent;
    enum stage stage;
    int code;                /* of the server's last refusal; 0: none */
    char reply[REPLY_BYTES]; /* its line */
};

static size_t give(char *room, size_t size, size_t count, void *context)
{
    struct sending *sending = context;
    size_t left = sending->mail->len - sending->sent;
    size_t len = size * count < left ? size * count : left;
    memcpy(room, sending->mail->bytes + sending->sent, len);
    sending->sent += len;
    return len;
}

/* Only the command's name is looked at: what follows AUTH is a secret. */
static void note_command(struct sending *sending, const char *bytes, size_t len)
{
    static const struct {
        const char *begins;
        enum stage stage;
    } commands[] = {{"MAIL FROM", STAGE_SENDER}, {"RCPT TO", STAGE_RECIPIENT}, {"DATA", STAGE_CONTENT}};
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        size_t size = strlen(commands[i].begins);
        if (len >= size && memcmp(bytes, commands[i].begins, size) == 0)
            sending->stage = commands[i].stage;
    }
}

/* After a refusal comes a farewell, which says nothing. */
static void note_reply(struct sending *sending, const char *bytes, size_t len)
{
    size_t end = 0;
    if (len < 4 || (bytes[0] != '4' && bytes[0] != '5'))
        return;
    while (end < len && end < REPLY_BYTES - 1 && bytes[end] != '\r' && bytes[end] != '\n') {
        unsigned char c = (unsigned char)bytes[end];
        sending->reply[end++] = c < ' ' || c >= 0x7f ? '?' : (char)c;
    }
    sending->reply[end] = '\0';
    sending->code = (int)strtol(sending->reply, NULL, 10);
}

static int watch(CURL *curl, curl_infotype type, char *bytes, size_t len, void *context)
{
    (void)curl;
    if (type == CURLINFO_HEADER_OUT)
        note_command(context, bytes, len);
    else if (type == CURLINFO_HEADER_IN)
        note_reply(context, bytes, len);
    return 0;
}

static bool is_here(const char *url)
{
    static const char *const hosts[] = {"smtp://127.0.0.1", "smtp://localhost", "smtp://[::1]", NULL};
    for (const char *const *host = hosts; *host; host++) {
        size_t len = strlen(*host);
        if (strncmp(url, *host, len) == 0 && (url[len] == '\0' || url[len] == ':'))
            return true;
    }
    return false;
}

static void set_server(CURL *curl, const struct smtp_server *server)
{
    curl_easy_setopt(curl, CURLOPT_URL, server->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)WHOLE_MS / 1000);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)WHOLE_MS);
    curl_easy_setopt(curl, CURLOPT_USE_SSL,
                     is_here(server->url) ? (long)CURLUSESSL_TRY : (long)CURLUSESSL_ALL);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (*server->ca_file)
        curl_easy_setopt(curl, CURLOPT_CAINFO, server->ca_file);
    if (*server->user) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, server->user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, server->password ? server->password : "");
    }
}

static void set_mail(CURL *curl, struct sending *sending, const char *from, struct curl_slist *to)
{
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from);
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(curl, CURLOPT_READDATA, sending);
    curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)sending->mail->len);
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L); /* or watch() is not called */
    curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, watch);
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, sending);
}

/*
 * What goes wrong before the sender is named goes wrong with every mail; later, the next one may still go.
 */
static enum smtp_answer answer_of(CURLcode code, const struct sending *sending)
{
    if (code == CURLE_OK)
        return SMTP_TAKEN;
    if (sending->stage == STAGE_HELLO)
        return SMTP_DOWN;
    bool of_mail = sending->stage >= STAGE_RECIPIENT || sending->code == MAIL_TOO_LARGE;
    return of_mail && sending->code >= 500 ? SMTP_REFUSED : SMTP_LATER;
}

static void explain(char why[SMTP_WHY_BYTES], CURLcode code, const struct sending *sending)
{
    static const char *const stages[] = {[STAGE_HELLO] = "connecting to the mail server",
                                         [STAGE_SENDER] = "naming the sender",
                                         [STAGE_RECIPIENT] = "naming the recipient",
                                         [STAGE_CONTENT] = "handing over the mail"};
    snprintf(why, SMTP_WHY_BYTES, "%s: %s%s%s", stages[sending->stage], curl_easy_strerror(code),
             *sending->reply ? "; it said: " : "", sending->reply);
}

struct smtp *smtp_open(void)
{
    struct smtp *smtp = calloc(1, sizeof *smtp);
    if (smtp)
        smtp->curl = curl_easy_init();
    if (smtp && smtp->curl)
        return smtp;
    free(smtp);
    return NULL;
}

void smtp_close(struct smtp *smtp)
{
    if (smtp)
        curl_easy_cleanup(smtp->curl);
    free(smtp);
}

enum smtp_answer smtp_send(struct smtp *smtp, const struct smtp_server *server, const struct smtp_mail *mail,
                           char why[SMTP_WHY_BYTES])
{
    char from[300], to[300];
    struct sending sending = {.mail = mail};
    snprintf(from, sizeof from, "<%s>", mail->from);
    snprintf(to, sizeof to, "<%s>", mail->to);
    struct curl_slist *recipients = curl_slist_append(NULL, to);
    CURLcode code = CURLE_OUT_OF_MEMORY;
    curl_easy_reset(smtp->curl); /* keeps the connection */
    if (recipients) {
        set_server(smtp->curl, server);
        set_mail(smtp->curl, &sending, from, recipients);
        code = curl_easy_perform(smtp->curl);
    }
    enum smtp_answer answer = answer_of(code, &sending);
    explain(why, code, &sending);
    curl_slist_free_all(recipients);
    return answer;
}
