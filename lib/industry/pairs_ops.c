/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "industry/pairs_ops.h"

#include <math.h>
#include <string.h>

enum { ONE, ALL };

static const int32_t *key_of(const tflow_i_pairs *p, size_t pair)
{
    return tflow_i_groups_key(p->totals.groups, pair);
}

static size_t moved(const tflow_i_pairs *p, size_t pair, int all, tflow_period period)
{
    int32_t key[TFLOW_I_TOTALS_KEY];
    size_t n = p->cells.n_by;
    memcpy(key, key_of(p, pair), (n + 2) * sizeof *key);
    if (all) {
        key[p->product] = TFLOW_I_ALL;
        key[n + 1] = ALL;
    }
    key[n] = period;
    return tflow_i_totals_at(&p->totals, key);
}

tflow_period tflow_i_pairs_period(const tflow_i_pairs *p, size_t pair)
{
    return key_of(p, pair)[p->cells.n_by];
}

size_t tflow_i_pairs_all(const tflow_i_pairs *p, size_t pair)
{
    return moved(p, pair, 1, tflow_i_pairs_period(p, pair));
}

size_t tflow_i_pairs_at(const tflow_i_pairs *p, size_t pair, tflow_period period)
{
    return moved(p, pair, 0, period);
}

double tflow_i_pairs_value(const tflow_i_pairs *p, size_t pair, int flow)
{
    if (p->pairs[pair].rows[flow])
        return p->pairs[pair].value[flow];
    return p->pairs[tflow_i_pairs_all(p, pair)].rows[flow] ? 0 : NAN;
}

/* X 0, M 1, -1 for re-exports and others. */
static int flow_of(const tflow_i_cells *cells, size_t series)
{
    for (size_t k = 0; k < cells->n_by; k++)
        if (strcmp(cells->by[k], "flow") == 0) {
            const char *flow = tflow_i_cells_key(cells, series, k);
            return strcmp(flow, "X") == 0   ? TFLOW_I_EXPORTS
                   : strcmp(flow, "M") == 0 ? TFLOW_I_IMPORTS
                                            : -1;
        }
    return -1;
}

static int key_series(const tflow_i_pairs *p, const tflow_i_cells *cells, size_t series,
                      int32_t *key)
{
    if (!tflow_i_totals_key(&p->totals, cells, series, key))
        return 0;
    key[p->flow] = TFLOW_I_ALL;
    key[p->cells.n_by + 1] = ONE;
    return 1;
}

/* First the totals, so that it is known how many there are. */
static int count(tflow_i_pairs *p)
{
    int32_t key[TFLOW_I_TOTALS_KEY];
    size_t n = p->cells.n_by;
    for (size_t s = 0; s < p->cells.n_series; s++) {
        if (flow_of(&p->cells, s) < 0)
            continue;
        if (!key_series(p, &p->cells, s, key))
            return 0;
        int32_t product = key[p->product];
        for (size_t i = p->cells.series[s]; i < p->cells.series[s + 1]; i++) {
            key[n] = p->cells.cells[i].period;
            key[p->product] = product;
            key[n + 1] = ONE;
            if (!tflow_i_totals_add(&p->totals, key, &p->cells.cells[i]))
                return 0;
            key[p->product] = TFLOW_I_ALL;
            key[n + 1] = ALL;
            if (!tflow_i_totals_add(&p->totals, key, &p->cells.cells[i]))
                return 0;
        }
    }
    return 1;
}

static void place(tflow_i_pairs *p, size_t pair, int flow, size_t series, double value)
{
    tflow_i_pair *one = &p->pairs[pair];
    if (one->series == SIZE_MAX)
        one->series = series;
    one->rows[flow] = 1;
    one->value[flow] = value;
}

static int fill(tflow_i_pairs *p)
{
    int32_t key[TFLOW_I_TOTALS_KEY];
    p->n = tflow_i_groups_count(p->totals.groups);
    p->pairs = tflow_i_calloc(p->n, sizeof *p->pairs);
    p->order = tflow_i_alloc(p->n, sizeof *p->order);
    if (p->pairs == NULL || p->order == NULL)
        return 0;
    for (size_t i = 0; i < p->n; i++)
        p->pairs[i] =
            (tflow_i_pair){{NAN, NAN}, {NAN, NAN}, {-1, -1}, {0, 0}, SIZE_MAX};
    for (size_t s = 0; s < p->cells.n_series; s++) {
        int flow = flow_of(&p->cells, s);
        if (flow < 0)
            continue;
        if (!key_series(p, &p->cells, s, key))
            return 0;
        for (size_t i = p->cells.series[s]; i < p->cells.series[s + 1]; i++) {
            key[p->cells.n_by] = p->cells.cells[i].period;
            size_t one = tflow_i_totals_at(&p->totals, key);
            place(p, one, flow, s, p->cells.cells[i].value);
            place(p, tflow_i_pairs_all(p, one), flow, s, NAN);
        }
    }
    return 1;
}

/* Quantities of a product are of use where they are all in one unit. */
static tflow_status fill_quantities(const tflow_i_args *args, tflow_i_pairs *p,
                                    tflow_i_selection selection, const char *quantity,
                                    tflow_error *error)
{
    tflow_i_cells cells = {0};
    const char *by[8];
    int32_t key[TFLOW_I_TOTALS_KEY];
    size_t n = 0, unit = SIZE_MAX, column;
    for (size_t k = 0; k < p->cells.n_by && n < 7; k++)
        if (k != p->flow)
            by[n++] = p->cells.by[k];
    if (strcmp(quantity, "quantity") == 0 && n < 7 &&
        tflow_table_find(tflow_i_input(args, 0), "quantity_unit", &column) == TFLOW_OK)
        by[n++] = "quantity_unit";
    selection.by = by;
    selection.n_by = n;
    selection.measure = quantity;
    selection.total = p->cells.total;
    tflow_status status =
        tflow_i_aggregate(tflow_i_input(args, 0), &selection, &cells, error);
    if (status != TFLOW_OK)
        return status;
    for (size_t k = 0; k < cells.n_by; k++)
        if (strcmp(cells.by[k], "quantity_unit") == 0)
            unit = k;
    for (size_t s = 0; s < cells.n_series && status == TFLOW_OK; s++) {
        int flow = flow_of(&cells, s);
        const char *name = unit == SIZE_MAX ? "" : tflow_i_cells_key(&cells, s, unit);
        int32_t number = tflow_i_dict_add(p->totals.texts, name, strlen(name));
        if (number < 0 || !key_series(p, &cells, s, key))
            status = tflow_i_nomem(error);
        for (size_t i = cells.series[s];
             status == TFLOW_OK && flow >= 0 && i < cells.series[s + 1]; i++) {
            key[p->cells.n_by] = cells.cells[i].period;
            size_t at = tflow_i_totals_at(&p->totals, key);
            if (at == SIZE_MAX)
                continue;
            tflow_i_pair *pair = &p->pairs[at];
            pair->quantity[flow] = pair->unit[flow] == -1 ? cells.cells[i].value : NAN;
            pair->unit[flow] = pair->unit[flow] == -1 ? number : -2;
        }
    }
    tflow_i_cells_free(&cells);
    return status;
}

static int by_whole(size_t a, size_t b, const void *context)
{
    const tflow_i_pairs *p = context;
    size_t x = tflow_i_pairs_all(p, a), y = tflow_i_pairs_all(p, b);
    return x < y ? -1 : x > y;
}

static int sort(tflow_i_pairs *p)
{
    for (size_t i = 0; i < p->n; i++)
        if (key_of(p, i)[p->cells.n_by + 1] == ONE)
            p->order[p->n_order++] = i;
    return tflow_i_sort(p->order, p->n_order, by_whole, p);
}

tflow_status tflow_i_pairs_open(const tflow_i_args *args,
                                const tflow_i_selection *given, tflow_period base,
                                const char *quantity, tflow_i_pairs *p,
                                tflow_error *error)
{
    tflow_i_selection selection = *given;
    const char *by[8];
    size_t n = 0;
    memset(p, 0, sizeof *p);
    by[n++] = "reporter";
    for (size_t k = 0; k < given->n_by && n < 6; k++)
        if (strcmp(given->by[k], "reporter") != 0 &&
            strcmp(given->by[k], "product") != 0)
            by[n++] = given->by[k];
    by[n++] = "product";
    selection.by = by;
    selection.n_by = n;
    if (base != TFLOW_PERIOD_NONE && given->first != TFLOW_PERIOD_NONE &&
        tflow_period_start(base) < tflow_period_start(given->first))
        selection.first = base;
    if (base != TFLOW_PERIOD_NONE && given->last != TFLOW_PERIOD_NONE &&
        tflow_period_start(base) > tflow_period_start(given->last))
        selection.last = base;
    p->missing = given->missing;
    tflow_status status = tflow_i_cells_of(args, 0, &selection, &p->cells, error);
    if (status == TFLOW_OK)
        status = tflow_i_totals_open(&p->totals, &p->cells, error);
    if (status == TFLOW_OK) {
        p->product = tflow_i_totals_name(&p->totals, "product");
        p->flow = tflow_i_totals_name(&p->totals, "flow");
        if (p->flow == SIZE_MAX)
            status = tflow_i_fail(error, TFLOW_EINVAL,
                                  "found no column flow, expected exports and imports");
    }
    if (status == TFLOW_OK && (!count(p) || !fill(p) || !sort(p)))
        status = tflow_i_nomem(error);
    if (status == TFLOW_OK && quantity != NULL)
        status = fill_quantities(args, p, selection, quantity, error);
    if (status != TFLOW_OK)
        tflow_i_pairs_close(p);
    return status;
}

void tflow_i_pairs_close(tflow_i_pairs *p)
{
    tflow_i_cells_free(&p->cells);
    tflow_i_totals_close(&p->totals);
    tflow_i_free(p->pairs);
    tflow_i_free(p->order);
    memset(p, 0, sizeof *p);
}
