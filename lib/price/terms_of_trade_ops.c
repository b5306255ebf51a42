/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "price/index_ops.h"

#include <math.h>
#include <string.h>

enum {
    BARTER,
    INCOME,
    EXPORT_PRICE,
    IMPORT_PRICE,
    EXPORT_VALUE,
    EXPORT_COVERAGE,
    IMPORT_COVERAGE,
    REASON,
    QUALITY
};

static const tflow_output outputs[] = {
    TFLOW_I_KEY_OUTPUTS,
    {"period", TFLOW_PERIOD, "", "when"},
    {"terms_of_trade", TFLOW_FLOAT64, "index",
     "net barter: 100 export price / import price"},
    {"income_terms_of_trade", TFLOW_FLOAT64, "index",
     "100 value index of exports / import price"},
    {"export_price_index", TFLOW_FLOAT64, "ratio", "1 at the base"},
    {"import_price_index", TFLOW_FLOAT64, "ratio", "1 at the base"},
    {"export_value_index", TFLOW_FLOAT64, "ratio", "1 at the base"},
    {"export_coverage", TFLOW_FLOAT64, "fraction",
     "share of the value of exports that has a price and is no outlier"},
    {"import_coverage", TFLOW_FLOAT64, "fraction", "the same of imports"},
    {"reason", TFLOW_KEY, "", "why there are no terms of trade"},
    TFLOW_I_QUALITY_OUTPUTS,
};

/* ---- exports and imports of the same traders ---- */

static size_t flow_key(const tflow_i_prices *prices)
{
    size_t k = 0;
    while (k < prices->value.n_by && strcmp(prices->value.by[k], "flow") != 0)
        k++;
    return k;
}

static int same_but_flow(const tflow_i_prices *prices, size_t a, size_t b)
{
    for (size_t k = 0; k < prices->value.n_by; k++)
        if (!prices->product_key[k] && strcmp(prices->value.by[k], "flow") != 0 &&
            strcmp(tflow_i_cells_key(&prices->value, a, k),
                   tflow_i_cells_key(&prices->value, b, k)) != 0)
            return 0;
    return 1;
}

static int is_flow(const tflow_i_prices *prices, size_t g, const char *flow)
{
    return strcmp(tflow_i_cells_key(&prices->value, prices->groups[g].series,
                                    flow_key(prices)),
                  flow) == 0;
}

/* The group of imports beside a group of exports; SIZE_MAX for none. */
static size_t imports_of(const tflow_i_prices *prices, size_t exports)
{
    for (size_t g = 0; g < prices->n_groups; g++)
        if (is_flow(prices, g, "M") && same_but_flow(prices, prices->groups[g].series,
                                                     prices->groups[exports].series))
            return g;
    return SIZE_MAX;
}

/* Keys of groups without the flow, of which there are two. */
static tflow_status key_columns(tflow_builder *out, const tflow_i_prices *prices,
                                tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    for (size_t k = 0; k < prices->value.n_by && status == TFLOW_OK; k++)
        if (!prices->product_key[k] && k != flow_key(prices))
            status =
                tflow_builder_column(out, prices->value.by[k], TFLOW_KEY, "", error);
    return status == TFLOW_OK
               ? tflow_builder_column(out, "period", TFLOW_PERIOD, "", error)
               : status;
}

static size_t key_cells(tflow_builder *out, const tflow_i_prices *prices, size_t series,
                        tflow_period period)
{
    size_t column = 0;
    for (size_t k = 0; k < prices->value.n_by; k++)
        if (!prices->product_key[k] && k != flow_key(prices))
            tflow_builder_key(out, column++,
                              tflow_i_cells_key(&prices->value, series, k));
    tflow_builder_period(out, column++, period);
    return column;
}

/* ---- output ---- */

static const char *reason_for(const tflow_i_index *exports, size_t t,
                              const tflow_i_index *imports, size_t u,
                              tflow_status status)
{
    if (isnan(exports->level[t]))
        return "no price index of exports";
    if (isnan(imports->level[u]))
        return "no price index of imports";
    return status == TFLOW_OK ? NULL : tflow_status_text(status);
}

static tflow_status write_period(tflow_builder *out, const tflow_i_prices *prices,
                                 size_t series, const tflow_i_index *exports, size_t t,
                                 const tflow_i_index *imports, size_t u,
                                 tflow_error *error)
{
    double barter, income, value;
    size_t at = key_cells(out, prices, series, exports->panel.periods[t]);
    tflow_status status =
        tflow_terms_of_trade(exports->level[t], imports->level[u], &barter);
    tflow_volume_index(exports->at_base.value, exports->panel.total[t].value, 1,
                       &value);
    tflow_income_terms_of_trade(value, imports->level[u], &income);
    tflow_builder_float64(out, at + BARTER, barter);
    tflow_builder_float64(out, at + INCOME, income);
    tflow_builder_float64(out, at + EXPORT_PRICE, exports->level[t]);
    tflow_builder_float64(out, at + IMPORT_PRICE, imports->level[u]);
    tflow_builder_float64(out, at + EXPORT_VALUE, value);
    tflow_builder_float64(out, at + EXPORT_COVERAGE,
                          tflow_i_index_coverage(exports, t));
    tflow_builder_float64(out, at + IMPORT_COVERAGE,
                          tflow_i_index_coverage(imports, u));
    const char *reason = reason_for(exports, t, imports, u, status);
    if (reason != NULL)
        tflow_builder_key(out, at + REASON, reason);
    tflow_i_cell joined =
        tflow_i_cell_join(&exports->panel.total[t], &imports->panel.total[u]);
    joined = tflow_i_cell_join(&joined, &exports->at_base);
    joined = tflow_i_cell_join(&joined, &imports->at_base);
    tflow_i_quality_cells(out, at + QUALITY, &joined);
    return tflow_builder_row(out, error);
}

/* Periods that both sides have. */
static tflow_status write_periods(tflow_builder *out, const tflow_i_prices *prices,
                                  size_t series, const tflow_i_index *exports,
                                  const tflow_i_index *imports, tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    for (size_t t = 0; t < exports->panel.view.n_periods && status == TFLOW_OK; t++) {
        size_t u = tflow_i_panel_period(&imports->panel, exports->panel.periods[t]);
        if (u != SIZE_MAX)
            status = write_period(out, prices, series, exports, t, imports, u, error);
    }
    return status;
}

/* The base of both sides: that of the call, or the first period that both have. */
static tflow_status compute_both(const tflow_i_args *args, tflow_i_index *exports,
                                 tflow_i_index *imports, tflow_error *error)
{
    tflow_period base;
    tflow_status status = tflow_i_index_base(args, &base, error);
    for (size_t t = 0; base == TFLOW_PERIOD_NONE && t < exports->panel.view.n_periods;
         t++)
        if (tflow_i_panel_period(&imports->panel, exports->panel.periods[t]) !=
            SIZE_MAX)
            base = exports->panel.periods[t];
    if (status == TFLOW_OK)
        status = tflow_i_index_compute(args, base, exports, error);
    return status == TFLOW_OK ? tflow_i_index_compute(args, base, imports, error)
                              : status;
}

static tflow_status write_pair(const tflow_i_args *args, tflow_builder *out,
                               const tflow_i_prices *prices, size_t g, size_t h,
                               const tflow_i_selection *selection, tflow_error *error)
{
    tflow_i_index exports, imports;
    tflow_status status = tflow_i_index_open(args, prices, &prices->groups[g],
                                             selection, &exports, error);
    if (status != TFLOW_OK)
        return status;
    status = tflow_i_index_open(args, prices, &prices->groups[h], selection, &imports,
                                error);
    if (status == TFLOW_OK) {
        status = compute_both(args, &exports, &imports, error);
        if (status == TFLOW_OK)
            status = write_periods(out, prices, prices->groups[g].series, &exports,
                                   &imports, error);
        tflow_i_index_close(&imports);
    }
    tflow_i_index_close(&exports);
    return status;
}

static tflow_status write_all(const tflow_i_args *args, tflow_builder *out,
                              const tflow_i_prices *prices,
                              const tflow_i_selection *selection, tflow_error *error)
{
    tflow_status status = key_columns(out, prices, error);
    size_t alone = 0;
    if (status == TFLOW_OK)
        status =
            tflow_i_output_columns(out, outputs, TFLOW_I_COUNT(outputs), "", error);
    for (size_t g = 0; g < prices->n_groups && status == TFLOW_OK; g++) {
        if (!is_flow(prices, g, "X"))
            continue;
        size_t h = imports_of(prices, g);
        if (h == SIZE_MAX)
            alone++;
        else
            status = write_pair(args, out, prices, g, h, selection, error);
    }
    if (status == TFLOW_OK && alone > 0)
        status = tflow_builder_note(
            out, "exports without imports of the same keys are left out", error);
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
    if (status == TFLOW_OK && selection.n_flows > 0)
        status = tflow_i_arg_fail(error, TFLOW_EINVAL, "flow",
                                  "terms of trade need exports and imports; choose "
                                  "neither");
    if (status == TFLOW_OK)
        status = tflow_i_prices_open(args, tflow_i_price_of(args), &selection, &prices,
                                     error);
    if (status != TFLOW_OK)
        return status;
    if (flow_key(&prices) == prices.value.n_by)
        status = tflow_i_fail(error, TFLOW_EINVAL,
                              "the table does not say what is exported and imported");
    if (status == TFLOW_OK)
        status = write_all(args, out, &prices, &selection, error);
    if (status == TFLOW_OK)
        status = tflow_i_cells_notes(out, &prices.value, error);
    tflow_i_prices_close(&prices);
    return status;
}

static const tflow_parameter parameters[] = {TFLOW_I_INDEX_PARAMETERS};

const tflow_operation tflow_i_op_terms_of_trade = {
    .name = "terms_of_trade",
    .summary = "Net barter and income terms of trade, from price indices of flows",
    .definition =
        "terms_of_trade = 100 export_price_index / import_price_index; "
        "income_terms_of_trade = 100 export_value_index / import_price_index, which is "
        "terms of trade times the volume of exports. Both price indices are those of "
        "price_index, with the same formula and the same base: that of --base, or the "
        "first period in which there are exports and imports. Above 100 a unit of "
        "exports buys more imports than at the base. Rows are periods with exports and "
        "imports. Exports are as a rule FOB and imports CIF: freight counts as a price "
        "of imports.",
    .reference =
        "World Bank, World Development Indicators TT.PRI.MRCH.XD.WD, from UNCTAD, for "
        "the barter terms of trade; United Nations, Monthly Bulletin of Statistics, "
        "technical note to table 36, for the purchasing power of exports",
    .inputs_min = 1,
    .inputs_max = 1,
    .shared = TFLOW_I_SELECT,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
