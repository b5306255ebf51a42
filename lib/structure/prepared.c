/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/prepared.h"
#include "structure/lines.h"

#include <math.h>

void tflow_i_prepare(const double *values, size_t n, double *share,
                     tflow_i_prepared *out)
{
    tflow_i_sides s = {.v = {tflow_vec_of(values, n)}, .n_sides = 1};
    tflow_i_sum squares = {0, 0};
    out->values = values;
    out->share = share;
    out->n = n;
    out->whole = tflow_i_sides_open(&s, NULL) == TFLOW_OK && s.total[0] > 0;
    if (!out->whole)
        return;
    out->scale = s.scale[0];
    for (size_t i = 0; i < n; i++) {
        double value = values[i] * out->scale;
        share[i] = value / s.total[0];
        tflow_i_sum_add(&squares, value * value);
    }
    out->length = sqrt(tflow_i_sum_value(&squares));
}

void tflow_i_prepare_logs(const double *rca, size_t n, double epsilon, double *centred,
                          tflow_i_prepared *out)
{
    tflow_i_sides s = {.v = {tflow_vec_of(rca, n)}, .n_sides = 1};
    tflow_i_sum sum = {0, 0}, squares = {0, 0};
    double low = INFINITY, high = -INFINITY;
    out->rca = rca;
    out->centred = centred;
    out->n_centred = n;
    out->varied = 0;
    if (n < 2 || tflow_i_sides_open(&s, NULL) != TFLOW_OK)
        return;
    for (size_t i = 0; i < n; i++) {
        centred[i] = log(rca[i] + epsilon);
        tflow_i_sum_add(&sum, centred[i]);
        low = fmin(low, centred[i]);
        high = fmax(high, centred[i]);
    }
    if (isinf(high) || low == high)
        return;
    out->varied = 1;
    double mean = tflow_i_sum_value(&sum) / (double)n;
    for (size_t i = 0; i < n; i++) {
        centred[i] -= mean;
        tflow_i_sum_add(&squares, centred[i] * centred[i]);
    }
    out->spread = sqrt(tflow_i_sum_value(&squares));
}

double tflow_i_prepared_finger_kreinin(const tflow_i_prepared *a,
                                       const tflow_i_prepared *b)
{
    tflow_i_sum common = {0, 0};
    for (size_t i = 0; i < a->n; i++)
        tflow_i_sum_add(&common, fmin(a->share[i], b->share[i]));
    return fmin(tflow_i_sum_value(&common), 1);
}

double tflow_i_prepared_cosine(const tflow_i_prepared *a, const tflow_i_prepared *b)
{
    tflow_i_sum product = {0, 0};
    for (size_t i = 0; i < a->n; i++)
        tflow_i_sum_add(&product, a->values[i] * a->scale * (b->values[i] * b->scale));
    return fmin(tflow_i_sum_value(&product) / (a->length * b->length), 1);
}

double tflow_i_prepared_log_rca(const tflow_i_prepared *a, const tflow_i_prepared *b)
{
    tflow_i_sum product = {0, 0};
    for (size_t i = 0; i < a->n_centred; i++)
        tflow_i_sum_add(&product, a->centred[i] * b->centred[i]);
    return fmax(fmin(tflow_i_sum_value(&product) / (a->spread * b->spread), 1), -1);
}
