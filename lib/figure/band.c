/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a printed figure says: an interval. */
#include "figure/figure.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* mantissa * 10^exponent, rounded once: 10 * 0.155 is not 1.55, but "155e-2" is. */
static double decimal(int64_t mantissa, int exponent)
{
    char text[40];
    double value = NAN;
    int overflow = 0;

    snprintf(text, sizeof text, "%" PRId64 "e%d", mantissa, exponent);
    tflow_i_decimal_parse(text, strlen(text), &value, &overflow);
    return value;
}

/* The numbers that round to mantissa * 10^exponent, half a unit upwards. */
static tflow_range rounded(int64_t mantissa, int exponent)
{
    tflow_range a = {decimal(10 * mantissa - 5, exponent - 1),
                     decimal(10 * mantissa + 5, exponent - 1), 1, 0};
    return a;
}

static void not_below_zero(tflow_range *a)
{
    if (!isnan(a->low) && a->low < 0) {
        a->low = 0;
        a->low_closed = 1;
    }
}

/* The qualifier on the interval a around the figure. `against` turns sides round, for a
 * ratio below one: more than halved is less than one half. */
static tflow_range qualify(tflow_range a, double figure,
                           tflow_figure_qualifier qualifier, int against,
                           const tflow_figure_opts *opts)
{
    double width = opts->qualifier_width * figure;
    double reach = opts->bound_reach < 0 ? INFINITY : opts->bound_reach * figure;
    tflow_range above = {figure, a.high + reach, 0, a.high_closed};
    tflow_range below = {a.low - reach, figure, a.low_closed, 0};
    tflow_range at_least = {figure, NAN, 1, 0};
    tflow_range at_most = {0, figure, 1, 1};

    switch (qualifier) {
    case TFLOW_QUALIFIER_NONE:
        break;
    case TFLOW_QUALIFIER_ABOUT:
        a.low -= width;
        a.high += width;
        break;
    case TFLOW_QUALIFIER_NEARLY:
        if (against)
            a.high += width;
        else
            a.low -= width;
        break;
    case TFLOW_QUALIFIER_OVER:
        a = against ? below : above;
        break;
    case TFLOW_QUALIFIER_UNDER:
        a = against ? above : below;
        break;
    case TFLOW_QUALIFIER_AT_LEAST:
        a = against ? at_most : at_least;
        break;
    case TFLOW_QUALIFIER_AT_MOST:
        a = against ? at_least : at_most;
        break;
    }
    not_below_zero(&a); /* no limit below is -infinity here */
    return tflow_i_range_value(a);
}

static tflow_range mirrored(tflow_range a)
{
    tflow_range b = {-a.high, -a.low, a.high_closed, a.low_closed};
    return b;
}

void tflow_i_band_amount(int64_t mantissa, int decimals, int exponent, int direction,
                         tflow_figure_qualifier qualifier,
                         const tflow_figure_opts *opts, tflow_figure *out)
{
    int power = exponent - decimals;
    int64_t digits = mantissa;

    if (opts->zeros == TFLOW_ZEROS_ROUNDED && decimals == 0)
        for (; digits != 0 && digits % 10 == 0; digits /= 10)
            power++;
    out->form = TFLOW_FORM_AMOUNT;
    out->qualifier = qualifier;
    out->unit = decimal(1, exponent);
    out->decimals = decimals;
    out->figure = decimal(digits, power);
    out->tolerance = decimal(5, power - 1);

    tflow_range a = rounded(digits, power);
    not_below_zero(&a);
    out->interval = qualify(a, out->figure, qualifier, 0, opts);
    if (direction < 0) {
        out->figure = -out->figure;
        out->interval = mirrored(out->interval);
    }
}

void tflow_i_band_percent(int64_t mantissa, int decimals, int direction,
                          tflow_figure_qualifier qualifier,
                          const tflow_figure_opts *opts, tflow_figure *out)
{
    int64_t whole = 100;

    for (int i = 0; i < decimals; i++)
        whole *= 10;
    out->form = TFLOW_FORM_PERCENT;
    out->qualifier = qualifier;
    out->unit = 0.01;
    out->decimals = decimals;
    int64_t ratio = direction < 0 ? whole - mantissa : whole + mantissa;
    out->figure = decimal(ratio, -decimals - 2);
    out->tolerance = decimal(5, -decimals - 3);

    tflow_range a = rounded(ratio, -decimals - 2); /* exact ends */
    if (direction < 0) {
        a.low_closed = 0; /* a fall of 3.5 rounds to 4, one of 4.5 does not */
        a.high_closed = 1;
    }
    if (qualifier != TFLOW_QUALIFIER_NONE) {
        double size = decimal(mantissa, -decimals);
        tflow_range change = rounded(mantissa, -decimals);
        not_below_zero(&change);
        a = qualify(change, size, qualifier, 0, opts);
        if (direction < 0)
            a = mirrored(a);
        a.low = 1 + a.low / 100;
        a.high = 1 + a.high / 100;
    } else if (mantissa == 0) { /* "up 0 %": not down */
        if (direction < 0)
            a.high = 1;
        else
            a.low = 1;
    }
    if (isnan(a.low)) { /* down by at least: as far as it goes */
        a.low = 0;
        a.low_closed = 1;
    }
    not_below_zero(&a);
    out->interval = a;
}

void tflow_i_band_fold(int64_t mantissa, int decimals, int direction,
                       tflow_figure_qualifier qualifier, const tflow_figure_opts *opts,
                       tflow_figure *out)
{
    double fold = decimal(mantissa, -decimals);
    tflow_range a = rounded(mantissa, -decimals);

    out->form = TFLOW_FORM_FOLD;
    out->qualifier = qualifier;
    out->unit = 1;
    out->decimals = decimals;
    out->figure = direction < 0 ? 1 / fold : fold;
    out->tolerance = direction < 0 ? NAN : decimal(5, -decimals - 1);
    a = qualify(a, fold, qualifier, 0, opts);
    if (direction < 0)
        (void)tflow_range_divide(tflow_range_of(1, 1), a, &a);
    out->interval = a;
}

static double word_tolerance(double ratio, const tflow_figure_opts *opts)
{
    double own = -1;

    if (ratio == 2)
        own = opts->doubled;
    else if (ratio == 3)
        own = opts->tripled;
    else if (ratio == 4)
        own = opts->quadrupled;
    else if (ratio == 0.5)
        own = opts->halved;
    else if (ratio == 1)
        own = opts->unchanged;
    return own < 0 ? opts->word_tolerance : own;
}

void tflow_i_band_word(double ratio, tflow_figure_qualifier qualifier,
                       const tflow_figure_opts *opts, tflow_figure *out)
{
    double tolerance = word_tolerance(ratio, opts);
    tflow_range a = {ratio - tolerance, ratio + tolerance, 1, tolerance == 0};

    /* Nearly unchanged may be off to either side. */
    tflow_figure_qualifier side = ratio == 1 && qualifier == TFLOW_QUALIFIER_NEARLY
                                      ? TFLOW_QUALIFIER_ABOUT
                                      : qualifier;
    out->form = TFLOW_FORM_WORD;
    out->qualifier = qualifier;
    out->unit = 1;
    out->decimals = 0;
    out->figure = ratio;
    out->tolerance = tolerance;
    not_below_zero(&a);
    out->interval = qualify(a, ratio, side, ratio < 1, opts);
}
