/* The table of a pipeline in content/pipelines.json. */
#include "site.h"

static const struct setting stage_fields[] = {
    {.key = "id",
     .type = SETTING_ID,
     .required = true,
     .label = "Id",
     .help = "What tickets store; never change it once used."},
    {.key = "label",
     .type = SETTING_LOCAL,
     .required = true,
     .min = 1,
     .max = 60,
     .label = "Label",
     .help = "What people read."},
    {.key = "closed",
     .type = SETTING_BOOL,
     .fallback = "false",
     .label = "Closed",
     .help = "Tickets in this stage count as closed."},
    {0},
};

static const struct setting stage_item[] = {{.type = SETTING_GROUP, .fields = stage_fields}};

const struct setting pipeline_fields[] = {
    {.key = "label",
     .type = SETTING_LOCAL,
     .required = true,
     .min = 1,
     .max = 60,
     .label = "Label",
     .help = "What the pipeline is called."},
    {.key = "stages",
     .type = SETTING_LIST,
     .required = true,
     .min = 2,
     .max = 50,
     .fields = stage_item,
     .label = "Stages",
     .help = "In order; new tickets start in the first open one."},
    {0},
};
