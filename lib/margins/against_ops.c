/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "margins/against_ops.h"

#include <math.h>
#include <string.h>

/* ---- which keys there are ---- */

static int of_line(const tflow_i_against *a, const char *key)
{
    return (a->product && strcmp(key, "product") == 0) ||
           (a->partner && strcmp(key, "partner") == 0);
}

static size_t key_named(const tflow_i_cells *cells, const char *name)
{
    for (size_t k = 0; k < cells->n_by; k++)
        if (strcmp(cells->by[k], name) == 0)
            return k;
    return SIZE_MAX;
}

static const char *text_of(const tflow_i_cells *cells, size_t series, const char *name)
{
    size_t k = key_named(cells, name);
    return k == SIZE_MAX ? "" : tflow_i_cells_key(cells, series, k);
}

/* A series of one of the two sets of cells. */
typedef struct place {
    const tflow_i_cells *cells;
    size_t series;
} place;

/* By the keys of theirs that do not tell lines apart: the context. */
static int by_context(const tflow_i_against *a, place x, place y)
{
    const tflow_i_cells *keys = &a->theirs;
    for (size_t k = 0; k < keys->n_by; k++) {
        if (of_line(a, keys->by[k]))
            continue;
        int order = strcmp(text_of(x.cells, x.series, keys->by[k]),
                           text_of(y.cells, y.series, keys->by[k]));
        if (order != 0)
            return order;
    }
    return 0;
}

static int by_line(const tflow_i_against *a, place x, place y)
{
    const char *first = a->market_first ? "partner" : "product";
    const char *second = a->market_first ? "product" : "partner";
    int order = of_line(a, first) ? strcmp(text_of(x.cells, x.series, first),
                                           text_of(y.cells, y.series, first))
                                  : 0;
    return order != 0 || !of_line(a, second)
               ? order
               : strcmp(text_of(x.cells, x.series, second),
                        text_of(y.cells, y.series, second));
}

static int by_trader(const tflow_i_against *a, size_t x, size_t y)
{
    const tflow_i_cells *cells = &a->mine;
    for (size_t k = 0; k < cells->n_by; k++) {
        int order = of_line(a, cells->by[k]) ? 0
                                             : strcmp(tflow_i_cells_key(cells, x, k),
                                                      tflow_i_cells_key(cells, y, k));
        if (order != 0)
            return order;
    }
    return 0;
}

static int order_mine(size_t x, size_t y, const void *context)
{
    const tflow_i_against *a = context;
    int order = by_trader(a, x, y);
    return order != 0 ? order : by_line(a, (place){&a->mine, x}, (place){&a->mine, y});
}

static int order_theirs(size_t x, size_t y, const void *context)
{
    const tflow_i_against *a = context;
    place p = {&a->theirs, x}, q = {&a->theirs, y};
    int order = by_context(a, p, q);
    return order != 0 ? order : by_line(a, p, q);
}

/* ---- reading ---- */

static size_t keys_of(const tflow_i_selection *s, const tflow_i_against *a,
                      int with_reporter, const char *by[10])
{
    size_t n = 0;
    for (size_t i = 0; i < s->n_by; i++)
        if (strcmp(s->by[i], "reporter") != 0 && !of_line(a, s->by[i]))
            by[n++] = s->by[i];
    if (with_reporter)
        by[n++] = "reporter";
    if (a->product)
        by[n++] = "product";
    if (a->partner)
        by[n++] = "partner";
    return n;
}

static tflow_status read_cells(const tflow_i_args *args, const char *measure,
                               tflow_i_against *a, tflow_error *error)
{
    const char *mine[10], *theirs[10];
    tflow_i_selection selection;
    tflow_status status = tflow_i_selection_of(args, &selection, error);
    if (status != TFLOW_OK)
        return status;
    tflow_i_selection other = selection;
    a->missing = selection.missing;
    selection.n_by = keys_of(&selection, a, 1, mine);
    selection.by = mine;
    other.n_by = keys_of(&other, a, measure != NULL, theirs);
    other.by = theirs;
    if (selection.n_by > 7)
        return tflow_i_arg_fail(error, TFLOW_EINVAL, "by",
                                "found %zu keys with those of lines, expected at most "
                                "7",
                                selection.n_by);
    if (a->partner)
        selection.total = TFLOW_I_TOTAL_PARTNERS;
    status = tflow_i_cells_of(args, 0, &selection, &a->mine, error);
    if (status != TFLOW_OK)
        return status;
    other.total = a->mine.total == TFLOW_I_TOTAL_AUTO ? selection.total : a->mine.total;
    if (measure == NULL)
        other.n_reporters = 0; /* the world is all of them, whoever is shown */
    else
        other.measure = measure;
    return tflow_i_aggregate(tflow_i_input(args, 0), &other, &a->theirs, error);
}

static tflow_status sort_series(tflow_i_against *a, tflow_error *error)
{
    size_t n = a->mine.n_series, m = a->theirs.n_series;
    double *room = tflow_i_alloc(n + m, 5 * sizeof *room);
    a->my_order = tflow_i_alloc(n, sizeof *a->my_order);
    a->their_order = tflow_i_alloc(m, sizeof *a->their_order);
    a->from = room;
    if (room == NULL || a->my_order == NULL || a->their_order == NULL)
        return tflow_i_nomem(error);
    a->to = room + (n + m);
    a->world_from = room + 2 * (n + m);
    a->world_to = room + 3 * (n + m);
    a->groups = room + 4 * (n + m);
    for (size_t s = 0; s < n; s++)
        a->my_order[s] = s;
    for (size_t s = 0; s < m; s++)
        a->their_order[s] = s;
    return tflow_i_sort(a->my_order, n, order_mine, a) &&
                   tflow_i_sort(a->their_order, m, order_theirs, a)
               ? TFLOW_OK
               : tflow_i_nomem(error);
}

/* ---- the lines of a trader and its context ---- */

/* A line without a row traded nothing. */
static double level(tflow_i_adder *sum, const tflow_i_cells *cells, size_t series,
                    tflow_period period)
{
    const tflow_i_cell *cell =
        series == SIZE_MAX ? NULL : tflow_i_cells_at(cells, series, period);
    if (cell == NULL)
        return 0;
    tflow_i_adder_add(sum, cell);
    return isnan(cell->value) && cell->n_missing == 0 ? 0 : cell->value;
}

/* What the others trade: never below 0 by rounding. */
static double rest(const tflow_i_against *a, double all, double mine)
{
    if (!a->others)
        return all;
    return all > mine ? all - mine : isnan(all - mine) ? NAN : 0;
}

/* The series of theirs that make the context of a trader: first..end of their order. */
static size_t context_of(const tflow_i_against *a, size_t trader, size_t *end)
{
    size_t low = 0, high = a->theirs.n_series;
    place mine = {&a->mine, trader};
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_context(a, (place){&a->theirs, a->their_order[middle]}, mine) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (*end = low;
         *end < a->theirs.n_series &&
         by_context(a, (place){&a->theirs, a->their_order[*end]}, mine) == 0;)
        ++*end;
    return low;
}

/* Both sets of lines side by side: they are in one order, and each may have lines that
 * the other has not. */
static void fill(tflow_i_against *a, const size_t *series, size_t n, tflow_period from,
                 tflow_period to)
{
    tflow_i_adder sums[4] = {{.lost = 0}, {.lost = 0}, {.lost = 0}, {.lost = 0}};
    size_t end, w = context_of(a, series[0], &end);
    const char *name = a->market_first ? "partner" : "product", *last = NULL;
    double group = 0;
    a->n = 0;
    for (size_t i = 0; i < n || w < end;) {
        place p = {&a->mine, i < n ? series[i] : 0};
        place q = {&a->theirs, w < end ? a->their_order[w] : 0};
        int order = i == n ? 1 : w == end ? -1 : by_line(a, p, q);
        size_t x = order <= 0 ? p.series : SIZE_MAX;
        size_t y = order >= 0 ? q.series : SIZE_MAX;
        const char *text =
            order <= 0 ? text_of(p.cells, x, name) : text_of(q.cells, y, name);
        i += order <= 0;
        w += order >= 0;
        group += last != NULL && strcmp(last, text) != 0;
        last = text;
        a->groups[a->n] = group;
        a->from[a->n] = level(&sums[0], &a->mine, x, from);
        a->to[a->n] = level(&sums[1], &a->mine, x, to);
        a->world_from[a->n] =
            rest(a, level(&sums[2], &a->theirs, y, from), a->from[a->n]);
        a->world_to[a->n] = rest(a, level(&sums[3], &a->theirs, y, to), a->to[a->n]);
        a->n++;
    }
    a->before = tflow_i_adder_cell(&sums[0], a->missing);
    a->after = tflow_i_adder_cell(&sums[1], a->missing);
    a->all_before = tflow_i_adder_cell(&sums[2], a->missing);
    a->all_after = tflow_i_adder_cell(&sums[3], a->missing);
}

/* ---- output ---- */

static tflow_status write_change(tflow_builder *out, tflow_i_against *a,
                                 const size_t *series, size_t n, tflow_period from,
                                 tflow_period to, const tflow_i_args *args,
                                 size_t n_outputs, tflow_i_against_row *row,
                                 tflow_error *error)
{
    size_t at = 0;
    fill(a, series, n, from, to);
    for (size_t k = 0; k < a->mine.n_by; k++)
        if (!of_line(a, a->mine.by[k]))
            tflow_builder_key(out, at++, tflow_i_cells_key(&a->mine, series[0], k));
    tflow_builder_period(out, at++, to);
    tflow_builder_period(out, at + TFLOW_I_AGAINST_FROM, from);
    tflow_builder_float64(out, at + TFLOW_I_AGAINST_VALUE_FROM, a->before.value);
    tflow_builder_float64(out, at + TFLOW_I_AGAINST_VALUE_TO, a->after.value);
    tflow_i_cell own = tflow_i_cell_join(&a->before, &a->after);
    tflow_i_cell all = tflow_i_cell_join(&a->all_before, &a->all_after);
    tflow_i_cell joined = tflow_i_cell_join(&own, &all);
    tflow_i_quality_cells(
        out, at + n_outputs - TFLOW_I_KEY_COLUMNS - TFLOW_I_QUALITY_COLUMNS, &joined);
    tflow_status status = row(out, at, a, args, error);
    return status < 0 ? status : tflow_builder_row(out, error);
}

static int has_period(const tflow_i_against *a, const size_t *series, size_t n,
                      tflow_period period)
{
    for (size_t i = 0; i < n; i++)
        if (tflow_i_cells_at(&a->mine, series[i], period) != NULL)
            return 1;
    return 0;
}

/* The first period of a trader after one, or after none. */
static tflow_period period_after(const tflow_i_against *a, const size_t *series,
                                 size_t n, tflow_period last)
{
    const tflow_i_cells *cells = &a->mine;
    tflow_period next = TFLOW_PERIOD_NONE;
    for (size_t i = 0; i < n; i++)
        for (size_t c = cells->series[series[i]]; c < cells->series[series[i] + 1];
             c++) {
            tflow_period period = cells->cells[c].period;
            if ((last == TFLOW_PERIOD_NONE || period > last) &&
                (next == TFLOW_PERIOD_NONE || period < next))
                next = period;
        }
    return next;
}

static tflow_status columns(tflow_builder *out, const tflow_i_against *a,
                            const tflow_output *outputs, size_t n_outputs,
                            tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    for (size_t k = 0; k < a->mine.n_by && status == TFLOW_OK; k++)
        if (!of_line(a, a->mine.by[k]))
            status = tflow_builder_column(out, a->mine.by[k], TFLOW_KEY, "", error);
    if (status == TFLOW_OK)
        status = tflow_builder_column(out, "period", TFLOW_PERIOD, "", error);
    return status == TFLOW_OK
               ? tflow_i_output_columns(out, outputs, n_outputs, a->mine.unit, error)
               : status;
}

static tflow_status read_base(const tflow_i_args *args, tflow_period *base,
                              tflow_error *error)
{
    tflow_period last = TFLOW_PERIOD_NONE;
    *base = TFLOW_PERIOD_NONE;
    if (!tflow_i_arg_set(args, "base"))
        return TFLOW_OK;
    tflow_i_arg_periods(args, "base", base, &last);
    if (*base != last || last == TFLOW_PERIOD_NONE)
        return tflow_i_arg_fail(error, TFLOW_EINVAL, "base", "expected one period");
    return TFLOW_OK;
}

tflow_status tflow_i_against_run(const tflow_i_args *args, const char *measure,
                                 int market_first, int others,
                                 const tflow_output *outputs, size_t n_outputs,
                                 tflow_i_against_row *row, tflow_builder *out,
                                 tflow_error *error)
{
    tflow_i_against a = {
        .product = !tflow_i_arg_is(args, "over", "partner"),
        .partner = !tflow_i_arg_is(args, "over", "product"),
    };
    tflow_period base;
    tflow_status status = read_base(args, &base, error);
    a.others = others;
    a.market_first = a.partner && (market_first || !a.product);
    if (status == TFLOW_OK)
        status = read_cells(args, measure, &a, error);
    if (status == TFLOW_OK)
        status = sort_series(&a, error);
    if (status == TFLOW_OK)
        status = columns(out, &a, outputs, n_outputs, error);
    size_t n = a.mine.n_series;
    for (size_t i = 0, end; i < n && status == TFLOW_OK; i = end) {
        const size_t *series = a.my_order + i;
        for (end = i + 1; end < n && by_trader(&a, series[0], a.my_order[end]) == 0;)
            end++;
        if (base != TFLOW_PERIOD_NONE && !has_period(&a, series, end - i, base))
            continue;
        tflow_period before = TFLOW_PERIOD_NONE, now;
        while (status == TFLOW_OK &&
               (now = period_after(&a, series, end - i, before)) != TFLOW_PERIOD_NONE) {
            tflow_period from = base == TFLOW_PERIOD_NONE ? before : base;
            if (from != TFLOW_PERIOD_NONE && from != now)
                status = write_change(out, &a, series, end - i, from, now, args,
                                      n_outputs, row, error);
            before = now;
        }
    }
    if (status == TFLOW_OK)
        status = tflow_i_cells_notes(out, &a.mine, error);
    tflow_i_cells_free(&a.mine);
    tflow_i_cells_free(&a.theirs);
    tflow_i_free(a.my_order);
    tflow_i_free(a.their_order);
    tflow_i_free(a.from);
    return status;
}
