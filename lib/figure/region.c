/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pairs (base, level) that statements leave open. Statements of one kind are first
 * intersected; each of the four intervals left is two half-planes. In homogeneous
 * coordinates (base, level, 1) all of them, and base > 0, level >= 0, pass through the
 * origin, and what they leave is a cone in the positive octant. Its extreme rays are
 * the corners of the polygon, those at infinity included, and every quantity is a
 * quotient of linear forms, extreme at a corner. */
#include "figure/figure.h"

#include <math.h>
#include <string.h>

/* Relative to the terms of a difference: below, it is rounding and counts as zero. */
#define TOUCHING 1e-12

/* p - q, zero when nothing but rounding is left. */
static double difference(double p, double q)
{
    double d = p - q;
    return fabs(d) <= TOUCHING * (fabs(p) + fabs(q)) ? 0 : d;
}

/* Sign of row . x, zero when nothing but rounding is left. */
static int side(const double row[3], const double x[3])
{
    double sum = 0, size = 0;

    for (int i = 0; i < 3; i++) {
        sum += row[i] * x[i];
        size += fabs(row[i] * x[i]);
    }
    return fabs(sum) <= TOUCHING * size ? 0 : sum < 0 ? -1 : 1;
}

static void add_row(tflow_i_region *region, double base, double level, double one,
                    int strict)
{
    double *row = region->row[region->n_rows];

    row[0] = base;
    row[1] = level;
    row[2] = one;
    region->strict[region->n_rows++] = strict;
}

/* Ends so close that they touch each other are kept as one line, or nothing would be
 * left between them. */
static int is_thin(tflow_range strip)
{
    double size =
        fabs(strip.low) > fabs(strip.high) ? fabs(strip.low) : fabs(strip.high);

    return isfinite(size) && strip.high - strip.low <= 10 * TOUCHING * size;
}

/* The two half-planes of an interval for base * b + level * l, in units of `unit`. */
static void add_strip(tflow_i_region *region, double base, double level, double unit,
                      tflow_range strip)
{
    int thin = is_thin(strip);

    if (isfinite(strip.low))
        add_row(region, base, level, -strip.low / unit, !strip.low_closed && !thin);
    if (isfinite(strip.high))
        add_row(region, -base, -level, strip.high / unit, !strip.high_closed && !thin);
}

void tflow_i_region_start(tflow_i_region *region)
{
    const tflow_range all = {-INFINITY, INFINITY, 0, 0};

    memset(region, 0, sizeof *region);
    region->scale = 1;
    for (int kind = 0; kind < 4; kind++)
        region->strip[kind] = all;
}

int tflow_i_region_add(tflow_i_region *region, tflow_figure_kind kind,
                       tflow_range bounds)
{
    tflow_range both;

    if (tflow_range_intersect(region->strip[kind], bounds, &both) != TFLOW_OK)
        return 0;
    tflow_i_range_bounds(both, &region->strip[kind]);
    return 1;
}

/* A power of two near the amounts, so that dividing by it is exact. */
static double scale_of(const tflow_i_region *region)
{
    double size = 0;
    int exponent;

    for (int kind = 0; kind < 4; kind++) {
        if (kind == TFLOW_FIGURE_RATIO)
            continue;
        tflow_range a = region->strip[kind];
        if (isfinite(a.low) && fabs(a.low) > size)
            size = fabs(a.low);
        if (isfinite(a.high) && fabs(a.high) > size)
            size = fabs(a.high);
    }
    if (size == 0)
        return 1;
    frexp(size, &exponent);
    return ldexp(1, exponent > 1000 ? 1000 : exponent < -1000 ? -1000 : exponent);
}

static void add_rows(tflow_i_region *region)
{
    tflow_range ratio = region->strip[TFLOW_FIGURE_RATIO];

    region->n_rows = 0;
    add_row(region, 1, 0, 0, 1); /* base > 0 */
    add_row(region, 0, 1, 0, 0); /* level >= 0 */
    add_row(region, 0, 0, 1, 1); /* not at infinity */
    add_strip(region, 0, 1, region->scale, region->strip[TFLOW_FIGURE_LEVEL]);
    add_strip(region, 1, 0, region->scale, region->strip[TFLOW_FIGURE_BASE]);
    add_strip(region, -1, 1, region->scale, region->strip[TFLOW_FIGURE_DIFFERENCE]);
    int thin = is_thin(ratio);
    if (isfinite(ratio.low))
        add_row(region, -ratio.low, 1, 0, !ratio.low_closed && !thin);
    if (isfinite(ratio.high))
        add_row(region, ratio.high, -1, 0, !ratio.high_closed && !thin);
}

/* The ray on both planes, turned into the octant; 0 when there is none. */
static int ray_of(const double a[3], const double b[3], double ray[3])
{
    double sum = 0;
    int above = 0, below = 0;

    for (int i = 0; i < 3; i++) {
        int j = (i + 1) % 3, k = (i + 2) % 3;
        ray[i] = difference(a[j] * b[k], a[k] * b[j]);
        above |= ray[i] > 0;
        below |= ray[i] < 0;
        sum += ray[i];
    }
    if (above == below) /* parallel planes, or a ray outside the octant */
        return 0;
    for (int i = 0; i < 3; i++)
        ray[i] = fabs(ray[i] / sum); /* no -0 */
    return 1;
}

static int inside(const tflow_i_region *region, const double x[3])
{
    for (size_t i = 0; i < region->n_rows; i++)
        if (side(region->row[i], x) < 0)
            return 0;
    return 1;
}

/* Whether a point of the closed cone satisfies the strict rows too. */
static int belongs(const tflow_i_region *region, const double x[3])
{
    for (size_t i = 0; i < region->n_rows; i++)
        if (region->strict[i] && side(region->row[i], x) <= 0)
            return 0;
    return 1;
}

/* The sum of rays that a form is zero on lies inside the face they span, away from
 * every border that does not hold the whole of it. */
static void middle(const tflow_i_region *region, const double form[3], double x[3])
{
    x[0] = x[1] = x[2] = 0;
    for (size_t i = 0; i < region->n; i++)
        if (side(form, region->ray[i]) == 0)
            for (int k = 0; k < 3; k++)
                x[k] += region->ray[i][k];
}

int tflow_i_region_cut(tflow_i_region *region)
{
    const double zero[3] = {0, 0, 0};
    double x[3];

    region->scale = scale_of(region);
    add_rows(region);
    region->n = 0;
    for (size_t i = 0; i < region->n_rows; i++)
        for (size_t j = i + 1; j < region->n_rows; j++)
            if (ray_of(region->row[i], region->row[j], region->ray[region->n]) &&
                inside(region, region->ray[region->n]))
                region->n++;
    middle(region, zero, x);
    return region->n > 0 && belongs(region, x);
}

/* Ends that a statement asked for are given back as they were. */
static double snapped(double end, tflow_range strip)
{
    if (!isfinite(end))
        return end;
    if (isfinite(strip.low) && difference(end, strip.low) == 0)
        return strip.low;
    if (isfinite(strip.high) && difference(end, strip.high) == 0)
        return strip.high;
    return end;
}

/* Whether the end at quotient numerator / denominator = t is reached. */
static int reached(const tflow_i_region *region, const double numerator[3],
                   const double denominator[3], double t)
{
    double form[3], x[3];

    for (int k = 0; k < 3; k++)
        form[k] = numerator[k] - t * denominator[k];
    middle(region, form, x);
    return belongs(region, x);
}

tflow_range tflow_i_region_extent(const tflow_i_region *region, tflow_figure_kind kind)
{
    static const double numerators[4][3] = {
        {0, 1, 0}, {1, 0, 0}, {0, 1, 0}, {-1, 1, 0}};
    static const double denominators[4][3] = {
        {0, 0, 1}, {0, 0, 1}, {1, 0, 0}, {0, 0, 1}};
    const double *top = numerators[kind], *bottom = denominators[kind];
    double unit = kind == TFLOW_FIGURE_RATIO ? 1 : region->scale;
    tflow_range a = {INFINITY, -INFINITY, 0, 0};

    for (size_t i = 0; i < region->n; i++) {
        const double *x = region->ray[i];
        double over = difference(top[1] * x[1], -top[0] * x[0]);
        double under = bottom[0] * x[0] + bottom[2] * x[2];
        if (under == 0 && over == 0)
            continue;
        double t = under > 0 ? over / under : over > 0 ? INFINITY : -INFINITY;
        a.low = t < a.low ? t : a.low;
        a.high = t > a.high ? t : a.high;
    }
    a.low_closed = isfinite(a.low) && reached(region, top, bottom, a.low);
    a.high_closed = isfinite(a.high) && reached(region, top, bottom, a.high);
    a.low = snapped(a.low * unit, region->strip[kind]);
    a.high = snapped(a.high * unit, region->strip[kind]);
    if (!(a.low < a.high) && isfinite(a.low)) { /* one value, but for rounding */
        a.high = a.low;
        a.low_closed = a.high_closed = 1;
    }
    return tflow_i_range_value(a);
}
