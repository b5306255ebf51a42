/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "price/data_ops.h"

#include <math.h>
#include <string.h>

/* ---- the two sides ---- */

/* The keys of the call, then those that tell products apart. */
static size_t all_keys(const tflow_i_selection *s, unsigned of, int units,
                       const char *by[10])
{
    const char *const own[] = {of & TFLOW_I_OF_PARTNER ? "partner" : NULL,
                               of & TFLOW_I_OF_PRODUCT ? "product" : NULL,
                               units ? "quantity_unit" : NULL};
    size_t n = 0;
    for (size_t i = 0; i < s->n_by; i++) {
        int repeated = 0;
        for (size_t k = 0; k < 3; k++)
            repeated |= own[k] != NULL && strcmp(own[k], s->by[i]) == 0;
        if (!repeated)
            by[n++] = s->by[i]; /* 7 at most, see below */
    }
    for (size_t k = 0; k < 3; k++)
        if (own[k] != NULL)
            by[n++] = own[k];
    return n;
}

static const char *measure_of(const tflow_i_args *args)
{
    const char *volume = tflow_i_arg_text(args, "volume");
    if (strcmp(volume, "auto") != 0)
        return volume;
    return tflow_i_table_column(tflow_i_input(args, 0), "quantity", TFLOW_FLOAT64) ==
                       NULL &&
                   tflow_i_table_column(tflow_i_input(args, 0), "net_weight",
                                        TFLOW_FLOAT64) != NULL
               ? "net_weight"
               : "quantity";
}

unsigned tflow_i_price_of(const tflow_i_args *args)
{
    return tflow_i_arg_is(args, "of", "both") ? TFLOW_I_OF_PRODUCT | TFLOW_I_OF_PARTNER
           : tflow_i_arg_is(args, "of", "partner") ? TFLOW_I_OF_PARTNER
                                                   : TFLOW_I_OF_PRODUCT;
}

tflow_status tflow_i_price_cut(const tflow_i_args *args, const char *rule, double *cut,
                               tflow_error *error)
{
    char text[TFLOW_I_DECIMAL_SIZE];
    *cut = tflow_i_arg_real(args, "cut");
    if (strcmp(rule, "none") == 0) {
        if (isnan(*cut))
            return TFLOW_OK;
        return tflow_i_arg_fail(error, TFLOW_EINVAL, "cut",
                                "a cut needs a rule; choose one with --outlier");
    }
    if (!isnan(*cut))
        return TFLOW_OK;
    *cut = tflow_unit_value_cut(rule);
    return tflow_i_resolve(args, "cut", tflow_i_decimal_format(*cut, text)) == TFLOW_OK
               ? TFLOW_OK
               : tflow_i_nomem(error);
}

/* Series of both sides stand in the order of their keys. */
static int order_of(const tflow_i_cells *a, size_t s, const tflow_i_cells *b, size_t t)
{
    int order = 0;
    for (size_t k = 0; k < a->n_by && order == 0; k++)
        order = strcmp(tflow_i_cells_key(a, s, k), tflow_i_cells_key(b, t, k));
    return order;
}

static int match_sides(tflow_i_prices *p)
{
    p->twin = tflow_i_alloc(p->value.n_series, sizeof *p->twin);
    if (p->twin == NULL)
        return 0;
    for (size_t s = 0, t = 0; s < p->value.n_series; s++) {
        while (t < p->quantity.n_series && order_of(&p->value, s, &p->quantity, t) > 0)
            t++;
        int same =
            t < p->quantity.n_series && order_of(&p->value, s, &p->quantity, t) == 0;
        p->twin[s] = same ? t : SIZE_MAX;
    }
    return 1;
}

const tflow_i_cell *tflow_i_quantity_of(const tflow_i_prices *prices, size_t series,
                                        tflow_period period)
{
    size_t twin = prices->twin[series];
    return twin == SIZE_MAX ? NULL : tflow_i_cells_at(&prices->quantity, twin, period);
}

double tflow_i_unit_value_of(const tflow_i_cell *value, const tflow_i_cell *quantity,
                             const char **reason)
{
    double unit_value = NAN;
    *reason = NULL;
    if (isnan(value->value))
        *reason = "the value is missing";
    else if (quantity == NULL || isnan(quantity->value))
        *reason = "the quantity is missing";
    else if (value->n_missing > 0 || quantity->n_missing > 0)
        *reason = "a part is missing";
    else if (quantity->value == 0)
        *reason = "the quantity is zero";
    else if (value->value == 0)
        *reason = "the value is zero";
    else if (tflow_unit_value(value->value, quantity->value, &unit_value) != TFLOW_OK)
        *reason = "not a price";
    return unit_value;
}

/* ---- groups ---- */

static int by_keys(size_t a, size_t b, const void *context)
{
    const tflow_i_prices *p = context;
    for (size_t k = 0; k < p->value.n_by; k++) {
        if (p->product_key[k])
            continue;
        int order = strcmp(tflow_i_cells_key(&p->value, a, k),
                           tflow_i_cells_key(&p->value, b, k));
        if (order != 0)
            return order;
    }
    return 0;
}

/* Series sorted by the keys of groups; the sort is stable, so that products stay in
 * their order. */
static int find_groups(tflow_i_prices *p)
{
    size_t n = p->value.n_series;
    p->member = tflow_i_alloc(n, sizeof *p->member);
    p->groups = tflow_i_calloc(n, sizeof *p->groups);
    if (p->member == NULL || p->groups == NULL)
        return 0;
    for (size_t s = 0; s < n; s++)
        p->member[s] = s;
    if (!tflow_i_sort(p->member, n, by_keys, p))
        return 0;
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || by_keys(p->member[i - 1], p->member[i], p) != 0)
            p->groups[p->n_groups++] = (tflow_i_price_group){p->member[i], i, 0};
        p->groups[p->n_groups - 1].n++;
    }
    return 1;
}

static void mark_product_keys(tflow_i_prices *p, unsigned of)
{
    for (size_t k = 0; k < p->value.n_by; k++) {
        const char *name = p->value.by[k];
        p->product_key[k] = (of & TFLOW_I_OF_PARTNER && strcmp(name, "partner") == 0) ||
                            (of & TFLOW_I_OF_PRODUCT && strcmp(name, "product") == 0) ||
                            strcmp(name, "quantity_unit") == 0;
    }
}

tflow_status tflow_i_prices_open(const tflow_i_args *args, unsigned of,
                                 tflow_i_selection *selection, tflow_i_prices *prices,
                                 tflow_error *error)
{
    const char *by[10], *measure = measure_of(args);
    tflow_i_selection all = *selection;
    memset(prices, 0, sizeof *prices);
    if (!tflow_i_arg_is(args, "measure", "value"))
        return tflow_i_arg_fail(error, TFLOW_EINVAL, "measure",
                                "prices are of values; choose the quantities with "
                                "--volume");
    int units = strcmp(measure, "quantity") == 0 &&
                tflow_i_table_column(tflow_i_input(args, 0), "quantity_unit",
                                     TFLOW_KEY) != NULL;
    all.n_by = all_keys(selection, of, units, by);
    all.by = by;
    if (all.n_by > 7) /* flow makes eight */
        return tflow_i_arg_fail(error, TFLOW_EINVAL, "by",
                                "found %zu keys with those of prices, expected at most "
                                "7",
                                all.n_by);
    if (of & TFLOW_I_OF_PARTNER)
        all.total = TFLOW_I_TOTAL_PARTNERS;
    tflow_status status = tflow_i_cells_of(args, 0, &all, &prices->value, error);
    if (status != TFLOW_OK)
        return status;
    /* The same total on both sides; a quantity that is missing is never 0. */
    if (prices->value.total != TFLOW_I_TOTAL_AUTO)
        all.total = prices->value.total;
    all.measure = measure;
    if (all.missing != TFLOW_MISSING_FAIL)
        all.missing = TFLOW_MISSING_PROPAGATE;
    status = tflow_i_aggregate(tflow_i_input(args, 0), &all, &prices->quantity, error);
    if (status == TFLOW_OK && tflow_i_resolve(args, "volume", measure) != TFLOW_OK)
        status = tflow_i_nomem(error);
    mark_product_keys(prices, of);
    if (status == TFLOW_OK && (!match_sides(prices) || !find_groups(prices)))
        status = tflow_i_nomem(error);
    if (status != TFLOW_OK)
        tflow_i_prices_close(prices);
    return status;
}

void tflow_i_prices_close(tflow_i_prices *prices)
{
    tflow_i_cells_free(&prices->value);
    tflow_i_cells_free(&prices->quantity);
    tflow_i_free(prices->twin);
    tflow_i_free(prices->groups);
    tflow_i_free(prices->member);
    memset(prices, 0, sizeof *prices);
}

tflow_status tflow_i_group_columns(tflow_builder *out, const tflow_i_prices *prices,
                                   tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    for (size_t k = 0; k < prices->value.n_by && status == TFLOW_OK; k++)
        if (!prices->product_key[k])
            status =
                tflow_builder_column(out, prices->value.by[k], TFLOW_KEY, "", error);
    return status == TFLOW_OK
               ? tflow_builder_column(out, "period", TFLOW_PERIOD, "", error)
               : status;
}

size_t tflow_i_group_cells(tflow_builder *out, const tflow_i_prices *prices,
                           size_t series, tflow_period period)
{
    size_t column = 0;
    for (size_t k = 0; k < prices->value.n_by; k++)
        if (!prices->product_key[k])
            tflow_builder_key(out, column++,
                              tflow_i_cells_key(&prices->value, series, k));
    tflow_builder_period(out, column++, period);
    return column;
}
