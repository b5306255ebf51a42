/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a projection method sees and fills. A method is one entry in the table of
 * project.c and one function. */
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
    int logarithms; /* locations and standard errors are those of the logarithm */
    int overflow;   /* some number was too large to hold */
} tflow_i_forecast;

typedef tflow_status tflow_i_projector(const tflow_i_series *series,
                                       tflow_i_forecast *forecast, tflow_error *error);

/* Check labels and values, apply the missing policy and measure the series. */
tflow_status tflow_i_series_read(tflow_i_series *series, tflow_vec times, tflow_vec y,
                                 tflow_missing missing, double step,
                                 tflow_error *error);
/* The label of position i, and the same in periods since the label of position 0. */
double tflow_i_series_label(const tflow_i_series *series, size_t i);
double tflow_i_series_time(const tflow_i_series *series, size_t i);
/* Whether there is a value at i; *value is it. */
int tflow_i_series_value(const tflow_i_series *series, size_t i, double *value);

void tflow_i_forecast_begin(tflow_i_forecast *forecast, double sigma, double df);
/* Period k (from 0): location and standard error of prediction. */
void tflow_i_forecast_step(tflow_i_forecast *forecast, size_t k, double location,
                           double se);
void tflow_i_forecast_fitted(tflow_i_forecast *forecast, size_t i, double location);
void tflow_i_forecast_coefficient(tflow_i_forecast *forecast, const char *name,
                                  double value, double se);

/* The methods: walk.c, trend.c. */
tflow_i_projector tflow_i_project_mean;
tflow_i_projector tflow_i_project_naive;
tflow_i_projector tflow_i_project_seasonal_naive;
tflow_i_projector tflow_i_project_drift;
tflow_i_projector tflow_i_project_linear_trend;
tflow_i_projector tflow_i_project_log_linear_trend;

#endif
