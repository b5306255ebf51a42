/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lowest place of a smooth function of several variables. */
#ifndef TFLOW_NUMERIC_MINIMUM_H
#define TFLOW_NUMERIC_MINIMUM_H

#include <stddef.h>

/* The function at x (n numbers), and its gradient there. Not finite: x is outside. */
typedef double tflow_i_objective(void *context, const double *x, double *gradient);

/* Doubles of working memory for n variables. */
size_t tflow_i_minimum_work(size_t n);

/* Descend from x, in place, by the method of Broyden, Fletcher, Goldfarb and Shanno: to
 * where ten steps gain less than `tolerance`, or for `most` steps. The lowest value, or
 * infinity if x was outside. (GSL's minimisers allocate, and stop at a gradient that is
 * small in absolute terms; this one is for inner loops.) */
double tflow_i_minimum(size_t n, double *x, tflow_i_objective *objective, void *context,
                       double tolerance, size_t most, double *work);

#endif
