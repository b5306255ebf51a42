/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the terminal writer. Widths are columns. */
#ifndef TFLOW_PLOT_TERMINAL_H
#define TFLOW_PLOT_TERMINAL_H

#include "plot/plot.h"

/* What a cell of the grid shows. */
enum tflow_i_glyph {
    TFLOW_I_BLANK = 0,
    TFLOW_I_BLOCK = 1, /* to 8: eighths of a block */
    TFLOW_I_HANGING = 9,
    TFLOW_I_AXIS,
    TFLOW_I_LINK, /* between two points of a line */
    TFLOW_I_WIDE, /* intervals */
    TFLOW_I_NARROW,
    TFLOW_I_FORECAST,
    TFLOW_I_DOUBT,
    TFLOW_I_POINT, /* and on: one a series */
    TFLOW_I_GLYPHS = TFLOW_I_POINT + TFLOW_I_PLOT_STYLES
};

typedef struct tflow_i_terminal {
    tflow_i_text *text;
    const tflow_i_plot *plot;
    size_t width;
    int ascii;
} tflow_i_terminal;

const char *tflow_i_glyph_text(int glyph, int ascii);
/* The only series that is not a forecast, drawn as columns of blocks; n_series if there
 * are several, or it wants points. */
size_t tflow_i_terminal_blocks(const tflow_chart *chart);

/* ---- terminal_frame.c ---- */

void tflow_i_terminal_head(const tflow_i_terminal *to);
/* Legend, positions without values, notes, source. */
void tflow_i_terminal_foot(const tflow_i_terminal *to);
/* Words in lines no wider than the terminal, continued two columns in. */
void tflow_i_terminal_words(const tflow_i_terminal *to, const char *words);
/* Add `line`, cut to the width, without trailing spaces, and a line feed. */
void tflow_i_terminal_line(const tflow_i_terminal *to, tflow_i_text *line);
void tflow_i_terminal_pad(tflow_i_text *line, size_t columns);

/* ---- terminal_grid.c, terminal_ranking.c ---- */

tflow_status tflow_i_terminal_grid(const tflow_i_terminal *to, tflow_error *error);
void tflow_i_terminal_ranking(const tflow_i_terminal *to);

#endif
