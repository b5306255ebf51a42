/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "margins/against_ops.h"
#include "tradeflow/margins.h"

#include <math.h>
#include <string.h>

enum {
    GROWTH = TFLOW_I_AGAINST_PARTS,
    PRODUCT,
    MARKET,
    COMPETITIVENESS,
    GENERAL,
    OF_PRODUCT,
    OF_MARKET,
    INTERACTION,
    UNMATCHED,
    REASON
};

static const tflow_output outputs[] = {
    TFLOW_I_KEY_OUTPUTS,
    TFLOW_I_AGAINST_OUTPUTS,
    {"growth", TFLOW_FLOAT64, "value", "growth of the world at the share held"},
    {"product", TFLOW_FLOAT64, "value",
     "from being in products that grew more, or less"},
    {"market", TFLOW_FLOAT64, "value", "from being in markets that grew more, or less"},
    {"competitiveness", TFLOW_FLOAT64, "value",
     "from shares gained or lost, line by line"},
    {"competitiveness_general", TFLOW_FLOAT64, "value",
     "of it, from the share in the whole"},
    {"competitiveness_product", TFLOW_FLOAT64, "value",
     "of it, from the products shares were gained in"},
    {"competitiveness_market", TFLOW_FLOAT64, "value",
     "of it, from the markets shares were gained in"},
    {"interaction", TFLOW_FLOAT64, "value",
     "of growth and shares; 0 where the weights leave none"},
    {"unmatched", TFLOW_FLOAT64, "value",
     "change of lines that the reference does not trade"},
    {"reason", TFLOW_KEY, "", "why there are no parts"},
    TFLOW_I_QUALITY_OUTPUTS,
};

static tflow_constant_share_weights weights_of(const tflow_i_args *args)
{
    return tflow_i_arg_is(args, "weights", "base")  ? TFLOW_CONSTANT_SHARE_BASE
           : tflow_i_arg_is(args, "weights", "end") ? TFLOW_CONSTANT_SHARE_END
           : tflow_i_arg_is(args, "weights", "richardson")
               ? TFLOW_CONSTANT_SHARE_RICHARDSON
               : TFLOW_CONSTANT_SHARE_MIDPOINT;
}

static tflow_status row(tflow_builder *out, size_t at, const tflow_i_against *a,
                        const tflow_i_args *args, tflow_error *error)
{
    tflow_constant_market_share_parts p;
    int two_levels = a->product && a->partner;
    tflow_status status = tflow_constant_market_share(
        tflow_vec_of(a->from, a->n), tflow_vec_of(a->to, a->n),
        tflow_vec_of(a->world_from, a->n), tflow_vec_of(a->world_to, a->n),
        tflow_vec_of(a->groups, two_levels ? a->n : 0), weights_of(args), a->missing,
        &p, error);
    if (status < 0)
        return status;
    /* What comes first is in groups where there are two levels, in lines where not. */
    int market_is_line = two_levels ? !a->market_first : a->partner;
    double zero = isnan(p.change) ? NAN : 0;
    double first = two_levels ? p.groups : zero,
           of_first = two_levels ? p.competitiveness_groups : zero;
    tflow_builder_float64(out, at + TFLOW_I_AGAINST_CHANGE, p.change);
    tflow_builder_float64(out, at + GROWTH, p.growth);
    tflow_builder_float64(out, at + PRODUCT, market_is_line ? first : p.lines);
    tflow_builder_float64(out, at + MARKET, market_is_line ? p.lines : first);
    tflow_builder_float64(out, at + COMPETITIVENESS, p.competitiveness);
    tflow_builder_float64(out, at + GENERAL, p.competitiveness_general);
    tflow_builder_float64(out, at + OF_PRODUCT,
                          market_is_line ? of_first : p.competitiveness_lines);
    tflow_builder_float64(out, at + OF_MARKET,
                          market_is_line ? p.competitiveness_lines : of_first);
    tflow_builder_float64(out, at + INTERACTION, p.interaction);
    tflow_builder_float64(out, at + UNMATCHED, p.unmatched);
    if (isnan(p.change))
        tflow_builder_key(out, at + REASON, tflow_status_text(status));
    return TFLOW_OK;
}

static tflow_status run(const tflow_i_args *args, tflow_builder *out,
                        tflow_error *error)
{
    return tflow_i_against_run(args, NULL, tflow_i_arg_is(args, "order", "market"),
                               tflow_i_arg_is(args, "reference", "others"), outputs,
                               TFLOW_I_COUNT(outputs), row, out, error);
}

static const tflow_parameter parameters[] = {
    TFLOW_I_AGAINST_OVER,
    TFLOW_I_AGAINST_BASE,
    TFLOW_I_AGAINST_REFERENCE,
    {"weights", TFLOW_PARAMETER_CHOICE, "midpoint", "midpoint|base|end|richardson", 0,
     0,
     "which shares and markets are held: means of both periods, the first, the "
     "second, or first shares with second markets"},
    {"order", TFLOW_PARAMETER_CHOICE, "product", "product|market", 0, 0,
     "which effect is taken first with --over both; the second is within it"},
};

const tflow_operation tflow_i_op_constant_market_share = {
    .name = "constant_market_share",
    .summary =
        "Constant market shares: world growth, products, markets, competitiveness",
    .definition =
        "Over the lines of --over with the same other keys, from the period "
        "before or from --base, x the reporter's trade, w that of the reference "
        "(all reporters of the table, or with --reference others the rest of "
        "them), s = x/w: growth is the share in the whole times the change of w "
        "in the whole; product and market are what the same sum over products, "
        "and over lines, adds to it; competitiveness is the sum of w times the "
        "change of s over lines, of which general is that of the whole, and the "
        "rest is from products and markets. With --weights midpoint s and w are "
        "means of both periods and nothing is left; base holds those of the "
        "first period and end those of the second, and interaction is the "
        "change of s times that of w; richardson holds first shares and second "
        "markets, so that competitiveness is the residual of r X + sum (r_k - "
        "r) x_k + sum (r_kj - r_k) x_kj. A line without a row traded nothing; a "
        "share in nothing is 0; lines that the reporter trades and the "
        "reference does not, in either period, are unmatched. growth + product "
        "+ market + competitiveness + interaction + unmatched = change, but for "
        "rounding.",
    .reference = "Richardson (1971), Constant-market-shares analysis of export growth, "
                 "Journal of International Economics 1(2)",
    .example = "constant_market_share data/comtrade/wood_imports_2018_2022.csv --over "
               "product --reporter ITA,DEU --flow M --base 2018 --period 2018:2022",
    .inputs_min = 1,
    .inputs_max = 1,
    .shared = TFLOW_I_SELECT,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
