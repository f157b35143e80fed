/* words_of: the words of each line of stdin, as the index has them, on a line each, with blanks between. */
#include "../../lib/search_words.h"

#include <stdio.h>
#include <stdlib.h>

static void print_word(void *context, const char *word, size_t len)
{
    bool *first = context;
    printf("%s%.*s", *first ? "" : " ", (int)len, word);
    *first = false;
}

int main(void)
{
    char *line = NULL;
    size_t cap = 0;
    for (ssize_t len; (len = getline(&line, &cap, stdin)) > 0;) {
        bool first = true;
        struct search_reader reader = {.word = print_word, .context = &first};
        search_read_text(&reader, line, (size_t)len - 1);
        putchar('\n');
    }
    free(line);
    return 0;
}
