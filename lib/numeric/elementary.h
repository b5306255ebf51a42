/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small arithmetic that several rooms share. */
#ifndef TFLOW_NUMERIC_ELEMENTARY_H
#define TFLOW_NUMERIC_ELEMENTARY_H

#include <stddef.h>

/* ln(to / from) for two finite numbers above 0, exact for near-equal ones and whatever
 * their magnitudes. */
double tflow_i_log_ratio(double from, double to);

/* The logarithmic mean (b - a)/ln(b/a) of two numbers >= 0: a where they are equal, 0
 * where one of them is, which is the limit. */
double tflow_i_log_mean(double a, double b);

/* Sort n numbers, none of them NaN, in ascending order, in place. (The C library's
 * qsort may allocate.) */
void tflow_i_sort_ascending(double *data, size_t n);

#endif
