/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/lines.h"
#include "tradeflow/structure.h"

#include <math.h>

static tflow_status nowhere(tflow_error *error)
{
    return tflow_i_fail(error, TFLOW_EINVAL, "nowhere to put the result");
}

static tflow_status open_two(tflow_i_sides *s, tflow_vec a, tflow_vec b,
                             tflow_missing missing, tflow_error *error)
{
    *s = (tflow_i_sides){.v = {a, b}, .n_sides = 2, .missing = missing};
    return tflow_i_sides_open(s, error);
}

/* Both sides trade something. */
static tflow_status open_shares(tflow_i_sides *s, tflow_vec a, tflow_vec b,
                                tflow_missing missing, tflow_error *error)
{
    tflow_status status = open_two(s, a, b, missing, error);
    if (tflow_i_sides_answered(status) && (s->total[0] == 0 || s->total[1] == 0))
        return TFLOW_UNDEFINED;
    return status;
}

tflow_status tflow_similarity_finger_kreinin(tflow_vec a, tflow_vec b,
                                             tflow_missing missing, double *out,
                                             tflow_error *error)
{
    tflow_i_sides s;
    tflow_i_sum common = {0, 0};
    double value[TFLOW_I_SIDES];
    if (out == NULL)
        return nowhere(error);
    *out = NAN;
    tflow_status status = open_shares(&s, a, b, missing, error);
    if (!tflow_i_sides_answered(status))
        return status;
    for (size_t i = 0; i < a.n; i++)
        if (tflow_i_sides_at(&s, i, value))
            tflow_i_sum_add(&common,
                            fmin(value[0] / s.total[0], value[1] / s.total[1]));
    *out = fmin(tflow_i_sum_value(&common), 1);
    return status;
}

tflow_status tflow_similarity_cosine(tflow_vec a, tflow_vec b, tflow_missing missing,
                                     double *out, tflow_error *error)
{
    tflow_i_sides s;
    tflow_i_sum aa = {0, 0}, ab = {0, 0}, bb = {0, 0};
    double value[TFLOW_I_SIDES];
    if (out == NULL)
        return nowhere(error);
    *out = NAN;
    tflow_status status = open_shares(&s, a, b, missing, error);
    if (!tflow_i_sides_answered(status))
        return status;
    for (size_t i = 0; i < a.n; i++) {
        if (!tflow_i_sides_at(&s, i, value))
            continue;
        tflow_i_sum_add(&aa, value[0] * value[0]);
        tflow_i_sum_add(&ab, value[0] * value[1]);
        tflow_i_sum_add(&bb, value[1] * value[1]);
    }
    double length = sqrt(tflow_i_sum_value(&aa)) * sqrt(tflow_i_sum_value(&bb));
    /* With missing lines out, what is left may be too small to be squared. */
    if (length == 0)
        return TFLOW_UNDEFINED;
    *out = fmin(tflow_i_sum_value(&ab) / length, 1);
    return status;
}

/* Sums of deviations from the means, which are set first: two passes. */
typedef struct moments {
    double mean[2];
    tflow_i_sum aa, ab, bb;
    double low[2], high[2];
} moments;

static double log_of(const tflow_i_sides *s, size_t side, double value, double epsilon)
{
    return log(value / s->scale[side] + epsilon);
}

static void find_means(const tflow_i_sides *s, double epsilon, moments *m)
{
    tflow_i_sum sum[2] = {{0, 0}, {0, 0}};
    double value[TFLOW_I_SIDES];
    for (size_t k = 0; k < 2; k++) {
        m->low[k] = INFINITY;
        m->high[k] = -INFINITY;
    }
    for (size_t i = 0; i < s->v[0].n; i++) {
        if (!tflow_i_sides_at(s, i, value))
            continue;
        for (size_t k = 0; k < 2; k++) {
            double l = log_of(s, k, value[k], epsilon);
            tflow_i_sum_add(&sum[k], l);
            m->low[k] = fmin(m->low[k], l);
            m->high[k] = fmax(m->high[k], l);
        }
    }
    for (size_t k = 0; k < 2; k++)
        m->mean[k] = tflow_i_sum_value(&sum[k]) / (double)s->n;
}

tflow_status tflow_similarity_log_rca(tflow_vec rca_a, tflow_vec rca_b, double epsilon,
                                      tflow_missing missing, double *out,
                                      tflow_error *error)
{
    tflow_i_sides s;
    moments m = {.aa = {0, 0}, .ab = {0, 0}, .bb = {0, 0}};
    double value[TFLOW_I_SIDES];
    if (out == NULL)
        return nowhere(error);
    *out = NAN;
    if (!(epsilon > 0) || isinf(epsilon))
        return tflow_i_fail(error, TFLOW_EINVAL, "expected an offset above 0");
    tflow_status status = open_two(&s, rca_a, rca_b, missing, error);
    if (!tflow_i_sides_answered(status))
        return status;
    if (s.n < 2)
        return TFLOW_TOO_FEW;
    find_means(&s, epsilon, &m);
    if (isinf(m.high[0]) || isinf(m.high[1]) || m.low[0] == m.high[0] ||
        m.low[1] == m.high[1])
        return TFLOW_UNDEFINED;
    for (size_t i = 0; i < rca_a.n; i++) {
        if (!tflow_i_sides_at(&s, i, value))
            continue;
        double a = log_of(&s, 0, value[0], epsilon) - m.mean[0];
        double b = log_of(&s, 1, value[1], epsilon) - m.mean[1];
        tflow_i_sum_add(&m.aa, a * a);
        tflow_i_sum_add(&m.ab, a * b);
        tflow_i_sum_add(&m.bb, b * b);
    }
    double r = tflow_i_sum_value(&m.ab) /
               (sqrt(tflow_i_sum_value(&m.aa)) * sqrt(tflow_i_sum_value(&m.bb)));
    *out = fmax(fmin(r, 1), -1);
    return status;
}

tflow_status tflow_complementarity_michaely(tflow_vec exports, tflow_vec imports,
                                            tflow_missing missing, double *out,
                                            tflow_error *error)
{
    tflow_i_sides s;
    tflow_i_sum apart = {0, 0};
    double value[TFLOW_I_SIDES];
    if (out == NULL)
        return nowhere(error);
    *out = NAN;
    tflow_status status = open_shares(&s, exports, imports, missing, error);
    if (!tflow_i_sides_answered(status))
        return status;
    for (size_t i = 0; i < exports.n; i++)
        if (tflow_i_sides_at(&s, i, value))
            tflow_i_sum_add(&apart,
                            fabs(value[1] / s.total[1] - value[0] / s.total[0]));
    *out = fmax(1 - tflow_i_sum_value(&apart) / 2, 0);
    return status;
}

tflow_status tflow_complementarity_drysdale(tflow_vec exports, tflow_vec imports,
                                            tflow_vec world, tflow_missing missing,
                                            double *out, tflow_error *error)
{
    tflow_i_sides s = {
        .v = {exports, imports, world}, .n_sides = 3, .missing = missing};
    tflow_i_sum sum = {0, 0};
    double value[TFLOW_I_SIDES];
    if (out == NULL)
        return nowhere(error);
    *out = NAN;
    tflow_status status = tflow_i_sides_open(&s, error);
    if (!tflow_i_sides_answered(status))
        return status;
    if (s.total[0] == 0 || s.total[1] == 0 || s.total[2] == 0)
        return TFLOW_UNDEFINED;
    for (size_t i = 0; i < exports.n; i++) {
        if (!tflow_i_sides_at(&s, i, value) || value[0] == 0 || value[1] == 0)
            continue;
        if (!(tflow_i_vec_at(world, i) > 0)) /* scaled, it may vanish */
            return TFLOW_ZERO_BASE;
        tflow_i_sum_add(&sum, value[0] / s.total[0] * (value[1] / s.total[1]) /
                                  (value[2] / s.total[2]));
    }
    double all = tflow_i_sum_value(&sum);
    if (!isfinite(all))
        return TFLOW_UNDEFINED;
    *out = all;
    return status;
}
