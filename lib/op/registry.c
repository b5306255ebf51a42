/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of operations, in alphabetical order: the only place that knows it. */
#include "op/op.h"

#include <string.h>

extern const tflow_operation tflow_i_op_advantage;
extern const tflow_operation tflow_i_op_aggregate;
extern const tflow_operation tflow_i_op_bennet;
extern const tflow_operation tflow_i_op_change_margins;
extern const tflow_operation tflow_i_op_compare;
extern const tflow_operation tflow_i_op_complementarity;
extern const tflow_operation tflow_i_op_concentration;
extern const tflow_operation tflow_i_op_constant_market_share;
extern const tflow_operation tflow_i_op_convert;
extern const tflow_operation tflow_i_op_describe;
extern const tflow_operation tflow_i_op_figure;
extern const tflow_operation tflow_i_op_growth;
extern const tflow_operation tflow_i_op_intensity;
extern const tflow_operation tflow_i_op_intra_industry;
extern const tflow_operation tflow_i_op_introversion;
extern const tflow_operation tflow_i_op_lmdi;
extern const tflow_operation tflow_i_op_openness;
extern const tflow_operation tflow_i_op_price_index;
extern const tflow_operation tflow_i_op_project;
extern const tflow_operation tflow_i_op_report;
extern const tflow_operation tflow_i_op_share;
extern const tflow_operation tflow_i_op_shift_share;
extern const tflow_operation tflow_i_op_similarity;
extern const tflow_operation tflow_i_op_sophistication;
extern const tflow_operation tflow_i_op_survival;
extern const tflow_operation tflow_i_op_terms_of_trade;
extern const tflow_operation tflow_i_op_trade_balance;
extern const tflow_operation tflow_i_op_trade_margins;
extern const tflow_operation tflow_i_op_trend;
extern const tflow_operation tflow_i_op_unit_value;

/* clang-format off */
static const tflow_operation *const operations[] = {
    &tflow_i_op_advantage,
    &tflow_i_op_aggregate,
    &tflow_i_op_bennet,
    &tflow_i_op_change_margins,
    &tflow_i_op_compare,
    &tflow_i_op_complementarity,
    &tflow_i_op_concentration,
    &tflow_i_op_constant_market_share,
    &tflow_i_op_convert,
    &tflow_i_op_describe,
    &tflow_i_op_figure,
    &tflow_i_op_growth,
    &tflow_i_op_intensity,
    &tflow_i_op_intra_industry,
    &tflow_i_op_introversion,
    &tflow_i_op_lmdi,
    &tflow_i_op_openness,
    &tflow_i_op_price_index,
    &tflow_i_op_project,
    &tflow_i_op_report,
    &tflow_i_op_share,
    &tflow_i_op_shift_share,
    &tflow_i_op_similarity,
    &tflow_i_op_sophistication,
    &tflow_i_op_survival,
    &tflow_i_op_terms_of_trade,
    &tflow_i_op_trade_balance,
    &tflow_i_op_trade_margins,
    &tflow_i_op_trend,
    &tflow_i_op_unit_value,
};
/* clang-format on */

size_t tflow_operation_count(void)
{
    return TFLOW_I_COUNT(operations);
}

const tflow_operation *tflow_operation_at(size_t i)
{
    return i < TFLOW_I_COUNT(operations) ? operations[i] : NULL;
}

const tflow_operation *tflow_operation_find(const char *name)
{
    if (name == NULL)
        return NULL;
    for (size_t i = 0; i < TFLOW_I_COUNT(operations); i++)
        if (strcmp(operations[i]->name, name) == 0)
            return operations[i];
    return NULL;
}
