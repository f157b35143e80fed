/*
 * agent: which browser and system somebody uses, in a few words of ours.
 *
 * People tell their sign-ins apart by it. What a browser says of itself is never kept: it may be long, may
 * say anything, and tells more of people than they need to read.
 */
#ifndef GUICHET_AGENT_H
#define GUICHET_AGENT_H

#define AGENT_MAX 48

/* "Firefox, Windows" of a User-Agent header (NULL: none sent); "" when nothing in it is known. */
void agent_words(char words[AGENT_MAX], const char *header);

#endif
