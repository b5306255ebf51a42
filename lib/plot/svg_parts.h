/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where things stand in a chart of positions, and what is drawn beside the series. */
#ifndef TFLOW_PLOT_SVG_PARTS_H
#define TFLOW_PLOT_SVG_PARTS_H

#include "plot/svg.h"

static inline double tflow_i_svg_slot(const tflow_i_svg *svg)
{
    return (svg->right - svg->left) / (double)svg->plot->chart.n;
}

static inline double tflow_i_svg_x(const tflow_i_svg *svg, size_t i)
{
    return svg->left + ((double)i + 0.5) * tflow_i_svg_slot(svg);
}

static inline double tflow_i_svg_y(const tflow_i_svg *svg, double value)
{
    double position = tflow_i_axis_position(&svg->axis, value);
    return svg->bottom - position * (svg->bottom - svg->top);
}

/* The place of the bars of a series among n_bars beside one another: a forecast stands
 * where the bars it continues stand. Returns 0 when the series is not bars. */
int tflow_i_svg_place(const tflow_chart *chart, size_t series, size_t *place,
                      size_t *n_bars);
/* Left and right of the bar of a series at position i, and its middle. */
tflow_i_box tflow_i_svg_bar_box(const tflow_i_svg *svg, size_t series, size_t i);
double tflow_i_svg_point_x(const tflow_i_svg *svg, size_t series, size_t i);
/* Open a group whose tooltip says label and value. */
void tflow_i_svg_tip(tflow_i_svg *svg, const tflow_chart_series *series, size_t i);
/* Intervals of a line as areas. */
void tflow_i_svg_bands(tflow_i_svg *svg, const tflow_chart_series *series);
/* Intervals of bars and points as upright lines. */
void tflow_i_svg_whiskers(tflow_i_svg *svg, size_t series);
/* '!' over doubtful points. */
void tflow_i_svg_marks(tflow_i_svg *svg);
/* Numbers beside points, where there is room. */
void tflow_i_svg_values(tflow_i_svg *svg);

#endif
