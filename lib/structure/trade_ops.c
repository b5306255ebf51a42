/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/trade_ops.h"

#include <math.h>
#include <string.h>

#define KEY_SIZE 10

/* ---- both flows ---- */

static const char *mirrored(const char *name)
{
    return strcmp(name, "reporter") == 0  ? "partner"
           : strcmp(name, "partner") == 0 ? "reporter"
                                          : name;
}

/* What the partners report as exports, under the names that the importers have. */
static tflow_status read_mirror(const tflow_table *table, const tflow_i_selection *own,
                                tflow_i_cells *cells, tflow_error *error)
{
    static const char *const exports[] = {"X"};
    tflow_i_selection s = *own;
    const char *by[8];
    for (size_t k = 0; k < s.n_by; k++)
        by[k] = mirrored(own->by[k]);
    s.by = by;
    s.flows = exports;
    s.reporters = own->partners;
    s.n_reporters = own->n_partners;
    s.partners = own->reporters;
    s.n_partners = own->n_reporters;
    if (s.total == TFLOW_I_TOTAL_WORLD) /* of who reports, there is none */
        s.total = TFLOW_I_TOTAL_AUTO;
    tflow_status status = tflow_i_aggregate(table, &s, cells, error);
    for (size_t k = 0; k < cells->n_by && status == TFLOW_OK; k++) {
        const char *name = mirrored(cells->by[k]);
        if (name != cells->by[k])
            memcpy(cells->by[k], name, strlen(name) + 1);
    }
    return status;
}

static tflow_status read_flows(const tflow_i_args *args, const tflow_i_selection *own,
                               tflow_i_trade *t, tflow_error *error)
{
    static const char *const exports[] = {"X"}, *const imports[] = {"M"};
    const tflow_table *table = tflow_i_input(args, 0);
    tflow_i_selection s = *own;
    s.n_flows = 1;
    s.flows = exports;
    tflow_status status = tflow_i_cells_of(args, 0, &s, &t->exports, error);
    if (status != TFLOW_OK)
        return status;
    s.flows = imports;
    if (t->exports.total != TFLOW_I_TOTAL_AUTO)
        s.total = t->exports.total;
    return tflow_i_arg_is(args, "imports", "mirror")
               ? read_mirror(table, &s, &t->imports, error)
               : tflow_i_aggregate(table, &s, &t->imports, error);
}

/* ---- side by side ---- */

static int mark_report(const tflow_i_trade *t, const int32_t *key, int imports)
{
    int32_t report[3] = {imports, t->reporter == SIZE_MAX ? -1 : key[t->reporter],
                         key[t->n_by]};
    return tflow_i_groups_add(t->reports, report) != SIZE_MAX;
}

/* Number the keys of a series. Returns 0 when out of memory. */
static int key_of(const tflow_i_trade *t, const tflow_i_cells *cells, size_t series,
                  int32_t *key)
{
    for (size_t k = 0; k < t->n_by; k++) {
        key[k] = -1;
        for (size_t j = 0; j < cells->n_by; j++) {
            if (strcmp(cells->by[j], t->by[k]) != 0)
                continue;
            const char *text = tflow_i_cells_key(cells, series, j);
            key[k] = tflow_i_dict_add(t->texts, text, strlen(text));
            if (key[k] < 0)
                return 0;
        }
    }
    return 1;
}

static int add_flow(tflow_i_trade *t, const tflow_i_cells *cells, int imports)
{
    int32_t key[KEY_SIZE];
    tflow_i_adder *sums = imports ? t->m : t->x;
    for (size_t s = 0; s < cells->n_series; s++) {
        if (!key_of(t, cells, s, key))
            return 0;
        for (size_t i = cells->series[s]; i < cells->series[s + 1]; i++) {
            key[t->n_by] = cells->cells[i].period;
            size_t at = tflow_i_groups_add(t->keys, key);
            if (at == SIZE_MAX || !mark_report(t, key, imports))
                return 0;
            tflow_i_adder_add(&sums[at], &cells->cells[i]);
        }
    }
    return 1;
}

static int compare(size_t a, size_t b, const void *context)
{
    const tflow_i_trade *t = context;
    for (size_t k = 0; k < t->n_by; k++) {
        int order = strcmp(tflow_i_trade_text(t, a, k), tflow_i_trade_text(t, b, k));
        if (order != 0)
            return order;
    }
    tflow_period p = tflow_i_trade_period(t, a), q = tflow_i_trade_period(t, b);
    return (p > q) - (p < q);
}

static int set_side_by_side(tflow_i_trade *t)
{
    size_t most = t->exports.n + t->imports.n;
    for (size_t k = 0; k < t->exports.n_by; k++)
        if (strcmp(t->exports.by[k], "flow") != 0)
            memcpy(t->by[t->n_by++], t->exports.by[k], TFLOW_I_NAME_SIZE);
    t->reporter = SIZE_MAX;
    for (size_t k = 0; k < t->n_by; k++)
        if (strcmp(t->by[k], "reporter") == 0)
            t->reporter = k;
    t->texts = tflow_i_dict_new();
    t->keys = tflow_i_groups_new(t->n_by + 1);
    t->reports = tflow_i_groups_new(3);
    t->x = tflow_i_calloc(most, sizeof *t->x);
    t->m = tflow_i_calloc(most, sizeof *t->m);
    t->order = tflow_i_alloc(most, sizeof *t->order);
    if (t->texts == NULL || t->keys == NULL || t->reports == NULL || t->x == NULL ||
        t->m == NULL || t->order == NULL || !add_flow(t, &t->exports, 0) ||
        !add_flow(t, &t->imports, 1))
        return 0;
    t->n = tflow_i_groups_count(t->keys);
    for (size_t i = 0; i < t->n; i++)
        t->order[i] = i;
    return tflow_i_sort(t->order, t->n, compare, t);
}

tflow_status tflow_i_trade_open(const tflow_i_args *args, int with_reporter,
                                tflow_i_trade *t, tflow_error *error)
{
    const char *by[8];
    size_t n = 0;
    memset(t, 0, sizeof *t);
    tflow_status status = tflow_i_selection_of(args, &t->selection, error);
    if (status != TFLOW_OK)
        return status;
    if (t->selection.n_flows > 0)
        return tflow_i_arg_fail(error, TFLOW_EINVAL, "flow",
                                "found a flow; exports and imports are both needed");
    tflow_i_selection s = t->selection;
    if (with_reporter)
        by[n++] = "reporter";
    for (size_t k = 0; k < s.n_by && n < 7; k++)
        if (strcmp(s.by[k], "flow") != 0 &&
            (!with_reporter || strcmp(s.by[k], "reporter") != 0))
            by[n++] = s.by[k];
    s.by = by;
    s.n_by = n;
    status = read_flows(args, &s, t, error);
    if (status == TFLOW_OK && !set_side_by_side(t))
        status = tflow_i_nomem(error);
    if (status != TFLOW_OK)
        tflow_i_trade_close(t);
    return status;
}

void tflow_i_trade_close(tflow_i_trade *t)
{
    tflow_i_cells_free(&t->exports);
    tflow_i_cells_free(&t->imports);
    tflow_i_dict_free(t->texts);
    tflow_i_groups_free(t->keys);
    tflow_i_groups_free(t->reports);
    tflow_i_free(t->x);
    tflow_i_free(t->m);
    tflow_i_free(t->order);
    memset(t, 0, sizeof *t);
}

/* ---- looking at it ---- */

tflow_period tflow_i_trade_period(const tflow_i_trade *t, size_t key)
{
    return tflow_i_groups_key(t->keys, key)[t->n_by];
}

const char *tflow_i_trade_text(const tflow_i_trade *t, size_t key, size_t k)
{
    const char *text = tflow_i_dict_text(t->texts, tflow_i_groups_key(t->keys, key)[k]);
    return text == NULL ? "" : text;
}

tflow_i_cell tflow_i_trade_flow(const tflow_i_trade *t, size_t key, int imports)
{
    static const tflow_i_cell nothing = {.status = 'A'};
    static const tflow_i_cell unknown = {.value = NAN, .status = 'O'};
    const tflow_i_adder *sum = imports ? &t->m[key] : &t->x[key];
    const int32_t *texts = tflow_i_groups_key(t->keys, key);
    int32_t report[3] = {imports, t->reporter == SIZE_MAX ? -1 : texts[t->reporter],
                         texts[t->n_by]};
    /* A cell always has a row or is missing. */
    if (sum->cell.n_rows > 0 || sum->cell.n_missing > 0)
        return tflow_i_adder_cell(sum, t->selection.missing);
    return tflow_i_groups_find(t->reports, report) != SIZE_MAX ? nothing : unknown;
}

tflow_status tflow_i_trade_columns(tflow_builder *out, const tflow_i_trade *t,
                                   tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    for (size_t k = 0; k < t->n_by && status == TFLOW_OK; k++)
        status = tflow_builder_column(out, t->by[k], TFLOW_KEY, "", error);
    return status == TFLOW_OK
               ? tflow_builder_column(out, "period", TFLOW_PERIOD, "", error)
               : status;
}

size_t tflow_i_trade_cells(tflow_builder *out, const tflow_i_trade *t, size_t key)
{
    for (size_t k = 0; k < t->n_by; k++) {
        const char *text = tflow_i_trade_text(t, key, k);
        if (*text != '\0')
            tflow_builder_key(out, k, text);
    }
    tflow_builder_period(out, t->n_by, tflow_i_trade_period(t, key));
    return t->n_by + 1;
}

tflow_status tflow_i_same_money(const tflow_i_args *args, int *power,
                                tflow_error *error)
{
    const tflow_table *a = tflow_i_input(args, 0), *b = tflow_i_input(args, 1);
    const char *x = tflow_table_attribute(a, "currency");
    const char *y = tflow_table_attribute(b, "currency");
    if (x != NULL && y != NULL && strcmp(x, y) != 0)
        return tflow_i_fail(error, TFLOW_EMIXED,
                            "the first table is in %s and the second in %s; convert "
                            "one with --rates",
                            x, y);
    *power = tflow_i_unit_power(b) - tflow_i_unit_power(a);
    return TFLOW_OK;
}
