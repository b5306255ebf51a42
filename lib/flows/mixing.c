/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must not be added: other units, other frequencies, the same row twice. */
#include "flows/plan.h"

#include <math.h>
#include <string.h>

#define KEY_SIZE (2 * TFLOW_I_DIMS + 1)

/* Values in two currencies, at two valuations or in two quantity units have no sum. */
static tflow_status one_unit(const tflow_i_plan *plan, tflow_i_dim_id d,
                             const char *remedy, tflow_error *error)
{
    const tflow_i_dim *dim = &plan->dims[d];
    if (dim->codes == NULL || dim->by || plan->n == 0)
        return TFLOW_OK;
    int32_t first = -1;
    for (size_t i = 0; i < plan->n; i++) {
        size_t row = plan->rows[i];
        if (dim->codes[row] < 0 || isnan(plan->values[row]))
            continue;
        if (first < 0)
            first = dim->codes[row];
        if (dim->codes[row] != first)
            return tflow_i_plan_fail(plan, row, error, TFLOW_EMIXED,
                                     "found %s %s after %s: they cannot be added; %s",
                                     dim->name,
                                     tflow_i_dict_text(dim->dict, dim->codes[row]),
                                     tflow_i_dict_text(dim->dict, first), remedy);
    }
    return TFLOW_OK;
}

/* ---- frequencies ---- */

static tflow_status one_frequency(tflow_i_plan *plan, tflow_error *error)
{
    int32_t first = 0;
    size_t first_row = 0;
    char a[TFLOW_PERIOD_SIZE], b[TFLOW_PERIOD_SIZE];
    for (size_t i = 0; i < plan->n; i++) {
        size_t row = plan->rows[i];
        int32_t months = tflow_period_months(plan->periods[row]);
        if (first == 0) {
            first = months;
            first_row = row;
        }
        if (months != first)
            return tflow_i_plan_fail(
                plan, row, error, TFLOW_EMIXED,
                "found period %s after %s: periods of different length are mixed; "
                "choose with --frequency",
                tflow_period_format(plan->periods[row], a),
                tflow_period_format(plan->periods[first_row], b));
    }
    return TFLOW_OK;
}

/* Of the frequency asked for, or finer and added up; a period that is there as such
 * takes the place of its parts. Coarser periods are left out. */
static tflow_status to_frequency(tflow_i_plan *plan, tflow_error *error)
{
    int32_t key[KEY_SIZE];
    unsigned all = TFLOW_I_ALL_DIMS;
    size_t width = tflow_i_plan_key(plan, 0, all, 0, 1, key);
    tflow_i_groups *whole = tflow_i_groups_new(width);
    if (whole == NULL)
        return tflow_i_nomem(error);

    char frequency = plan->selection->frequency;
    size_t n = 0;
    int ok = 1;
    for (size_t i = 0; i < plan->n && ok; i++) {
        size_t row = plan->rows[i];
        if (tflow_i_plan_period(plan, row) == TFLOW_PERIOD_NONE)
            continue;
        plan->rows[n++] = row;
        if (tflow_period_frequency(plan->periods[row]) == frequency) {
            tflow_i_plan_key(plan, row, all, 0, 1, key);
            ok = tflow_i_groups_add(whole, key) != SIZE_MAX;
        }
    }
    size_t coarser = plan->n - n, replaced = 0;
    plan->n = n;
    n = 0;
    for (size_t i = 0; i < plan->n && ok; i++) {
        size_t row = plan->rows[i];
        tflow_i_plan_key(plan, row, all, 0, 1, key);
        if (tflow_period_frequency(plan->periods[row]) != frequency &&
            tflow_i_groups_find(whole, key) != SIZE_MAX) {
            replaced++;
            continue;
        }
        plan->rows[n++] = row;
    }
    plan->n = n;
    tflow_i_groups_free(whole);
    if (ok && coarser > 0)
        ok = tflow_i_cells_note(plan->out,
                                "%zu rows of longer or other periods left out",
                                coarser) == TFLOW_OK;
    if (ok && replaced > 0)
        ok = tflow_i_cells_note(plan->out,
                                "%zu rows of shorter periods not added: the file has "
                                "the longer period itself",
                                replaced) == TFLOW_OK;
    if (!ok)
        return tflow_i_nomem(error);
    if (plan->n == 0)
        return tflow_i_fail(
            error, TFLOW_EUNKNOWN,
            "no period of the selection lies within one of frequency %c", frequency);
    return TFLOW_OK;
}

/* ---- duplicates ---- */

static tflow_status duplicate(const tflow_i_plan *plan, size_t first, size_t second,
                              tflow_error *error)
{
    const char *file = tflow_i_table_file(plan->table, first);
    unsigned long long line = tflow_i_table_line(plan->table, first);
    char period[TFLOW_PERIOD_SIZE] = "", cell[160] = "";
    size_t n = 0;

    for (size_t d = 0; d < TFLOW_I_DIMS; d++) {
        const tflow_i_dim *dim = &plan->dims[d];
        if (dim->codes == NULL || dim->codes[second] < 0)
            continue;
        const char *text = tflow_i_dict_text(dim->dict, dim->codes[second]);
        size_t length = strlen(text);
        if (n + length + 2 >= sizeof cell)
            break;
        memcpy(cell + n, text, length);
        n += length;
        cell[n++] = ' ';
    }
    cell[n] = '\0';
    if (plan->periods != NULL)
        tflow_period_format(plan->periods[second], period);
    if (line == 0)
        return tflow_i_plan_fail(plan, second, error, TFLOW_EDUPLICATE,
                                 "rows %zu and %zu are both for %s%s; use --duplicates "
                                 "sum or first",
                                 first + 1, second + 1, cell, period);
    return tflow_i_plan_fail(plan, second, error, TFLOW_EDUPLICATE,
                             "this row and line %llu%s%s are both for %s%s; use "
                             "--duplicates sum or first",
                             line, file == NULL ? "" : " of ", file == NULL ? "" : file,
                             cell, period);
}

static tflow_status find_duplicates(tflow_i_plan *plan, tflow_error *error)
{
    int32_t key[KEY_SIZE];
    if (plan->n == 0 || plan->selection->duplicates == TFLOW_I_DUPLICATES_SUM)
        return TFLOW_OK;
    size_t width = tflow_i_plan_key(plan, 0, TFLOW_I_ALL_DIMS, 0, 0, key) + 1;
    tflow_i_groups *cells = tflow_i_groups_new(width);
    size_t *first = tflow_i_alloc(plan->n, sizeof *first);
    tflow_status status =
        cells == NULL || first == NULL ? tflow_i_nomem(error) : TFLOW_OK;

    size_t n = 0;
    for (size_t i = 0; i < plan->n && status == TFLOW_OK; i++) {
        size_t row = plan->rows[i];
        tflow_i_plan_key(plan, row, TFLOW_I_ALL_DIMS, 0, 0, key);
        key[width - 1] = plan->periods == NULL ? 0 : plan->periods[row];
        size_t before = tflow_i_groups_count(cells);
        size_t cell = tflow_i_groups_add(cells, key);
        if (cell == SIZE_MAX) {
            status = tflow_i_nomem(error);
        } else if (cell == before) {
            first[cell] = row;
            plan->rows[n++] = row;
        } else if (plan->selection->duplicates == TFLOW_I_DUPLICATES_ERROR) {
            status = duplicate(plan, first[cell], row, error);
        }
    }
    if (status == TFLOW_OK && n < plan->n &&
        tflow_i_cells_note(plan->out, "%zu duplicate rows left out, the first kept",
                           plan->n - n) != TFLOW_OK)
        status = tflow_i_nomem(error);
    plan->n = n;
    tflow_i_groups_free(cells);
    tflow_i_free(first);
    return status;
}

tflow_status tflow_i_plan_mixing(tflow_i_plan *plan, tflow_error *error)
{
    const char *measure = plan->selection->measure;
    int of_value = measure == NULL || strcmp(measure, "value") == 0;
    tflow_status status = TFLOW_OK;

    if (of_value) {
        status = one_unit(plan, TFLOW_I_CURRENCY, "convert with --rates", error);
        if (status == TFLOW_OK)
            status =
                one_unit(plan, TFLOW_I_VALUATION,
                         "choose one, or keep them apart with --by valuation", error);
    } else if (strcmp(measure, "quantity") == 0) {
        status = one_unit(plan, TFLOW_I_QUANTITY_UNIT,
                          "keep them apart with --by quantity_unit", error);
    }
    if (status == TFLOW_OK)
        status = find_duplicates(plan, error);
    if (status == TFLOW_OK && plan->periods != NULL)
        status = plan->selection->frequency == 0 ? one_frequency(plan, error)
                                                 : to_frequency(plan, error);
    return status;
}
