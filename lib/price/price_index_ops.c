/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "price/index_ops.h"

#include <math.h>

enum { PRICE, VOLUME, VALUE, N_PRODUCTS, COVERAGE, OUTLIER_SHARE, REASON, QUALITY };

static const tflow_output outputs[] = {
    TFLOW_I_KEY_OUTPUTS,
    {"period", TFLOW_PERIOD, "", "when"},
    {"price_index", TFLOW_FLOAT64, "ratio", "1 at the base"},
    {"volume_index", TFLOW_FLOAT64, "ratio", "value index / price index"},
    {"value_index", TFLOW_FLOAT64, "ratio", "value / value at the base"},
    {"n_products", TFLOW_INT64, "", "products that have a price in the period"},
    {"coverage", TFLOW_FLOAT64, "fraction",
     "share of the value that has a price and is no outlier"},
    {"outlier_share", TFLOW_FLOAT64, "fraction", "share of the value of outliers"},
    {"reason", TFLOW_KEY, "", "why there is no price index"},
    TFLOW_I_QUALITY_OUTPUTS,
};

static tflow_status write_period(tflow_builder *out, const tflow_i_prices *prices,
                                 const tflow_i_price_group *group,
                                 const tflow_i_index *x, size_t t, tflow_error *error)
{
    const tflow_i_panel *panel = &x->panel;
    const tflow_i_cell *total = &panel->total[t], *base = &x->at_base;
    double volume, value;
    size_t at = tflow_i_group_cells(out, prices, group->series, panel->periods[t]);
    tflow_volume_index(base->value, total->value, x->level[t], &volume);
    tflow_volume_index(base->value, total->value, 1, &value);
    int64_t n = 0;
    for (size_t k = 0; k < panel->view.n_products; k++)
        n += !isnan(panel->prices[t * panel->view.n_products + k]);
    tflow_builder_float64(out, at + PRICE, x->level[t]);
    tflow_builder_float64(out, at + VOLUME, volume);
    tflow_builder_float64(out, at + VALUE, value);
    tflow_builder_int64(out, at + N_PRODUCTS, n);
    if (total->value > 0) {
        tflow_builder_float64(out, at + COVERAGE, tflow_i_index_coverage(x, t));
        tflow_builder_float64(out, at + OUTLIER_SHARE,
                              panel->outlying[t] / total->value);
    }
    if (isnan(x->level[t]))
        tflow_builder_key(out, at + REASON, tflow_status_text(x->status));
    tflow_i_cell joined = tflow_i_cell_join(total, base);
    tflow_i_quality_cells(out, at + QUALITY, &joined);
    return tflow_builder_row(out, error);
}

static tflow_status write_group(const tflow_i_args *args, tflow_builder *out,
                                const tflow_i_prices *prices, size_t g,
                                const tflow_i_selection *selection, tflow_error *error)
{
    tflow_i_index x;
    tflow_period base;
    const tflow_i_price_group *group = &prices->groups[g];
    tflow_status status = tflow_i_index_base(args, &base, error);
    if (status == TFLOW_OK)
        status = tflow_i_index_open(args, prices, group, selection, &x, error);
    if (status != TFLOW_OK)
        return status;
    status = tflow_i_index_compute(args, base, &x, error);
    for (size_t t = 0; t < x.panel.view.n_periods && status == TFLOW_OK; t++)
        status = write_period(out, prices, group, &x, t, error);
    tflow_i_index_close(&x);
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
        status =
            tflow_i_output_columns(out, outputs, TFLOW_I_COUNT(outputs), "", error);
    for (size_t g = 0; g < prices.n_groups && status == TFLOW_OK; g++)
        status = write_group(args, out, &prices, g, &selection, error);
    if (status == TFLOW_OK)
        status = tflow_i_cells_notes(out, &prices.value, error);
    tflow_i_prices_close(&prices);
    return status;
}

static const tflow_parameter parameters[] = {TFLOW_I_INDEX_PARAMETERS};

const tflow_operation tflow_i_op_price_index = {
    .name = "price_index",
    .summary = "Price and volume indices of flows over time, of unit values",
    .definition =
        "Prices are unit values, product by product (see unit_value). laspeyres = sum "
        "p1 q0/sum p0 q0; paasche = sum p1 q1/sum p0 q1; fisher = sqrt(L P); tornqvist "
        "= prod (p1/p0)^((s0+s1)/2); walsh = sum p1 sqrt(q0 q1)/sum p0 sqrt(q0 q1); "
        "sato-vartia weighs with logarithmic means of the shares. Direct: each period "
        "against --base, over the products that both have; --chained yes multiplies "
        "neighbours. geks (of Fisher), geks-tornqvist, geary-khamis and the "
        "time-product-dummy compare all periods of a window at once; later windows are "
        "joined on by --splice: movement at the period before, window at the first "
        "common one, half in the middle, mean over all of them; -published takes the "
        "level there from the series, not from the window before. Neighbours are "
        "periods that have rows. value_index is that of all products, with a price or "
        "not; volume_index = value_index/price_index. No common product: no index, and "
        "the reason.",
    .reference =
        "IMF and others, Producer Price Index Manual (2004), chapters 15 to 19; Balk "
        "(2008), Price and Quantity Index Numbers; Krsinich (2016) and Chessa (2019) "
        "on "
        "splices; Silver (2010) on unit value indices",
    .example = "price_index data/comtrade/wood_imports_2018_2022.csv --by reporter",
    .inputs_min = 1,
    .inputs_max = 1,
    .shared = TFLOW_I_SELECT,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
