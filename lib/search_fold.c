#include "search_fold.h"

struct range {
    uint32_t first, last;
};

/* Beyond ASCII. What lies beyond the basic plane is hardly ever typed: emoji and rare ideographs are gaps. */
static const struct range gaps[] = {
    {0x80, 0xa9},     {0xab, 0xac},      {0xae, 0xb4},     {0xb6, 0xb9},     {0xbb, 0xbf},
    {0xd7, 0xd7},     {0xf7, 0xf7},      {0x37a, 0x37a},   {0x37e, 0x37e},   {0x384, 0x385},
    {0x387, 0x387},   {0x55a, 0x55f},    {0x589, 0x58a},   {0x5be, 0x5be},   {0x5c0, 0x5c0},
    {0x5c3, 0x5c3},   {0x5f3, 0x5f4},    {0x60c, 0x60d},   {0x61b, 0x61f},   {0x66a, 0x66d},
    {0x6d4, 0x6d4},   {0x964, 0x965},    {0xe3f, 0xe3f},   {0xe4f, 0xe4f},   {0xe5a, 0xe5b},
    {0x104a, 0x104f}, {0x17d4, 0x17db},  {0x1fbd, 0x1fbd}, {0x1fbf, 0x1fc1}, {0x1fcd, 0x1fcf},
    {0x1fdd, 0x1fdf}, {0x1fed, 0x1fef},  {0x1ffd, 0x1ffe}, {0x2000, 0x200b}, {0x200e, 0x206f},
    {0x207a, 0x207e}, {0x208a, 0x208e},  {0x20a0, 0x20cf}, {0x2100, 0x214f}, {0x2190, 0x2bff},
    {0x2e00, 0x2e7f}, {0x3000, 0x3004},  {0x3008, 0x3020}, {0x3030, 0x3030}, {0x303d, 0x303f},
    {0x30a0, 0x30a0}, {0x30fb, 0x30fb},  {0xe000, 0xfdff}, {0xfe10, 0xff0f}, {0xff1a, 0xff20},
    {0xff3b, 0xff40}, {0xff5b, 0x10ffff}};

static const struct range marks[] = {{0xad, 0xad},   {0x300, 0x36f}, {0x591, 0x5bd},   {0x5bf, 0x5bf},
                                     {0x5c1, 0x5c2}, {0x5c4, 0x5c5}, {0x5c7, 0x5c7},   {0x610, 0x61a},
                                     {0x640, 0x640}, {0x64b, 0x65f}, {0x670, 0x670},   {0x6d6, 0x6dc},
                                     {0x6df, 0x6e8}, {0x6ea, 0x6ed}, {0x200c, 0x200d}, {0xfe00, 0xfe0f}};

static const struct range joined[] = {{0xe00, 0xeff},   {0x1000, 0x109f}, {0x1780, 0x17ff},
                                      {0x3005, 0x3007}, {0x3041, 0x30ff}, {0x3400, 0x9fff}};

static bool is_within(uint32_t code, const struct range *ranges, size_t count)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (code > ranges[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && code >= ranges[low].first;
}

#define IS_WITHIN(code, ranges) is_within(code, ranges, sizeof(ranges) / sizeof *(ranges))

static uint32_t fold_arabic(uint32_t code)
{
    if ((code >= 0x660 && code <= 0x669) || (code >= 0x6F0 && code <= 0x6F9))
        return '0' + (code & 0xF);
    switch (code) {
    case 0x622:
    case 0x623:
    case 0x625:
    case 0x671:
        return 0x627;
    case 0x624:
        return 0x648;
    case 0x629:
        return 0x647;
    case 0x626:
    case 0x649:
    case 0x6CC:
        return 0x64A;
    case 0x6A9:
        return 0x643;
    default:
        return code;
    }
}

static uint32_t fold_letter(uint32_t code)
{
    if (code >= 0xC0 && code <= 0x24F)
        return search_fold_latin[code - 0xC0];
    if (code >= 0x370 && code <= 0x3FF)
        return search_fold_greek[code - 0x370];
    if (code >= 0x400 && code <= 0x52F)
        return search_fold_cyrillic[code - 0x400];
    if (code >= 0x1E00 && code <= 0x1FFF)
        return search_fold_extended[code - 0x1E00];
    if (code >= 0x531 && code <= 0x556)
        return code + 0x30;
    if (code >= 0x620 && code <= 0x6FF)
        return fold_arabic(code);
    if (code >= 0xFF10 && code <= 0xFF5A)
        return search_fold_ascii[code - 0xFEE0];
    return code == 0xAA ? 'a' : code == 0xB5 ? 0x3BC : code == 0xBA ? 'o' : code;
}

static struct search_char letter(uint32_t plain)
{
    enum { PAIRS = 0xE000, PAIRS_END = 0xE400 };
    if (plain >= PAIRS && plain < PAIRS_END)
        return (struct search_char){SEARCH_LETTER, 'a' + (plain - PAIRS) / 32, 'a' + (plain - PAIRS) % 32};
    return (struct search_char){SEARCH_LETTER, plain, 0};
}

struct search_char search_fold(uint32_t code)
{
    if (code < 0x80)
        return (struct search_char){search_fold_ascii[code] ? SEARCH_LETTER : SEARCH_GAP,
                                    search_fold_ascii[code], 0};
    /* most of what people write is told apart at once */
    if (code >= 0xC0 && code <= 0x24F && code != 0xD7 && code != 0xF7)
        return letter(search_fold_latin[code - 0xC0]);
    if (code >= 0x3400 && code <= 0x9FFF)
        return (struct search_char){SEARCH_JOINED, code, 0};
    if ((code >= 0x3041 && code <= 0x309F) || (code >= 0x30A1 && code <= 0x30FA))
        return (struct search_char){SEARCH_JOINED, code, 0};
    if (code >= 0x620 && code <= 0x64A && code != 0x640)
        return letter(fold_arabic(code));
    if (IS_WITHIN(code, marks))
        return (struct search_char){.kind = SEARCH_MARK};
    if (IS_WITHIN(code, gaps) || code > 0xFFFF)
        return (struct search_char){.kind = SEARCH_GAP};
    if (IS_WITHIN(code, joined))
        return (struct search_char){SEARCH_JOINED, code, 0};
    return letter(fold_letter(code));
}

const unsigned char search_fold_ascii[256] = {
    ['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5', ['6'] = '6', ['7'] = '7',
    ['8'] = '8', ['9'] = '9', ['A'] = 'a', ['B'] = 'b', ['C'] = 'c', ['D'] = 'd', ['E'] = 'e', ['F'] = 'f',
    ['G'] = 'g', ['H'] = 'h', ['I'] = 'i', ['J'] = 'j', ['K'] = 'k', ['L'] = 'l', ['M'] = 'm', ['N'] = 'n',
    ['O'] = 'o', ['P'] = 'p', ['Q'] = 'q', ['R'] = 'r', ['S'] = 's', ['T'] = 't', ['U'] = 'u', ['V'] = 'v',
    ['W'] = 'w', ['X'] = 'x', ['Y'] = 'y', ['Z'] = 'z', ['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd',
    ['e'] = 'e', ['f'] = 'f', ['g'] = 'g', ['h'] = 'h', ['i'] = 'i', ['j'] = 'j', ['k'] = 'k', ['l'] = 'l',
    ['m'] = 'm', ['n'] = 'n', ['o'] = 'o', ['p'] = 'p', ['q'] = 'q', ['r'] = 'r', ['s'] = 's', ['t'] = 't',
    ['u'] = 'u', ['v'] = 'v', ['w'] = 'w', ['x'] = 'x', ['y'] = 'y', ['z'] = 'z',
};
