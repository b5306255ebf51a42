/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values on whole periods, for models that step from one to the next. */
#include "projection/projection.h"

#include <math.h>

/* Whole periods from the first observed value to the value or label at i. */
static tflow_status periods_between(const tflow_i_series *s, size_t i, size_t *periods,
                                    tflow_error *error)
{
    double time = tflow_i_series_time(s, i) - tflow_i_series_time(s, s->first);
    double whole = nearbyint(time);

    if (fabs(time - whole) > TFLOW_I_PERIOD_TOLERANCE)
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "label %zu is not a whole number of steps from label %zu",
                            i + 1, s->first + 1);
    if (whole >= TFLOW_I_GRID_MOST)
        return tflow_i_fail(error, TFLOW_EINVAL, "labels span more than %d periods",
                            TFLOW_I_GRID_MOST);
    *periods = (size_t)whole;
    return TFLOW_OK;
}

static tflow_status fill(const tflow_i_series *s, double *grid, size_t n, size_t *at,
                         tflow_error *error)
{
    double value;
    size_t place = 0;

    for (size_t i = 0; i < n; i++)
        grid[i] = NAN;
    for (size_t i = 0; i < s->y.n; i++) {
        if (at != NULL)
            at[i] = SIZE_MAX;
        if (i < s->first || i > s->last)
            continue;
        tflow_status status = periods_between(s, i, &place, error);
        if (status != TFLOW_OK)
            return status;
        if (tflow_i_series_value(s, i, &value))
            grid[place] = value;
        if (at != NULL)
            at[i] = place;
    }
    return TFLOW_OK;
}

tflow_status tflow_i_series_grid(const tflow_i_series *series, double **grid, size_t *n,
                                 size_t *at, size_t *trailing, tflow_error *error)
{
    size_t last = 0, end = 0;

    *grid = NULL;
    *n = *trailing = 0;
    tflow_status status = periods_between(series, series->last, &last, error);
    if (status == TFLOW_OK)
        status = periods_between(series, series->y.n - 1, &end, error);
    if (status != TFLOW_OK)
        return status;
    double *values = tflow_i_alloc(last + 1, sizeof *values);
    if (values == NULL)
        return tflow_i_nomem(error);
    status = fill(series, values, last + 1, at, error);
    if (status != TFLOW_OK) {
        tflow_i_free(values);
        return status;
    }
    *grid = values;
    *n = last + 1;
    *trailing = end - last;
    return TFLOW_OK;
}
