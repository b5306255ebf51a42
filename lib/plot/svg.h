/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the SVG writer. Coordinates are pixels, y downwards. */
#ifndef TFLOW_PLOT_SVG_H
#define TFLOW_PLOT_SVG_H

#include "plot/plot.h"

#define TFLOW_I_SVG_BOXES 256

typedef struct tflow_i_box {
    double left, top, right, bottom;
} tflow_i_box;

typedef struct tflow_i_svg {
    tflow_i_text *text;
    const tflow_i_plot *plot;
    tflow_i_axis axis;
    double width;
    double left, right, top, bottom;      /* of the area the axes enclose */
    tflow_i_box boxes[TFLOW_I_SVG_BOXES]; /* taken by labels */
    size_t n_boxes;
} tflow_i_svg;

/* Write format with each '@' replaced by a double (one decimal) and each '$' by a
 * const char * (escaped). The arguments must have exactly these types. */
void tflow_i_svg_put(tflow_i_text *text, const char *format, ...);

/* ---- svg_style.c ---- */

/* The style sheet: colours a page or a dark screen may change. */
void tflow_i_svg_sheet(tflow_i_text *text, const tflow_chart *chart);
/* Patterns for bars of the second and later series. */
void tflow_i_svg_patterns(tflow_i_text *text, const tflow_chart *chart);
/* Open the group of a series: its colour as currentColor. */
void tflow_i_svg_open(tflow_i_text *text, tflow_i_style style);
void tflow_i_svg_marker(tflow_i_text *text, tflow_i_style style, double x, double y,
                        double radius);
/* The stroke attributes of the line of a series. */
void tflow_i_svg_stroke(tflow_i_text *text, tflow_i_style style);
void tflow_i_svg_bar(tflow_i_text *text, const tflow_chart *chart, tflow_i_style style,
                     tflow_i_box box);

/* ---- svg_frame.c ---- */

/* Title, unit, legend from the top of the sheet; returns where they end. */
double tflow_i_svg_head(tflow_i_svg *svg);
/* Notes and source from y = 0; returns where they end. */
double tflow_i_svg_foot(tflow_i_svg *svg, tflow_i_text *text);

/* ---- svg_series.c, svg_ranking.c ---- */

/* Find the area's left and right edge, then draw axes and series between top and
 * bottom. */
void tflow_i_svg_series(tflow_i_svg *svg);
void tflow_i_svg_ranking(tflow_i_svg *svg);
double tflow_i_svg_ranking_height(const tflow_i_plot *plot);

#endif
