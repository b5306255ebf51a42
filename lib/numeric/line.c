/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/least_squares.h"

#include <math.h>

/* Numbers are read scaled by a power of two, so that squares of the largest and the
 * smallest levels stay within range; exact, hence without effect on the result. */
typedef struct axis {
    double mean; /* of the scaled numbers */
    int exponent;
    int constant;
} axis;

typedef struct pairs {
    size_t n;
    tflow_i_line_pair *read;
    const void *context;
    axis x_axis;
    axis y_axis;
} pairs;

typedef struct vectors {
    tflow_vec x;
    tflow_vec y;
} vectors;

static int vector_pair(const void *context, size_t i, double *x, double *y)
{
    const vectors *v = context;

    *x = tflow_i_vec_at(v->x, i);
    *y = tflow_i_vec_at(v->y, i);
    return !isnan(*y);
}

static int log_vector_pair(const void *context, size_t i, double *x, double *y)
{
    if (!vector_pair(context, i, x, y) || *y <= 0)
        return 0;
    *y = log(*y);
    return 1;
}

/* Pair i, scaled and about the means. */
static int centred(const pairs *p, size_t i, double *dx, double *dy)
{
    if (!p->read(p->context, i, dx, dy))
        return 0;
    *dx = ldexp(*dx, -p->x_axis.exponent) - p->x_axis.mean;
    *dy = ldexp(*dy, -p->y_axis.exponent) - p->y_axis.mean;
    return 1;
}

typedef struct range {
    double min;
    double max;
} range;

static void widen(range *r, double value)
{
    r->min = fmin(r->min, value);
    r->max = fmax(r->max, value);
}

static void axis_of(axis *a, const range *r)
{
    frexp(fmax(fabs(r->min), fabs(r->max)), &a->exponent);
    a->constant = r->min == r->max;
    /* The mean of equal numbers is that number, not a rounded quotient. */
    a->mean = ldexp(r->min, -a->exponent);
}

/* Count, check, and find the scale and the mean of both sides. */
static tflow_status prepare(pairs *p, size_t *n)
{
    range rx = {INFINITY, -INFINITY}, ry = {INFINITY, -INFINITY};
    tflow_i_sum sx = {0, 0}, sy = {0, 0};
    double x, y;

    *n = 0;
    for (size_t i = 0; i < p->n; i++) {
        if (!p->read(p->context, i, &x, &y))
            continue;
        if (isnan(x))
            return TFLOW_EINVAL;
        if (!isfinite(x) || !isfinite(y))
            return TFLOW_UNDEFINED;
        widen(&rx, x);
        widen(&ry, y);
        ++*n;
    }
    if (*n < 2)
        return TFLOW_TOO_FEW;
    axis_of(&p->x_axis, &rx);
    axis_of(&p->y_axis, &ry);
    if (p->x_axis.constant)
        return TFLOW_UNDEFINED;

    for (size_t i = 0; i < p->n; i++) {
        if (!centred(p, i, &x, &y))
            continue;
        tflow_i_sum_add(&sx, x);
        tflow_i_sum_add(&sy, y);
    }
    p->x_axis.mean += tflow_i_sum_value(&sx) / (double)*n;
    p->y_axis.mean += tflow_i_sum_value(&sy) / (double)*n;
    return TFLOW_OK;
}

typedef struct moments {
    double n, dx, dy, xx, xy, yy;
} moments;

static void sum_moments(const pairs *p, size_t n, moments *m)
{
    tflow_i_sum dx = {0, 0}, dy = {0, 0}, xx = {0, 0}, xy = {0, 0}, yy = {0, 0};
    double x, y;

    for (size_t i = 0; i < p->n; i++) {
        if (!centred(p, i, &x, &y))
            continue;
        tflow_i_sum_add(&dx, x);
        tflow_i_sum_add(&dy, y);
        tflow_i_sum_add(&xx, x * x);
        tflow_i_sum_add(&xy, x * y);
        tflow_i_sum_add(&yy, y * y);
    }
    m->n = (double)n;
    m->dx = tflow_i_sum_value(&dx);
    m->dy = tflow_i_sum_value(&dy);
    /* The means are rounded: take out what that leaves (corrected two-pass form). */
    m->xx = tflow_i_sum_value(&xx) - m->dx * m->dx / m->n;
    m->xy = tflow_i_sum_value(&xy) - m->dx * m->dy / m->n;
    m->yy = tflow_i_sum_value(&yy) - m->dy * m->dy / m->n;
}

/* Sum of squared residuals about the line of this slope, in scaled units. */
static double residual_squares(const pairs *p, const moments *m, double slope)
{
    double shift = (m->dy - slope * m->dx) / m->n, dx, dy;
    tflow_i_sum squares = {0, 0};

    for (size_t i = 0; i < p->n; i++) {
        if (!centred(p, i, &dx, &dy))
            continue;
        double residual = fma(-slope, dx, dy) - shift;
        tflow_i_sum_add(&squares, residual * residual);
    }
    return tflow_i_sum_value(&squares);
}

static void blank(tflow_i_line *out)
{
    *out = (tflow_i_line){0, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
}

static void solve(const pairs *p, size_t n, tflow_i_line *out)
{
    int ex = p->x_axis.exponent, ey = p->y_axis.exponent;
    moments m;

    sum_moments(p, n, &m);
    double slope = p->y_axis.constant ? 0 : m.xy / m.xx;
    double x_mean = p->x_axis.mean + m.dx / m.n, y_mean = p->y_axis.mean + m.dy / m.n;

    out->n = n;
    out->slope = ldexp(slope, ey - ex);
    out->intercept = ldexp(fma(-slope, x_mean, y_mean), ey);
    out->x_mean = ldexp(x_mean, ex);
    out->y_mean = ldexp(y_mean, ey);
    out->x_spread = ldexp(sqrt(m.xx), ex);
    if (n == 2) {
        if (!p->y_axis.constant)
            out->r_squared = 1;
        return;
    }
    double rss = p->y_axis.constant ? 0 : residual_squares(p, &m, slope);
    double sd = sqrt(rss / (m.n - 2));
    out->residual_sd = ldexp(sd, ey);
    out->slope_se = ldexp(sd / sqrt(m.xx), ey - ex);
    out->intercept_se = ldexp(sd * hypot(1 / sqrt(m.n), x_mean / sqrt(m.xx)), ey);
    if (!p->y_axis.constant)
        out->r_squared = fmax(0, 1 - rss / m.yy);
}

tflow_status tflow_i_line_fit_pairs(size_t n, tflow_i_line_pair *pair,
                                    const void *context, tflow_i_line *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    blank(out);

    pairs p = {n, pair, context, {0, 0, 0}, {0, 0, 0}};
    size_t used;
    tflow_status status = prepare(&p, &used);
    if (status != TFLOW_OK)
        return status;
    solve(&p, used, out);
    if (!isfinite(out->slope) || !isfinite(out->intercept)) {
        blank(out);
        return TFLOW_UNDEFINED;
    }
    return TFLOW_OK;
}

static tflow_status fit(tflow_vec x, tflow_vec y, tflow_i_line_pair *pair,
                        tflow_i_line *out)
{
    vectors v = {x, y};

    if (out == NULL)
        return TFLOW_EINVAL;
    blank(out);
    if (x.n != y.n || (y.n > 0 && (x.data == NULL || y.data == NULL)))
        return TFLOW_EINVAL;
    return tflow_i_line_fit_pairs(y.n, pair, &v, out);
}

tflow_status tflow_i_line_fit(tflow_vec x, tflow_vec y, tflow_i_line *out)
{
    return fit(x, y, vector_pair, out);
}

tflow_status tflow_i_line_fit_log(tflow_vec x, tflow_vec y, tflow_i_line *out)
{
    return fit(x, y, log_vector_pair, out);
}

void tflow_i_line_at(const tflow_i_line *line, double x, tflow_i_line_value *out)
{
    double distance = x - line->x_mean;
    double leverage = hypot(1 / sqrt((double)line->n), distance / line->x_spread);

    out->mean = line->y_mean + line->slope * distance;
    out->mean_se = line->residual_sd * leverage;
    out->new_se = line->residual_sd * hypot(1, leverage);
}
