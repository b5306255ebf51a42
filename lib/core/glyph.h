/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a terminal shows of a text, and how many columns that takes. */
#ifndef TFLOW_CORE_GLYPH_H
#define TFLOW_CORE_GLYPH_H

#include "core/core.h"

/* Decode one character and advance; a bad byte is U+FFFD. 0 at the end. */
uint32_t tflow_i_utf8_next(const char **text);
/* Does it take no room of its own? Does it take two columns? */
int tflow_i_utf8_combining(uint32_t c);
int tflow_i_utf8_wide(uint32_t c);

#define TFLOW_I_GLYPH_SIZE 8

/* Put into glyph (TFLOW_I_GLYPH_SIZE bytes, NUL-terminated) what a terminal shows for
 * the next character and advance; the number of columns it takes. Control characters
 * and bad UTF-8 become '?': a file may hold escape sequences, and they go no further.
 */
size_t tflow_i_glyph_next(const char **text, int ascii, char *glyph);
/* Columns that the whole text takes. */
size_t tflow_i_glyph_columns(const char *text, int ascii);
/* Add at most `limit` columns of text, shortened with an ellipsis; the columns used. */
size_t tflow_i_glyph_clip(tflow_i_text *out, const char *text, size_t limit, int ascii);
/* Add text in lines of at most `width` columns (0: no limit), broken at spaces; each
 * line after the first starts with `indent`. No line feed at the end. */
void tflow_i_glyph_wrap(tflow_i_text *out, const char *text, size_t width,
                        const char *indent, int ascii);

#endif
