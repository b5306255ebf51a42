/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a table is laid out for people: decided in table_view.c, printed in
 * write_table.c. */
#ifndef TFLOW_IO_TABLE_VIEW_H
#define TFLOW_IO_TABLE_VIEW_H

#include "core/glyph.h"
#include "io/write.h"

#define TFLOW_I_VIEW_GAP 2 /* columns of the terminal between columns of the table */

/* One column that is shown. */
typedef struct tflow_i_shown {
    size_t column; /* in the table */
    tflow_i_rounding rounding;
    int right;    /* aligned to the right */
    int identity; /* says which row this is: repeated in each block */
    char *header; /* in lines */
    size_t header_lines;
    size_t width;
} tflow_i_shown;

typedef struct tflow_i_view {
    const tflow_table *table;
    size_t rows;
    size_t width; /* of the terminal; 0: no limit */
    int ascii;
    tflow_i_shown *shown;
    size_t n;
    tflow_i_text facts;  /* what goes above the table, in lines */
    tflow_i_text absent; /* names of columns without a value */
} tflow_i_view;

/* Fill the view; 0 when out of memory. Close it in both cases. */
int tflow_i_view_open(tflow_i_view *view, const tflow_table *table, size_t width,
                      int ascii);
void tflow_i_view_close(tflow_i_view *view);
/* Replace out by the text of a cell; a dash when it is missing. */
void tflow_i_view_cell(const tflow_i_view *view, const tflow_i_shown *shown, size_t row,
                       tflow_i_text *out);
/* Add the name of a column as people read it: midpoint_growth is midpoint growth. */
void tflow_i_view_name(tflow_i_text *out, const tflow_table *table, size_t column);
/* Units that say what kind of number it is and not what it counts: not printed. */
int tflow_i_view_pure_number(const char *unit);
/* Add the units to the facts: "value, change in thousand USD". */
void tflow_i_view_units(tflow_i_view *view);
/* Make texts narrower where the columns are wider than the terminal. */
void tflow_i_view_fit(tflow_i_view *view);

#endif
