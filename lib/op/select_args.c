/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "op/select_args.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* `by` when the call does not say: what it names stays apart. */
static size_t default_by(const tflow_i_args *args, const char *const **by)
{
    /* The subsets of three names, in order, so that no memory is needed. */
    static const char *const names[][4] = {
        {NULL},
        {"reporter", NULL},
        {"partner", NULL},
        {"reporter", "partner", NULL},
        {"product", NULL},
        {"reporter", "product", NULL},
        {"partner", "product", NULL},
        {"reporter", "partner", "product", NULL},
    };
    size_t set = (tflow_i_arg_set(args, "reporter") ? 1u : 0u) +
                 (tflow_i_arg_set(args, "partner") ? 2u : 0u) +
                 (tflow_i_arg_set(args, "product") ? 4u : 0u);
    size_t n = 0;
    while (names[set][n] != NULL)
        n++;
    *by = names[set];
    return n;
}

tflow_status tflow_i_selection_of(const tflow_i_args *args,
                                  tflow_i_selection *selection, tflow_error *error)
{
    memset(selection, 0, sizeof *selection);
    tflow_i_selection *s = selection;
    s->n_reporters = tflow_i_arg_list(args, "reporter", &s->reporters);
    s->n_partners = tflow_i_arg_list(args, "partner", &s->partners);
    s->n_products = tflow_i_arg_list(args, "product", &s->products);
    s->n_flows = tflow_i_arg_list(args, "flow", &s->flows);
    tflow_i_arg_periods(args, "period", &s->first, &s->last);
    s->level =
        tflow_i_arg_set(args, "level") ? (int)tflow_i_arg_integer(args, "level") : -1;
    const char *frequency = tflow_i_arg_text(args, "frequency");
    s->frequency = frequency == NULL ? '\0' : frequency[0];
    s->accumulate = tflow_i_arg_is(args, "accumulate", "ytd") ? TFLOW_I_ACCUMULATE_YTD
                    : tflow_i_arg_is(args, "accumulate", "rolling")
                        ? TFLOW_I_ACCUMULATE_ROLLING
                        : TFLOW_I_ACCUMULATE_NONE;
    s->total = tflow_i_arg_is(args, "total", "partners") ? TFLOW_I_TOTAL_PARTNERS
               : tflow_i_arg_is(args, "total", "world")  ? TFLOW_I_TOTAL_WORLD
                                                         : TFLOW_I_TOTAL_AUTO;
    s->missing = tflow_i_arg_is(args, "missing", "skip")   ? TFLOW_MISSING_SKIP
                 : tflow_i_arg_is(args, "missing", "zero") ? TFLOW_MISSING_ZERO
                 : tflow_i_arg_is(args, "missing", "fail") ? TFLOW_MISSING_FAIL
                                                           : TFLOW_MISSING_PROPAGATE;
    s->duplicates = tflow_i_arg_is(args, "duplicates", "sum") ? TFLOW_I_DUPLICATES_SUM
                    : tflow_i_arg_is(args, "duplicates", "first")
                        ? TFLOW_I_DUPLICATES_FIRST
                        : TFLOW_I_DUPLICATES_ERROR;
    s->complete = tflow_i_arg_flag(args, "complete");
    s->measure = tflow_i_arg_text(args, "measure");
    if (tflow_i_arg_set(args, "by"))
        s->n_by = tflow_i_arg_list(args, "by", &s->by);
    else
        s->n_by = default_by(args, &s->by);
    if (s->n_by > 7) /* flow makes eight */
        return tflow_i_arg_fail(error, TFLOW_EINVAL, "by",
                                "found %zu keys, expected at "
                                "most 7",
                                s->n_by);
    return TFLOW_OK;
}

int tflow_i_asked_for(const tflow_i_selection *selection, int32_t step,
                      tflow_period period)
{
    tflow_period first = selection->first, last = selection->last;
    int32_t start = tflow_period_start(period);
    int32_t end = start + tflow_period_months(period);

    if (selection->accumulate != TFLOW_I_ACCUMULATE_NONE)
        start = end - step;
    return (first == TFLOW_PERIOD_NONE || start >= tflow_period_start(first)) &&
           (last == TFLOW_PERIOD_NONE ||
            end <= tflow_period_start(last) + tflow_period_months(last));
}

tflow_status tflow_i_not_accumulated(const tflow_i_selection *selection,
                                     tflow_error *error)
{
    if (selection->accumulate == TFLOW_I_ACCUMULATE_NONE)
        return TFLOW_OK;
    return tflow_i_arg_fail(error, TFLOW_EINVAL, "accumulate",
                            "found sums over time, which overlap; a fit and its errors "
                            "need the periods themselves");
}

/* Write what was open in the call into its recipe. */
static tflow_status resolve(const tflow_i_args *args, const tflow_i_cells *cells)
{
    tflow_i_text by = {0};
    for (size_t k = 0; k < cells->n_by; k++) {
        tflow_i_text_add(&by, k > 0 ? "," : "");
        tflow_i_text_add(&by, cells->by[k]);
    }
    char *text = tflow_i_text_take(&by);
    if (text == NULL)
        return TFLOW_ENOMEM;
    tflow_status status = tflow_i_resolve(args, "by", text);
    tflow_text_free(text);
    if (status == TFLOW_OK && cells->total != TFLOW_I_TOTAL_AUTO)
        status = tflow_i_resolve(
            args, "total", cells->total == TFLOW_I_TOTAL_WORLD ? "world" : "partners");
    return status;
}

tflow_status tflow_i_cells_of(const tflow_i_args *args, size_t i,
                              const tflow_i_selection *selection, tflow_i_cells *cells,
                              tflow_error *error)
{
    tflow_status status =
        tflow_i_aggregate(tflow_i_input(args, i), selection, cells, error);
    if (status != TFLOW_OK)
        return status;
    if (resolve(args, cells) != TFLOW_OK) {
        tflow_i_cells_free(cells);
        return tflow_i_nomem(error);
    }
    return TFLOW_OK;
}

tflow_status tflow_i_key_columns(tflow_builder *out, const tflow_i_cells *cells,
                                 int with_period, tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    for (size_t k = 0; k < cells->n_by && status == TFLOW_OK; k++)
        status = tflow_builder_column(out, cells->by[k], TFLOW_KEY, "", error);
    if (status == TFLOW_OK && with_period)
        status = tflow_builder_column(out, "period", TFLOW_PERIOD, "", error);
    return status;
}

void tflow_i_key_cells(tflow_builder *out, const tflow_i_cells *cells, size_t series,
                       tflow_period period)
{
    for (size_t k = 0; k < cells->n_by; k++) {
        int32_t code = cells->keys[series * cells->n_by + k];
        if (code >= 0)
            tflow_builder_key(out, k, tflow_i_dict_text(cells->dicts[k], code));
    }
    if (period != TFLOW_PERIOD_NONE)
        tflow_builder_period(out, cells->n_by, period);
}

tflow_status tflow_i_output_columns(tflow_builder *out, const tflow_output *outputs,
                                    size_t n, const char *unit, tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    for (size_t i = TFLOW_I_KEY_COLUMNS; i < n && status == TFLOW_OK; i++)
        status = tflow_builder_column(
            out, outputs[i].name, outputs[i].type,
            strcmp(outputs[i].unit, "value") == 0 ? unit : outputs[i].unit, error);
    return status;
}

tflow_status tflow_i_quality_columns(tflow_builder *out, tflow_error *error)
{
    static const tflow_output columns[TFLOW_I_QUALITY_COLUMNS] = {
        TFLOW_I_QUALITY_OUTPUTS};
    tflow_status status = TFLOW_OK;
    for (size_t i = 0; i < TFLOW_I_QUALITY_COLUMNS && status == TFLOW_OK; i++)
        status = tflow_builder_column(out, columns[i].name, columns[i].type,
                                      columns[i].unit, error);
    return status;
}

void tflow_i_quality_cells(tflow_builder *out, size_t first, const tflow_i_cell *cell)
{
    tflow_builder_status(out, first, (char)cell->status);
    tflow_builder_float64(out, first + 1, cell->not_observed);
    tflow_builder_int64(out, first + 2, cell->n_missing);
    tflow_builder_bool(out, first + 3, cell->lower_bound);
    tflow_builder_bool(out, first + 4, cell->incomplete);
}

tflow_i_cell tflow_i_cell_join(const tflow_i_cell *a, const tflow_i_cell *b)
{
    tflow_i_cell joined = *a;
    joined.value = NAN;
    joined.status = (uint8_t)tflow_i_status_weaker((char)a->status, (char)b->status);
    joined.not_observed = fmax(a->not_observed, b->not_observed);
    joined.n_rows += b->n_rows;
    joined.n_missing += b->n_missing;
    joined.lower_bound |= b->lower_bound;
    joined.incomplete |= b->incomplete;
    return joined;
}

tflow_status tflow_i_cells_notes(tflow_builder *out, const tflow_i_cells *cells,
                                 tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    for (size_t i = 0; i < cells->n_notes && status == TFLOW_OK; i++)
        status = tflow_builder_note(out, cells->notes[i], error);
    return status;
}

tflow_status tflow_i_incomplete_note(tflow_builder *out, const tflow_i_cells *cells,
                                     tflow_error *error)
{
    tflow_period first = TFLOW_PERIOD_NONE, last = TFLOW_PERIOD_NONE;
    char a[TFLOW_PERIOD_SIZE], b[TFLOW_PERIOD_SIZE], text[160];

    for (size_t i = 0; i < cells->n; i++) {
        tflow_period period = cells->cells[i].period;
        if (!cells->cells[i].incomplete)
            continue;
        if (first == TFLOW_PERIOD_NONE || period < first)
            first = period;
        if (last == TFLOW_PERIOD_NONE || period > last)
            last = period;
    }
    if (first == TFLOW_PERIOD_NONE)
        return TFLOW_OK;
    tflow_period_format(first, a);
    tflow_period_format(last, b);
    if (first == last)
        snprintf(text, sizeof text, "%s is incomplete and left out of the fit", a);
    else
        snprintf(text, sizeof text,
                 "incomplete periods are left out of the fit: first %s, last %s", a, b);
    return tflow_builder_note(out, text, error);
}
