/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "margins/against_ops.h"
#include "tradeflow/margins.h"

#include <math.h>
#include <string.h>

enum {
    NATIONAL = TFLOW_I_AGAINST_PARTS,
    MIX,
    REGIONAL,
    COMPETITIVE,
    ALLOCATION,
    UNMATCHED,
    REASON
};

static const tflow_output outputs[] = {
    TFLOW_I_KEY_OUTPUTS,
    TFLOW_I_AGAINST_OUTPUTS,
    {"national", TFLOW_FLOAT64, "value", "growth at the rate of the reference"},
    {"mix", TFLOW_FLOAT64, "value", "from being in lines that grow faster, or slower"},
    {"regional", TFLOW_FLOAT64, "value",
     "from growing faster than the reference in a line"},
    {"competitive", TFLOW_FLOAT64, "value",
     "of it, as if the structure were the reference's"},
    {"allocation", TFLOW_FLOAT64, "value",
     "of it, from being specialised where it is ahead"},
    {"unmatched", TFLOW_FLOAT64, "value",
     "change of lines that the reference did not trade"},
    {"reason", TFLOW_KEY, "", "why there are no parts"},
    TFLOW_I_QUALITY_OUTPUTS,
};

static tflow_status row(tflow_builder *out, size_t at, const tflow_i_against *a,
                        const tflow_i_args *args, tflow_error *error)
{
    tflow_shift_share_parts p;
    tflow_new_lines rule = tflow_i_arg_is(args, "new_lines", "allocation")
                               ? TFLOW_NEW_LINES_ALLOCATION
                               : TFLOW_NEW_LINES_UNDEFINED;
    tflow_status status =
        tflow_shift_share(tflow_vec_of(a->from, a->n), tflow_vec_of(a->to, a->n),
                          tflow_vec_of(a->world_from, a->n),
                          tflow_vec_of(a->world_to, a->n), rule, a->missing, &p, error);
    if (status < 0)
        return status;
    tflow_builder_float64(out, at + TFLOW_I_AGAINST_CHANGE, p.change);
    tflow_builder_float64(out, at + NATIONAL, p.national);
    tflow_builder_float64(out, at + MIX, p.mix);
    tflow_builder_float64(out, at + REGIONAL, p.regional);
    tflow_builder_float64(out, at + COMPETITIVE, p.competitive);
    tflow_builder_float64(out, at + ALLOCATION, p.allocation);
    tflow_builder_float64(out, at + UNMATCHED, p.unmatched);
    if (isnan(p.competitive))
        tflow_builder_key(out, at + REASON, tflow_status_text(status));
    return TFLOW_OK;
}

static tflow_status run(const tflow_i_args *args, tflow_builder *out,
                        tflow_error *error)
{
    return tflow_i_against_run(args, NULL, 0,
                               tflow_i_arg_is(args, "reference", "others"), outputs,
                               TFLOW_I_COUNT(outputs), row, out, error);
}

static const tflow_parameter parameters[] = {
    TFLOW_I_AGAINST_OVER,
    TFLOW_I_AGAINST_BASE,
    TFLOW_I_AGAINST_REFERENCE,
    {"new_lines", TFLOW_PARAMETER_CHOICE, "undefined", "undefined|allocation", 0, 0,
     "lines that were 0, whose growth is no number: there is no split of regional, or "
     "they count as allocation"},
};

const tflow_operation tflow_i_op_shift_share = {
    .name = "shift_share",
    .summary =
        "Shift-share: growth of the whole, mix of lines, and growth ahead of them",
    .definition =
        "Over the lines of --over with the same other keys, from the period "
        "before or from --base, x the reporter's trade before, g_k the growth "
        "of its line, w, r and r_k trade and growth of the reference (all "
        "reporters of the table, or with --reference others the rest of them) "
        "and of its line: national = r x; mix = sum (r_k - r) x_k; regional = "
        "sum (g_k - r_k) x_k (Dunn); competitive = sum (g_k - r_k) h_k and "
        "allocation = sum (g_k - r_k)(x_k - h_k) with h_k = x w_k/w (Esteban- "
        "Marquillas). A line without a row traded nothing. Where a line was 0 "
        "that the reference traded, g_k is not defined: competitive and "
        "allocation are missing, or with --new-lines allocation its change is "
        "allocation. Lines that the reporter traded and the reference did not "
        "are unmatched. national + mix + regional + unmatched = change, "
        "competitive + allocation = regional, but for rounding.",
    .reference = "Dunn (1960), Papers of the Regional Science Association 6; Esteban- "
                 "Marquillas (1972), Regional and Urban Economics 2(3)",
    .example = "shift_share data/comtrade/wood_imports_2018_2022.csv --reporter "
               "ITA,DEU --flow M --base 2018 --period 2018:2022",
    .inputs_min = 1,
    .inputs_max = 1,
    .shared = TFLOW_I_SELECT,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
