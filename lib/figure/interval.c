/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/figure.h"

#include <math.h>

/* One candidate for an end: NaN is none; `attained` says whether the set has it. */
typedef struct corner {
    double value;
    int attained;
} corner;

tflow_interval tflow_i_interval_nan(void)
{
    tflow_interval none = {NAN, NAN, 0, 0};
    return none;
}

int tflow_i_interval_bounds(tflow_interval given, tflow_interval *out)
{
    tflow_interval a = given;

    if (isnan(a.low))
        a.low = -INFINITY;
    if (isnan(a.high))
        a.high = INFINITY;
    a.low_closed = a.low_closed != 0 && isfinite(a.low);
    a.high_closed = a.high_closed != 0 && isfinite(a.high);
    *out = a;
    return a.low < a.high || (a.low == a.high && a.low_closed && a.high_closed);
}

tflow_interval tflow_i_interval_value(tflow_interval bounds)
{
    tflow_interval a = bounds;

    if (!isfinite(a.low)) {
        a.low = NAN;
        a.low_closed = 0;
    }
    if (!isfinite(a.high)) {
        a.high = NAN;
        a.high_closed = 0;
    }
    return a;
}

tflow_status tflow_interval_rounded(double figure, double step, tflow_interval *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = tflow_i_interval_nan();
    if (!(isfinite(figure) && isfinite(step) && step > 0))
        return TFLOW_EINVAL;

    tflow_interval a = {figure - step / 2, figure + step / 2, 1, 0};
    if (!(a.low < a.high)) /* the step is below the precision of the figure */
        a = tflow_interval_of(figure, figure);
    *out = tflow_i_interval_value(a);
    return TFLOW_OK;
}

int tflow_interval_contains(tflow_interval interval, double x)
{
    tflow_interval a;

    if (isnan(x) || !tflow_i_interval_bounds(interval, &a))
        return 0;
    return (x > a.low || (x == a.low && a.low_closed)) &&
           (x < a.high || (x == a.high && a.high_closed));
}

/* The smallest interval around the corners. */
static tflow_interval hull(const corner *corners, size_t n)
{
    tflow_interval a = {INFINITY, -INFINITY, 0, 0};

    for (size_t i = 0; i < n; i++) {
        corner c = corners[i];
        if (isnan(c.value))
            continue;
        if (c.value < a.low || (c.value == a.low && c.attained)) {
            a.low = c.value;
            a.low_closed = c.attained;
        }
        if (c.value > a.high || (c.value == a.high && c.attained)) {
            a.high = c.value;
            a.high_closed = c.attained;
        }
    }
    return tflow_i_interval_value(a);
}

static tflow_interval negative(tflow_interval a)
{
    tflow_interval b = {-a.high, -a.low, a.high_closed, a.low_closed};
    return b;
}

static tflow_interval sum(tflow_interval a, tflow_interval b)
{
    tflow_interval c = {a.low + b.low, a.high + b.high, a.low_closed && b.low_closed,
                        a.high_closed && b.high_closed};
    return tflow_i_interval_value(c);
}

tflow_status tflow_interval_add(tflow_interval a, tflow_interval b, tflow_interval *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = tflow_i_interval_nan();
    if (!tflow_i_interval_bounds(a, &a) || !tflow_i_interval_bounds(b, &b))
        return TFLOW_EINVAL;
    *out = sum(a, b);
    return TFLOW_OK;
}

tflow_status tflow_interval_subtract(tflow_interval a, tflow_interval b,
                                     tflow_interval *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = tflow_i_interval_nan();
    if (!tflow_i_interval_bounds(a, &a) || !tflow_i_interval_bounds(b, &b))
        return TFLOW_EINVAL;
    *out = sum(a, negative(b));
    return TFLOW_OK;
}

/* Zero times anything is zero, an unbounded end included: it stands for its members,
 * which are finite. */
static corner product(double x, int x_closed, double y, int y_closed)
{
    corner c = {0, (x == 0 && x_closed) || (y == 0 && y_closed)};

    if (x != 0 && y != 0) {
        c.value = x * y;
        c.attained = x_closed && y_closed && isfinite(c.value);
    }
    return c;
}

tflow_status tflow_interval_multiply(tflow_interval a, tflow_interval b,
                                     tflow_interval *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = tflow_i_interval_nan();
    if (!tflow_i_interval_bounds(a, &a) || !tflow_i_interval_bounds(b, &b))
        return TFLOW_EINVAL;

    const corner corners[4] = {
        product(a.low, a.low_closed, b.low, b.low_closed),
        product(a.low, a.low_closed, b.high, b.high_closed),
        product(a.high, a.high_closed, b.low, b.low_closed),
        product(a.high, a.high_closed, b.high, b.high_closed),
    };
    *out = hull(corners, 4);
    return TFLOW_OK;
}

/* side: the sign of the divisor's members. Without a limit, 0 / 0 and infinity over
 * infinity add nothing to what the other corners say. */
static corner quotient(double x, int x_closed, double y, int y_closed, int side)
{
    corner c = {NAN, 0};

    if (y == 0) {
        if (x != 0)
            c.value = (x > 0) == (side > 0) ? INFINITY : -INFINITY;
    } else if (x == 0 || isinf(y)) {
        if (!(isinf(x) && isinf(y)))
            c.value = 0;
        c.attained = x == 0 && x_closed;
    } else {
        c.value = x / y;
        c.attained = x_closed && y_closed && isfinite(c.value);
    }
    return c;
}

tflow_status tflow_interval_divide(tflow_interval a, tflow_interval b,
                                   tflow_interval *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = tflow_i_interval_nan();
    if (!tflow_i_interval_bounds(a, &a) || !tflow_i_interval_bounds(b, &b))
        return TFLOW_EINVAL;
    if (b.low == 0 && b.high == 0)
        return TFLOW_ZERO_BASE;
    if (b.low < 0 && b.high > 0)
        return TFLOW_UNDEFINED;

    int side = b.high > 0 ? 1 : -1;
    const corner corners[4] = {
        quotient(a.low, a.low_closed, b.low, b.low_closed, side),
        quotient(a.low, a.low_closed, b.high, b.high_closed, side),
        quotient(a.high, a.high_closed, b.low, b.low_closed, side),
        quotient(a.high, a.high_closed, b.high, b.high_closed, side),
    };
    *out = hull(corners, 4);
    return TFLOW_OK;
}

tflow_status tflow_interval_scale(tflow_interval interval, double factor,
                                  tflow_interval *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = tflow_i_interval_nan();
    if (!isfinite(factor))
        return TFLOW_EINVAL;
    return tflow_interval_multiply(interval, tflow_interval_of(factor, factor), out);
}

tflow_status tflow_interval_intersect(tflow_interval a, tflow_interval b,
                                      tflow_interval *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = tflow_i_interval_nan();
    if (!tflow_i_interval_bounds(a, &a) || !tflow_i_interval_bounds(b, &b))
        return TFLOW_EINVAL;

    tflow_interval c = a;
    if (b.low > a.low || (b.low == a.low && !b.low_closed)) {
        c.low = b.low;
        c.low_closed = b.low_closed;
    }
    if (b.high < a.high || (b.high == a.high && !b.high_closed)) {
        c.high = b.high;
        c.high_closed = b.high_closed;
    }
    if (!tflow_i_interval_bounds(c, &c))
        return TFLOW_CONTRADICTION;
    *out = tflow_i_interval_value(c);
    return TFLOW_OK;
}

tflow_status tflow_interval_widen(tflow_interval interval, double below, double above,
                                  tflow_interval *out)
{
    tflow_interval a;

    if (out == NULL)
        return TFLOW_EINVAL;
    *out = tflow_i_interval_nan();
    if (!tflow_i_interval_bounds(interval, &a) || !(isfinite(below) && below >= 0) ||
        !(isfinite(above) && above >= 0))
        return TFLOW_EINVAL;
    a.low -= below;
    a.high += above;
    *out = tflow_i_interval_value(a);
    return TFLOW_OK;
}
