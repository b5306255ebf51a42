/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tradeflow/share.h"

#include "numeric/elementary.h"
#include "share/lines.h"

#include <math.h>

/* Start of every index: NaN, then the lines; 0 if there is no answer. */
static int start(tflow_vec x, size_t n, tflow_missing missing, double *out,
                 tflow_i_lines *lines, tflow_status *status, tflow_error *error)
{
    if (out == NULL) {
        *status = tflow_i_fail(error, TFLOW_EINVAL, "nowhere to put the result");
        return 0;
    }
    *out = NAN;
    *status = tflow_i_lines_total(x, n, missing, lines, error);
    return tflow_i_answered(*status);
}

/* A term of a sum over the active lines: share s of n lines, value over mean u = n s.
 */
typedef double term(double s, double u);

static double sum_active(const tflow_i_lines *lines, term *f)
{
    tflow_i_sum sum = {0, 0};
    double n = (double)lines->counted;

    for (size_t i = 0; i < lines->x.n; i++) {
        /* An active line may be 0 when scaled; it is still a line. */
        double value = tflow_i_lines_at(lines, i);
        if (tflow_i_vec_at(lines->x, i) > 0)
            tflow_i_sum_add(&sum, f(value / lines->total, value / (lines->total / n)));
    }
    return tflow_i_sum_value(&sum);
}

/* ---- Herfindahl, Hirschman ---- */

static double square(double s, double u)
{
    (void)u;
    return s * s;
}

static double square_about_mean(double s, double u)
{
    (void)s;
    return (u - 1) * (u - 1);
}

static double herfindahl(const tflow_i_lines *lines)
{
    return fmin(1, sum_active(lines, square));
}

/* n H - 1 as a mean of squares: no digits lost near equality, never below 0. */
static double excess(const tflow_i_lines *lines)
{
    double inactive = (double)(lines->counted - lines->active);

    return (sum_active(lines, square_about_mean) + inactive) / (double)lines->counted;
}

tflow_status tflow_hhi(tflow_vec x, tflow_missing missing, double *out,
                       tflow_error *error)
{
    tflow_i_lines lines;
    tflow_status status;

    if (start(x, 0, missing, out, &lines, &status, error))
        *out = herfindahl(&lines);
    return status;
}

tflow_status tflow_hirschman(tflow_vec x, tflow_missing missing, double *out,
                             tflow_error *error)
{
    tflow_i_lines lines;
    tflow_status status;

    if (start(x, 0, missing, out, &lines, &status, error))
        *out = sqrt(herfindahl(&lines));
    return status;
}

tflow_status tflow_equivalent_number(tflow_vec x, tflow_missing missing, double *out,
                                     tflow_error *error)
{
    tflow_i_lines lines;
    tflow_status status;

    if (start(x, 0, missing, out, &lines, &status, error))
        *out = 1 / herfindahl(&lines);
    return status;
}

tflow_status tflow_hhi_normalised(tflow_vec x, size_t n, tflow_missing missing,
                                  double *out, tflow_error *error)
{
    tflow_i_lines lines;
    tflow_status status;

    if (!start(x, n, missing, out, &lines, &status, error))
        return status;
    if (lines.counted == 1)
        return TFLOW_UNDEFINED;
    /* (H - 1/n) / (1 - 1/n) = (n H - 1) / (n - 1) */
    *out = fmin(1, excess(&lines) / (double)(lines.counted - 1));
    return status;
}

tflow_status tflow_hhi_normalised_unctad(tflow_vec x, size_t n, tflow_missing missing,
                                         double *out, tflow_error *error)
{
    tflow_i_lines lines;
    tflow_status status;

    if (!start(x, n, missing, out, &lines, &status, error))
        return status;
    if (lines.counted == 1)
        return TFLOW_UNDEFINED;
    /* Times sqrt(n): (sqrt(n H) - 1) / (sqrt(n) - 1), the difference of roots as a
     * quotient. */
    double e = excess(&lines), root = sqrt((double)lines.counted);
    *out = fmin(1, e / (sqrt(1 + e) + 1) / (root - 1));
    return status;
}

/* ---- the largest ---- */

/* The largest line below `bound`, and how many there are of it. */
static double next_largest(const tflow_i_lines *lines, double bound, size_t *times)
{
    double largest = 0;

    *times = 0;
    for (size_t i = 0; i < lines->x.n; i++) {
        double value = tflow_i_lines_at(lines, i);
        if (!(value < bound) || value < largest)
            continue;
        *times = value > largest ? 1 : *times + 1;
        largest = value;
    }
    return largest;
}

tflow_status tflow_concentration_ratio(tflow_vec x, size_t k, tflow_missing missing,
                                       double *out, tflow_error *error)
{
    tflow_i_lines lines;
    tflow_i_sum sum = {0, 0};
    tflow_status status;
    double bound = INFINITY;

    if (out != NULL && k == 0) {
        *out = NAN;
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "found 0 lines to add, expected 1 or "
                            "more");
    }
    if (!start(x, 0, missing, out, &lines, &status, error))
        return status;
    if (k >= lines.active) {
        *out = 1;
        return status;
    }
    while (k > 0) {
        size_t times;
        bound = next_largest(&lines, bound, &times);
        times = times < k ? times : k;
        for (size_t i = 0; i < times; i++)
            tflow_i_sum_add(&sum, bound);
        k -= times;
    }
    *out = fmin(1, tflow_i_sum_value(&sum) / lines.total);
    return status;
}

/* ---- entropy ---- */

static double entropy(double s, double u)
{
    (void)u;
    return s > 0 ? -s * log(s) : 0;
}

/* u ln u less u - 1, which is 0 over all lines: the same sum from terms >= 0, so that
 * equal lines give 0 and not a rounding error of either sign. */
static double theil_t(double s, double u)
{
    (void)s;
    if (u == 0)
        return 1;
    return u > 0.5 && u < 2 ? u * log1p(u - 1) - (u - 1) : u * log(u) - (u - 1);
}

/* Likewise -ln u plus u - 1. */
static double theil_l(double s, double u)
{
    (void)s;
    return u > 0.5 && u < 2 ? (u - 1) - log1p(u - 1) : (u - 1) - log(u);
}

tflow_status tflow_shannon(tflow_vec x, tflow_missing missing, double *out,
                           tflow_error *error)
{
    tflow_i_lines lines;
    tflow_status status;

    if (start(x, 0, missing, out, &lines, &status, error))
        *out = fmax(0, sum_active(&lines, entropy));
    return status;
}

tflow_status tflow_theil_t(tflow_vec x, size_t n, tflow_missing missing, double *out,
                           tflow_error *error)
{
    tflow_i_lines lines;
    tflow_status status;

    if (!start(x, n, missing, out, &lines, &status, error))
        return status;
    double inactive = (double)(lines.counted - lines.active);
    *out = fmax(0, (sum_active(&lines, theil_t) + inactive) / (double)lines.counted);
    return status;
}

tflow_status tflow_theil_l(tflow_vec x, size_t n, tflow_missing missing, double *out,
                           tflow_error *error)
{
    tflow_i_lines lines;
    tflow_status status;

    if (!start(x, n, missing, out, &lines, &status, error))
        return status;
    if (lines.counted > lines.active)
        return TFLOW_UNDEFINED;
    double value = sum_active(&lines, theil_l) / (double)lines.counted;
    if (!isfinite(value)) /* a line too small beside the others for a double */
        return TFLOW_UNDEFINED;
    *out = fmax(0, value);
    return status;
}

/* ---- Gini ---- */

static int gini(tflow_vec x, size_t n, tflow_missing missing, double *scratch,
                double *out, tflow_i_lines *lines, tflow_status *status,
                tflow_error *error)
{
    tflow_i_sum sum = {0, 0};
    size_t m = 0;

    if (!start(x, n, missing, out, lines, status, error))
        return 0;
    if (scratch == NULL) {
        *status = tflow_i_fail(error, TFLOW_EINVAL, "found no scratch memory");
        return 0;
    }
    for (size_t i = 0; i < x.n; i++) {
        double value = tflow_i_lines_at(lines, i);
        if (value > 0)
            scratch[m++] = value;
    }
    tflow_i_sort_ascending(scratch, m);
    /* The lines of 0 hold the first ranks. With r from the top, 2r - n - 1 is
     * n - 1 - 2 (m - 1 - i): whole numbers, exact far beyond any classification. */
    double top = (double)lines->counted - 1;
    for (size_t i = 0; i < m; i++)
        tflow_i_sum_add(&sum, (top - 2 * (double)(m - 1 - i)) * scratch[i]);
    *out = fmax(0, tflow_i_sum_value(&sum) / lines->total / (double)lines->counted);
    return 1;
}

tflow_status tflow_gini(tflow_vec x, size_t n, tflow_missing missing, double *scratch,
                        double *out, tflow_error *error)
{
    tflow_i_lines lines;
    tflow_status status;

    gini(x, n, missing, scratch, out, &lines, &status, error);
    return status;
}

tflow_status tflow_gini_corrected(tflow_vec x, size_t n, tflow_missing missing,
                                  double *scratch, double *out, tflow_error *error)
{
    tflow_i_lines lines;
    tflow_status status;

    if (!gini(x, n, missing, scratch, out, &lines, &status, error))
        return status;
    if (lines.counted == 1) {
        *out = NAN;
        return TFLOW_UNDEFINED;
    }
    double n_lines = (double)lines.counted;
    *out = fmin(1, *out * n_lines / (n_lines - 1));
    return status;
}
