/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantiles of the distributions that intervals are made from. */
#ifndef TFLOW_NUMERIC_DISTRIBUTIONS_H
#define TFLOW_NUMERIC_DISTRIBUTIONS_H

/* The quantile of the standard normal distribution; NaN unless 0 < p < 1. */
double tflow_i_normal_quantile(double p);

/* The quantile of Student's t with df degrees of freedom, which need not be whole; NaN
 * unless 1e-100 <= p < 1 and df is finite and >= 1. */
double tflow_i_t_quantile(double p, double df);

#endif
