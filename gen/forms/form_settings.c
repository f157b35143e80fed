/* The table of a support form, and the ticket fields that one may hold. */
#include "../site/properties.h"
#include "form.h"

const struct form_field_kind form_field_kinds[] = {
    {.id = "subject", .type = "text", .needed = true, .max = 200, .highest = 500},
    {.id = "message", .type = "textarea", .needed = true, .max = 20000, .highest = 100000},
    {.id = "category", .type = "select"},
    {.id = "priority", .type = "select"},
    {.id = "files", .type = "files", .max = 10, .highest = 50},
    {0},
};

static const char *const field_types[] = {"text", "textarea",     "select",   "files", "number",
                                          "date", "multi_select", "checkbox", NULL};

static const struct setting option_item[] = {{.type = SETTING_GROUP, .fields = option_settings}};

static const struct setting cause_value[] = {
    {.type = SETTING_ID, .label = "Value", .help = "A value of the other field's options."}};

static const struct setting condition_fields[] = {
    {.key = "field",
     .type = SETTING_ID,
     .required = true,
     .label = "Depends on",
     .help = "A select, multi-select or checkbox that comes earlier in the form."},
    {.key = "is",
     .type = SETTING_LIST,
     .min = 1,
     .max = 200,
     .fields = cause_value,
     .label = "Is any of",
     .help = "Asked for when one of these is chosen there."},
    {.key = "is_not",
     .type = SETTING_LIST,
     .min = 1,
     .max = 200,
     .fields = cause_value,
     .label = "Is none of",
     .help = "Asked for unless one of these is chosen there; also when nothing is."},
    {.key = "known",
     .type = SETTING_BOOL,
     .label = "Is known",
     .help = "true: asked for when anything is chosen there, or it is ticked; false: when nothing is, or it "
             "is not."},
    {0},
};

static const struct setting field_fields[] = {
    {.key = "id",
     .type = SETTING_ID,
     .required = true,
     .label = "Field",
     .help =
         "\"subject\", \"message\", \"category\", \"priority\", \"files\", or a property of tickets or "
         "contacts "
         "from content/properties.json. What is known of the contact stands in the form already, and changes "
         "are kept with the contact."},
    {.key = "type",
     .type = SETTING_CHOICE,
     .choices = field_types,
     .label = "Type",
     .help = "How it is asked for; the one that fits when absent. A property of type \"text\" may be asked "
             "for as "
             "\"textarea\"."},
    {.key = "label",
     .type = SETTING_LOCAL,
     .min = 1,
     .max = 120,
     .label = "Label",
     .help = "What customers read; the property's own label when absent."},
    {.key = "help",
     .type = SETTING_LOCAL,
     .min = 1,
     .max = 500,
     .label = "Help text",
     .help = "A sentence below the label; the property's own when absent."},
    {.key = "required",
     .type = SETTING_BOOL,
     .fallback = "false",
     .label = "Required",
     .help = "Must be filled in; a checkbox: ticked."},
    {.key = "max",
     .type = SETTING_INT,
     .min = 1,
     .max = 100000,
     .label = "Limit",
     .help = "Most characters; for files: most files."},
    {.key = "options",
     .type = SETTING_LIST,
     .min = 1,
     .max = 200,
     .fields = option_item,
     .label = "Options",
     .help = "What \"category\" and \"priority\" offer; those of other properties stand with the property."},
    {.key = "show_when",
     .type = SETTING_GROUP,
     .fields = condition_fields,
     .label = "Show when",
     .help = "A condition on an earlier field: one of \"is\", \"is_not\" and \"known\"; absent: always asked "
             "for."},
    {0},
};

static const struct setting field_item[] = {{.type = SETTING_GROUP, .fields = field_fields}};

const struct setting form_settings[] = {
    {.key = "menu",
     .type = SETTING_LOCAL,
     .required = true,
     .min = 1,
     .max = 60,
     .label = "Menu entry",
     .help = "The text of the link to the form."},
    {.key = "heading",
     .type = SETTING_LOCAL,
     .required = true,
     .min = 1,
     .max = 120,
     .label = "Heading",
     .help = "Stands above the form and in the browser's tab."},
    {.key = "intro",
     .type = SETTING_LOCAL,
     .min = 1,
     .max = 1000,
     .label = "Introduction",
     .help = "A few sentences before the first field."},
    {.key = "inbox",
     .type = SETTING_ID,
     .required = true,
     .label = "Inbox",
     .help = "Receives the form's tickets."},
    {.key = "pipeline",
     .type = SETTING_ID,
     .required = true,
     .label = "Pipeline",
     .help = "Its tickets start in this pipeline's first open stage."},
    {.key = "fields",
     .type = SETTING_LIST,
     .required = true,
     .min = 1,
     .max = 50,
     .fields = field_item,
     .label = "Fields",
     .help = "In the order of the form."},
    {0},
};
