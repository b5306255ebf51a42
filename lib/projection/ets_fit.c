/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The most likely numbers of a model. Smoothing parameters keep to the usual region,
 *
 *     0 < alpha < 1, 0 < beta < alpha, 0 < gamma < 1 - alpha, 0.8 <= phi <= 0.98,
 *
 * by way of sines, so that the search itself knows no bounds and reaches them. */
#include "projection/ets.h"

#include "numeric/minimum.h"

#include <math.h>
#include <string.h>

/* As forecast::ets has them. */
#define LOW 1e-4
#define HIGH (1 - 1e-4)
#define PHI_LOW 0.8
#define PHI_HIGH 0.98

#define MOST_STEPS 400
#define TOLERANCE 1e-5
#define LEAST_FACTOR 0.02 /* of a multiplicative season to start from */

typedef struct search {
    const tflow_i_ets *ets;
    const double *y;
    size_t n;
    double *numbers, *gradient, *trail, *end;
    double unit[3]; /* of level, slope and season: what a step of 1 is */
} search;

static size_t slots(size_t cycle)
{
    return TFLOW_I_ETS_SEASON + cycle;
}

size_t tflow_i_ets_work(size_t n, size_t cycle)
{
    size_t variables = TFLOW_I_ETS_SEASON + cycle;

    return tflow_i_minimum_work(variables) + 4 * n + 5 * slots(cycle);
}

static double between(double low, double high, double u)
{
    return low + (high - low) * (1 + sin(u)) / 2;
}

static double unbetween(double low, double high, double value)
{
    double share = (value - low) / (high - low);
    return asin(fmin(1, fmax(-1, 2 * share - 1)));
}

/* From the variables of the search to the numbers of the model. */
static void unpack(const search *s, const double *x)
{
    const tflow_i_ets *ets = s->ets;
    double *p = s->numbers, alpha = between(LOW, HIGH, *x++);

    p[TFLOW_I_ETS_ALPHA] = alpha;
    if (ets->trend != 'N')
        p[TFLOW_I_ETS_BETA] = between(LOW, alpha, *x++);
    if (ets->season != 'N')
        p[TFLOW_I_ETS_GAMMA] = between(LOW, 1 - alpha, *x++);
    if (ets->damped)
        p[TFLOW_I_ETS_PHI] = between(PHI_LOW, PHI_HIGH, *x++);
    p[TFLOW_I_ETS_LEVEL] = *x++ * s->unit[0];
    if (ets->trend != 'N')
        p[TFLOW_I_ETS_SLOPE] = *x++ * s->unit[1];
    if (ets->season == 'N')
        return;
    double *season = p + TFLOW_I_ETS_SEASON;
    double rest = ets->season == 'M' ? (double)ets->cycle : 0;
    for (size_t j = 0; j + 1 < ets->cycle; j++) {
        season[j] = *x++ * s->unit[2];
        rest -= season[j];
    }
    season[ets->cycle - 1] = rest;
}

static size_t pack(const search *s, double *x)
{
    const tflow_i_ets *ets = s->ets;
    const double *p = s->numbers;
    double alpha = p[TFLOW_I_ETS_ALPHA], *from = x;

    *x++ = unbetween(LOW, HIGH, alpha);
    if (ets->trend != 'N')
        *x++ = unbetween(LOW, alpha, p[TFLOW_I_ETS_BETA]);
    if (ets->season != 'N')
        *x++ = unbetween(LOW, 1 - alpha, p[TFLOW_I_ETS_GAMMA]);
    if (ets->damped)
        *x++ = unbetween(PHI_LOW, PHI_HIGH, p[TFLOW_I_ETS_PHI]);
    *x++ = p[TFLOW_I_ETS_LEVEL] / s->unit[0];
    if (ets->trend != 'N')
        *x++ = p[TFLOW_I_ETS_SLOPE] / s->unit[1];
    for (size_t j = 0; ets->season != 'N' && j + 1 < ets->cycle; j++)
        *x++ = p[TFLOW_I_ETS_SEASON + j] / s->unit[2];
    return (size_t)(x - from);
}

/* The gradient by the numbers becomes that by the variables. */
static void chain(const search *s, const double *x, double *out)
{
    const tflow_i_ets *ets = s->ets;
    const double *g = s->gradient, *season = g + TFLOW_I_ETS_SEASON;
    double alpha = s->numbers[TFLOW_I_ETS_ALPHA], by_alpha = g[TFLOW_I_ETS_ALPHA];
    size_t i = 1;

    if (ets->trend != 'N') {
        by_alpha += g[TFLOW_I_ETS_BETA] * (1 + sin(x[i])) / 2;
        out[i] = g[TFLOW_I_ETS_BETA] * (alpha - LOW) * cos(x[i]) / 2;
        i++;
    }
    if (ets->season != 'N') {
        by_alpha -= g[TFLOW_I_ETS_GAMMA] * (1 + sin(x[i])) / 2;
        out[i] = g[TFLOW_I_ETS_GAMMA] * (1 - alpha - LOW) * cos(x[i]) / 2;
        i++;
    }
    if (ets->damped) {
        out[i] = g[TFLOW_I_ETS_PHI] * (PHI_HIGH - PHI_LOW) * cos(x[i]) / 2;
        i++;
    }
    out[0] = by_alpha * (HIGH - LOW) * cos(x[0]) / 2;
    out[i++] = g[TFLOW_I_ETS_LEVEL] * s->unit[0];
    if (ets->trend != 'N')
        out[i++] = g[TFLOW_I_ETS_SLOPE] * s->unit[1];
    for (size_t j = 0; ets->season != 'N' && j + 1 < ets->cycle; j++)
        out[i++] = (season[j] - season[ets->cycle - 1]) * s->unit[2];
}

static double objective(void *context, const double *x, double *gradient)
{
    const search *s = context;
    double sse;

    unpack(s, x);
    double value = tflow_i_ets_pass(s->ets, s->y, s->n, s->numbers, s->trail, s->end,
                                    &sse, s->gradient);
    if (isfinite(value))
        chain(s, x, gradient);
    return value;
}

/* Values with gaps bridged by straight lines; the first and the last are observed. */
static void bridge(const double *y, size_t n, double *out)
{
    size_t last = 0;

    out[0] = y[0];
    for (size_t i = 1; i < n; i++) {
        if (isnan(y[i]))
            continue;
        for (size_t j = last + 1; j <= i; j++)
            out[j] =
                y[last] + (y[i] - y[last]) * (double)(j - last) / (double)(i - last);
        last = i;
    }
}

/* Mean of a cycle around i, its two ends counted half when it is even; near the ends
 * of the series, of the nearest whole one. */
static double centred(const double *y, size_t n, size_t cycle, size_t i)
{
    size_t half = cycle / 2;
    size_t middle = i < half ? half : i + half >= n ? n - 1 - half : i;
    double sum = 0;

    for (size_t j = middle - half; j <= middle + half; j++) {
        int end = cycle % 2 == 0 && (j == middle - half || j == middle + half);
        sum += end ? y[j] / 2 : y[j];
    }
    return sum / (double)cycle;
}

/* Mean deviation of each season from the moving mean, made to add up to nothing, or
 * mean ratio, made to average 1. Leaves y without it. */
static void seasons(const tflow_i_ets *ets, double *y, size_t n, double *season,
                    double *smooth)
{
    size_t m = ets->cycle;
    int ratio = ets->season == 'M';
    double total = 0;

    for (size_t i = 0; i < n; i++)
        smooth[i] = centred(y, n, m, i);
    for (size_t j = 0; j < m; j++) {
        double sum = 0;
        size_t seen = 0;
        for (size_t i = j; i < n; i += m, seen++)
            sum += ratio ? y[i] / smooth[i] : y[i] - smooth[i];
        season[j] = sum / (double)seen;
        if (ratio)
            season[j] = fmax(season[j], LEAST_FACTOR);
        total += season[j];
    }
    for (size_t j = 0; j < m; j++)
        season[j] =
            ratio ? season[j] * (double)m / total : season[j] - total / (double)m;
    for (size_t i = 0; i < n; i++)
        y[i] = ratio ? y[i] / season[i % m] : y[i] - season[i % m];
}

/* States before the first period: seasons by moving means, level and slope by a line
 * through the first values. */
static void start(const search *s, double *room)
{
    const tflow_i_ets *ets = s->ets;
    double *p = s->numbers, sum = 0, products = 0, spread = 0;
    size_t first = 2 * ets->cycle > 10 ? 2 * ets->cycle : 10;

    memset(p, 0, slots(ets->cycle) * sizeof *p);
    bridge(s->y, s->n, room);
    if (ets->season != 'N')
        seasons(ets, room, s->n, p + TFLOW_I_ETS_SEASON, s->trail);
    if (first > s->n)
        first = s->n;
    double middle = (double)(first + 1) / 2;
    for (size_t i = 0; i < first; i++)
        sum += room[i];
    double mean = sum / (double)first;
    for (size_t i = 0; i < first; i++) {
        double time = (double)(i + 1) - middle;
        products += time * (room[i] - mean);
        spread += time * time;
    }
    double slope = first > 1 ? products / spread : 0, level = mean - slope * middle;
    p[TFLOW_I_ETS_LEVEL] = ets->trend == 'N' ? mean : level;
    p[TFLOW_I_ETS_SLOPE] = ets->trend == 'N' ? 0 : slope;
    if ((ets->season == 'M' || ets->error == 'M' || ets->trend == 'M') &&
        !(level + (double)first * slope > 0 && level > 0)) {
        p[TFLOW_I_ETS_LEVEL] = mean;
        p[TFLOW_I_ETS_SLOPE] = 0;
    }
    if (ets->trend == 'M')
        p[TFLOW_I_ETS_SLOPE] = 1 + p[TFLOW_I_ETS_SLOPE] / p[TFLOW_I_ETS_LEVEL];
    p[TFLOW_I_ETS_PHI] = 1;
}

/* Until the model reaches every value, bring seasons and slope nearer to nothing. */
static void flatten(search *s)
{
    double *p = s->numbers, sse;
    double none = s->ets->season == 'M' ? 1 : 0, flat = s->ets->trend == 'M' ? 1 : 0;

    p[TFLOW_I_ETS_ALPHA] = 0.3;
    for (int k = 0; k < 6; k++) {
        if (isfinite(
                tflow_i_ets_pass(s->ets, s->y, s->n, p, s->trail, s->end, &sse, NULL)))
            return;
        p[TFLOW_I_ETS_SLOPE] = flat + (p[TFLOW_I_ETS_SLOPE] - flat) / 2;
        for (size_t j = 0; s->ets->season != 'N' && j < s->ets->cycle; j++)
            p[TFLOW_I_ETS_SEASON + j] = none + (p[TFLOW_I_ETS_SEASON + j] - none) / 2;
    }
}

/* A step of 1 in a state is about what one period brings. */
static void measure(search *s)
{
    double sum = 0, size = 0, last = s->y[0];
    size_t seen = 0;

    for (size_t i = 1; i < s->n; i++) {
        if (isnan(s->y[i]))
            continue;
        sum += (s->y[i] - last) * (s->y[i] - last);
        size = fmax(size, fabs(s->y[i]));
        last = s->y[i];
        seen++;
    }
    double change = seen > 0 ? sqrt(sum / (double)seen) : 0;
    if (!(change > 0))
        change = size > 0 ? size : 1;
    s->unit[0] = change;
    s->unit[1] = s->ets->trend == 'M' ? 0.1 : change / 3;
    s->unit[2] = s->ets->season == 'M' && size > 0 ? change / size : change;
}

tflow_status tflow_i_ets_estimate(tflow_i_ets_fit *fit, const double *y, size_t n,
                                  double *work)
{
    static const double starts[][4] = {{0.3, 0.03, 0.05, 0.95}, {0.8, 0.2, 0.1, 0.9}};
    const tflow_i_ets *ets = &fit->ets;
    size_t width = slots(ets->cycle);
    double *x = work, *begun = work + width, *room = begun + width;
    search s = {ets, y, n, room + n, room + n + width, NULL, NULL, {1, 1, 1}};
    double best = INFINITY;

    s.end = s.gradient + width;
    s.trail = s.end + width;
    measure(&s);
    start(&s, room);
    flatten(&s);
    memcpy(begun, s.numbers, width * sizeof *begun);
    for (size_t k = 0; k < 2; k++) {
        memcpy(s.numbers, begun, width * sizeof *begun);
        s.numbers[TFLOW_I_ETS_ALPHA] = starts[k][0];
        s.numbers[TFLOW_I_ETS_BETA] = starts[k][1];
        s.numbers[TFLOW_I_ETS_GAMMA] = starts[k][2];
        if (ets->damped)
            s.numbers[TFLOW_I_ETS_PHI] = starts[k][3];
        size_t variables = pack(&s, x);
        /* Models without a part keep its place empty. */
        s.numbers[TFLOW_I_ETS_BETA] = s.numbers[TFLOW_I_ETS_GAMMA] = 0;
        double value = tflow_i_minimum(variables, x, objective, &s, TOLERANCE,
                                       MOST_STEPS, s.trail + 3 * n);
        if (!(value < best))
            continue;
        best = value;
        unpack(&s, x);
        memcpy(fit->numbers, s.numbers, width * sizeof *begun);
    }
    if (!isfinite(best))
        return TFLOW_UNDEFINED;
    fit->likelihood =
        -tflow_i_ets_pass(ets, y, n, fit->numbers, s.trail, s.end, &fit->sse, NULL);
    return TFLOW_OK;
}
