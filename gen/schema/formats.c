#include "formats.h"

#include <stddef.h>

#define LABEL "[a-z0-9]([a-z0-9-]*[a-z0-9])?"
#define HOST LABEL "(\\." LABEL ")*(:[1-9][0-9]{0,4})?"

const char *schema_pattern(enum setting_type type)
{
    switch (type) {
    case SETTING_ID:
        return SCHEMA_ID;
    case SETTING_SLUG:
        return "^/(" LABEL "/)*$";
    case SETTING_HOST:
        return "^" HOST "$";
    case SETTING_EMAIL:
        return "^[^\\s@]+@[A-Za-z0-9.-]+$";
    case SETTING_URL:
        return "^(https?://|mailto:|/)\\S*$";
    case SETTING_API:
        return "^(https?://" HOST ")?(/[A-Za-z0-9._~-]+)*$";
    case SETTING_ISSUER:
        return "^(https://[^\\s?#@/]|http://(127\\.0\\.0\\.1|localhost)([:/]|$))[^\\s?#@]*$";
    case SETTING_LOCALE:
        return SCHEMA_LOCALE;
    case SETTING_COLOR:
        return "^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$";
    case SETTING_LENGTH:
        return "^(0|[0-9]+(\\.[0-9]+)?(px|rem|em|ch|%))$";
    default:
        return NULL;
    }
}
