/*
 * fonts: stacks of fonts that systems bring along, by name: nothing is loaded for them.
 */
#ifndef GUICHET_FONTS_H
#define GUICHET_FONTS_H

/* The names of the stacks, ended by NULL. */
extern const char *const theme_font_names[];

/* The value of font-family. NULL: no stack is called so. */
const char *theme_font_stack(const char *name);

#endif
