/* What each type of setting wants of its declaration, and what else a manifest holds. */
#include "declarations.h"

#include "fonts.h"

static const char *const type_names[] = {"color", "length", "number", "boolean", "select",
                                         "text",  "url",    "image",  "font",    NULL};
const char *const theme_image_endings[] = {".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", NULL};
const char *const theme_font_endings[] = {".woff2", NULL};

static const struct setting alias[] = {{.type = SETTING_ID}};

#define TYPE                                                                                                 \
    {                                                                                                        \
        .key = "type", .type = SETTING_CHOICE, .required = true, .choices = type_names, .label = "Type",     \
        .help = "What kind of value it takes."                                                               \
    }
/* What every declaration may have. */
#define COMMON                                                                                               \
    TYPE,                                                                                                    \
        {.key = "label",                                                                                     \
         .type = SETTING_LOCAL,                                                                              \
         .required = true,                                                                                   \
         .min = 1,                                                                                           \
         .max = 120,                                                                                         \
         .label = "Label",                                                                                   \
         .help = "What an editor calls it."},                                                                \
        {.key = "help",                                                                                      \
         .type = SETTING_LOCAL,                                                                              \
         .min = 1,                                                                                           \
         .max = 300,                                                                                         \
         .label = "Help",                                                                                    \
         .help = "One sentence on what it does."},                                                           \
        {.key = "group", .type = SETTING_ID, .label = "Group", .help = "One of the theme's \"groups\"."},    \
    {                                                                                                        \
        .key = "aliases", .type = SETTING_LIST, .max = 10, .fields = alias, .label = "Former names",         \
        .help = "Names that still work, with a warning."                                                     \
    }
#define INTEGER(name, least, limit, title, text)                                                             \
    {                                                                                                        \
        .key = (name), .type = SETTING_INT, .min = (least), .max = (limit), .label = (title), .help = (text) \
    }

static const struct setting color_rows[] = {
    COMMON,
    {.key = "light",
     .type = SETTING_TEXT,
     .required = true,
     .min = 1,
     .max = 200,
     .label = "Default on light ground",
     .help = "#rrggbb, or a mix such as mix(accent 9%, #fff)."},
    {.key = "dark",
     .type = SETTING_TEXT,
     .required = true,
     .min = 1,
     .max = 200,
     .label = "Default on dark ground",
     .help = "The same for a dark ground."},
    {0},
};
static const struct setting length_rows[] = {
    COMMON,
    {.key = "default",
     .type = SETTING_LENGTH,
     .required = true,
     .label = "Default",
     .help = "What holds when the admin says nothing."},
    {.key = "min", .type = SETTING_LENGTH, .label = "Least", .help = "With \"max\", and in its unit."},
    {.key = "max", .type = SETTING_LENGTH, .label = "Most", .help = "The unit that every value has."},
    {0},
};
static const struct setting number_rows[] = {
    COMMON,
    {.key = "default",
     .type = SETTING_NUMBER,
     .required = true,
     .label = "Default",
     .help = "What holds when the admin says nothing."},
    {.key = "min",
     .type = SETTING_NUMBER,
     .required = true,
     .label = "Least",
     .help = "No value may be less."},
    {.key = "max",
     .type = SETTING_NUMBER,
     .required = true,
     .label = "Most",
     .help = "No value may be more."},
    {.key = "step", .type = SETTING_NUMBER, .label = "Step", .help = "Counted from the least."},
    {0},
};
static const struct setting boolean_rows[] = {
    COMMON,
    {.key = "default",
     .type = SETTING_BOOL,
     .required = true,
     .label = "Default",
     .help = "What holds when the admin says nothing."},
    {0},
};
static const struct setting choice_rows[] = {
    {.key = "value", .type = SETTING_ID, .required = true, .label = "Value", .help = "What templates see."},
    {.key = "label",
     .type = SETTING_LOCAL,
     .required = true,
     .min = 1,
     .max = 120,
     .label = "Label",
     .help = "What an editor shows."},
    {0},
};
static const struct setting choice[] = {{.type = SETTING_GROUP, .fields = choice_rows}};
static const struct setting select_rows[] = {
    COMMON,
    {.key = "default",
     .type = SETTING_ID,
     .required = true,
     .label = "Default",
     .help = "One of the \"choices\": what holds when the admin says nothing."},
    {.key = "choices",
     .type = SETTING_LIST,
     .required = true,
     .min = 2,
     .max = 40,
     .fields = choice,
     .label = "Choices",
     .help = "What there is to choose from, each with its label."},
    {0},
};
static const struct setting text_rows[] = {
    COMMON,
    {.key = "default",
     .type = SETTING_LOCAL,
     .max = 500,
     .label = "Default",
     .help = "What holds when the admin says nothing; no text when absent."},
    INTEGER("max", 1, 500, "Most characters", "500 when it is absent."),
    {0},
};
static const struct setting url_rows[] = {
    COMMON,
    {.key = "default",
     .type = SETTING_URL,
     .label = "Default",
     .help = "What holds when the admin says nothing; no address when absent."},
    {0},
};
static const struct setting image_rows[] = {
    COMMON,
    {.key = "default",
     .type = SETTING_FILE,
     .endings = theme_image_endings,
     .label = "Default",
     .help = "A file of the theme."},
    INTEGER("max_bytes", 1, 5000000, "Most bytes", "100000 when it is absent."),
    INTEGER("max_width", 1, 10000, "Most pixels across", "No limit when it is absent."),
    INTEGER("max_height", 1, 10000, "Most pixels down", "No limit when it is absent."),
    {0},
};
static const struct setting font_rows[] = {
    COMMON,
    {.key = "default",
     .type = SETTING_FILE,
     .required = true,
     .choices = theme_font_names,
     .endings = theme_font_endings,
     .label = "Default",
     .help = "A stack of system fonts, or a .woff2 file of the theme."},
    INTEGER("max_bytes", 1, 5000000, "Most bytes", "150000 when it is absent."),
    {0},
};
/* The type of one that has none is the error to speak of. */
const struct setting theme_unknown_rows[] = {COMMON, {0}};

const struct theme_type theme_types[] = {
    {"color", color_rows, "A colour, with a value on light and one on dark ground."},
    {"length", length_rows, "A CSS length such as 8px."},
    {"number", number_rows, "A number within limits."},
    {"boolean", boolean_rows, "Yes or no."},
    {"select", select_rows, "One of a few choices."},
    {"text", text_rows, "A short text, by language."},
    {"url", url_rows, "An address, or a path of this host."},
    {"image", image_rows, "A picture: a file of the theme, or of content/."},
    {"font", font_rows, "A stack of system fonts, or a .woff2 file of the theme or of content/."},
    {0},
};

static const struct setting group_rows[] = {
    {.key = "label",
     .type = SETTING_LOCAL,
     .required = true,
     .min = 1,
     .max = 120,
     .label = "Label",
     .help = "The heading."},
    {0},
};
static const struct setting group[] = {{.type = SETTING_GROUP, .fields = group_rows}};
static const struct setting style[] = {{.type = SETTING_TEXT, .min = 1, .max = 200}};
static const char *const contrast_kinds[] = {"text", "large-text", "interface", NULL};
static const struct setting contrast_rows[] = {
    {.key = "text",
     .type = SETTING_ID,
     .required = true,
     .label = "Colour of what is read",
     .help = "The id of a colour."},
    {.key = "ground",
     .type = SETTING_ID,
     .required = true,
     .label = "Colour behind it",
     .help = "The id of a colour."},
    {.key = "what",
     .type = SETTING_CHOICE,
     .choices = contrast_kinds,
     .label = "What it is",
     .help = "Text wants 4.5, large text and parts of the interface 3; \"text\" when it is absent."},
    {.key = "min",
     .type = SETTING_NUMBER,
     .least = 1,
     .most = 21,
     .label = "Least ratio",
     .help = "When another one is wanted."},
    {0},
};
static const struct setting contrast[] = {{.type = SETTING_GROUP, .fields = contrast_rows}};

static const struct setting budget_rows[] = {
    {.key = "page",
     .type = SETTING_ID,
     .label = "Page",
     .help = "The page that it holds for, as \"tickets\"; every page when absent."},
    {.key = "html_css",
     .type = SETTING_INT,
     .min = 1,
     .max = 10000000,
     .label = "HTML and CSS",
     .help = "Most bytes of the page and the style sheets that it links, packed by brotli."},
    {.key = "js",
     .type = SETTING_INT,
     .min = 1,
     .max = 10000000,
     .label = "JavaScript",
     .help = "Most bytes of the scripts that the page names, packed by brotli."},
    {0},
};
static const struct setting budget[] = {{.type = SETTING_GROUP, .fields = budget_rows}};

const struct setting theme_manifest_rows[] = {
    {.key = "name",
     .type = SETTING_ID,
     .required = true,
     .label = "Name",
     .help = "As the theme's folder is called."},
    {.key = "version",
     .type = SETTING_TEXT,
     .required = true,
     .min = 1,
     .max = 40,
     .label = "Version",
     .help = "Which one of the theme it is, for those who use it."},
    {.key = "description",
     .type = SETTING_LOCAL,
     .min = 1,
     .max = 500,
     .label = "Description",
     .help = "What the theme is like, for those who choose."},
    {.key = "parent",
     .type = SETTING_ID,
     .label = "Parent",
     .help = "The theme that it builds upon; it then holds only what it does otherwise."},
    {.key = "styles",
     .type = SETTING_LIST,
     .max = 20,
     .fields = style,
     .label = "Style sheets",
     .help = "Sheets of the theme that every page links, besides those that its templates name."},
    {.key = "groups",
     .type = SETTING_MAP,
     .max = 20,
     .fields = group,
     .label = "Groups",
     .help = "Headings for an editor, in their order."},
    {.key = "budgets",
     .type = SETTING_LIST,
     .max = 40,
     .fields = budget,
     .label = "Byte budgets",
     .help = "How large pages may be; one that is larger is an error."},
    {.key = "contrast",
     .type = SETTING_LIST,
     .max = 200,
     .fields = contrast,
     .label = "Contrast",
     .help = "Pairs of colours that have to be told apart, in light and dark."},
    {0},
};
