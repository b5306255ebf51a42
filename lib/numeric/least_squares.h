/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Least squares over memory the caller owns: the straight line, and the general case.
 */
#ifndef TFLOW_NUMERIC_LEAST_SQUARES_H
#define TFLOW_NUMERIC_LEAST_SQUARES_H

#include "core/core.h"

/* ---- the straight line (line.c) ---- */

typedef struct tflow_i_line {
    size_t n;            /* pairs used */
    double intercept;    /* of y at x = 0 */
    double slope;        /* of y per unit of x */
    double intercept_se; /* standard errors; NaN when n is 2 */
    double slope_se;
    double residual_sd; /* root of the residual sum of squares over n - 2 */
    double r_squared;   /* NaN when y does not vary */
    double x_mean;
    double y_mean;
    double x_spread; /* root of the sum of squares of x about its mean */
} tflow_i_line;

typedef struct tflow_i_line_value {
    double mean;    /* the line at x */
    double mean_se; /* standard error of the line there */
    double new_se;  /* standard error of one new observation there */
} tflow_i_line_value;

/* y = intercept + slope x. Pairs whose y is NaN are left out; the caller has applied
 * its missing policy before.
 *
 * TFLOW_OK; TFLOW_TOO_FEW below two pairs; TFLOW_UNDEFINED if all x are equal, a number
 * is infinite, or the line leaves the range of double; TFLOW_EINVAL if lengths differ,
 * data are NULL or an x that is used is NaN. */
tflow_status tflow_i_line_fit(tflow_vec x, tflow_vec y, tflow_i_line *out);

/* ln y = intercept + slope x; pairs whose y is NaN or not above 0 are left out. */
tflow_status tflow_i_line_fit_log(tflow_vec x, tflow_vec y, tflow_i_line *out);

/* The same over pairs that are not two vectors: pair i of n; 0 if it is left out. */
typedef int tflow_i_line_pair(const void *context, size_t i, double *x, double *y);
tflow_status tflow_i_line_fit_pairs(size_t n, tflow_i_line_pair *pair,
                                    const void *context, tflow_i_line *out);

/* The fitted line at x, with n - 2 degrees of freedom for both errors. */
void tflow_i_line_at(const tflow_i_line *line, double x, tflow_i_line_value *out);

/* ---- several regressors (least_squares.c) ---- */

typedef struct tflow_i_design {
    const double *rows; /* n rows of p regressors, row after row */
    const double *y;    /* n */
    size_t n;
    size_t p;
    int constant; /* 1 if the regressors span a constant: r squared about the mean */
} tflow_i_design;

typedef struct tflow_i_fit {
    size_t rank;        /* of the regressors; below p they are collinear */
    double residual_sd; /* NaN when n equals p */
    double r_squared;   /* NaN when y does not vary */
} tflow_i_fit;

/* Doubles of working memory that tflow_i_least_squares needs; 0 if beyond size_t. */
size_t tflow_i_least_squares_work(size_t n, size_t p);

/* Coefficients (p) and their covariance (p x p, may be NULL; NaN when n equals p).
 *
 * Pivoted QR on columns scaled by powers of two, then iterative refinement with
 * residuals in twice the working precision. order[] is p numbers of working memory;
 * when the rank is below p the columns order[rank..p) are those the others explain.
 *
 * TFLOW_OK; TFLOW_TOO_FEW if n < p; TFLOW_UNDEFINED if the regressors are collinear or
 * a number is not finite; TFLOW_EINVAL if a pointer is NULL or p is 0. */
tflow_status tflow_i_least_squares(const tflow_i_design *design, double *work,
                                   size_t *order, double *coefficients,
                                   double *covariance, tflow_i_fit *out);

#endif
