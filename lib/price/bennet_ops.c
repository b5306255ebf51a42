/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "price/index_ops.h"

#include <math.h>

enum {
    FROM,
    VALUE_FROM,
    VALUE_TO,
    CHANGE,
    PRICE,
    VOLUME,
    ENTRY,
    EXIT,
    UNPRICED,
    REASON,
    QUALITY
};

static const tflow_output outputs[] = {
    TFLOW_I_KEY_OUTPUTS,
    {"period", TFLOW_PERIOD, "", "to when"},
    {"from", TFLOW_PERIOD, "", "from when"},
    {"value_from", TFLOW_FLOAT64, "value", "value before"},
    {"value_to", TFLOW_FLOAT64, "value", "value after"},
    {"change", TFLOW_FLOAT64, "value", "value_to - value_from"},
    {"price", TFLOW_FLOAT64, "value",
     "sum (q0 + q1)/2 (p1 - p0), of the priced in both"},
    {"volume", TFLOW_FLOAT64, "value", "sum (p0 + p1)/2 (q1 - q0), of the same"},
    {"entry", TFLOW_FLOAT64, "value", "value of products not traded before"},
    {"exit", TFLOW_FLOAT64, "value", "value of products no longer traded, negative"},
    {"unpriced", TFLOW_FLOAT64, "value",
     "change in value of products without a price in one of the periods"},
    {"reason", TFLOW_KEY, "", "why there are no parts"},
    TFLOW_I_QUALITY_OUTPUTS,
};

typedef struct sides {
    const tflow_i_panel *panel;
    size_t from, to;
    double *p0, *q0, *p1, *q1; /* of products that are priced or not traded */
    size_t n;
    double unpriced;
} sides;

/* Products into those that Bennet's sums take, and the change in value of the rest. A
 * value of 0 is not trade. */
static void divide(sides *s)
{
    const tflow_i_panel *x = s->panel;
    tflow_i_sum rest = {0, 0};
    s->n = 0;
    for (size_t k = 0; k < x->view.n_products; k++) {
        size_t a = s->from * x->view.n_products + k, b = s->to * x->view.n_products + k;
        double v0 = isnan(x->values[a]) ? 0 : x->values[a];
        double v1 = isnan(x->values[b]) ? 0 : x->values[b];
        int without =
            (v0 > 0 && v1 > 0) && (isnan(x->prices[a]) || isnan(x->prices[b]));
        if (without) {
            tflow_i_sum_add(&rest, v1);
            tflow_i_sum_add(&rest, -v0);
            continue;
        }
        /* What is in one period alone needs no price: one of its value will do. */
        int both = v0 > 0 && v1 > 0;
        s->p0[s->n] = v0 > 0 ? both ? x->prices[a] : v0 : NAN;
        s->q0[s->n] = v0 > 0 ? both ? x->quantities[a] : 1 : NAN;
        s->p1[s->n] = v1 > 0 ? both ? x->prices[b] : v1 : NAN;
        s->q1[s->n] = v1 > 0 ? both ? x->quantities[b] : 1 : NAN;
        s->n++;
    }
    s->unpriced = tflow_i_sum_value(&rest);
}

static tflow_status write_change(tflow_builder *out, const tflow_i_prices *prices,
                                 size_t series, sides *s, tflow_error *error)
{
    const tflow_i_cell *before = &s->panel->total[s->from];
    const tflow_i_cell *after = &s->panel->total[s->to];
    tflow_bennet_parts parts = {NAN, NAN, NAN, NAN, NAN};
    size_t at = tflow_i_group_cells(out, prices, series, s->panel->periods[s->to]);
    int known = !isnan(before->value) && !isnan(after->value);
    tflow_status status = TFLOW_MISSING_VALUE;
    divide(s);
    if (known && s->n > 0)
        status = tflow_bennet(tflow_vec_of(s->p0, s->n), tflow_vec_of(s->q0, s->n),
                              tflow_vec_of(s->p1, s->n), tflow_vec_of(s->q1, s->n),
                              &parts, error);
    else if (known) { /* nothing has a price: all of the change is unpriced */
        parts = (tflow_bennet_parts){0, 0, 0, 0, 0};
        status = TFLOW_OK;
    }
    if (status < 0)
        return status;
    tflow_builder_period(out, at + FROM, s->panel->periods[s->from]);
    tflow_builder_float64(out, at + VALUE_FROM, before->value);
    tflow_builder_float64(out, at + VALUE_TO, after->value);
    tflow_builder_float64(out, at + CHANGE, after->value - before->value);
    tflow_builder_float64(out, at + PRICE, parts.price);
    tflow_builder_float64(out, at + VOLUME, parts.volume);
    tflow_builder_float64(out, at + ENTRY, parts.entry);
    tflow_builder_float64(out, at + EXIT, parts.exit);
    if (status == TFLOW_OK)
        tflow_builder_float64(out, at + UNPRICED, s->unpriced);
    else
        tflow_builder_key(out, at + REASON, tflow_status_text(status));
    tflow_i_cell joined = tflow_i_cell_join(before, after);
    tflow_i_quality_cells(out, at + QUALITY, &joined);
    return tflow_builder_row(out, error);
}

static tflow_status write_group(const tflow_i_args *args, tflow_builder *out,
                                const tflow_i_prices *prices, size_t g,
                                const tflow_i_selection *selection, tflow_error *error)
{
    const tflow_i_price_group *group = &prices->groups[g];
    tflow_i_panel panel;
    tflow_period base;
    tflow_status status = tflow_i_index_base(args, &base, error);
    if (status == TFLOW_OK)
        status = tflow_i_panel_open(prices, group, selection, NULL, 0, &panel, error);
    if (status != TFLOW_OK)
        return status;
    double *room = tflow_i_alloc(panel.view.n_products, 4 * sizeof *room);
    size_t n = panel.view.n_products, from = tflow_i_panel_period(&panel, base);
    if (room == NULL)
        status = tflow_i_nomem(error);
    for (size_t t = 0; t < panel.view.n_periods && status == TFLOW_OK; t++) {
        sides s = {&panel,
                   base == TFLOW_PERIOD_NONE ? t - 1 : from,
                   t,
                   room,
                   room + n,
                   room + 2 * n,
                   room + 3 * n,
                   0,
                   0};
        if (base == TFLOW_PERIOD_NONE ? t > 0 : from != SIZE_MAX && t != from)
            status = write_change(out, prices, group->series, &s, error);
    }
    tflow_i_free(room);
    tflow_i_panel_close(&panel);
    return status;
}

static tflow_status run(const tflow_i_args *args, tflow_builder *out,
                        tflow_error *error)
{
    tflow_i_selection selection;
    tflow_i_prices prices;
    tflow_status status = tflow_i_selection_of(args, &selection, error);
    if (status == TFLOW_OK)
        status = tflow_i_not_accumulated(&selection, error);
    if (status == TFLOW_OK)
        status = tflow_i_prices_open(args, tflow_i_price_of(args), &selection, &prices,
                                     error);
    if (status != TFLOW_OK)
        return status;
    status = tflow_i_group_columns(out, &prices, error);
    if (status == TFLOW_OK)
        status = tflow_i_output_columns(out, outputs, TFLOW_I_COUNT(outputs),
                                        prices.value.unit, error);
    for (size_t g = 0; g < prices.n_groups && status == TFLOW_OK; g++)
        status = write_group(args, out, &prices, g, &selection, error);
    if (status == TFLOW_OK)
        status = tflow_i_cells_notes(out, &prices.value, error);
    tflow_i_prices_close(&prices);
    return status;
}

static const tflow_parameter parameters[] = {
    {"base", TFLOW_PARAMETER_PERIODS, NULL, NULL, 0, 0,
     "changes since this period; default: since the period before"},
    TFLOW_I_PRICE_OF,
    TFLOW_I_PRICE_QUANTITY,
};

const tflow_operation tflow_i_op_bennet = {
    .name = "bennet",
    .summary = "A change in value as price, volume, entry and exit",
    .definition =
        "Bennet's decomposition, product by product of unit values: price = sum (q0 + "
        "q1)/2 (p1 - p0) and volume = sum (p0 + p1)/2 (q1 - q0) over the products that "
        "have a price in both periods; entry and exit are the values of products that "
        "only one of the periods has, because nothing says what they would have cost; "
        "unpriced is the change in value of products that are traded in both and have "
        "no price in one, for want of a quantity. change = price + volume + entry + "
        "exit + unpriced, exactly but for rounding. The period before is the one "
        "before that has rows.",
    .reference = "Bennet (1920), The Theory of Measurement of Changes in Cost of "
                 "Living, Journal of the Royal Statistical Society 83",
    .example = "bennet data/comtrade/wood_imports_2018_2022.csv --by reporter",
    .inputs_min = 1,
    .inputs_max = 1,
    .shared = TFLOW_I_SELECT,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
