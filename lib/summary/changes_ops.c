/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a revision changed: cells before and after, side by side. */
#include "op/select_args.h"
#include "summary/aggregate.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static tflow_status columns(tflow_builder *out, const tflow_i_cells *cells,
                            tflow_error *error)
{
    const struct {
        const char *name;
        tflow_type type;
        const char *unit;
    } all[] = {
        {"change", TFLOW_KEY, ""},
        {"before", TFLOW_FLOAT64, cells->unit},
        {"after", TFLOW_FLOAT64, cells->unit},
        {"difference", TFLOW_FLOAT64, cells->unit},
        {"ratio", TFLOW_FLOAT64, ""},
        {"n_rows_before", TFLOW_INT64, ""},
        {"n_rows_after", TFLOW_INT64, ""},
        {"status_before", TFLOW_OBS_STATUS, ""},
        {"status_after", TFLOW_OBS_STATUS, ""},
    };
    tflow_status status = tflow_i_key_columns(out, cells, 1, error);
    for (size_t i = 0; i < TFLOW_I_COUNT(all) && status == TFLOW_OK; i++)
        status =
            tflow_builder_column(out, all[i].name, all[i].type, all[i].unit, error);
    return status;
}

/* One row; a cell that is not there is NULL, and one of them is there. */
static tflow_status put(tflow_builder *out, const tflow_i_cells *keys, size_t series,
                        const tflow_i_cell *before, const tflow_i_cell *after,
                        tflow_error *error)
{
    const tflow_i_cell *known = before != NULL ? before : after;
    size_t c = keys->n_by + 1;
    if (known == NULL)
        return TFLOW_EINTERNAL;
    double old = before == NULL ? NAN : before->value;
    double new = after == NULL ? NAN : after->value;
    double ratio = old == 0 ? NAN : new / old;

    tflow_i_key_cells(out, keys, series, known->period);
    tflow_builder_key(out, c,
                      before == NULL  ? "added"
                      : after == NULL ? "removed"
                                      : "changed");
    tflow_builder_float64(out, c + 1, old);
    tflow_builder_float64(out, c + 2, new);
    tflow_builder_float64(out, c + 3, new - old);
    tflow_builder_float64(out, c + 4, isfinite(ratio) ? ratio : NAN);
    tflow_builder_int64(out, c + 5, before == NULL ? 0 : before->n_rows);
    tflow_builder_int64(out, c + 6, after == NULL ? 0 : after->n_rows);
    if (before != NULL)
        tflow_builder_status(out, c + 7, (char)before->status);
    if (after != NULL)
        tflow_builder_status(out, c + 8, (char)after->status);
    return tflow_builder_row(out, error);
}

static int same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static int same_cell(const tflow_i_cell *a, const tflow_i_cell *b)
{
    return same_number(a->value, b->value) &&
           same_number(a->not_observed, b->not_observed) && a->n_rows == b->n_rows &&
           a->n_missing == b->n_missing && a->status == b->status &&
           a->incomplete == b->incomplete;
}

/* Order of a series of one and of the other: by the texts of the keys. */
static int compare(const tflow_i_cells *x, size_t a, const tflow_i_cells *y, size_t b)
{
    if (a == x->n_series || b == y->n_series)
        return a == x->n_series ? b != y->n_series : -1;
    int order = 0;
    for (size_t k = 0; order == 0 && k < x->n_by; k++)
        order = strcmp(tflow_i_cells_key(x, a, k), tflow_i_cells_key(y, b, k));
    return order;
}

typedef struct walk {
    tflow_builder *out;
    const tflow_i_cells *before, *after;
    size_t unchanged;
} walk;

/* Cells of one series, of which either side may be empty. */
static tflow_status put_series(walk *w, size_t a, int has_a, size_t b, int has_b,
                               tflow_error *error)
{
    const tflow_i_cells *x = w->before, *y = w->after;
    size_t i = has_a ? x->series[a] : 0, i_end = has_a ? x->series[a + 1] : 0;
    size_t k = has_b ? y->series[b] : 0, k_end = has_b ? y->series[b + 1] : 0;
    tflow_status status = TFLOW_OK;
    while ((i < i_end || k < k_end) && status == TFLOW_OK) {
        const tflow_i_cell *old = i < i_end ? &x->cells[i] : NULL;
        const tflow_i_cell *new = k < k_end ? &y->cells[k] : NULL;
        if (old != NULL && new != NULL && old->period != new->period) {
            if (old->period < new->period)
                new = NULL;
            else
                old = NULL;
        }
        i += old != NULL;
        k += new != NULL;
        if (old != NULL && new != NULL && same_cell(old, new))
            w->unchanged++;
        else
            status =
                put(w->out, old != NULL ? x : y, old != NULL ? a : b, old, new, error);
    }
    return status;
}

tflow_status tflow_i_changes_table(tflow_builder *out, const tflow_i_cells *before,
                                   const tflow_i_cells *after, tflow_error *error)
{
    walk w = {out, before, after, 0};
    char note[64];
    size_t a = 0, b = 0;
    tflow_status status = columns(out, after, error);

    while ((a < before->n_series || b < after->n_series) && status == TFLOW_OK) {
        int order = compare(before, a, after, b);
        status = put_series(&w, a, order <= 0, b, order >= 0, error);
        a += order <= 0;
        b += order >= 0;
    }
    if (status != TFLOW_OK)
        return status;
    snprintf(note, sizeof note, "%zu sums have not changed", w.unchanged);
    return tflow_builder_note(out, note, error);
}
