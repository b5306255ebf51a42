/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mean and variance of what lies ahead, exact for normal errors: chapter 6 of Hyndman,
 * Koehler, Ord and Snyder (2008), classes 1 to 3. */
#include "projection/ets.h"

#include <math.h>

/* Sum of phi^1 .. phi^j. */
static double damping(double phi, size_t j)
{
    if (phi == 1)
        return (double)j;
    return phi * (1 - pow(phi, (double)j)) / (1 - phi);
}

/* How much a surprise of 1 moves the forecast j periods later. */
static double echo(const tflow_i_ets *ets, const double *numbers, size_t j)
{
    double c = numbers[TFLOW_I_ETS_ALPHA];

    if (ets->trend == 'A') /* the slope moves by beta at once, and is damped after */
        c += numbers[TFLOW_I_ETS_BETA] * damping(numbers[TFLOW_I_ETS_PHI], j);
    if (ets->season == 'A' && j % ets->cycle == 0)
        c += numbers[TFLOW_I_ETS_GAMMA];
    return c;
}

static double line(const tflow_i_ets *ets, const double *numbers, size_t h)
{
    double q = numbers[TFLOW_I_ETS_LEVEL];

    if (ets->trend == 'A')
        q += numbers[TFLOW_I_ETS_SLOPE] * damping(numbers[TFLOW_I_ETS_PHI], h);
    return q;
}

static double season(const tflow_i_ets *ets, const double *numbers, size_t n, size_t h)
{
    return numbers[TFLOW_I_ETS_SEASON + (n + h - 1) % ets->cycle];
}

/* Level and slope as a vector x, its mean and mean of products. */
typedef struct pair {
    double m[2], p[2][2];
} pair;

/* One period on: x becomes (F + e A) x with e of that variance, and all is multiplied
 * by 1 + gamma e. */
static void advance(pair *x, const double f[2][2], const double a[2][2], double gamma,
                    double variance)
{
    double both = gamma * variance, square = 1 + gamma * both;
    double own = variance + 3 * both * both, mixed = 2 * both;
    pair next = {{0, 0}, {{0, 0}, {0, 0}}};

    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++)
            next.m[i] += (f[i][j] + both * a[i][j]) * x->m[j];
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++)
            for (int k = 0; k < 2; k++)
                for (int l = 0; l < 2; l++)
                    next.p[i][j] +=
                        (square * f[i][k] * f[j][l] + own * a[i][k] * a[j][l] +
                         mixed * (f[i][k] * a[j][l] + a[i][k] * f[j][l])) *
                        x->p[k][l];
    *x = next;
}

/* Multiplicative error and season. The season of period h was moved by the errors of
 * the periods a whole number of cycles before it, and so was the level. */
static void seasonal(const tflow_i_ets *ets, const double *numbers, size_t n,
                     double variance, size_t h, double *mean, double *spread)
{
    int trend = ets->trend == 'A';
    double phi = trend ? numbers[TFLOW_I_ETS_PHI] : 0;
    double alpha = numbers[TFLOW_I_ETS_ALPHA], beta = numbers[TFLOW_I_ETS_BETA];
    const double f[2][2] = {{1, phi}, {0, phi}};
    const double a[2][2] = {{alpha, alpha * phi}, {beta, beta * phi}};
    double level = numbers[TFLOW_I_ETS_LEVEL];
    double slope = trend ? numbers[TFLOW_I_ETS_SLOPE] : 0;
    double s = season(ets, numbers, n, h);
    pair x = {{level, slope},
              {{level * level, level * slope}, {level * slope, slope * slope}}};

    for (size_t j = 1; j < h; j++)
        advance(&x, f, a, (h - j) % ets->cycle == 0 ? numbers[TFLOW_I_ETS_GAMMA] : 0,
                variance);
    double q = x.m[0] + phi * x.m[1];
    double square = x.p[0][0] + 2 * phi * x.p[0][1] + phi * phi * x.p[1][1];
    *mean = q * s;
    *spread = fmax(0, (1 + variance) * square - q * q) * s * s;
}

/* Variances from the echoes of the surprises between. With multiplicative errors
 * spread[] holds mean squares until all are known. */
static void additive(const tflow_i_ets *ets, const double *numbers, double variance,
                     size_t horizon, const double *mean, double *spread)
{
    int multiplied = ets->error == 'M';

    for (size_t h = 1; h <= horizon; h++) {
        double sum = 0;
        for (size_t j = 1; j < h; j++) {
            double c = echo(ets, numbers, j);
            sum += c * c * (multiplied ? spread[h - j - 1] : 1);
        }
        spread[h - 1] = multiplied ? mean[h - 1] * mean[h - 1] + variance * sum
                                   : variance * (1 + sum);
    }
    for (size_t h = 0; multiplied && h < horizon; h++)
        spread[h] = fmax(0, (1 + variance) * spread[h] - mean[h] * mean[h]);
}

void tflow_i_ets_ahead(const tflow_i_ets *ets, const double *numbers, size_t n,
                       double variance, size_t horizon, double *mean, double *spread)
{
    for (size_t h = 1; h <= horizon; h++) {
        if (ets->season == 'M') {
            seasonal(ets, numbers, n, variance, h, &mean[h - 1], &spread[h - 1]);
            continue;
        }
        mean[h - 1] = line(ets, numbers, h);
        if (ets->season == 'A')
            mean[h - 1] += season(ets, numbers, n, h);
    }
    if (ets->season != 'M')
        additive(ets, numbers, variance, horizon, mean, spread);
}
