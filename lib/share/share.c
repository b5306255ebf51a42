/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tradeflow/share.h"

#include "numeric/elementary.h"
#include "share/lines.h"

#include <math.h>

tflow_status tflow_share(double part, double total, double *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    if (part < 0 || total < 0)
        return TFLOW_ENEGATIVE;
    if (isnan(part) || isnan(total))
        return TFLOW_MISSING_VALUE;
    if (isinf(part) || isinf(total) || (part == 0 && total == 0))
        return TFLOW_UNDEFINED;
    if (total == 0)
        return TFLOW_ZERO_BASE;
    if (isinf(part / total))
        return TFLOW_UNDEFINED;
    *out = part / total;
    return TFLOW_OK;
}

static tflow_status blank(tflow_vec x, double *out, tflow_error *error)
{
    if (out == NULL && x.n > 0)
        return tflow_i_fail(error, TFLOW_EINVAL, "nowhere to put the result");
    for (size_t i = 0; i < x.n; i++)
        out[i] = NAN;
    return TFLOW_OK;
}

tflow_status tflow_shares(tflow_vec x, tflow_missing missing, double *out,
                          tflow_error *error)
{
    tflow_i_lines lines;
    tflow_status status = blank(x, out, error);

    if (status == TFLOW_OK)
        status = tflow_i_lines_total(x, 0, missing, &lines, error);
    if (!tflow_i_answered(status))
        return status;
    for (size_t i = 0; i < x.n; i++)
        out[i] = tflow_i_lines_at(&lines, i) / lines.total;
    return status;
}

tflow_status tflow_shares_cumulative(tflow_vec x, tflow_missing missing, double *out,
                                     tflow_error *error)
{
    tflow_i_lines lines;
    tflow_i_sum sum = {0, 0};
    tflow_status status = blank(x, out, error);

    if (status == TFLOW_OK)
        status = tflow_i_lines_total(x, 0, missing, &lines, error);
    if (!tflow_i_answered(status))
        return status;
    for (size_t i = 0; i < x.n; i++) {
        double value = tflow_i_lines_at(&lines, i);
        if (isnan(value))
            continue;
        tflow_i_sum_add(&sum, value);
        out[i] = tflow_i_sum_value(&sum) / lines.total;
    }
    return status;
}

/* How many of n ascending numbers are larger than value. */
static size_t larger(const double *sorted, size_t n, double value)
{
    size_t low = 0, high = n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sorted[middle] > value)
            high = middle;
        else
            low = middle + 1;
    }
    return n - low;
}

tflow_status tflow_rank_descending(tflow_vec x, tflow_missing missing, double *scratch,
                                   double *out, tflow_error *error)
{
    tflow_i_lines lines;
    tflow_status status = blank(x, out, error);
    size_t n = 0;

    if (status == TFLOW_OK && scratch == NULL && x.n > 0)
        status = tflow_i_fail(error, TFLOW_EINVAL, "found no scratch memory");
    if (status == TFLOW_OK)
        status = tflow_i_lines_scan(x, 0, missing, &lines, error);
    if (!tflow_i_answered(status))
        return status;

    /* Unscaled: scaling could make small lines equal. */
    lines.scale = 1;
    for (size_t i = 0; i < x.n; i++) {
        double value = tflow_i_lines_at(&lines, i);
        if (!isnan(value))
            scratch[n++] = value;
    }
    tflow_i_sort_ascending(scratch, n);
    for (size_t i = 0; i < x.n; i++) {
        double value = tflow_i_lines_at(&lines, i);
        if (!isnan(value))
            out[i] = (double)(1 + larger(scratch, n, value));
    }
    return status;
}

tflow_status tflow_lines(tflow_vec x, size_t n, tflow_missing missing, size_t *counted,
                         size_t *active, tflow_error *error)
{
    tflow_i_lines lines;

    if (counted == NULL || active == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "nowhere to put the result");
    *counted = *active = 0;
    tflow_status status = tflow_i_lines_scan(x, n, missing, &lines, error);
    if (!tflow_i_answered(status))
        return status;
    *counted = lines.counted;
    *active = lines.active;
    return status;
}
