/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adding up rows to cells, and cells to sorted series. */
#include "flows/bin.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define KEY_SIZE (2 * TFLOW_I_DIMS + 1)

typedef struct work {
    unsigned by;  /* mask of the dims that stay apart */
    size_t width; /* of the series key */
    tflow_i_groups *series;
    tflow_i_groups *cells; /* (series, period) */
    tflow_i_bin *bins;
    size_t bins_capacity;
    /* Months that reporter and flow cover of each period, whoever the partner. */
    tflow_i_groups *spans; /* reporter, flow, period */
    unsigned *months;      /* per span: as tflow_i_plan_months */
    size_t months_capacity;
} work;

static void work_free(work *w)
{
    tflow_i_groups_free(w->series);
    tflow_i_groups_free(w->cells);
    tflow_i_groups_free(w->spans);
    tflow_i_free(w->bins);
    tflow_i_free(w->months);
}

/* The bin of a series and period; NULL when out of memory. */
static tflow_i_bin *bin_of(work *w, size_t series, tflow_period period)
{
    int32_t key[2] = {(int32_t)series, period};
    size_t before = tflow_i_groups_count(w->cells);
    size_t cell = tflow_i_groups_add(w->cells, key);
    if (cell == SIZE_MAX ||
        !tflow_i_reserve(&w->bins, &w->bins_capacity, cell + 1, sizeof *w->bins))
        return NULL;
    if (cell == before)
        memset(&w->bins[cell], 0, sizeof *w->bins);
    return &w->bins[cell];
}

static tflow_period out_period(const tflow_i_plan *plan, size_t row)
{
    return plan->selection->by_all_periods ? TFLOW_PERIOD_NONE
                                           : tflow_i_plan_period(plan, row);
}

static tflow_status add_rows(const tflow_i_plan *plan, work *w, tflow_error *error)
{
    int32_t key[KEY_SIZE];
    for (size_t i = 0; i < plan->n; i++) {
        size_t row = plan->rows[i];
        tflow_i_plan_key(plan, row, 0, w->by, 0, key);
        size_t series = tflow_i_groups_add(w->series, key);
        tflow_i_bin *bin =
            series == SIZE_MAX ? NULL : bin_of(w, series, out_period(plan, row));
        if (bin == NULL)
            return tflow_i_nomem(error);
        tflow_status status = tflow_i_bin_add(bin, plan, row, error);
        if (status != TFLOW_OK)
            return status;
    }
    return TFLOW_OK;
}

/* ---- a year of ten months is no year ---- */

static void span_key(const tflow_i_plan *plan, size_t row, int32_t key[3])
{
    const tflow_i_dim *reporter = &plan->dims[TFLOW_I_REPORTER];
    const tflow_i_dim *flow = &plan->dims[TFLOW_I_FLOW];
    key[0] = reporter->codes == NULL ? -1 : reporter->codes[row];
    key[1] = flow->codes == NULL ? -1 : flow->codes[row];
    key[2] = tflow_i_plan_period(plan, row);
}

/* All rows of the table count here whose period is, selected or not: a partner without
 * trade in March does not make the reporter's year incomplete, but a year of which only
 * the first half is asked for is none. */
static int cover(const tflow_i_plan *plan, work *w)
{
    w->spans = tflow_i_groups_new(3);
    if (w->spans == NULL)
        return 0;
    for (size_t row = 0; row < plan->table->rows; row++) {
        int32_t key[3];
        span_key(plan, row, key);
        if (key[2] == TFLOW_PERIOD_NONE ||
            !tflow_i_in_time(plan->selection, plan->periods[row]))
            continue;
        size_t spans = tflow_i_groups_count(w->spans);
        size_t span = tflow_i_groups_add(w->spans, key);
        if (span == SIZE_MAX || !tflow_i_reserve(&w->months, &w->months_capacity,
                                                 span + 1, sizeof *w->months))
            return 0;
        if (span == spans)
            w->months[span] = 0;
        w->months[span] |= tflow_i_plan_months(plan, row);
    }
    return 1;
}

static tflow_status flag_incomplete(const tflow_i_plan *plan, work *w,
                                    tflow_error *error)
{
    int32_t key[KEY_SIZE];
    if (plan->selection->frequency == 0 || plan->periods == NULL ||
        plan->selection->by_all_periods)
        return TFLOW_OK;
    if (!cover(plan, w))
        return tflow_i_nomem(error);
    for (size_t i = 0; i < plan->n; i++) {
        size_t row = plan->rows[i];
        int32_t span[3];
        span_key(plan, row, span);
        size_t s = tflow_i_groups_find(w->spans, span);
        tflow_i_plan_key(plan, row, 0, w->by, 0, key);
        size_t series = tflow_i_groups_find(w->series, key);
        if (s == SIZE_MAX || series == SIZE_MAX ||
            (~w->months[s] & ((1u << tflow_period_months(span[2])) - 1u)) == 0)
            continue;
        tflow_i_bin *bin = bin_of(w, series, span[2]);
        if (bin == NULL)
            return tflow_i_nomem(error);
        bin->incomplete = 1;
    }
    return TFLOW_OK;
}

/* ---- the full grid ---- */

/* Each combination of keys seen in any period is expected in every period. */
static tflow_status expect_all(const tflow_i_plan *plan, work *w, tflow_error *error)
{
    int32_t key[KEY_SIZE];
    size_t width = tflow_i_plan_key(plan, 0, TFLOW_I_ALL_DIMS, 0, 0, key);
    tflow_i_groups *flows = tflow_i_groups_new(width);
    tflow_i_groups *periods = tflow_i_groups_new(1);
    tflow_i_groups *present = tflow_i_groups_new(2);
    size_t *row_of = tflow_i_alloc(plan->n, sizeof *row_of); /* per flow: one row */
    int ok = flows != NULL && periods != NULL && present != NULL && row_of != NULL;

    for (size_t i = 0; i < plan->n && ok; i++) {
        size_t row = plan->rows[i];
        int32_t period = out_period(plan, row);
        tflow_i_plan_key(plan, row, TFLOW_I_ALL_DIMS, 0, 0, key);
        size_t flow = tflow_i_groups_add(flows, key);
        size_t p = tflow_i_groups_add(periods, &period);
        if (flow == SIZE_MAX || p == SIZE_MAX) {
            ok = 0;
            break;
        }
        row_of[flow] = row;
        int32_t pair[2] = {(int32_t)flow, (int32_t)p};
        ok = tflow_i_groups_add(present, pair) != SIZE_MAX;
    }
    for (size_t f = 0; ok && f < tflow_i_groups_count(flows); f++) {
        tflow_i_plan_key(plan, row_of[f], 0, w->by, 0, key);
        size_t series = tflow_i_groups_find(w->series, key);
        for (size_t p = 0; ok && p < tflow_i_groups_count(periods); p++) {
            int32_t pair[2] = {(int32_t)f, (int32_t)p};
            if (tflow_i_groups_find(present, pair) != SIZE_MAX)
                continue;
            tflow_i_bin *bin = bin_of(w, series, tflow_i_groups_key(periods, p)[0]);
            ok = bin != NULL;
            if (ok) {
                bin->n_missing++;
                bin->status = (uint8_t)tflow_i_status_weaker((char)bin->status, 'O');
            }
        }
    }
    tflow_i_groups_free(flows);
    tflow_i_groups_free(periods);
    tflow_i_groups_free(present);
    tflow_i_free(row_of);
    return ok ? TFLOW_OK : tflow_i_nomem(error);
}

/* ---- from bins to cells ---- */

static int by_key_then_period(size_t a, size_t b, const void *context)
{
    const tflow_i_cells *cells = context;
    for (size_t k = 0; k < cells->n_by; k++) {
        int order =
            strcmp(tflow_i_cells_key(cells, a, k), tflow_i_cells_key(cells, b, k));
        if (order != 0)
            return order;
    }
    return 0;
}

static int by_period(size_t a, size_t b, const void *context)
{
    const work *w = context;
    tflow_period p = tflow_i_groups_key(w->cells, a)[1];
    tflow_period q = tflow_i_groups_key(w->cells, b)[1];
    return (p > q) - (p < q);
}

/* Put the numbers of the cells in order: series by their rank, where each begins is
 * known by counting, and in a series by period, as they mostly come. first[rank] is
 * where a series begins, and has room for one more. */
static int sort_cells(const work *w, const size_t *rank, size_t *first, size_t *order)
{
    size_t n = tflow_i_groups_count(w->cells);
    size_t n_series = tflow_i_groups_count(w->series);
    size_t *next = tflow_i_alloc(n_series, sizeof *next);
    int ok = next != NULL;
    for (size_t c = 0; ok && c < n; c++)
        first[rank[tflow_i_groups_key(w->cells, c)[0]] + 1]++;
    for (size_t s = 0; ok && s < n_series; s++) {
        first[s + 1] += first[s];
        next[s] = first[s];
    }
    for (size_t c = 0; ok && c < n; c++)
        order[next[rank[tflow_i_groups_key(w->cells, c)[0]]]++] = c;
    for (size_t s = 0; ok && s < n_series; s++) {
        int sorted = 1;
        for (size_t i = first[s] + 1; i < first[s + 1]; i++)
            sorted &= by_period(order[i - 1], order[i], w) <= 0;
        if (!sorted)
            ok = tflow_i_sort(order + first[s], first[s + 1] - first[s], by_period, w);
    }
    tflow_i_free(next);
    return ok;
}

/* Sort the series by the texts of their keys; rank[series] is its place. */
static int sort_series(tflow_i_cells *out, const work *w, size_t *rank)
{
    size_t n = tflow_i_groups_count(w->series);
    size_t width = w->width;
    size_t *order = tflow_i_alloc(n, sizeof *order);
    int32_t *keys = tflow_i_alloc(n * width, sizeof *keys);
    out->keys = tflow_i_alloc(n * width, sizeof *keys);
    out->n_series = n;
    int ok = order != NULL && keys != NULL && out->keys != NULL;
    for (size_t s = 0; ok && s < n; s++) {
        order[s] = s;
        if (width > 0)
            memcpy(out->keys + s * width, tflow_i_groups_key(w->series, s),
                   width * sizeof *keys);
    }
    ok = ok && tflow_i_sort(order, n, by_key_then_period, out);
    for (size_t s = 0; ok && s < n; s++) {
        rank[order[s]] = s;
        if (width > 0)
            memcpy(keys + s * width, out->keys + order[s] * width,
                   width * sizeof *keys);
    }
    if (ok) {
        tflow_i_free(out->keys);
        out->keys = keys;
        keys = NULL;
    }
    tflow_i_free(order);
    tflow_i_free(keys);
    return ok;
}

static tflow_status close_work(const tflow_i_plan *plan, const work *w,
                               tflow_error *error)
{
    tflow_i_cells *out = plan->out;
    size_t n = tflow_i_groups_count(w->cells);
    size_t n_series = tflow_i_groups_count(w->series);
    size_t *rank = tflow_i_alloc(n_series, sizeof *rank);
    size_t *order = tflow_i_alloc(n, sizeof *order);
    out->cells = tflow_i_alloc(n, sizeof *out->cells);
    out->series = tflow_i_calloc(n_series + 1, sizeof *out->series);
    tflow_status status = TFLOW_OK;

    int ok = rank != NULL && order != NULL && out->cells != NULL &&
             out->series != NULL && sort_series(out, w, rank);
    if (!ok || !sort_cells(w, rank, out->series, order))
        status = tflow_i_nomem(error);
    for (size_t c = 0; c < n && status == TFLOW_OK; c++) {
        const int32_t *key = tflow_i_groups_key(w->cells, order[c]);
        status =
            tflow_i_bin_close(&w->bins[order[c]], plan, key[1], &out->cells[c], error);
        out->n = c + 1;
    }
    tflow_i_free(rank);
    tflow_i_free(order);
    return status;
}

/* ---- what a reader should know of the sums ---- */

/* A total that is not known because of few of its parts looks as if there were no data;
 * the way to what is known is not obvious. */
static tflow_status note_missing(tflow_i_plan *plan, const work *w, tflow_error *error)
{
    size_t n = 0;
    for (size_t c = 0; c < tflow_i_groups_count(w->cells); c++)
        n += w->bins[c].n_missing > 0 && w->bins[c].n_valued > 0;
    if (plan->selection->missing != TFLOW_MISSING_PROPAGATE || n == 0)
        return TFLOW_OK;
    return tflow_i_plan_dropped(plan, n,
                                "sums are missing because parts of them are; --missing "
                                "skip adds up the rest",
                                error);
}

/* Both sides of the trade of one country may stand in a file as exports: whose reports
 * are added must be seen. */
static tflow_status note_reporters(tflow_i_plan *plan, tflow_error *error)
{
    const tflow_i_dim *dim = &plan->dims[TFLOW_I_REPORTER];
    size_t n = 0;
    if (dim->codes == NULL || dim->by || dim->listed)
        return TFLOW_OK;
    uint8_t *seen = tflow_i_calloc((size_t)dim->n, 1);
    if (seen == NULL)
        return tflow_i_nomem(error);
    for (size_t i = 0; i < plan->n; i++) {
        int32_t code = dim->codes[plan->rows[i]];
        if (code >= 0 && !seen[code]) {
            seen[code] = 1;
            n++;
        }
    }
    tflow_i_free(seen);
    return tflow_i_plan_dropped(plan, n > 1 ? n : 0,
                                "reporters are added up; --by reporter keeps them "
                                "apart, --reporter chooses",
                                error);
}

/* The names and texts of the keys. The dictionaries pass from the plan to the result.
 */
static void take_keys(tflow_i_plan *plan, work *w)
{
    for (size_t d = 0; d < TFLOW_I_DIMS; d++) {
        tflow_i_dim *dim = &plan->dims[d];
        if (!dim->by || dim->codes == NULL || plan->out->n_by == 8)
            continue;
        w->by |= 1u << d;
        memcpy(plan->out->by[plan->out->n_by], dim->name, strlen(dim->name) + 1);
        plan->out->dicts[plan->out->n_by++] = dim->units;
        dim->units = NULL;
    }
    w->width = plan->out->n_by;
}

tflow_status tflow_i_plan_sum(tflow_i_plan *plan, tflow_error *error)
{
    work w = {0};
    take_keys(plan, &w);
    w.series = tflow_i_groups_new(w.width);
    w.cells = tflow_i_groups_new(2);
    tflow_status status =
        w.series == NULL || w.cells == NULL ? tflow_i_nomem(error) : TFLOW_OK;
    if (status == TFLOW_OK)
        status = note_reporters(plan, error);
    if (status == TFLOW_OK)
        status = add_rows(plan, &w, error);
    if (status == TFLOW_OK && plan->selection->complete && plan->n > 0)
        status = expect_all(plan, &w, error);
    if (status == TFLOW_OK)
        status = flag_incomplete(plan, &w, error);
    if (status == TFLOW_OK)
        status = close_work(plan, &w, error);
    if (status == TFLOW_OK)
        status = note_missing(plan, &w, error);
    work_free(&w);
    return status;
}
