/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projection/projection.h"

#include "numeric/distributions.h"

#include <math.h>
#include <stdio.h>

/* A number as it leaves: not below the bound, never infinite. */
static double keep(tflow_i_forecast *f, double value, int *floored)
{
    if (!isfinite(value)) {
        f->overflow = 1;
        return NAN;
    }
    if (f->opts.bound == TFLOW_BOUND_ZERO && value < 0) {
        *floored = 1;
        return 0;
    }
    return value;
}

/* The same, back from the transform. */
static double leave(tflow_i_forecast *f, double value, int *floored)
{
    if (f->transformed)
        value = tflow_i_box_cox_back(value, f->lambda);
    return keep(f, value, floored);
}

void tflow_i_forecast_begin(tflow_i_forecast *forecast, double sigma, double df)
{
    tflow_projection *r = forecast->result;
    const tflow_projection_opts *o = &forecast->opts;

    r->sigma = sigma;
    r->df = df;
    /* Until its step comes, each place of the limits holds its standard quantile. */
    for (size_t l = 0; l < o->n_levels; l++) {
        double tail = (1 - o->levels[l]) / 2;
        double q = o->interval == TFLOW_INTERVAL_T ? tflow_i_t_quantile(tail, df)
                                                   : tflow_i_normal_quantile(tail);
        for (size_t k = 0; k < o->horizon; k++) {
            if (r->lower != NULL)
                r->lower[l * o->horizon + k] = q;
            if (r->upper != NULL)
                r->upper[l * o->horizon + k] = -q;
        }
    }
    if (!isfinite(sigma)) {
        r->sigma = NAN;
        forecast->overflow = 1;
    }
}

void tflow_i_forecast_step(tflow_i_forecast *forecast, size_t k, double location,
                           double se)
{
    tflow_projection *r = forecast->result;
    size_t horizon = forecast->opts.horizon;
    int floored = 0;
    double mean = forecast->transformed
                      ? tflow_i_box_cox_mean(location, se, forecast->lambda)
                      : location;

    if (r->median != NULL)
        r->median[k] = leave(forecast, location, &floored);
    if (r->mean != NULL)
        r->mean[k] = keep(forecast, mean, &floored);
    if (!isfinite(se))
        forecast->overflow = 1;
    if (r->se != NULL)
        r->se[k] = isfinite(se) ? se : NAN;
    for (size_t i = k; i < horizon * forecast->opts.n_levels; i += horizon) {
        if (r->lower != NULL)
            r->lower[i] = leave(forecast, location + se * r->lower[i], &floored);
        if (r->upper != NULL)
            r->upper[i] = leave(forecast, location + se * r->upper[i], &floored);
    }
    r->n_floored += (size_t)floored;
}

void tflow_i_forecast_distribution(tflow_i_forecast *forecast, size_t k, double mean,
                                   double se, tflow_i_quantile *quantile,
                                   const void *context)
{
    tflow_projection *r = forecast->result;
    const tflow_projection_opts *o = &forecast->opts;
    int floored = 0;

    if (r->median != NULL)
        r->median[k] = keep(forecast, quantile(context, 0.5), &floored);
    if (r->mean != NULL)
        r->mean[k] = keep(forecast, mean, &floored);
    if (r->se != NULL)
        r->se[k] = isfinite(se) ? se : NAN;
    for (size_t l = 0; l < o->n_levels; l++) {
        double tail = (1 - o->levels[l]) / 2;
        size_t i = l * o->horizon + k;
        if (r->lower != NULL)
            r->lower[i] = keep(forecast, quantile(context, tail), &floored);
        if (r->upper != NULL)
            r->upper[i] = keep(forecast, quantile(context, 1 - tail), &floored);
    }
    r->n_floored += (size_t)floored;
}

void tflow_i_forecast_model(tflow_i_forecast *forecast, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(forecast->result->model, sizeof forecast->result->model, format,
              arguments);
    va_end(arguments);
}

void tflow_i_forecast_reason(tflow_i_forecast *forecast, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(forecast->result->reason, sizeof forecast->result->reason, format,
              arguments);
    va_end(arguments);
}

void tflow_i_forecast_likelihood(tflow_i_forecast *forecast, double log_likelihood,
                                 size_t n_parameters, size_t n)
{
    tflow_projection *r = forecast->result;
    double k = (double)n_parameters, room = (double)n - k - 1;

    if (!isfinite(log_likelihood))
        return;
    r->log_likelihood = log_likelihood;
    r->aic = 2 * k - 2 * log_likelihood;
    r->aicc = room > 0 ? r->aic + 2 * k * (k + 1) / room : NAN;
    r->bic = k * log((double)n) - 2 * log_likelihood;
}

void tflow_i_forecast_fitted(tflow_i_forecast *forecast, size_t i, double location)
{
    double *fitted = forecast->result->fitted;
    int floored; /* only what lies ahead is counted */

    if (fitted != NULL)
        fitted[i] = leave(forecast, location, &floored);
}

void tflow_i_forecast_coefficient(tflow_i_forecast *forecast, const char *name,
                                  double value, double se)
{
    tflow_projection *r = forecast->result;

    if (r->n_coefficients == TFLOW_COEFFICIENTS_MAX)
        return;
    r->coefficients[r->n_coefficients++] = (tflow_coefficient){
        name, isfinite(value) ? value : NAN, isfinite(se) ? se : NAN};
}
