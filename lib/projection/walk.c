/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Methods whose errors add up over time: naive, drift, seasonal naive.
 *
 * Between two observed values d periods apart the change is normal with variance
 * d sigma^2. Changes over separate times are independent of each other and of what is
 * to come, so sums of their squares over d are chi-squared, and t intervals are exact
 * whatever the gaps. */
#include "projection/projection.h"

#include <math.h>

typedef struct stretch {
    size_t at;     /* index of the value after */
    double before; /* the value before */
    double time;   /* periods between them */
    double size;   /* after less before, divided by the scale */
} stretch;

/* Move to the next change; the first starts from the value at c->at. Returns 0 when
 * there is none. */
static int next_change(const tflow_i_series *s, stretch *c)
{
    double after;

    tflow_i_series_value(s, c->at, &c->before);
    for (size_t i = c->at + 1; i < s->y.n; i++) {
        if (!tflow_i_series_value(s, i, &after))
            continue;
        c->time = tflow_i_series_time(s, i) - tflow_i_series_time(s, c->at);
        c->size = after / s->scale - c->before / s->scale;
        c->at = i;
        return 1;
    }
    return 0;
}

/* A walk that drifts by `rate` (divided by the scale) a period, which was estimated
 * over `span` periods, or is zero and known if that is infinite. */
static void walk(const tflow_i_series *s, tflow_i_forecast *f, double rate, double span,
                 double df)
{
    tflow_i_sum squares = {0, 0};
    stretch c = {s->first, 0, 0, 0};
    double last;

    while (next_change(s, &c)) {
        double residual = c.size - rate * c.time;
        tflow_i_sum_add(&squares, residual / c.time * residual);
        tflow_i_forecast_fitted(f, c.at, c.before + rate * c.time * s->scale);
    }
    double sigma = sqrt(tflow_i_sum_value(&squares) / df);
    double gap = tflow_i_series_time(s, s->y.n - 1) - tflow_i_series_time(s, s->last);

    tflow_i_series_value(s, s->last, &last);
    tflow_i_forecast_begin(f, sigma * s->scale, df);
    if (isfinite(span))
        tflow_i_forecast_coefficient(f, "drift", rate * s->scale,
                                     sigma / sqrt(span) * s->scale);
    for (size_t k = 0; k < f->opts.horizon; k++) {
        double h = gap + (double)(k + 1);
        tflow_i_forecast_step(f, k, last + h * rate * s->scale,
                              sigma * sqrt(h * (1 + h / span)) * s->scale);
    }
}

tflow_status tflow_i_project_naive(const tflow_i_series *series,
                                   tflow_i_forecast *forecast, tflow_error *error)
{
    (void)error;
    walk(series, forecast, 0, INFINITY, (double)(series->n_used - 1));
    return TFLOW_OK;
}

tflow_status tflow_i_project_drift(const tflow_i_series *series,
                                   tflow_i_forecast *forecast, tflow_error *error)
{
    double span = tflow_i_series_time(series, series->last) -
                  tflow_i_series_time(series, series->first);
    double first, last;

    (void)error;
    tflow_i_series_value(series, series->first, &first);
    tflow_i_series_value(series, series->last, &last);
    /* The weighted least squares estimate: changes by d with weights 1 / d. */
    walk(series, forecast, (last / series->scale - first / series->scale) / span, span,
         (double)(series->n_used - 2));
    return TFLOW_OK;
}

/* The label of position i as a whole number of periods since the first. */
static int whole_period(const tflow_i_series *s, size_t i, int64_t *period)
{
    double time = tflow_i_series_time(s, i), whole = nearbyint(time);

    *period = (int64_t)whole;
    return fabs(time - whole) <= TFLOW_I_PERIOD_TOLERANCE;
}

/* The latest value before position `end` whose period is a whole number of cycles
 * before `period`. Returns 0 when that season was never seen. */
static int same_season(const tflow_i_series *s, size_t end, int64_t period,
                       int64_t season, double *value, double *cycles)
{
    for (size_t i = end; i-- > 0;) {
        int64_t then = 0;
        whole_period(s, i, &then);
        if ((period - then) % season != 0 || !tflow_i_series_value(s, i, value))
            continue;
        int64_t whole_cycles = (period - then) / season;
        *cycles = (double)whole_cycles;
        return 1;
    }
    return 0;
}

/* Sum of squared changes from cycle to cycle, each over its cycles; how many. */
static tflow_status season_changes(const tflow_i_series *s, tflow_i_forecast *f,
                                   double *squares, size_t *pairs, tflow_error *error)
{
    tflow_i_sum sum = {0, 0};
    double value, before, cycles;
    int64_t period;

    *squares = 0;
    *pairs = 0;
    for (size_t i = 0; i < s->y.n; i++) {
        if (!whole_period(s, i, &period))
            return tflow_i_fail(
                error, TFLOW_EINVAL,
                "label %zu is not a whole number of steps from the first", i + 1);
        if (!tflow_i_series_value(s, i, &value) ||
            !same_season(s, i, period, (int64_t)f->opts.season, &before, &cycles))
            continue;
        double change = value / s->scale - before / s->scale;
        tflow_i_sum_add(&sum, change / cycles * change);
        tflow_i_forecast_fitted(f, i, before);
        ++*pairs;
    }
    *squares = tflow_i_sum_value(&sum);
    return TFLOW_OK;
}

tflow_status tflow_i_project_seasonal_naive(const tflow_i_series *series,
                                            tflow_i_forecast *forecast,
                                            tflow_error *error)
{
    double squares, value, cycles;
    size_t pairs;
    int64_t end;
    tflow_status status = season_changes(series, forecast, &squares, &pairs, error);

    if (status != TFLOW_OK)
        return status;
    if (pairs < 2)
        return tflow_i_fail(error, TFLOW_TOO_FEW,
                            "seasonal_naive wants 2 pairs a cycle apart, found %zu",
                            pairs);

    double sigma = sqrt(squares / (double)pairs) * series->scale;
    whole_period(series, series->y.n - 1, &end);
    tflow_i_forecast_begin(forecast, sigma, (double)pairs);
    for (size_t k = 0; k < forecast->opts.horizon; k++) {
        if (!same_season(series, series->y.n, end + 1 + (int64_t)k,
                         (int64_t)forecast->opts.season, &value, &cycles))
            return tflow_i_fail(error, TFLOW_TOO_FEW,
                                "no value in the season of forecast %zu", k + 1);
        tflow_i_forecast_step(forecast, k, value, sigma * sqrt(cycles));
    }
    return TFLOW_OK;
}
