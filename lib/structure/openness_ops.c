/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/levels_ops.h"
#include "structure/trade_ops.h"
#include "tradeflow/structure.h"

#include <math.h>

enum {
    EXPORTS,
    IMPORTS,
    GDP,
    OPENNESS_SUM,
    OPENNESS_MEAN,
    EXPORT_RATIO,
    IMPORT_RATIO,
    REASON,
    QUALITY
};

static const tflow_output outputs[] = {
    TFLOW_I_KEY_OUTPUTS,
    {"period", TFLOW_PERIOD, "", "when"},
    {"exports", TFLOW_FLOAT64, "value", "x"},
    {"imports", TFLOW_FLOAT64, "value", "m"},
    {"gdp", TFLOW_FLOAT64, "value", "of the second table, in the unit of the first"},
    {"openness_sum", TFLOW_FLOAT64, "ratio", "(x + m) / gdp"},
    {"openness_mean", TFLOW_FLOAT64, "ratio", "(x + m) / 2 / gdp"},
    {"export_ratio", TFLOW_FLOAT64, "ratio", "x / gdp"},
    {"import_ratio", TFLOW_FLOAT64, "ratio", "m / gdp"},
    {"reason", TFLOW_KEY, "", "why there is no openness"},
    TFLOW_I_QUALITY_OUTPUTS,
};

typedef struct work {
    tflow_i_trade trade;
    tflow_i_levels gdp;
    int power; /* of ten, brings gdp to the unit of the flows */
} work;

/* ---- rows ---- */

static tflow_status write_row(tflow_builder *out, const work *w, size_t key,
                              tflow_error *error)
{
    const tflow_i_trade *t = &w->trade;
    tflow_i_cell x = tflow_i_trade_flow(t, key, 0), m = tflow_i_trade_flow(t, key, 1);
    const tflow_i_cell *y =
        tflow_i_levels_at(&w->gdp, tflow_i_groups_key(t->keys, key)[t->reporter],
                          tflow_i_trade_period(t, key));
    double gdp = y == NULL ? NAN : tflow_i_scaled(y->value, w->power), sum, mean, one;
    size_t at = tflow_i_trade_cells(out, t, key);
    tflow_i_cell joined = tflow_i_cell_join(&x, &m);
    tflow_status status = tflow_openness_sum(x.value, m.value, gdp, &sum);
    tflow_openness_mean(x.value, m.value, gdp, &mean);
    tflow_builder_float64(out, at + EXPORTS, x.value);
    tflow_builder_float64(out, at + IMPORTS, m.value);
    tflow_builder_float64(out, at + GDP, gdp);
    tflow_builder_float64(out, at + OPENNESS_SUM, sum);
    tflow_builder_float64(out, at + OPENNESS_MEAN, mean);
    tflow_openness_sum(x.value, 0, gdp, &one);
    tflow_builder_float64(out, at + EXPORT_RATIO, one);
    tflow_openness_sum(0, m.value, gdp, &one);
    tflow_builder_float64(out, at + IMPORT_RATIO, one);
    if (status != TFLOW_OK)
        tflow_builder_key(out, at + REASON,
                          isnan(x.value) || isnan(m.value) ? "a flow is not known"
                          : isnan(gdp)                     ? "GDP is not known"
                                                           : tflow_status_text(status));
    if (y != NULL)
        joined = tflow_i_cell_join(&joined, y);
    tflow_i_quality_cells(out, at + QUALITY, &joined);
    return tflow_builder_row(out, error);
}

static tflow_status run(const tflow_i_args *args, tflow_builder *out,
                        tflow_error *error)
{
    work w = {.power = 0};
    tflow_status status = tflow_i_same_money(args, &w.power, error);
    if (status == TFLOW_OK)
        status = tflow_i_trade_open(args, 1, &w.trade, error);
    if (status == TFLOW_OK)
        status =
            tflow_i_levels_open(args, &w.trade.selection, w.trade.texts, &w.gdp, error);
    const tflow_i_trade *t = &w.trade;
    if (status == TFLOW_OK)
        status = tflow_i_trade_columns(out, t, error);
    if (status == TFLOW_OK)
        status = tflow_i_output_columns(out, outputs, TFLOW_I_COUNT(outputs),
                                        t->exports.unit, error);
    for (size_t i = 0; status == TFLOW_OK && i < t->n; i++)
        if (tflow_i_asked_for(&t->selection, t->exports.step,
                              tflow_i_trade_period(t, t->order[i])))
            status = write_row(out, &w, t->order[i], error);
    if (status == TFLOW_OK)
        status = tflow_i_cells_notes(out, &t->exports, error);
    if (status == TFLOW_OK)
        status = tflow_i_levels_notes(out, &w.gdp, "GDP", error);
    tflow_i_trade_close(&w.trade);
    tflow_i_levels_close(&w.gdp);
    return status;
}

static const tflow_parameter parameters[] = {
    TFLOW_I_IMPORTS_PARAMETER,
};

const tflow_operation tflow_i_op_openness = {
    .name = "openness",
    .summary = "Trade over gross domestic product",
    .definition =
        "With x the exports and m the imports of a reporter, and gdp that of the "
        "second "
        "table for the same reporter and period: openness_sum = (x + m)/gdp, "
        "openness_mean = (x + m)/2/gdp; UNCTAD gives the mean, others the sum. "
        "Multipliers are brought to the first table's; currencies must agree, and GDP "
        "should be at current prices as flows are. Periods must be of one length: say "
        "--frequency A where flows are by month. The GDP of a group is the sum of its "
        "members that the second table has. Imports are what the reporter says, or "
        "with "
        "--imports mirror what its partners report as exports to it. A reporter "
        "without "
        "rows of one flow has no openness, one that GDP is not known of neither.",
    .reference = NULL,
    .example =
        "openness data/baci/totals_2017.csv.gz --with "
        "data/worldbank/gdp_2017.csv --imports mirror --reporter BLR,LTU,DEU,SGP",
    .inputs_min = 2,
    .inputs_max = 2,
    .shared = TFLOW_I_SELECT,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
