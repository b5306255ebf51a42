/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "flows/plan.h"
#include "codes/codes.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *const dim_names[TFLOW_I_DIMS] = {
    "reporter", "partner", "product",  "flow",      "partner2",     "customs",
    "mode",     "supply",  "currency", "valuation", "quantity_unit"};

tflow_status tflow_i_cells_note(tflow_i_cells *cells, const char *format, ...)
{
    char text[512];
    va_list list;

    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    char *copy = tflow_i_strdup(text);
    if (copy == NULL || !tflow_i_reserve(&cells->notes, &cells->notes_capacity,
                                         cells->n_notes + 1, sizeof *cells->notes)) {
        tflow_i_free(copy);
        return TFLOW_ENOMEM;
    }
    cells->notes[cells->n_notes++] = copy;
    return TFLOW_OK;
}

tflow_status tflow_i_plan_fail(const tflow_i_plan *plan, size_t row, tflow_error *error,
                               tflow_status status, const char *format, ...)
{
    char text[480];
    va_list list;

    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    tflow_i_fail(error, status, "%s", text);
    tflow_i_at(error, tflow_i_table_file(plan->table, row),
               tflow_i_table_line(plan->table, row), 0, NULL);
    return status;
}

size_t tflow_i_plan_key(const tflow_i_plan *plan, size_t row, unsigned codes,
                        unsigned units, int with_period, int32_t *key)
{
    size_t n = 0;
    for (size_t d = 0; d < TFLOW_I_DIMS; d++) {
        const tflow_i_dim *dim = &plan->dims[d];
        int32_t code = dim->codes == NULL ? -1 : dim->codes[row];
        if ((codes >> d & 1u) != 0)
            key[n++] = code;
        if ((units >> d & 1u) != 0)
            key[n++] = code < 0 ? -1 : dim->unit[code];
    }
    if (with_period)
        key[n++] = tflow_i_plan_period(plan, row);
    return n;
}

tflow_period tflow_i_plan_period(const tflow_i_plan *plan, size_t row)
{
    tflow_period period =
        plan->periods == NULL ? TFLOW_PERIOD_NONE : plan->periods[row];
    char frequency = plan->selection->frequency;

    if (frequency == 0 || tflow_period_frequency(period) == frequency)
        return period;
    return tflow_period_within(period, frequency);
}

unsigned tflow_i_plan_months(const tflow_i_plan *plan, size_t row)
{
    tflow_period whole = tflow_i_plan_period(plan, row);
    tflow_period own = plan->periods == NULL ? whole : plan->periods[row];
    if (own == whole)
        return 0xfff;
    int32_t from = tflow_period_start(own) - tflow_period_start(whole);
    return ((1u << tflow_period_months(own)) - 1u) << from;
}

/* ---- what the texts of a key column are ---- */

static tflow_i_part area_part(const char *text)
{
    tflow_area area;
    if (tflow_area_find(text, strlen(text), &area, NULL) != TFLOW_OK)
        return TFLOW_I_PART_MEMBER;
    return area.kind == TFLOW_AREA_WORLD       ? TFLOW_I_PART_TOTAL
           : area.kind == TFLOW_AREA_AGGREGATE ? TFLOW_I_PART_AGGREGATE
                                               : TFLOW_I_PART_MEMBER;
}

static tflow_i_part part_of(tflow_i_dim_id id, const char *text)
{
    switch (id) {
    case TFLOW_I_REPORTER:
    case TFLOW_I_PARTNER:
    case TFLOW_I_PARTNER2:
        return area_part(text);
    case TFLOW_I_PRODUCT:
        return tflow_i_product_classify(text, strlen(text)).is_total
                   ? TFLOW_I_PART_TOTAL
                   : TFLOW_I_PART_MEMBER;
    case TFLOW_I_CUSTOMS:
        return strcmp(text, "C00") == 0 ? TFLOW_I_PART_TOTAL : TFLOW_I_PART_MEMBER;
    case TFLOW_I_MODE:
    case TFLOW_I_SUPPLY:
        return strcmp(text, "0") == 0 ? TFLOW_I_PART_TOTAL : TFLOW_I_PART_MEMBER;
    case TFLOW_I_FLOW:
    case TFLOW_I_CURRENCY:
    case TFLOW_I_VALUATION:
    case TFLOW_I_QUANTITY_UNIT:
        break;
    }
    return TFLOW_I_PART_MEMBER;
}

/* Units tell quantities apart. Values have none: kilograms here and no quantity there
 * are the same flow, and must not stand beside each other as two. */
static int of_quantity(const tflow_i_selection *selection)
{
    for (size_t i = 0; i < selection->n_by; i++)
        if (strcmp(selection->by[i], "quantity_unit") == 0)
            return 1;
    return selection->measure != NULL && strcmp(selection->measure, "quantity") == 0;
}

static tflow_status open_dim(tflow_i_plan *plan, tflow_i_dim_id id, tflow_error *error)
{
    tflow_i_dim *dim = &plan->dims[id];
    dim->name = dim_names[id];
    if (id == TFLOW_I_QUANTITY_UNIT && !of_quantity(plan->selection))
        return TFLOW_OK;
    const tflow_i_column *column =
        tflow_i_table_column(plan->table, dim->name, TFLOW_KEY);
    if (column == NULL)
        return TFLOW_OK;
    dim->codes = column->data;
    dim->dict = column->dict;
    dim->n = tflow_i_dict_count(column->dict);
    dim->by = id == TFLOW_I_FLOW;
    size_t n = (size_t)dim->n;
    dim->part = tflow_i_alloc(n, sizeof *dim->part);
    dim->level = tflow_i_alloc(n, sizeof *dim->level);
    dim->unit = tflow_i_alloc(n, sizeof *dim->unit);
    dim->units = tflow_i_dict_new();
    if (dim->part == NULL || dim->level == NULL || dim->unit == NULL ||
        dim->units == NULL)
        return tflow_i_nomem(error);
    for (int32_t i = 0; i < dim->n; i++) {
        const char *text = tflow_i_dict_text(dim->dict, i);
        dim->part[i] = (uint8_t)part_of(id, text);
        dim->level[i] = -1;
        if (id == TFLOW_I_PRODUCT)
            dim->level[i] = tflow_i_product_classify(text, strlen(text)).level;
        dim->unit[i] = -1;
    }
    return TFLOW_OK;
}

static tflow_status open_by(tflow_i_plan *plan, tflow_error *error)
{
    const tflow_i_selection *selection = plan->selection;
    for (size_t i = 0; i < selection->n_by; i++) {
        size_t d = 0;
        while (d < TFLOW_I_DIMS && strcmp(dim_names[d], selection->by[i]) != 0)
            d++;
        if (d == TFLOW_I_DIMS || plan->dims[d].codes == NULL)
            return tflow_i_fail(error, TFLOW_EINVAL,
                                "cannot keep %s apart: the table has no such column",
                                selection->by[i]);
        plan->dims[d].by = 1;
    }
    size_t keys = 0;
    for (size_t d = 0; d < TFLOW_I_DIMS; d++)
        keys += plan->dims[d].by && plan->dims[d].codes != NULL;
    if (keys > sizeof plan->out->by / sizeof *plan->out->by)
        return tflow_i_fail(error, TFLOW_EINVAL, "found %zu keys, expected at most 8",
                            keys);
    return TFLOW_OK;
}

static tflow_status open_columns(tflow_i_plan *plan, tflow_error *error)
{
    const char *measure =
        plan->selection->measure == NULL ? "value" : plan->selection->measure;
    const tflow_i_column *values =
        tflow_i_table_column(plan->table, measure, TFLOW_FLOAT64);
    const tflow_i_column *periods =
        tflow_i_table_column(plan->table, "period", TFLOW_PERIOD);
    const char *status_name = strcmp(measure, "value") == 0      ? "status"
                              : strcmp(measure, "quantity") == 0 ? "quantity_status"
                                                                 : "net_weight_status";
    const tflow_i_column *status =
        tflow_i_table_column(plan->table, status_name, TFLOW_OBS_STATUS);

    if (values == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "the table has no column %s", measure);
    plan->values = values->data;
    plan->periods = periods == NULL ? NULL : periods->data;
    plan->status = status == NULL ? NULL : status->data;
    return TFLOW_OK;
}

int tflow_i_in_time(const tflow_i_selection *selection, tflow_period period)
{
    int32_t start = tflow_period_start(period);
    int32_t end = start + tflow_period_months(period);
    tflow_period first = selection->first, last = selection->last;
    int32_t opens = tflow_period_start(first);

    if (first != TFLOW_PERIOD_NONE && selection->accumulate != TFLOW_I_ACCUMULATE_NONE)
        opens -= 12; /* what a window needs; trimmed after it was formed */
    return (first == TFLOW_PERIOD_NONE || start >= opens) &&
           (last == TFLOW_PERIOD_NONE ||
            end <= tflow_period_start(last) + tflow_period_months(last));
}

static tflow_status keep_selected(tflow_i_plan *plan, tflow_error *error)
{
    size_t rows = plan->table->rows, all = 0;
    plan->rows = tflow_i_alloc(rows, sizeof *plan->rows);
    if (plan->rows == NULL)
        return tflow_i_nomem(error);
    for (size_t row = 0; row < rows; row++) {
        all += tflow_i_plan_count(plan, row);
        int in = plan->periods == NULL ||
                 tflow_i_in_time(plan->selection, plan->periods[row]);
        for (size_t d = 0; in && d < TFLOW_I_DIMS; d++) {
            const tflow_i_dim *dim = &plan->dims[d];
            if (dim->listed)
                in = dim->codes[row] >= 0 && dim->unit[dim->codes[row]] >= 0;
        }
        if (in)
            plan->rows[plan->n++] = row;
    }
    if (plan->n == 0 && rows > 0)
        return tflow_i_fail(
            error, TFLOW_EUNKNOWN,
            "no flow matches the selection: none of %zu rows has all of "
            "the reporter, partner, product, flow and period asked for",
            all);
    return TFLOW_OK;
}

tflow_status tflow_i_plan_open(tflow_i_plan *plan, const tflow_table *table,
                               const tflow_i_selection *selection, tflow_i_cells *out,
                               tflow_error *error)
{
    memset(plan, 0, sizeof *plan);
    plan->table = table;
    plan->selection = selection;
    plan->out = out;
    tflow_status status = open_columns(plan, error);
    for (size_t d = 0; d < TFLOW_I_DIMS && status == TFLOW_OK; d++)
        status = open_dim(plan, (tflow_i_dim_id)d, error);
    if (status == TFLOW_OK)
        status = open_by(plan, error);
    if (status == TFLOW_OK)
        status = tflow_i_plan_lists(plan, error);
    if (status == TFLOW_OK)
        status = keep_selected(plan, error);
    if (status == TFLOW_OK)
        status = tflow_i_plan_added_up(plan, error);
    return status;
}

void tflow_i_plan_close(tflow_i_plan *plan)
{
    for (size_t d = 0; d < TFLOW_I_DIMS; d++) {
        tflow_i_free(plan->dims[d].part);
        tflow_i_free(plan->dims[d].level);
        tflow_i_free(plan->dims[d].unit);
        tflow_i_dict_free(plan->dims[d].units);
    }
    tflow_i_free(plan->rows);
}
