/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of data/conformance.csv as a call, and the functions of figure.h that rows
 * call. */
#ifndef TFLOW_CONFORMANCE_H
#define TFLOW_CONFORMANCE_H

#include "csv_grid.h"
#include "tradeflow.h"

#define MAX_ARGUMENTS 6
#define MAX_NUMBERS 64

typedef struct call {
    double number[MAX_ARGUMENTS][MAX_NUMBERS];
    tflow_vec argument[MAX_ARGUMENTS];
    size_t n_arguments;
    tflow_missing missing;
    size_t n; /* parameters; 0 when not given */
    size_t k;
    double out[MAX_NUMBERS];
    size_t n_out;
    double scratch[MAX_NUMBERS];
    char method[128];
    char text[128]; /* statements */
    size_t which;
    tflow_figure_kind kind;
    tflow_projection_opts projection;
    tflow_backtest_opts backtest;
} call;

static inline double first(const call *c, size_t argument)
{
    return c->argument[argument].data[0];
}

typedef tflow_status run_call(call *c);

run_call run_range_rounded, run_range_add, run_range_subtract, run_range_multiply,
    run_range_divide, run_range_scale, run_range_intersect, run_range_widen,
    run_figure_given, run_figure_value_parse, run_figure_change_parse,
    run_figure_phrase_parse, run_figure_base, run_figure_joint_solve,
    run_figure_conflicts, run_figure_break_even, run_figure_check, run_figure_part_year;
run_call run_unit_value, run_unit_value_scores, run_price_index, run_price_index_series,
    run_volume_index, run_terms_of_trade, run_income_terms_of_trade, run_bennet;
run_call run_similarity_finger_kreinin, run_similarity_cosine, run_similarity_log_rca,
    run_complementarity_michaely, run_complementarity_drysdale, run_trade_intensity,
    run_intra_regional_share, run_trade_introversion, run_openness_sum,
    run_openness_mean, run_trade_balance, run_trade_balance_normalised,
    run_coverage_ratio, run_prody, run_expy;
run_call run_trade_margins, run_intensive_margin_price, run_change_margins,
    run_constant_market_share, run_shift_share, run_lmdi, run_survival;

#endif
