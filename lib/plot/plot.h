/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the SVG and the terminal writers share. */
#ifndef TFLOW_PLOT_PLOT_H
#define TFLOW_PLOT_PLOT_H

#include "core/core.h"
#include "tradeflow/plot.h"

#include <math.h>

/* ---- the checked chart (chart.c) ---- */

typedef struct tflow_i_plot {
    tflow_chart chart; /* a copy with the defaults filled in */
    int any;           /* whether there is a finite value at all */
    double lo, hi;     /* of all values and intervals; 0 when there are none */
    int decimals;      /* of the numbers at the points; -1: powers of ten */
    size_t forecast;   /* first position that only forecasts reach; n if none */
} tflow_i_plot;

tflow_status tflow_i_plot_check(const tflow_chart *chart, tflow_i_plot *plot,
                                tflow_error *error);

/* The value, NaN for every kind of missing. */
static inline double tflow_i_plot_at(const double *values, size_t i)
{
    return isfinite(values[i]) ? values[i] : NAN;
}

/* The label of a position, "" for none. */
const char *tflow_i_plot_label(const tflow_chart *chart, size_t i);
/* Whether a series of observations has no value where one could be: no forecast has
 * taken over there. */
int tflow_i_plot_missing(const tflow_chart *chart, size_t series, size_t i);
/* A value as a reader wants it: grouped, rounded, per cent if the chart is. */
void tflow_i_plot_value(tflow_i_text *text, const tflow_i_plot *plot, double value,
                        int ascii);
/* The description in words when the caller gave none. */
void tflow_i_plot_describe(tflow_i_text *text, const tflow_i_plot *plot);

#define TFLOW_I_PLOT_STYLES 7

typedef struct tflow_i_style {
    int colour; /* 0 to TFLOW_I_PLOT_STYLES - 1, as are shape and dash */
    int shape;  /* of the marker, and which hatching bars have */
    int dash;   /* of a forecast: a pattern of its own */
    int forecast;
    int hollow;
} tflow_i_style;

tflow_i_style tflow_i_plot_style(const tflow_chart *chart, size_t series);

/* ---- axis and labels (axis.c) ---- */

/* Ticks at k * mantissa * 10^exponent for whole k from first to last; mantissa 1, 2, 5.
 */
typedef struct tflow_i_axis {
    double lo, hi; /* what the axis spans */
    int64_t first, last;
    int mantissa, exponent;
} tflow_i_axis;

/* An axis of about `count` intervals for the chart. */
tflow_i_axis tflow_i_axis_of(const tflow_i_plot *plot, int count);
double tflow_i_axis_tick(const tflow_i_axis *axis, int64_t k);
void tflow_i_axis_label(tflow_i_text *text, const tflow_i_axis *axis, int64_t k,
                        int percent, int ascii);
/* Where value lies, 0 at lo and 1 at hi; no overflow. */
double tflow_i_axis_position(const tflow_i_axis *axis, double value);

/* Which labels are shown: position i when (i + offset) % every == 0; every > 0. */
typedef struct tflow_i_thin {
    size_t every;
    size_t offset;
} tflow_i_thin;

/* Show as many labels as fit when one needs `need` positions; periods fall on round
 * ones (years divisible by 5, first months of quarters). */
tflow_i_thin tflow_i_plot_thin(const tflow_chart *chart, double need);
int tflow_i_thin_shows(tflow_i_thin thin, size_t i);

/* ---- measuring text (measure.c) ---- */

/* Approximate width in ems of a usual sans-serif, on the wide side. */
double tflow_i_plot_ems(const char *text);
/* Put into glyph (8 bytes, NUL-terminated) what a terminal shows for the next character
 * and advance; the number of columns it takes. Nothing is put at the end. */
size_t tflow_i_plot_glyph(const char **text, int ascii, char *glyph);
size_t tflow_i_plot_columns(const char *text, int ascii);
/* Add at most `limit` columns of text, shortened with an ellipsis; the columns used. */
size_t tflow_i_plot_clip(tflow_i_text *out, const char *text, size_t limit, int ascii);
/* Bytes of text that go into one line: `limit` ems, or columns when columns is not 0.
 * Breaks at a space where there is one. */
size_t tflow_i_plot_break(const char *text, double limit, int columns, int ascii);

#endif
