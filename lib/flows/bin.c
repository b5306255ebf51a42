/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "flows/bin.h"

#include <math.h>
#include <string.h>

/* What a row adds: its value, or what it is the sum of. */
static tflow_status take_value(const tflow_i_plan *plan, size_t row, tflow_i_exact *out,
                               tflow_error *error)
{
    if (plan->table->sums != NULL) {
        *out = plan->table->sums[row];
        return TFLOW_OK;
    }
    memset(out, 0, sizeof *out);
    if (tflow_i_exact_add(out, plan->values[row]))
        return TFLOW_OK;
    return tflow_i_plan_fail(plan, row, error, TFLOW_ELIMIT,
                             "the value is too large to be added up: expected less "
                             "than 1.9e28");
}

static tflow_status add_value(const tflow_i_plan *plan, size_t row, tflow_i_bin *bin,
                              int observed, tflow_error *error)
{
    tflow_i_exact value;
    int below = plan->values[row] < 0;
    if (below && !plan->selection->allow_negative)
        return tflow_i_plan_fail(plan, row, error, TFLOW_ENEGATIVE,
                                 "a flow is negative, expected a value of 0 or more");
    tflow_status status = take_value(plan, row, &value, error);
    if (status != TFLOW_OK)
        return status;
    int ok = tflow_i_exact_merge(&bin->value, &value);
    if (below)
        ok = ok && tflow_i_exact_merge(&bin->below, &value);
    if (!observed)
        ok = ok && (below ? tflow_i_exact_subtract(&bin->not_observed, &value)
                          : tflow_i_exact_merge(&bin->not_observed, &value));
    return ok ? TFLOW_OK
              : tflow_i_plan_fail(plan, row, error, TFLOW_ELIMIT,
                                  "the sum up to here is too large: expected less than "
                                  "1.9e28");
}

tflow_status tflow_i_bin_add(tflow_i_bin *bin, const tflow_i_plan *plan, size_t row,
                             tflow_error *error)
{
    double value = plan->values[row];
    char status = plan->status == NULL ? '\0' : (char)plan->status[row];
    int64_t count = (int64_t)tflow_i_plan_count(plan, row);

    if (status == '\0')
        status = isnan(value) ? 'O' : 'A';
    if (status == 'M') /* cannot exist: takes no part */
        return TFLOW_OK;
    bin->n_rows += count;
    bin->status = (uint8_t)tflow_i_status_weaker((char)bin->status, status);
    if (isnan(value)) {
        bin->n_missing += count;
        if (plan->selection->missing == TFLOW_MISSING_FAIL)
            return tflow_i_plan_fail(plan, row, error, TFLOW_EMISSING,
                                     "the value is missing (status %c)", status);
        return TFLOW_OK;
    }
    bin->n_valued += count;
    return add_value(plan, row, bin, status == 'A', error);
}

/* The sum of the values without their signs. */
static double size_of(const tflow_i_bin *bin)
{
    tflow_i_exact size = bin->value;
    int ok = tflow_i_exact_subtract(&size, &bin->below);
    ok = ok && tflow_i_exact_subtract(&size, &bin->below);
    return ok ? tflow_i_exact_value(&size)
              : tflow_i_exact_value(&bin->value) - 2 * tflow_i_exact_value(&bin->below);
}

tflow_status tflow_i_bin_close(const tflow_i_bin *bin, const tflow_i_plan *plan,
                               tflow_period period, tflow_i_cell *cell,
                               tflow_error *error)
{
    tflow_missing missing = plan->selection->missing;

    memset(cell, 0, sizeof *cell);
    cell->period = period;
    cell->n_rows = bin->n_rows;
    cell->n_missing = bin->n_missing;
    cell->status = bin->status == 0 ? 'M' : bin->status;
    cell->incomplete = bin->incomplete;
    cell->value = tflow_i_exact_value(&bin->value);
    double size = size_of(bin);
    cell->not_observed = size > 0 ? tflow_i_exact_value(&bin->not_observed) / size
                                  : (cell->status == 'A' ? 0.0 : 1.0);
    if (bin->n_rows == 0 && bin->n_missing == 0) { /* nothing that can exist */
        cell->value = NAN;
        return TFLOW_OK;
    }
    if (bin->n_missing == 0 || missing == TFLOW_MISSING_ZERO)
        return TFLOW_OK;
    if (missing == TFLOW_MISSING_FAIL)
        return tflow_i_fail(error, TFLOW_EMISSING,
                            "%lld cells are missing from the full grid",
                            (long long)bin->n_missing);
    if (missing == TFLOW_MISSING_SKIP && bin->n_valued > 0)
        cell->lower_bound = 1;
    else
        cell->value = NAN;
    return TFLOW_OK;
}
