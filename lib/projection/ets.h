/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exponential smoothing as a model of states: Hyndman, Koehler, Ord and Snyder (2008),
 * Forecasting with Exponential Smoothing, table 2.2 and 2.3. */
#ifndef TFLOW_PROJECTION_ETS_H
#define TFLOW_PROJECTION_ETS_H

#include "projection/projection.h"

/* A model: each letter N, A or M. */
typedef struct tflow_i_ets {
    char error, trend, season;
    int damped;
    size_t cycle; /* periods in a season's cycle; 1 without one */
    int strict;   /* with multiplicative errors no forecast may be below zero */
} tflow_i_ets;

/* Its numbers in this order, whether the model has them or not (then 0; phi 1). The
 * season of period t is at SEASON + t % cycle. */
enum {
    TFLOW_I_ETS_ALPHA,
    TFLOW_I_ETS_BETA,
    TFLOW_I_ETS_GAMMA,
    TFLOW_I_ETS_PHI,
    TFLOW_I_ETS_LEVEL,
    TFLOW_I_ETS_SLOPE,
    TFLOW_I_ETS_SEASON
};

/* Estimated numbers of a model, the variance among them. */
size_t tflow_i_ets_parameters(const tflow_i_ets *ets);

/* ---- ets_pass.c ---- */

/* One pass over y (NaN is missing): minus the log-likelihood without its constants,
 * infinity where the model does not reach. trail holds 3 n numbers, which are level,
 * slope and season before each period; end (as numbers) is what holds after the last;
 * gradient may be NULL. *sse is the sum of squared residuals. */
double tflow_i_ets_pass(const tflow_i_ets *ets, const double *y, size_t n,
                        const double *numbers, double *trail, double *end, double *sse,
                        double *gradient);
/* The one-step forecast from level, slope and season. */
double tflow_i_ets_forecast(const tflow_i_ets *ets, const double *state, double phi);

/* ---- ets_ahead.c ---- */

/* Means and variances of the periods after the last of n, for a model without
 * multiplicative trend and, if its error is additive, without multiplicative season.
 * numbers are those at the end of a pass. */
void tflow_i_ets_ahead(const tflow_i_ets *ets, const double *numbers, size_t n,
                       double variance, size_t horizon, double *mean, double *spread);

/* ---- ets_fit.c ---- */

typedef struct tflow_i_ets_fit {
    tflow_i_ets ets;
    double likelihood; /* logarithm, without constants */
    double sse;        /* of residuals */
    double *numbers;   /* 6 + cycle, in memory of the caller */
} tflow_i_ets_fit;

/* Doubles of working memory for n values and a cycle. */
size_t tflow_i_ets_work(size_t n, size_t cycle);
/* The numbers of fit->ets that make y most likely. TFLOW_UNDEFINED if there are none.
 */
tflow_status tflow_i_ets_estimate(tflow_i_ets_fit *fit, const double *y, size_t n,
                                  double *work);

#endif
