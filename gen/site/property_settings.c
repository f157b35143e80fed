/* The table of content/properties.json. What it cannot say: properties.c. */
#include "properties.h"

#include "../../lib/filter.h"

const struct setting option_settings[] = {
    {.key = "value",
     .type = SETTING_ID,
     .required = true,
     .label = "Value",
     .help = "What is stored; never change it once used."},
    {.key = "label",
     .type = SETTING_LOCAL,
     .required = true,
     .min = 1,
     .max = 120,
     .label = "Label",
     .help = "What people read."},
    {0},
};

static const struct setting option_item[] = {{.type = SETTING_GROUP, .fields = option_settings}};

static const struct setting property_fields[] = {
    {.key = "type",
     .type = SETTING_CHOICE,
     .required = true,
     .choices = property_types,
     .label = "Type",
     .help = "What its values are; never change it once used."},
    {.key = "label",
     .type = SETTING_LOCAL,
     .required = true,
     .min = 1,
     .max = 60,
     .label = "Label",
     .help = "What people read: above a column, in forms, on the ticket page."},
    {.key = "help",
     .type = SETTING_LOCAL,
     .min = 1,
     .max = 500,
     .label = "Help text",
     .help = "A sentence below the label in forms."},
    {.key = "options",
     .type = SETTING_LIST,
     .min = 1,
     .max = 200,
     .fields = option_item,
     .label = "Options",
     .help = "What a property of type \"select\" or \"multi_select\" may be."},
    {.key = "min",
     .type = SETTING_NUMBER,
     .label = "Least",
     .help = "The least value of a property of type \"number\"."},
    {.key = "max",
     .type = SETTING_NUMBER,
     .label = "Most",
     .help = "The most that a property of type \"number\" may be; of type \"text\": the most characters, 200 "
             "when absent."},
    {0},
};

static const struct setting ticket_property[] = {{.type = SETTING_GROUP,
                                                  .fields = property_fields,
                                                  .label = "Property",
                                                  .help = "A property of tickets."}};
static const struct setting contact_property[] = {{.type = SETTING_GROUP,
                                                   .fields = property_fields,
                                                   .label = "Property",
                                                   .help = "A property of contacts."}};

const struct setting property_settings[] = {
    {.key = "tickets",
     .type = SETTING_MAP,
     .fallback = "{}",
     .max = 200,
     .fields = ticket_property,
     .label = "Properties of tickets",
     .help = "What is known of a ticket besides what every ticket has, by id."},
    {.key = "contacts",
     .type = SETTING_MAP,
     .fallback = "{}",
     .max = 200,
     .fields = contact_property,
     .label = "Properties of contacts",
     .help = "What is known of a contact besides name, address and company, by id."},
    {0},
};
