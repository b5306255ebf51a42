/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/minimum.h"

#include <math.h>
#include <string.h>

/* No variable moves further in one step: the functions here are periodic or scaled. */
#define LONGEST 1.0
/* Share of the gain the gradient promises that a step must bring. */
#define ENOUGH 1e-4
#define MOST_HALVINGS 30

typedef struct descent {
    size_t n;
    double *x, *next;             /* here, and where a step leads */
    double *gradient, *gradient2; /* at both */
    double *direction, *change;   /* change: H y of the update */
    double *inverse;              /* of the Hessian, n x n */
} descent;

size_t tflow_i_minimum_work(size_t n)
{
    return n * n + 5 * n;
}

static double inner(const double *a, const double *b, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

static void start_over(descent *d)
{
    memset(d->inverse, 0, d->n * d->n * sizeof *d->inverse);
    double size = sqrt(inner(d->gradient, d->gradient, d->n));
    for (size_t i = 0; i < d->n; i++)
        d->inverse[i * d->n + i] = size > 0 ? 0.1 / size : 1;
}

/* Where to go; the slope along it, below 0. */
static double aim(descent *d)
{
    double furthest = 0;

    for (size_t i = 0; i < d->n; i++) {
        d->direction[i] = -inner(d->inverse + i * d->n, d->gradient, d->n);
        furthest = fmax(furthest, fabs(d->direction[i]));
    }
    if (furthest > LONGEST)
        for (size_t i = 0; i < d->n; i++)
            d->direction[i] *= LONGEST / furthest;
    return inner(d->direction, d->gradient, d->n);
}

/* Shorten the step until it brings enough; the value there, or infinity. */
static double search(descent *d, double value, double slope,
                     tflow_i_objective *objective, void *context)
{
    double step = 1;

    for (int k = 0; k < MOST_HALVINGS; k++) {
        for (size_t i = 0; i < d->n; i++)
            d->next[i] = d->x[i] + step * d->direction[i];
        double found = objective(context, d->next, d->gradient2);
        if (found <= value + ENOUGH * step * slope) {
            for (size_t i = 0; i < d->n; i++)
                d->direction[i] *= step;
            return found;
        }
        double curve = found - value - slope * step; /* of the parabola through all */
        double best =
            isfinite(found) && curve > 0 ? -slope * step * step / (2 * curve) : 0;
        step = fmin(fmax(best, 0.1 * step), 0.5 * step);
    }
    return INFINITY;
}

/* What the gradient did over the step taken. Its difference replaces the old one. */
static void learn(descent *d, int first)
{
    size_t n = d->n;
    double *y = d->gradient, *s = d->direction;

    for (size_t i = 0; i < n; i++)
        y[i] = d->gradient2[i] - y[i];
    double sy = inner(s, y, n), yy = inner(y, y, n);
    if (!(sy > 1e-12 * sqrt(yy * inner(s, s, n))))
        return;
    if (first)
        for (size_t i = 0; i < n; i++)
            d->inverse[i * n + i] = sy / yy;
    for (size_t i = 0; i < n; i++)
        d->change[i] = inner(d->inverse + i * n, y, n);
    double scale = (1 + inner(y, d->change, n) / sy) / sy;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            d->inverse[i * n + j] +=
                scale * s[i] * s[j] - (d->change[i] * s[j] + s[i] * d->change[j]) / sy;
}

/* `work` is written to through d. NOLINTBEGIN(readability-non-const-parameter) */
double tflow_i_minimum(size_t n, double *x, tflow_i_objective *objective, void *context,
                       double tolerance, size_t most, double *work)
/* NOLINTEND(readability-non-const-parameter) */
{
    descent d = {
        n, x, work, work + n, work + 2 * n, work + 3 * n, work + 4 * n, work + 5 * n};
    double value = objective(context, x, d.gradient), mark = value;
    int fresh = 1;

    if (!isfinite(value))
        return INFINITY;
    start_over(&d);
    for (size_t k = 1; k <= most; k++) {
        double slope = aim(&d);
        double found =
            slope < 0 ? search(&d, value, slope, objective, context) : INFINITY;
        if (!isfinite(found)) {
            if (fresh)
                break;
            fresh = 1;
            start_over(&d);
            continue;
        }
        learn(&d, fresh);
        fresh = 0;
        memcpy(x, d.next, n * sizeof *x);
        memcpy(d.gradient, d.gradient2, n * sizeof *x);
        value = found;
        if (k % 10 == 0) {
            if (mark - value < tolerance)
                break;
            mark = value;
        }
    }
    return value;
}
