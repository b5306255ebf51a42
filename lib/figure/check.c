/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements as values, and against data. */
#include "figure/figure.h"

#include <math.h>
#include <string.h>

const char *tflow_figure_kind_name(tflow_figure_kind kind)
{
    switch (kind) {
    case TFLOW_FIGURE_LEVEL:
        return "level";
    case TFLOW_FIGURE_BASE:
        return "base";
    case TFLOW_FIGURE_RATIO:
        return "ratio";
    case TFLOW_FIGURE_DIFFERENCE:
        return "difference";
    }
    return "unknown";
}

const char *tflow_figure_verdict_name(tflow_figure_verdict verdict)
{
    switch (verdict) {
    case TFLOW_VERDICT_UNDECIDED:
        return "undecided";
    case TFLOW_VERDICT_HOLDS:
        return "holds";
    case TFLOW_VERDICT_CONTRADICTED:
        return "contradicted";
    }
    return "unknown";
}

tflow_status tflow_figure_given(tflow_figure_kind kind, tflow_range interval,
                                tflow_figure *out)
{
    tflow_range a;

    if (out == NULL)
        return TFLOW_EINVAL;
    memset(out, 0, sizeof *out);
    out->interval = tflow_i_range_nan();
    out->figure = out->tolerance = out->unit = NAN;
    if ((unsigned)kind > TFLOW_FIGURE_DIFFERENCE || !tflow_i_range_bounds(interval, &a))
        return TFLOW_EINVAL;

    out->kind = kind;
    out->interval = tflow_i_range_value(a);
    out->unit = 1;
    if (isfinite(a.low) && isfinite(a.high)) {
        out->figure = a.low / 2 + a.high / 2;
        out->tolerance = a.high / 2 - a.low / 2;
    } else if (isfinite(a.low)) {
        out->figure = a.low;
    } else if (isfinite(a.high)) {
        out->figure = a.high;
    }
    return TFLOW_OK;
}

tflow_status tflow_figure_base(const tflow_figure *level, const tflow_figure *change,
                               tflow_range *out)
{
    const tflow_range above_zero = {0, NAN, 0, 0};
    tflow_status status;

    if (out == NULL)
        return TFLOW_EINVAL;
    *out = tflow_i_range_nan();
    if (level == NULL || change == NULL || level->kind != TFLOW_FIGURE_LEVEL)
        return TFLOW_EINVAL;
    if (change->kind == TFLOW_FIGURE_RATIO)
        status = tflow_range_divide(level->interval, change->interval, out);
    else if (change->kind == TFLOW_FIGURE_DIFFERENCE)
        status = tflow_range_subtract(level->interval, change->interval, out);
    else
        return TFLOW_EINVAL;
    if (status != TFLOW_OK)
        return status == TFLOW_UNDEFINED ? TFLOW_EINVAL : status;
    return tflow_range_intersect(*out, above_zero, out);
}

static double finite_or_nan(double x)
{
    return isfinite(x) ? x : NAN;
}

/* The observed counterpart of a statement; NaN with a status when there is none. */
static tflow_status observe(tflow_figure_kind kind, double level, double base,
                            double *out)
{
    int needs_level = kind != TFLOW_FIGURE_BASE,
        needs_base = kind != TFLOW_FIGURE_LEVEL;

    *out = NAN;
    if ((needs_level && isnan(level)) || (needs_base && isnan(base)))
        return TFLOW_MISSING_VALUE;
    if ((needs_level && level < 0) || (needs_base && base < 0))
        return TFLOW_ENEGATIVE;
    if (kind == TFLOW_FIGURE_RATIO && base == 0)
        return TFLOW_ZERO_BASE;
    *out = kind == TFLOW_FIGURE_LEVEL   ? level
           : kind == TFLOW_FIGURE_BASE  ? base
           : kind == TFLOW_FIGURE_RATIO ? level / base
                                        : level - base;
    return isfinite(*out) ? TFLOW_OK : TFLOW_UNDEFINED;
}

tflow_status tflow_figure_check(const tflow_figure *statement, double level,
                                double base, tflow_range band,
                                tflow_figure_finding *out)
{
    tflow_range bounds, factors = tflow_range_of(1, 1);

    if (out == NULL)
        return TFLOW_EINVAL;
    memset(out, 0, sizeof *out);
    out->allowed = tflow_i_range_nan();
    out->observed = out->factor = out->gap = NAN;
    if (statement == NULL || (unsigned)statement->kind > TFLOW_FIGURE_DIFFERENCE ||
        isinf(level) || isinf(base) ||
        !tflow_i_range_bounds(statement->interval, &bounds) ||
        !tflow_i_range_bounds(band, &band) || !(band.low > 0))
        return TFLOW_EINVAL;

    if (statement->kind != TFLOW_FIGURE_RATIO)
        factors = band;
    tflow_status status =
        tflow_range_multiply(statement->interval, factors, &out->allowed);
    if (status == TFLOW_OK)
        status = observe(statement->kind, level, base, &out->observed);
    if (status != TFLOW_OK) {
        out->observed = NAN;
        return status;
    }

    if (isfinite(statement->figure) && statement->figure != 0)
        out->factor = finite_or_nan(out->observed / statement->figure);
    out->verdict = tflow_range_contains(out->allowed, out->observed)
                       ? TFLOW_VERDICT_HOLDS
                       : TFLOW_VERDICT_CONTRADICTED;
    out->gap = 0;
    if (out->observed < out->allowed.low)
        out->gap = out->observed - out->allowed.low;
    else if (out->observed > out->allowed.high)
        out->gap = out->observed - out->allowed.high;
    return TFLOW_OK;
}

tflow_status tflow_figure_part_year(double part, int months, double whole,
                                    double threshold, tflow_figure_part *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    memset(out, 0, sizeof *out);
    out->rest = out->part_per_month = out->rest_per_month = NAN;
    out->ratio = out->whole_at_pace = NAN;
    if (months < 1 || months > 11 || !isfinite(threshold) || isinf(part) ||
        isinf(whole))
        return TFLOW_EINVAL;
    if (isnan(part) || isnan(whole))
        return TFLOW_MISSING_VALUE;
    if (part < 0 || whole < 0)
        return TFLOW_ENEGATIVE;

    out->rest = whole - part;
    out->part_per_month = part / months;
    out->rest_per_month = out->rest / (12 - months);
    out->whole_at_pace = finite_or_nan(out->part_per_month * 12);
    if (part == 0)
        return TFLOW_ZERO_BASE;
    out->ratio = finite_or_nan(out->rest_per_month / out->part_per_month);
    out->below = out->ratio < threshold;
    return TFLOW_OK;
}
