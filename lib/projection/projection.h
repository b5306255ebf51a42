/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a projection method sees and fills. A method is one entry in the table of
 * methods.c and one function.
 *
 * A method with a model of regular periods takes tflow_i_series_grid() and, if it is to
 * be transformed, tflow_i_forecast_transform() on it; what it then says of locations
 * and standard errors is on the transformed scale. A method made of other methods calls
 * tflow_project() for each of them. Memory a method needs is from tflow_i_alloc() and
 * freed before it returns. */
#ifndef TFLOW_PROJECTION_PROJECTION_H
#define TFLOW_PROJECTION_PROJECTION_H

#include "core/core.h"
#include "tradeflow/projection.h"

/* How far a label may be from a whole number of periods: a year with four decimals is
 * within 0.0006 of its month. */
#define TFLOW_I_PERIOD_TOLERANCE 1e-3

/* The series, checked: labels increase, values are finite or missing. */
typedef struct tflow_i_series {
    tflow_vec times; /* no data: positions are the labels */
    tflow_vec y;
    tflow_missing missing;
    double step;
    size_t n_used;    /* labels with a value */
    size_t n_missing; /* the others, or those read as zero */
    size_t first;     /* index of the first value */
    size_t last;      /* index of the last value */
    double lowest;    /* smallest value */
    double scale;     /* power of two: values divided by it can be squared safely */
} tflow_i_series;

/* A forecast being made. A method calls _begin once it knows sigma, then _step for each
 * period ahead. */
typedef struct tflow_i_forecast {
    tflow_projection *result;
    tflow_projection_opts opts; /* resolved: levels are never NULL */
    int transformed; /* locations and standard errors are those of Box-Cox values */
    double lambda;   /* of that: 0 is the logarithm */
    int overflow;    /* some number was too large to hold */
} tflow_i_forecast;

typedef tflow_status tflow_i_projector(const tflow_i_series *series,
                                       tflow_i_forecast *forecast, tflow_error *error);

typedef struct tflow_i_method {
    const char *name;
    const char *text;
    size_t minimum;              /* observed values that leave two degrees of freedom */
    int seasonal;                /* a cycle's length less one is wanted beside them */
    tflow_interval intervals[2]; /* on offer, the default first */
    tflow_i_projector *project;
} tflow_i_method;

/* The method of that name (methods.c), or NULL. */
const tflow_i_method *tflow_i_method_find(const char *name);

/* Check labels and values, apply the missing policy and measure the series. */
tflow_status tflow_i_series_read(tflow_i_series *series, tflow_vec times, tflow_vec y,
                                 tflow_missing missing, double step,
                                 tflow_error *error);
/* The label of position i, and the same in periods since the label of position 0. */
double tflow_i_series_label(const tflow_i_series *series, size_t i);
double tflow_i_series_time(const tflow_i_series *series, size_t i);
/* Whether there is a value at i; *value is it. */
int tflow_i_series_value(const tflow_i_series *series, size_t i, double *value);

/* The values on a grid of whole periods from the first observed to the last, NaN where
 * there is none; the position of value i there is at[i] (SIZE_MAX: outside), where at
 * has room for y.n numbers and may be NULL; *trailing is the number of periods between
 * the last observed value and the last label. Fails with TFLOW_EINVAL if labels are not
 * whole periods apart or span more than TFLOW_I_GRID_MOST. Free *grid. */
#define TFLOW_I_GRID_MOST 1000000
tflow_status tflow_i_series_grid(const tflow_i_series *series, double **grid, size_t *n,
                                 size_t *at, size_t *trailing, tflow_error *error);

/* Apply the transform of the options to the n values of a grid in place (transform.c):
 * sets forecast->transformed and lambda. TFLOW_UNDEFINED if a value has no such
 * transform. */
tflow_status tflow_i_forecast_transform(tflow_i_forecast *forecast, double *grid,
                                        size_t n, tflow_error *error);
/* Back from the transform; and the mean of a variable whose transform is normal. */
double tflow_i_box_cox_back(double value, double lambda);
double tflow_i_box_cox_mean(double location, double se, double lambda);

void tflow_i_forecast_begin(tflow_i_forecast *forecast, double sigma, double df);
/* Period k (from 0): location and standard error of prediction. */
void tflow_i_forecast_step(tflow_i_forecast *forecast, size_t k, double location,
                           double se);
/* Period k from a distribution that has no such quantiles, on the scale of the values:
 * limit(context, p) is its quantile at p. The interval says where that is from. */
typedef double tflow_i_quantile(const void *context, double p);
void tflow_i_forecast_distribution(tflow_i_forecast *forecast, size_t k, double mean,
                                   double se, tflow_i_quantile *quantile,
                                   const void *context);
/* Name of the fitted model, and why it is that one. */
void tflow_i_forecast_model(tflow_i_forecast *forecast, const char *format, ...)
    TFLOW_PRINTF(2, 3);
void tflow_i_forecast_reason(tflow_i_forecast *forecast, const char *format, ...)
    TFLOW_PRINTF(2, 3);
/* Log-likelihood and the criteria for that many estimated numbers (variance included)
 * and values. */
void tflow_i_forecast_likelihood(tflow_i_forecast *forecast, double log_likelihood,
                                 size_t n_parameters, size_t n);
void tflow_i_forecast_fitted(tflow_i_forecast *forecast, size_t i, double location);
void tflow_i_forecast_coefficient(tflow_i_forecast *forecast, const char *name,
                                  double value, double se);

/* The methods: walk.c, trend.c, ... */
tflow_i_projector tflow_i_project_mean;
tflow_i_projector tflow_i_project_naive;
tflow_i_projector tflow_i_project_seasonal_naive;
tflow_i_projector tflow_i_project_drift;
tflow_i_projector tflow_i_project_linear_trend;
tflow_i_projector tflow_i_project_log_linear_trend;
tflow_i_projector tflow_i_project_ses;
tflow_i_projector tflow_i_project_holt;
tflow_i_projector tflow_i_project_damped_holt;
tflow_i_projector tflow_i_project_holt_winters_additive;
tflow_i_projector tflow_i_project_holt_winters_multiplicative;
tflow_i_projector tflow_i_project_ets;

#endif
