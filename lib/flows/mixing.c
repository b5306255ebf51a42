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

/* What the longer periods of a flow cover of the period they count in. */
typedef struct cover {
    int32_t length;        /* of the rows that `same` is of, in months */
    unsigned longer, same; /* months, as tflow_i_plan_months */
} cover;

typedef struct covers {
    tflow_i_groups *wholes; /* flow and period it counts in */
    tflow_i_groups *owns;   /* flow and its own period */
    cover *list;            /* per whole */
    uint8_t *out;           /* per row still in: its months are in a longer period */
} covers;

static tflow_status not_apart(const tflow_i_plan *plan, size_t row, tflow_error *error)
{
    char period[TFLOW_PERIOD_SIZE];
    return tflow_i_plan_fail(
        plan, row, error, TFLOW_EOVERLAP,
        "period %s overlaps with another of the same flow, and its "
        "months would count twice",
        tflow_period_format(plan->periods[row], period));
}

/* One row: out when longer periods hold it, refused when they hold a part of it. */
static tflow_status cover_row(const tflow_i_plan *plan, covers *c, size_t i,
                              tflow_error *error)
{
    int32_t key[KEY_SIZE];
    size_t row = plan->rows[i];
    int32_t length = tflow_period_months(plan->periods[row]);
    unsigned months = tflow_i_plan_months(plan, row);
    size_t n = tflow_i_plan_key(plan, row, TFLOW_I_ALL_DIMS, 0, 1, key);
    size_t whole = tflow_i_groups_add(c->wholes, key);
    key[n - 1] = plan->periods[row];
    size_t before = tflow_i_groups_count(c->owns);
    size_t own = tflow_i_groups_add(c->owns, key);
    if (whole == SIZE_MAX || own == SIZE_MAX)
        return tflow_i_nomem(error);
    cover *at = &c->list[whole];
    if (at->length != length) {
        at->longer |= at->same;
        at->same = 0;
        at->length = length;
    }
    c->out[i] = (months & ~at->longer) == 0;
    if (c->out[i])
        return TFLOW_OK;
    if ((months & at->longer) != 0 || (own == before && (months & at->same) != 0))
        return not_apart(plan, row, error);
    at->same |= months;
    return TFLOW_OK;
}

/* From the longest periods to the shortest. */
static tflow_status cover_all(const tflow_i_plan *plan, covers *c, tflow_error *error)
{
    int32_t lengths = 0;
    tflow_status status = TFLOW_OK;
    for (size_t i = 0; i < plan->n; i++)
        lengths |= 1 << tflow_period_months(plan->periods[plan->rows[i]]);
    for (int32_t length = 12; length > 0; length--)
        for (size_t i = 0;
             (lengths >> length & 1) != 0 && i < plan->n && status == TFLOW_OK; i++)
            if (tflow_period_months(plan->periods[plan->rows[i]]) == length)
                status = cover_row(plan, c, i, error);
    return status;
}

/* A period that is there as such takes the place of its parts. */
static tflow_status leave_out_parts(tflow_i_plan *plan, tflow_error *error)
{
    int32_t key[KEY_SIZE];
    size_t width =
        plan->n == 0 ? 1 : tflow_i_plan_key(plan, 0, TFLOW_I_ALL_DIMS, 0, 1, key);
    covers c = {tflow_i_groups_new(width), tflow_i_groups_new(width),
                tflow_i_calloc(plan->n, sizeof *c.list), tflow_i_calloc(plan->n, 1)};
    tflow_status status =
        c.wholes == NULL || c.owns == NULL || c.list == NULL || c.out == NULL
            ? tflow_i_nomem(error)
            : cover_all(plan, &c, error);
    size_t n = 0;
    for (size_t i = 0; i < plan->n && status == TFLOW_OK; i++)
        if (!c.out[i])
            plan->rows[n++] = plan->rows[i];
    size_t replaced = plan->n - n;
    plan->n = n;
    tflow_i_groups_free(c.wholes);
    tflow_i_groups_free(c.owns);
    tflow_i_free(c.list);
    tflow_i_free(c.out);
    if (status != TFLOW_OK)
        return status;
    return tflow_i_plan_dropped(plan, replaced,
                                "rows of shorter periods not added: the file has the "
                                "longer period itself",
                                error);
}

/* Of the frequency asked for, or finer and added up. Coarser periods are left out. */
static tflow_status to_frequency(tflow_i_plan *plan, tflow_error *error)
{
    size_t n = 0;
    for (size_t i = 0; i < plan->n; i++)
        if (tflow_i_plan_period(plan, plan->rows[i]) != TFLOW_PERIOD_NONE)
            plan->rows[n++] = plan->rows[i];
    size_t coarser = plan->n - n;
    plan->n = n;
    tflow_status status = tflow_i_plan_dropped(
        plan, coarser, "rows of longer or other periods left out", error);
    if (status == TFLOW_OK)
        status = leave_out_parts(plan, error);
    if (status == TFLOW_OK && plan->n == 0)
        return tflow_i_fail(
            error, TFLOW_EUNKNOWN,
            "no period of the selection lies within one of frequency %c",
            plan->selection->frequency);
    return status;
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
    if (plan->n == 0 || plan->selection->duplicates == TFLOW_I_DUPLICATES_SUM ||
        plan->table->counts != NULL) /* then reading has seen to it */
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
