#include "../locale.h"

#include <string.h>

/* Does a letter that is written from right to left begin here? U+0590 to U+08FF, and the presentation forms.
 */
static bool is_turned(const unsigned char *at)
{
    if (at[0] == 0xd6)
        return at[1] >= 0x90;
    if (at[0] == 0xe0)
        return at[1] >= 0xa0 && at[1] <= 0xa3;
    if (at[0] == 0xef)
        return (at[1] >= 0xac && at[1] <= 0xb7) || (at[1] >= 0xb9 && at[1] <= 0xbb);
    return at[0] >= 0xd7 && at[0] <= 0xdf;
}

bool locale_turns(const char *tag, const char *text)
{
    if (strcmp(locale_dir(tag), "rtl") == 0)
        return *text != '\0';
    for (const unsigned char *at = (const unsigned char *)text; *at; at++)
        if (is_turned(at))
            return true;
    return false;
}
