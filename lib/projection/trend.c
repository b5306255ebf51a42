/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Methods whose errors do not add up over time: mean, linear and log-linear trend. */
#include "projection/projection.h"

#include "numeric/least_squares.h"

#include <math.h>

/* Sum of the values over the scale about `centre`, or of their squares. */
static double moment(const tflow_i_series *s, double centre, int squared)
{
    tflow_i_sum sum = {0, 0};
    double value;

    for (size_t i = 0; i < s->y.n; i++) {
        if (!tflow_i_series_value(s, i, &value))
            continue;
        double deviation = value / s->scale - centre;
        tflow_i_sum_add(&sum, squared ? deviation * deviation : deviation);
    }
    return tflow_i_sum_value(&sum);
}

tflow_status tflow_i_project_mean(const tflow_i_series *series,
                                  tflow_i_forecast *forecast, tflow_error *error)
{
    double n = (double)series->n_used, mean, value;

    (void)error;
    /* About the first value: the mean of equal numbers is that number. */
    tflow_i_series_value(series, series->first, &mean);
    mean /= series->scale;
    mean += moment(series, mean, 0) / n;
    double sigma = sqrt(moment(series, mean, 1) / (n - 1)) * series->scale;

    mean *= series->scale;
    tflow_i_forecast_begin(forecast, sigma, n - 1);
    tflow_i_forecast_coefficient(forecast, "mean", mean, sigma / sqrt(n));
    for (size_t i = 0; i < series->y.n; i++)
        if (tflow_i_series_value(series, i, &value))
            tflow_i_forecast_fitted(forecast, i, mean);
    for (size_t k = 0; k < forecast->opts.horizon; k++)
        tflow_i_forecast_step(forecast, k, mean, sigma * sqrt(1 + 1 / n));
    return TFLOW_OK;
}

static int pair(const void *context, size_t i, double *x, double *y)
{
    const tflow_i_series *s = context;

    *x = tflow_i_series_time(s, i);
    return tflow_i_series_value(s, i, y);
}

static int log_pair(const void *context, size_t i, double *x, double *y)
{
    if (!pair(context, i, x, y))
        return 0;
    *y = log(*y);
    return 1;
}

static tflow_status trend(const tflow_i_series *s, tflow_i_forecast *f,
                          tflow_i_line_pair *read)
{
    tflow_i_line line;
    tflow_i_line_value at;
    tflow_status status = tflow_i_line_fit_pairs(s->y.n, read, s, &line);
    double end = tflow_i_series_time(s, s->y.n - 1), x, y;

    if (status != TFLOW_OK)
        return status;
    tflow_i_forecast_begin(f, line.residual_sd, (double)(line.n - 2));
    tflow_i_line_at(&line, tflow_i_series_time(s, s->first), &at);
    tflow_i_forecast_coefficient(f, "level", at.mean, at.mean_se);
    tflow_i_forecast_coefficient(f, "slope", line.slope, line.slope_se);
    for (size_t i = 0; i < s->y.n; i++) {
        if (!read(s, i, &x, &y))
            continue;
        tflow_i_line_at(&line, x, &at);
        tflow_i_forecast_fitted(f, i, at.mean);
    }
    for (size_t k = 0; k < f->opts.horizon; k++) {
        tflow_i_line_at(&line, end + (double)(k + 1), &at);
        tflow_i_forecast_step(f, k, at.mean, at.new_se);
    }
    return TFLOW_OK;
}

tflow_status tflow_i_project_linear_trend(const tflow_i_series *series,
                                          tflow_i_forecast *forecast,
                                          tflow_error *error)
{
    tflow_status status = trend(series, forecast, pair);

    return status == TFLOW_OK
               ? status
               : tflow_i_fail(error, status, "no line fits: numbers too large to hold");
}

tflow_status tflow_i_project_log_linear_trend(const tflow_i_series *series,
                                              tflow_i_forecast *forecast,
                                              tflow_error *error)
{
    if (series->lowest < 0)
        return tflow_i_fail(error, TFLOW_ENEGATIVE,
                            "a value is negative and has no logarithm");
    if (series->lowest == 0)
        return tflow_i_fail(error, TFLOW_UNDEFINED,
                            "a value is zero and has no "
                            "logarithm; linear_trend takes it");
    forecast->transformed = 1;
    return trend(series, forecast, log_pair);
}
