/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/plot.h"

#include <float.h>
#include <string.h>

/* 10^exponent times a whole number: dividing is exact to half an ulp where multiplying
 * by 0.1 is not. */
static double scaled(double whole, int exponent)
{
    return exponent < 0 ? whole / pow(10, -exponent) : whole * pow(10, exponent);
}

/* Keep lo below hi, by enough for ticks to differ. */
static void widen(double *lo, double *hi)
{
    double most = fmax(fabs(*lo), fabs(*hi));

    if (most == 0) {
        *hi = 1;
    } else if (!(*hi / 2 - *lo / 2 > 1e-12 * most)) {
        *lo = fmax(*lo - most / 10, -DBL_MAX);
        *hi = fmin(*hi + most / 10, DBL_MAX);
    }
    if (*hi / 2 - *lo / 2 < 1e-300)
        *hi = *lo + 2e-300;
}

tflow_i_axis tflow_i_axis_of(const tflow_i_plot *plot, int count)
{
    tflow_i_axis axis;
    int zero = (plot->chart.flags & TFLOW_CHART_FREE_AXIS) == 0 ||
               (plot->chart.flags & TFLOW_CHART_RANKING) != 0;

    for (size_t s = 0; s < plot->chart.n_series; s++)
        zero |= plot->chart.series[s].kind == TFLOW_CHART_BAR;
    axis.lo = zero ? fmin(plot->lo, 0) : plot->lo;
    axis.hi = zero ? fmax(plot->hi, 0) : plot->hi;
    widen(&axis.lo, &axis.hi);

    double raw = axis.hi / count - axis.lo / count;
    axis.exponent = (int)floor(log10(raw));
    double digits = raw / pow(10, axis.exponent);
    /* The nearest of 1, 2, 5, 10 in ratio. */
    axis.mantissa = digits < sqrt(2)    ? 1
                    : digits < sqrt(10) ? 2
                    : digits < sqrt(50) ? 5
                                        : 10;
    if (axis.mantissa == 10) {
        axis.mantissa = 1;
        axis.exponent++;
    }

    double step = scaled(axis.mantissa, axis.exponent);
    axis.first = (int64_t)floor(axis.lo / step + 1e-9);
    axis.last = (int64_t)ceil(axis.hi / step - 1e-9);
    /* The next round number may be beyond the largest double. */
    if (isinf(tflow_i_axis_tick(&axis, axis.first)))
        axis.first++;
    if (isinf(tflow_i_axis_tick(&axis, axis.last)))
        axis.last--;
    axis.lo = fmin(axis.lo, tflow_i_axis_tick(&axis, axis.first));
    axis.hi = fmax(axis.hi, tflow_i_axis_tick(&axis, axis.last));
    return axis;
}

double tflow_i_axis_tick(const tflow_i_axis *axis, int64_t k)
{
    return scaled((double)k * axis->mantissa, axis->exponent);
}

double tflow_i_axis_position(const tflow_i_axis *axis, double value)
{
    return (value / 2 - axis->lo / 2) / (axis->hi / 2 - axis->lo / 2);
}

void tflow_i_axis_label(tflow_i_text *text, const tflow_i_axis *axis, int64_t k,
                        int percent, int ascii)
{
    int exponent = axis->exponent + (percent ? 2 : 0);
    double whole = fabs((double)k * axis->mantissa);

    if (k < 0)
        tflow_i_text_add(text, ascii ? "-" : "\xe2\x88\x92");
    if (whole == 0) {
        tflow_i_text_char(text, '0');
    } else if (exponent >= -6 && scaled(whole, exponent) < 1e15) {
        tflow_i_text_grouped(text, scaled(whole, exponent),
                             exponent < 0 ? -exponent : 0);
    } else {
        while (fmod(whole, 10) == 0) {
            whole /= 10;
            exponent++;
        }
        tflow_i_text_grouped(text, whole, 0);
        tflow_i_text_format(text, "e%d", exponent);
    }
    if (percent)
        tflow_i_text_add(text, " %");
}

/* What a label is: a year, or a part of one. */
enum period { OTHER, YEAR, HALF, QUARTER, MONTH };

/* The number of four digits at text, or -1. */
static long year_of(const char *text)
{
    long year = 0;

    for (int i = 0; i < 4; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        year = year * 10 + (text[i] - '0');
    }
    return year;
}

/* The kind of the period in a label ("2022", "2022-H1", "2022-Q1", "2022-03") and its
 * number in that kind. */
static enum period period_of(const char *label, long *ordinal)
{
    long year = year_of(label);

    *ordinal = year;
    if (year < 0)
        return OTHER;
    const char *part = label + 4;
    if (*part == '\0')
        return YEAR;
    if (strlen(part) != 3 || part[0] != '-' || part[2] < '0' || part[2] > '9')
        return OTHER;
    long number = part[2] - '1';
    if (part[1] == 'Q' || part[1] == 'H') {
        long parts = part[1] == 'Q' ? 4 : 2;
        *ordinal = year * parts + number;
        return number < 0 || number >= parts ? OTHER : parts == 4 ? QUARTER : HALF;
    }
    if (part[1] != '0' && part[1] != '1')
        return OTHER;
    number += part[1] == '1' ? 10 : 0;
    *ordinal = year * 12 + number;
    return number < 0 || number > 11 ? OTHER : MONTH;
}

/* The smallest step at least `need` at which periods of a kind look round. */
static size_t round_step(enum period kind, size_t need)
{
    static const size_t parts[] = {1, 1, 2, 4, 12}, quarter[] = {1, 2, 3, 4, 6};
    size_t part = parts[kind];

    for (size_t i = 0; i < sizeof quarter / sizeof *quarter; i++) {
        if (quarter[i] < part && part % quarter[i] == 0 && quarter[i] >= need)
            return quarter[i];
    }
    for (size_t ten = part;; ten *= 10) {
        if (ten >= need)
            return ten;
        if (ten * 2 >= need)
            return ten * 2;
        if (ten * 5 >= need)
            return ten * 5;
    }
}

tflow_i_thin tflow_i_plot_thin(const tflow_chart *chart, double need)
{
    /* A step beyond the last position shows the first label alone: no more is needed.
     */
    double most = fmin(need, (double)chart->n + 1);
    tflow_i_thin thin = {most > 1 ? (size_t)ceil(most) : 1, 0};
    long first = 0, ordinal;
    enum period kind = OTHER;

    if (chart->n > 0)
        kind = period_of(tflow_i_plot_label(chart, 0), &first);
    for (size_t i = 1; i < chart->n && kind != OTHER; i++) {
        if (period_of(tflow_i_plot_label(chart, i), &ordinal) != kind ||
            ordinal != first + (long)i)
            kind = OTHER;
    }
    thin.every = round_step(kind == OTHER ? YEAR : kind, thin.every);
    if (kind == OTHER)
        return thin;
    thin.offset = (size_t)first % thin.every;
    /* No round period among so few: begin at the first. */
    if ((thin.every - thin.offset) % thin.every >= chart->n)
        thin.offset = 0;
    return thin;
}

int tflow_i_thin_shows(tflow_i_thin thin, size_t i)
{
    return (i + thin.offset) % thin.every == 0;
}
