/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "share/lines.h"

#include <math.h>

/* Very large lines are read scaled down, so that no sum of them overflows, and very
 * small ones up, so that no mean of them vanishes; what the scale pushes below the
 * smallest double is nothing beside the largest line. */
#define LARGE 0x1p900
#define SMALL 0x1p-900
#define SCALE_DOWN 0x1p-200
#define SCALE_UP 0x1p200

typedef struct tally {
    size_t missing;
    size_t infinite;
    size_t active;
    double largest;
} tally;

static tflow_status check_arguments(tflow_vec x, tflow_missing missing,
                                    tflow_error *error)
{
    if (x.n > 0 && x.data == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "found no data, expected %zu lines",
                            x.n);
    if ((int)missing < TFLOW_MISSING_PROPAGATE || (int)missing > TFLOW_MISSING_FAIL)
        return tflow_i_fail(error, TFLOW_EINVAL, "found %d for the missing policy",
                            (int)missing);
    return TFLOW_OK;
}

static tflow_status count(tflow_vec x, tally *found, tflow_error *error)
{
    char text[TFLOW_I_DECIMAL_SIZE];

    for (size_t i = 0; i < x.n; i++) {
        double value = tflow_i_vec_at(x, i);
        if (value < 0)
            return tflow_i_fail(error, TFLOW_ENEGATIVE,
                                "line %zu is %s, expected a flow of 0 or more", i + 1,
                                isinf(value) ? "-infinite"
                                             : tflow_i_decimal_format(value, text));
        if (isnan(value))
            found->missing++;
        else if (isinf(value))
            found->infinite++;
        else if (value > 0)
            found->active++;
        found->largest = fmax(found->largest, value);
    }
    return TFLOW_OK;
}

static void sum(tflow_i_lines *lines)
{
    tflow_i_sum total = {0, 0};

    for (size_t i = 0; i < lines->x.n; i++) {
        double value = tflow_i_lines_at(lines, i);
        if (!isnan(value))
            tflow_i_sum_add(&total, value);
    }
    lines->total = tflow_i_sum_value(&total);
}

tflow_status tflow_i_lines_scan(tflow_vec x, size_t n, tflow_missing missing,
                                tflow_i_lines *lines, tflow_error *error)
{
    tally found = {0, 0, 0, 0};
    tflow_status status = check_arguments(x, missing, error);

    *lines = (tflow_i_lines){x, missing, 0, 0, NAN, 1};
    if (status == TFLOW_OK)
        status = count(x, &found, error);
    if (status != TFLOW_OK)
        return status;
    if (found.missing > 0 && missing == TFLOW_MISSING_FAIL)
        return tflow_i_fail(error, TFLOW_EMISSING, "%zu of %zu lines are missing",
                            found.missing, x.n);
    if (n != 0 && n < found.active)
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "found %zu lines above 0, expected %zu at most",
                            found.active, n);
    if (found.missing > 0 && missing == TFLOW_MISSING_PROPAGATE)
        return TFLOW_MISSING_VALUE;

    size_t known = missing == TFLOW_MISSING_SKIP ? x.n - found.missing : x.n;
    if (found.infinite > 0 || known == 0)
        return TFLOW_UNDEFINED;
    lines->counted = n != 0 ? n : known;
    lines->active = found.active;
    if (found.largest > LARGE)
        lines->scale = SCALE_DOWN;
    else if (found.largest < SMALL)
        lines->scale = SCALE_UP;
    sum(lines);
    return known < x.n ? TFLOW_LOWER_BOUND : TFLOW_OK;
}

tflow_status tflow_i_lines_total(tflow_vec x, size_t n, tflow_missing missing,
                                 tflow_i_lines *lines, tflow_error *error)
{
    tflow_status status = tflow_i_lines_scan(x, n, missing, lines, error);

    if (tflow_i_answered(status) && lines->total == 0)
        return TFLOW_UNDEFINED;
    return status;
}
