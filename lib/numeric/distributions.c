/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/distributions.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <math.h>

/* From here on GSL's density loses its digits (a difference of two lngamma), and two
 * terms of the expansion in 1 / df are exact to the last bit. */
#define T_IS_NEARLY_NORMAL 1e9

/* Below this the density at the quantile, a divisor in GSL's iteration, may vanish. */
#define SMALLEST_TAIL 1e-100

double tflow_i_normal_quantile(double p)
{
    if (!(p > 0 && p < 1))
        return NAN;
    return gsl_cdf_ugaussian_Pinv(p);
}

double tflow_i_t_quantile(double p, double df)
{
    if (!(p > 0 && p < 1 && isfinite(df) && df >= 1))
        return NAN;
    if (p == 0.5)
        return 0;

    /* The upper tail of the nearer side: gsl_cdf_tdist_Pinv raises an error where its
     * iteration stalls, gsl_cdf_tdist_Qinv has no error path; 1 - p is exact here. */
    double tail = p < 0.5 ? p : 1 - p, t;
    if (tail < SMALLEST_TAIL)
        return NAN;
    if (df > T_IS_NEARLY_NORMAL) {
        double z = gsl_cdf_ugaussian_Qinv(tail);
        t = z + z * (z * z + 1) / (4 * df);
    } else if (df == 1) {
        t = 1 /
            tan(M_PI * tail); /* Qinv takes tan(pi (1/2 - tail)): no digits far out */
    } else {
        t = gsl_cdf_tdist_Qinv(tail, df);
    }
    return p < 0.5 ? -t : t;
}
