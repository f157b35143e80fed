#include "agent.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct word {
    const char *mark, *name;
};

/* Browsers name those that they are like as well, so the one that is meant comes first. */
static const struct word browsers[] = {
    {"Edg", "Edge"},
    {"OPR/", "Opera"},
    {"SamsungBrowser/", "Samsung Internet"},
    {"Vivaldi/", "Vivaldi"},
    {"Firefox/", "Firefox"},
    {"FxiOS/", "Firefox"},
    {"Chrome/", "Chrome"},
    {"CriOS/", "Chrome"},
    {"Safari/", "Safari"},
    {NULL, NULL},
};

static const struct word systems[] = {
    {"iPhone", "iPhone"}, {"iPad", "iPad"},       {"Android", "Android"}, {"Windows", "Windows"},
    {"CrOS", "ChromeOS"}, {"Macintosh", "macOS"}, {"Linux", "Linux"},     {NULL, NULL},
};

static const char *find(const struct word *words, const char *header)
{
    for (; words->mark; words++)
        if (strstr(header, words->mark))
            return words->name;
    return "";
}

void agent_words(char words[AGENT_MAX], const char *header)
{
    const char *browser = find(browsers, header ? header : "");
    const char *system = find(systems, header ? header : "");
    snprintf(words, AGENT_MAX, "%s%s%s", browser, *browser && *system ? ", " : "", system);
}
