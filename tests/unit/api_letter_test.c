/* What people type into a subject or a name is read by their mail programs as they typed it (T28). */
#include "../../api/mail/letter.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <string.h>

#define HIDDEN "=?utf-8?q?Hi=0D=0ABcc:_eve@evil.example?="

static struct letter a_letter(void)
{
    return (struct letter){
        .from_name = "Acme Support",
        .from_address = "support@acme.example",
        .to_name = "Anna Berg",
        .to_address = "anna@acme.example",
        .subject = "Printer",
        .text = "Hello\n",
        .locale = "en",
        .message_id = "1.x@support.example.com",
        .sent_at = INT64_C(1795342503120),
    };
}

/* The mail's head, to be released. */
static struct buf head_of(const struct letter *letter)
{
    struct buf out;
    buf_init(&out, 64 * 1024);
    assert_true(letter_write(letter, &out));
    char *end = strstr(out.data, "\r\n\r\n");
    assert_non_null(end);
    *end = '\0';
    return out;
}

/* An encoded word (RFC 2047) is decoded by who reads the mail, line breaks and all. */
static void an_encoded_word_that_was_typed_is_no_encoded_word(void **state)
{
    (void)state;
    struct letter letter = a_letter();
    letter.subject = "Re: " HIDDEN " " HIDDEN;
    letter.from_name = letter.to_name = HIDDEN;
    struct buf head = head_of(&letter);
    assert_null(strstr(head.data, "=?"));
    assert_null(strstr(head.data, "\r\nBcc"));
    assert_non_null(strstr(head.data, "eve@evil.example")); /* as harmless text */
    buf_release(&head);
}

static void nor_is_one_beside_letters_that_need_encoding(void **state)
{
    (void)state;
    struct letter letter = a_letter();
    letter.subject = "Déjà " HIDDEN;
    struct buf head = head_of(&letter);
    assert_null(strstr(head.data, "=?utf-8?q?Hi")); /* that of "Déjà" alone is ours */
    buf_release(&head);
}

static void question_marks_and_equals_signs_stay(void **state)
{
    (void)state;
    struct letter letter = a_letter();
    letter.subject = "Is 2+2=4? Yes?=no";
    struct buf head = head_of(&letter);
    assert_non_null(strstr(head.data, "\r\nSubject: Is 2+2=4? Yes?=no\r\n"));
    buf_release(&head);
}

static void without_html_it_is_one_part(void **state)
{
    (void)state;
    struct letter letter = a_letter();
    struct buf head = head_of(&letter);
    assert_non_null(strstr(head.data, "\r\nContent-Type: text/plain; charset=utf-8"));
    buf_release(&head);
}

/* RFC 2046, section 5.1.4: the last is the best. */
static void with_html_the_text_comes_first(void **state)
{
    (void)state;
    struct letter letter = a_letter();
    struct buf out;
    letter.html = "<!doctype html><p>Hello</p>";
    buf_init(&out, 64 * 1024);
    assert_true(letter_write(&letter, &out));
    const char *whole = strstr(out.data, "\r\nContent-Type: multipart/alternative;");
    const char *plain = strstr(out.data, "\r\nContent-Type: text/plain; charset=utf-8");
    const char *html = strstr(out.data, "\r\nContent-Type: text/html; charset=utf-8");
    assert_true(whole && whole < plain && plain < html);
    assert_non_null(strstr(html, "<p>Hello</p>"));
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_encoded_word_that_was_typed_is_no_encoded_word),
        cmocka_unit_test(nor_is_one_beside_letters_that_need_encoding),
        cmocka_unit_test(question_marks_and_equals_signs_stay),
        cmocka_unit_test(without_html_it_is_one_part),
        cmocka_unit_test(with_html_the_text_comes_first),
    };
    letter_init();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    letter_shutdown();
    return failed;
}
