/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The likelihood of a model and, by going the same way back, its gradient: its cost
 * does not grow with the number of initial states. */
#include "projection/ets.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* Residuals are never taken to be smaller, in all, than this share of the values: the
 * likelihood of a perfect fit has no bound. */
#define LEAST_SSE 1e-24

size_t tflow_i_ets_parameters(const tflow_i_ets *ets)
{
    return 3 + (ets->trend == 'N' ? 0u : 2u) + (ets->damped ? 1u : 0u) +
           (ets->season == 'N' ? 0 : ets->cycle);
}

/* What a period is made of. */
typedef struct moment {
    double r; /* growth after damping */
    double q; /* level and growth */
    double f; /* the one-step forecast */
} moment;

static moment look(const tflow_i_ets *ets, double level, double slope, double season,
                   double phi)
{
    moment m = {0, level, 0};

    if (ets->trend == 'A') {
        m.r = phi * slope;
        m.q = level + m.r;
    } else if (ets->trend == 'M') {
        m.r = phi == 1 ? slope : pow(slope, phi);
        m.q = level * m.r;
    }
    m.f = ets->season == 'A' ? m.q + season : ets->season == 'M' ? m.q * season : m.q;
    return m;
}

double tflow_i_ets_forecast(const tflow_i_ets *ets, const double *state, double phi)
{
    return look(ets, state[0], state[1], state[2], phi).f;
}

/* Is every divisor and logarithm in order? */
static int within(const tflow_i_ets *ets, const moment *m, double level, double slope,
                  double season)
{
    if (ets->error == 'M' && !((ets->strict ? m->f : fabs(m->f)) > 0))
        return 0;
    if (ets->trend == 'M' && !(level > 0 && slope > 0))
        return 0;
    return ets->season != 'M' || (m->q > 0 && season > 0);
}

/* What is left of y once the season is out, less level and growth. */
static double surprise(const tflow_i_ets *ets, const moment *m, double season, double y)
{
    return (ets->season == 'A'   ? y - season
            : ets->season == 'M' ? y / season
                                 : y) -
           m->q;
}

typedef struct tally {
    double squares, values, logs;
    size_t n;
} tally;

static int forward(const tflow_i_ets *ets, const double *y, size_t n, double *numbers,
                   double *trail, tally *all)
{
    const double alpha = numbers[TFLOW_I_ETS_ALPHA], beta = numbers[TFLOW_I_ETS_BETA];
    const double gamma = numbers[TFLOW_I_ETS_GAMMA], phi = numbers[TFLOW_I_ETS_PHI];
    double level = numbers[TFLOW_I_ETS_LEVEL], slope = numbers[TFLOW_I_ETS_SLOPE];
    double *seasons = numbers + TFLOW_I_ETS_SEASON;
    size_t place = 0;

    for (size_t t = 0; t < n; t++) {
        double *season = seasons + place;
        if (++place == ets->cycle)
            place = 0;
        moment m = look(ets, level, slope, *season, phi);
        trail[3 * t] = level;
        trail[3 * t + 1] = slope;
        trail[3 * t + 2] = *season;
        if (!within(ets, &m, level, slope, *season))
            return 0;
        double before = level;
        level = m.q;
        slope = m.r;
        if (isnan(y[t]))
            continue;
        double e = surprise(ets, &m, *season, y[t]);
        double residual = ets->error == 'M' ? y[t] / m.f - 1 : y[t] - m.f;
        level += alpha * e;
        if (ets->trend != 'N')
            slope += ets->trend == 'M' ? beta * e / before : beta * e;
        if (ets->season != 'N')
            *season += gamma * (ets->season == 'M' ? y[t] / m.q - *season : e);
        all->squares += residual * residual;
        all->values += ets->error == 'M' ? 1 : y[t] * y[t];
        if (ets->error == 'M')
            all->logs += log(fabs(m.f));
        all->n++;
    }
    numbers[TFLOW_I_ETS_LEVEL] = level;
    numbers[TFLOW_I_ETS_SLOPE] = slope;
    return isfinite(all->squares) && isfinite(all->logs);
}

/* From the last period to the first: g holds what a unit more of each number changes.
 */
static void backward(const tflow_i_ets *ets, const double *y, size_t n,
                     const double *numbers, const double *trail, double weight,
                     double *g)
{
    const double alpha = numbers[TFLOW_I_ETS_ALPHA], beta = numbers[TFLOW_I_ETS_BETA];
    const double gamma = numbers[TFLOW_I_ETS_GAMMA], phi = numbers[TFLOW_I_ETS_PHI];
    double gl = 0, gb = 0;

    memset(g, 0, (TFLOW_I_ETS_SEASON + ets->cycle) * sizeof *g);
    for (size_t t = n; t-- > 0;) {
        double level = trail[3 * t], slope = trail[3 * t + 1], s = trail[3 * t + 2];
        double *gs = g + TFLOW_I_ETS_SEASON + t % ets->cycle;
        moment m = look(ets, level, slope, s, phi);
        double gq = gl, gr = gb, past = 0;
        if (!isnan(y[t])) {
            double e = surprise(ets, &m, s, y[t]), ge = alpha * gl;
            double gf = ets->error == 'M' ? -weight * (y[t] / m.f - 1) * y[t] / m.f + 1
                                          : -weight * (y[t] - m.f);
            if (ets->error == 'M')
                gf /= m.f;
            g[TFLOW_I_ETS_ALPHA] += gl * e;
            if (ets->trend == 'A') {
                ge += beta * gb;
                g[TFLOW_I_ETS_BETA] += gb * e;
            } else if (ets->trend == 'M') {
                ge += beta / level * gb;
                g[TFLOW_I_ETS_BETA] += gb * e / level;
                past = -gb * beta * e / (level * level);
            }
            if (ets->season == 'A') {
                ge += gamma * *gs;
                g[TFLOW_I_ETS_GAMMA] += *gs * e;
                *gs += gf - ge;
                gq += gf;
            } else if (ets->season == 'M') {
                g[TFLOW_I_ETS_GAMMA] += *gs * (y[t] / m.q - s);
                gq += gf * s - *gs * gamma * y[t] / (m.q * m.q);
                *gs = *gs * (1 - gamma) - ge * y[t] / (s * s) + gf * m.q;
            } else {
                gq += gf;
            }
            gq -= ge;
        }
        gl = gq + past;
        if (ets->trend == 'A') {
            gr += gq;
            g[TFLOW_I_ETS_PHI] += gr * slope;
            gb = gr * phi;
        } else if (ets->trend == 'M') {
            gl = gq * m.r + past;
            gr += gq * level;
            g[TFLOW_I_ETS_PHI] += gr * m.r * log(slope);
            gb = gr * phi * m.r / slope;
        }
    }
    g[TFLOW_I_ETS_LEVEL] = gl;
    g[TFLOW_I_ETS_SLOPE] = gb;
}

double tflow_i_ets_pass(const tflow_i_ets *ets, const double *y, size_t n,
                        const double *numbers, double *trail, double *end, double *sse,
                        double *gradient)
{
    tally all = {0, 0, 0, 0};

    memcpy(end, numbers, (TFLOW_I_ETS_SEASON + ets->cycle) * sizeof *end);
    if (!forward(ets, y, n, end, trail, &all) || all.n == 0)
        return INFINITY;
    *sse = all.squares;
    double least = LEAST_SSE * all.values, squares = fmax(all.squares, least);
    if (squares == 0) /* nothing but zeros */
        squares = DBL_MIN;
    double weight =
        all.squares > least && all.squares > 0 ? (double)all.n / squares : 0;
    if (gradient != NULL)
        backward(ets, y, n, numbers, trail, weight, gradient);
    return (double)all.n / 2 * log(squares) + all.logs;
}
