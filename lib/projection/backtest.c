/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projection/projection.h"

#include <math.h>
#include <string.h>

typedef struct trial {
    const char *method;
    tflow_i_series series;
    tflow_projection_opts opts;
    tflow_backtest_opts how;
} trial;

static tflow_vec part(tflow_vec v, size_t from, size_t to)
{
    if (v.data == NULL)
        return v;
    v.data += (ptrdiff_t)from * v.stride;
    v.n = to - from;
    return v;
}

/* The actual values of the periods after position `origin` (a count), by label. */
static void find_actual(const trial *t, size_t origin, double *actual)
{
    const tflow_i_series *s = &t->series;
    double from = tflow_i_series_time(s, origin - 1), value;
    size_t i = origin;

    for (size_t k = 0; k < t->opts.horizon; k++) {
        double wanted = from + (double)(k + 1);
        while (i < s->y.n &&
               tflow_i_series_time(s, i) < wanted - TFLOW_I_PERIOD_TOLERANCE)
            i++;
        actual[k] = NAN;
        if (i < s->y.n &&
            tflow_i_series_time(s, i) <= wanted + TFLOW_I_PERIOD_TOLERANCE &&
            tflow_i_series_value(s, i, &value))
            actual[k] = value;
    }
}

static tflow_status forecast_from(const trial *t, size_t origin, double *forecast,
                                  tflow_error *error)
{
    tflow_projection projection = TFLOW_PROJECTION_INIT;
    size_t from =
        t->how.window > 0 && t->how.window < origin ? origin - t->how.window : 0;

    if (t->how.point == TFLOW_POINT_MEAN)
        projection.mean = forecast;
    else
        projection.median = forecast;
    return tflow_project(t->method, part(t->series.times, from, origin),
                         part(t->series.y, from, origin), t->series.missing, &t->opts,
                         &projection, error);
}

/* The defaults, and what tflow_project does not check. */
static tflow_status prepare(trial *t, const tflow_projection_opts *opts,
                            const tflow_backtest_opts *backtest,
                            const tflow_backtest *result, tflow_error *error)
{
    t->opts = (tflow_projection_opts)TFLOW_PROJECTION_OPTS_INIT;
    t->how = (tflow_backtest_opts)TFLOW_BACKTEST_OPTS_INIT;
    if ((opts != NULL && opts->size < sizeof t->opts) ||
        (backtest != NULL && backtest->size < sizeof t->how))
        return tflow_i_fail(error, TFLOW_EINVAL, "size of the options is not set");
    if (opts != NULL)
        memcpy(&t->opts, opts, sizeof t->opts);
    if (backtest != NULL)
        memcpy(&t->how, backtest, sizeof t->how);
    if (result->actual == NULL || result->forecast == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "no room for actual or forecast");
    if (t->how.point != TFLOW_POINT_MEDIAN && t->how.point != TFLOW_POINT_MEAN)
        return tflow_i_fail(error, TFLOW_EINVAL, "no such point forecast");
    if (t->how.first == 0)
        t->how.first = tflow_projection_minimum(t->method, t->opts.season);
    return TFLOW_OK;
}

/* Check method, options and the whole series as a projection from its end would. */
static tflow_status check(trial *t, tflow_vec times, tflow_vec y, tflow_missing missing,
                          tflow_error *error)
{
    tflow_projection projection = TFLOW_PROJECTION_INIT;
    tflow_error detail = TFLOW_ERROR_INIT;
    tflow_status status =
        tflow_project(t->method, times, y, missing, &t->opts, &projection, &detail);

    if (status < 0 || status == TFLOW_MISSING_VALUE) {
        if (error != NULL)
            *error = detail;
        return status;
    }
    return tflow_i_series_read(&t->series, times, y, missing, t->opts.step, error);
}

static tflow_status run(const trial *t, tflow_backtest *result, tflow_error *error)
{
    size_t horizon = t->opts.horizon;
    tflow_error detail = TFLOW_ERROR_INIT;

    for (size_t origin = t->how.first; origin < t->series.y.n; origin++) {
        double *actual = result->actual + result->n_origins * horizon;
        double *forecast = result->forecast + result->n_origins * horizon;
        tflow_status status = forecast_from(t, origin, forecast, &detail);
        if (status < 0) {
            if (error != NULL)
                *error = detail;
            return status;
        }
        find_actual(t, origin, actual);
        result->n_refused += status != TFLOW_OK;
        result->n_origins++;
        for (size_t k = 0; k < horizon; k++)
            result->n_pairs += !isnan(actual[k]) && !isnan(forecast[k]);
    }
    return TFLOW_OK;
}

tflow_status tflow_project_backtest(const char *method, tflow_vec times, tflow_vec y,
                                    tflow_missing missing,
                                    const tflow_projection_opts *opts,
                                    const tflow_backtest_opts *backtest,
                                    tflow_backtest *result, tflow_error *error)
{
    if (result == NULL || result->size < sizeof *result)
        return tflow_i_fail(error, TFLOW_EINVAL, "no result, or its size is not set");

    trial t = {.method = method};

    result->n_origins = result->n_refused = result->n_pairs = 0;
    result->mae = result->rmse = result->mape = NAN;
    tflow_status status = prepare(&t, opts, backtest, result, error);
    if (status == TFLOW_OK)
        status = check(&t, times, y, missing, error);
    if (status == TFLOW_OK)
        status = run(&t, result, error);
    if (status != TFLOW_OK)
        return status;
    if (result->n_pairs == 0)
        return tflow_i_fail(error, TFLOW_TOO_FEW,
                            "no forecast has an actual value to be set against");

    size_t n = result->n_origins * t.opts.horizon;
    tflow_vec actual = tflow_vec_of(result->actual, n);
    tflow_vec forecast = tflow_vec_of(result->forecast, n);
    tflow_mae(actual, forecast, TFLOW_MISSING_SKIP, &result->mae);
    tflow_rmse(actual, forecast, TFLOW_MISSING_SKIP, &result->rmse);
    tflow_mape(actual, forecast, TFLOW_MISSING_SKIP, &result->mape);
    return TFLOW_OK;
}
