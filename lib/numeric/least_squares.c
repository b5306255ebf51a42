/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/least_squares.h"

#include <float.h>
#include <gsl/gsl_linalg.h>
#include <math.h>

/* Refinement gains about as many digits a round as the condition leaves; after this
 * many nothing moves that could. */
#define REFINEMENTS 3

/* Working memory, cut from one block; GSL sees it through views and allocates nothing.
 */
typedef struct room {
    gsl_matrix_view qr;    /* n x p */
    gsl_vector_view tau;   /* p */
    gsl_vector_view norm;  /* p */
    gsl_vector_view x;     /* p: a correction to the scaled coefficients */
    gsl_vector_view rest;  /* n: y less what the coefficients explain */
    gsl_vector_view spare; /* n */
    gsl_permutation order; /* p */
    double *solution;      /* p: scaled coefficients */
    double *scale;         /* p: powers of two, one a column */
    double y_scale;
} room;

size_t tflow_i_least_squares_work(size_t n, size_t p)
{
    if (p == 0 || n > (SIZE_MAX / sizeof(double) / 2) / (p + 2) ||
        p > SIZE_MAX / sizeof(double) / 16)
        return 0;
    return n * p + 2 * n + 5 * p;
}

static void furnish(room *r, size_t n, size_t p, double *work, size_t *order)
{
    double *vectors = work + n * p;

    r->qr = gsl_matrix_view_array(work, n, p);
    r->rest = gsl_vector_view_array(vectors, n);
    r->spare = gsl_vector_view_array(vectors + n, n);
    vectors += 2 * n;
    r->tau = gsl_vector_view_array(vectors, p);
    r->norm = gsl_vector_view_array(vectors + p, p);
    r->x = gsl_vector_view_array(vectors + 2 * p, p);
    r->solution = vectors + 3 * p;
    r->scale = vectors + 4 * p;
    r->order.size = p;
    r->order.data = order;
}

/* The power of two just above the largest of n numbers; 1 for zeros; NaN if one of them
 * is not finite. */
static double power_above(const double *data, size_t n, size_t stride)
{
    double largest = 0;
    int exponent;

    for (size_t i = 0; i < n; i++) {
        double magnitude = fabs(data[i * stride]);
        if (!isfinite(magnitude))
            return NAN;
        largest = fmax(largest, magnitude);
    }
    if (largest == 0)
        return 1;
    frexp(largest, &exponent);
    /* Within +-1000 both the power and its inverse are normal numbers. */
    return ldexp(1, exponent > 1000 ? 1000 : exponent < -1000 ? -1000 : exponent);
}

static tflow_status load(room *r, const tflow_i_design *d)
{
    r->y_scale = power_above(d->y, d->n, 1);
    if (isnan(r->y_scale))
        return TFLOW_UNDEFINED;
    for (size_t j = 0; j < d->p; j++) {
        r->scale[j] = power_above(d->rows + j, d->n, d->p);
        if (isnan(r->scale[j]))
            return TFLOW_UNDEFINED;
        for (size_t i = 0; i < d->n; i++)
            gsl_matrix_set(&r->qr.matrix, i, j, d->rows[i * d->p + j] / r->scale[j]);
    }
    return TFLOW_OK;
}

static size_t rank_of(const room *r, size_t n, size_t p)
{
    double first = fabs(gsl_matrix_get(&r->qr.matrix, 0, 0));
    double tolerance = 20 * (double)(n + p) * DBL_EPSILON * first;
    size_t rank = 0;

    while (rank < p && fabs(gsl_matrix_get(&r->qr.matrix, rank, rank)) > tolerance)
        rank++;
    return rank;
}

/* What the solution leaves of each y, products and sums without rounding between. */
static void leave_rest(room *r, const tflow_i_design *d)
{
    for (size_t i = 0; i < d->n; i++) {
        tflow_i_sum sum = {0, 0};
        tflow_i_sum_add(&sum, d->y[i] / r->y_scale);
        for (size_t j = 0; j < d->p; j++) {
            double a = -d->rows[i * d->p + j] / r->scale[j], b = r->solution[j];
            double product = a * b;
            tflow_i_sum_add(&sum, product);
            tflow_i_sum_add(&sum, fma(a, b, -product));
        }
        gsl_vector_set(&r->rest.vector, i, tflow_i_sum_value(&sum));
    }
}

static void solve(room *r, const tflow_i_design *d)
{
    for (size_t j = 0; j < d->p; j++)
        r->solution[j] = 0;
    leave_rest(r, d);
    for (int round = 0; round <= REFINEMENTS; round++) {
        gsl_linalg_QRPT_lssolve(&r->qr.matrix, &r->tau.vector, &r->order,
                                &r->rest.vector, &r->x.vector, &r->spare.vector);
        for (size_t j = 0; j < d->p; j++)
            r->solution[j] += gsl_vector_get(&r->x.vector, j);
        leave_rest(r, d);
    }
}

/* Column k of the inverse of R, into the p numbers of column. */
static void inverse_column(const room *r, size_t k, double *column)
{
    const gsl_matrix *m = &r->qr.matrix;

    for (size_t i = m->size2; i-- > 0;) {
        double value = i == k ? 1 : 0;
        for (size_t j = i + 1; j <= k; j++)
            value -= gsl_matrix_get(m, i, j) * column[j];
        column[i] = i > k ? 0 : value / gsl_matrix_get(m, i, i);
    }
}

/* sd^2 (R'R)^-1, permuted and scaled back; sums the columns of R^-1 one at a time. */
static void fill_covariance(const room *r, size_t p, double sd, double *covariance)
{
    const size_t *order = r->order.data;
    double *column = r->x.vector.data;

    for (size_t i = 0; i < p * p; i++)
        covariance[i] = 0;
    for (size_t k = 0; k < p; k++) {
        inverse_column(r, k, column);
        for (size_t i = 0; i <= k; i++)
            for (size_t j = 0; j <= k; j++)
                covariance[order[i] * p + order[j]] +=
                    sd / r->scale[order[i]] * column[i] *
                    (sd / r->scale[order[j]] * column[j]);
    }
    for (size_t i = 0; i < p * p; i++)
        if (!isfinite(covariance[i]))
            covariance[i] = NAN;
}

/* Sum of squares of v, about its mean if asked. */
static double squares(const double *v, size_t n, double scale, int about_mean)
{
    tflow_i_sum total = {0, 0}, sum = {0, 0};
    double mean = 0;

    for (size_t i = 0; i < n && about_mean; i++)
        tflow_i_sum_add(&total, v[i] / scale);
    if (about_mean)
        mean = tflow_i_sum_value(&total) / (double)n;
    for (size_t i = 0; i < n; i++) {
        double deviation = v[i] / scale - mean;
        tflow_i_sum_add(&sum, deviation * deviation);
    }
    return tflow_i_sum_value(&sum);
}

tflow_status tflow_i_least_squares(const tflow_i_design *design, double *work,
                                   size_t *order, double *coefficients,
                                   double *covariance, tflow_i_fit *out)
{
    if (design == NULL || work == NULL || order == NULL || coefficients == NULL ||
        out == NULL || design->p == 0 || design->rows == NULL || design->y == NULL)
        return TFLOW_EINVAL;

    size_t n = design->n, p = design->p;
    int signum;
    room r;

    *out = (tflow_i_fit){0, NAN, NAN};
    for (size_t j = 0; j < p; j++)
        coefficients[j] = NAN;
    for (size_t i = 0; i < p * p && covariance != NULL; i++)
        covariance[i] = NAN;
    if (n < p)
        return TFLOW_TOO_FEW;
    furnish(&r, n, p, work, order);
    if (load(&r, design) != TFLOW_OK)
        return TFLOW_UNDEFINED;

    gsl_linalg_QRPT_decomp(&r.qr.matrix, &r.tau.vector, &r.order, &signum,
                           &r.norm.vector);
    out->rank = rank_of(&r, n, p);
    if (out->rank < p)
        return TFLOW_UNDEFINED;
    solve(&r, design);

    double rss = squares(r.rest.vector.data, n, 1, 0);
    double tss = squares(design->y, n, r.y_scale, design->constant);
    if (n > p)
        out->residual_sd = sqrt(rss / (double)(n - p)) * r.y_scale;
    if (tss > 0)
        out->r_squared = fmax(0, 1 - rss / tss);
    for (size_t j = 0; j < p; j++) {
        coefficients[j] = r.solution[j] / r.scale[j] * r.y_scale;
        if (!isfinite(coefficients[j]))
            coefficients[j] = NAN;
    }
    if (covariance != NULL && n > p)
        fill_covariance(&r, p, out->residual_sd, covariance);
    return TFLOW_OK;
}
