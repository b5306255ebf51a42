/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "margins/against_ops.h"
#include "tradeflow/margins.h"

#include <math.h>
#include <string.h>

enum {
    ACTIVITY = TFLOW_I_AGAINST_PARTS,
    STRUCTURE,
    INTENSITY,
    UNMATCHED,
    RATIO,
    ACTIVITY_RATIO,
    STRUCTURE_RATIO,
    INTENSITY_RATIO,
    REASON
};

static const tflow_output outputs[] = {
    TFLOW_I_KEY_OUTPUTS,
    TFLOW_I_AGAINST_OUTPUTS,
    {"activity", TFLOW_FLOAT64, "value", "from the total of activity"},
    {"structure", TFLOW_FLOAT64, "value", "from the shares of lines in it"},
    {"intensity", TFLOW_FLOAT64, "value",
     "from value by activity: prices, or market shares"},
    {"unmatched", TFLOW_FLOAT64, "value",
     "change of lines that have a value and no activity"},
    {"ratio", TFLOW_FLOAT64, "ratio",
     "value after over value before, of the other lines"},
    {"activity_ratio", TFLOW_FLOAT64, "ratio", "factor of it from activity"},
    {"structure_ratio", TFLOW_FLOAT64, "ratio", "factor of it from structure"},
    {"intensity_ratio", TFLOW_FLOAT64, "ratio", "factor of it from intensity"},
    {"reason", TFLOW_KEY, "", "why there are no parts"},
    TFLOW_I_QUALITY_OUTPUTS,
};

static tflow_status row(tflow_builder *out, size_t at, const tflow_i_against *a,
                        const tflow_i_args *args, tflow_error *error)
{
    tflow_lmdi_parts p;
    (void)args;
    tflow_status status =
        tflow_lmdi(tflow_vec_of(a->from, a->n), tflow_vec_of(a->to, a->n),
                   tflow_vec_of(a->world_from, a->n), tflow_vec_of(a->world_to, a->n),
                   a->missing, &p, error);
    if (status < 0)
        return status;
    tflow_builder_float64(out, at + TFLOW_I_AGAINST_CHANGE, p.change);
    tflow_builder_float64(out, at + ACTIVITY, p.activity);
    tflow_builder_float64(out, at + STRUCTURE, p.structure);
    tflow_builder_float64(out, at + INTENSITY, p.intensity);
    tflow_builder_float64(out, at + UNMATCHED, p.unmatched);
    tflow_builder_float64(out, at + RATIO, p.ratio);
    tflow_builder_float64(out, at + ACTIVITY_RATIO, p.activity_ratio);
    tflow_builder_float64(out, at + STRUCTURE_RATIO, p.structure_ratio);
    tflow_builder_float64(out, at + INTENSITY_RATIO, p.intensity_ratio);
    if (isnan(p.ratio))
        tflow_builder_key(out, at + REASON, tflow_status_text(status));
    return TFLOW_OK;
}

static tflow_status run(const tflow_i_args *args, tflow_builder *out,
                        tflow_error *error)
{
    const char *activity = tflow_i_arg_text(args, "activity");
    int own = strcmp(activity, "quantity") == 0 || strcmp(activity, "net_weight") == 0;
    return tflow_i_against_run(args, own ? activity : NULL, 0,
                               strcmp(activity, "others") == 0, outputs,
                               TFLOW_I_COUNT(outputs), row, out, error);
}

static const tflow_parameter parameters[] = {
    TFLOW_I_AGAINST_OVER,
    TFLOW_I_AGAINST_BASE,
    {"activity", TFLOW_PARAMETER_CHOICE, "world", "world|others|quantity|net_weight", 0,
     0,
     "what values are held against: the trade of all reporters of the table, of the "
     "others, or the reporter's own quantities"},
};

const tflow_operation tflow_i_op_lmdi = {
    .name = "lmdi",
    .summary =
        "Logarithmic mean Divisia index: a change as activity, structure and intensity",
    .definition =
        "Over the lines of --over with the same other keys, from the period "
        "before or from --base, x the reporter's trade, a its activity by "
        "--activity, A the sum of a: x_k = A (a_k/A) (x_k/a_k), and the part of "
        "each factor f is the sum over lines of L(x_k0, x_k1) ln(f_k1/f_k0), "
        "L(u, v) = (v - u)/ln(v/u), L(u, u) = u. activity is A, structure the "
        "shares a_k/A, intensity x_k/a_k: market shares where activity is trade "
        "of the world or of others, prices where it is quantities, which have "
        "to be in one unit. The ratios are exp(part / L(sum x_0, sum x_1)) and "
        "multiply to ratio. Zeros are taken as limits: a line that comes or "
        "goes counts as intensity where it has activity in the period without "
        "value, else as structure. Lines with a value and no activity in either "
        "period are unmatched. activity + structure + intensity + unmatched = "
        "change, but for rounding.",
    .reference = "Ang (2005), The LMDI approach to decomposition analysis: a practical "
                 "guide, Energy Policy 33(7)",
    .example =
        "lmdi data/comtrade/wood_imports_2018_2022.csv --reporter ITA,DEU --flow M "
        "--activity net_weight --base 2018 --period 2018:2022 --missing skip",
    .inputs_min = 1,
    .inputs_max = 1,
    .shared = TFLOW_I_SELECT,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
