/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/trade_ops.h"
#include "tradeflow/structure.h"

#include <math.h>

enum { EXPORTS, IMPORTS, BALANCE, NORMALISED, COVERAGE, REASON, QUALITY };

static const tflow_output outputs[] = {
    TFLOW_I_KEY_OUTPUTS,
    {"period", TFLOW_PERIOD, "", "when"},
    {"exports", TFLOW_FLOAT64, "value", "x"},
    {"imports", TFLOW_FLOAT64, "value", "m"},
    {"balance", TFLOW_FLOAT64, "value", "x - m"},
    {"balance_normalised", TFLOW_FLOAT64, "", "(x - m)/(x + m), from -1 to 1"},
    {"coverage", TFLOW_FLOAT64, "ratio", "x/m"},
    {"reason", TFLOW_KEY, "", "why one of them is missing"},
    TFLOW_I_QUALITY_OUTPUTS,
};

static const char *reason_of(tflow_status balance, tflow_status normalised,
                             tflow_status coverage)
{
    if (balance == TFLOW_MISSING_VALUE)
        return "a flow is not known";
    if (balance != TFLOW_OK)
        return tflow_status_text(balance);
    if (normalised != TFLOW_OK)
        return "nothing is traded";
    return coverage == TFLOW_ZERO_BASE ? "nothing is imported"
           : coverage == TFLOW_OK      ? NULL
                                       : tflow_status_text(coverage);
}

static tflow_status write_row(tflow_builder *out, const tflow_i_trade *t, size_t key,
                              tflow_error *error)
{
    tflow_i_cell x = tflow_i_trade_flow(t, key, 0), m = tflow_i_trade_flow(t, key, 1);
    double balance, normalised, coverage;
    tflow_status a = tflow_trade_balance(x.value, m.value, &balance);
    tflow_status b = tflow_trade_balance_normalised(x.value, m.value, &normalised);
    tflow_status c = tflow_coverage_ratio(x.value, m.value, &coverage);
    const char *reason = reason_of(a, b, c);
    size_t at = tflow_i_trade_cells(out, t, key);
    tflow_builder_float64(out, at + EXPORTS, x.value);
    tflow_builder_float64(out, at + IMPORTS, m.value);
    tflow_builder_float64(out, at + BALANCE, balance);
    tflow_builder_float64(out, at + NORMALISED, normalised);
    tflow_builder_float64(out, at + COVERAGE, coverage);
    if (reason != NULL)
        tflow_builder_key(out, at + REASON, reason);
    tflow_i_cell joined = tflow_i_cell_join(&x, &m);
    tflow_i_quality_cells(out, at + QUALITY, &joined);
    return tflow_builder_row(out, error);
}

static tflow_status run(const tflow_i_args *args, tflow_builder *out,
                        tflow_error *error)
{
    tflow_i_trade t;
    tflow_status status = tflow_i_trade_open(args, 0, &t, error);
    if (status != TFLOW_OK)
        return status;
    status = tflow_i_trade_columns(out, &t, error);
    if (status == TFLOW_OK)
        status = tflow_i_output_columns(out, outputs, TFLOW_I_COUNT(outputs),
                                        t.exports.unit, error);
    for (size_t i = 0; i < t.n && status == TFLOW_OK; i++)
        if (tflow_i_asked_for(&t.selection, t.exports.step,
                              tflow_i_trade_period(&t, t.order[i])))
            status = write_row(out, &t, t.order[i], error);
    if (status == TFLOW_OK)
        status = tflow_i_cells_notes(out, &t.exports, error);
    tflow_i_trade_close(&t);
    return status;
}

static const tflow_parameter parameters[] = {
    TFLOW_I_IMPORTS_PARAMETER,
};

const tflow_operation tflow_i_op_trade_balance = {
    .name = "trade_balance",
    .summary = "Exports less imports: in money, over all trade, and as coverage",
    .definition =
        "With x the exports and m the imports of the same keys and period: balance = x "
        "- m; balance_normalised = (x - m)/(x + m), from -1 to 1; coverage = x/m. A "
        "key "
        "without a row of one flow counts as 0 of it where its reporter has rows of "
        "that flow in the period, else the flow is not known. Imports are what the "
        "reporter says, or with --imports mirror what its partners report as exports "
        "to "
        "it. Reported imports are mostly CIF and exports FOB, so that a reported "
        "balance "
        "is lower than one of mirrors; nothing is adjusted.",
    .reference = NULL,
    .example = "trade_balance data/census/us_census_country_table_1985_2011.csv.gz "
               "--bad-rows skip --frequency A --partner CHN,CAN --period 2009:2011",
    .inputs_min = 1,
    .inputs_max = 1,
    .shared = TFLOW_I_SELECT,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
