/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summary/aggregate.h"
#include "op/select_args.h"

tflow_status tflow_i_sums_table(tflow_builder *out, const tflow_i_cells *cells,
                                tflow_error *error)
{
    size_t value = cells->n_by + 1;
    tflow_status status = tflow_i_key_columns(out, cells, 1, error);
    if (status == TFLOW_OK)
        status = tflow_builder_column(out, "value", TFLOW_FLOAT64, cells->unit, error);
    if (status == TFLOW_OK)
        status = tflow_builder_column(out, "n_rows", TFLOW_INT64, "", error);
    if (status == TFLOW_OK)
        status = tflow_i_quality_columns(out, error);
    for (size_t s = 0; s < cells->n_series; s++)
        for (size_t i = cells->series[s];
             i < cells->series[s + 1] && status == TFLOW_OK; i++) {
            const tflow_i_cell *cell = &cells->cells[i];
            tflow_i_key_cells(out, cells, s, cell->period);
            tflow_builder_float64(out, value, cell->value);
            tflow_builder_int64(out, value + 1, cell->n_rows);
            tflow_i_quality_cells(out, value + 2, cell);
            status = tflow_builder_row(out, error);
        }
    return status == TFLOW_OK ? tflow_i_cells_notes(out, cells, error) : status;
}

static tflow_status run(const tflow_i_args *args, tflow_builder *out,
                        tflow_error *error)
{
    tflow_i_selection selection;
    tflow_i_cells cells;
    if (tflow_i_keeps_state(args))
        return tflow_i_aggregate_state(args, out, error);
    if (tflow_i_arg_flag(args, "revise") || tflow_i_arg_flag(args, "subtract"))
        return tflow_i_arg_fail(
            error, TFLOW_EINVAL, "state",
            "--revise and --subtract change a state: name its file");
    if (tflow_i_inputs(args) == 0)
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "aggregate needs a file of flows, or - for standard input, "
                            "or a --state to print; see 'tradeflow help aggregate'");
    tflow_status status = tflow_i_selection_of(args, &selection, error);
    if (status == TFLOW_OK)
        status = tflow_i_cells_of(args, 0, &selection, &cells, error);
    if (status != TFLOW_OK)
        return status;
    status = tflow_i_sums_table(out, &cells, error);
    tflow_i_cells_free(&cells);
    return status;
}

static const tflow_parameter parameters[] = {
    {"state", TFLOW_PARAMETER_TEXT, NULL, NULL, 0, 0,
     "file of sums that are kept: the files are added to it (it is made when it is not "
     "there), and the sums of all are the result; without files they are only read"},
    {"revise", TFLOW_PARAMETER_FLAG, "no", NULL, 0, 0,
     "with --state: the files take the place of the periods that they cover, reporter "
     "by "
     "reporter and flow by flow; the result is what changed"},
    {"subtract", TFLOW_PARAMETER_FLAG, "no", NULL, 0, 0,
     "with --state: the files, which were added before, are taken away again"},
};

static const tflow_output outputs[] = {
    TFLOW_I_KEY_OUTPUTS,
    {"period", TFLOW_PERIOD, "", "when"},
    {"value", TFLOW_FLOAT64, "value", "the sum"},
    {"n_rows", TFLOW_INT64, "", "rows added up"},
    TFLOW_I_QUALITY_OUTPUTS,
    {"change", TFLOW_KEY, "", "with --revise: added, removed or changed"},
    {"before", TFLOW_FLOAT64, "value", "the sum before the revision"},
    {"after", TFLOW_FLOAT64, "value", "the sum after it"},
    {"difference", TFLOW_FLOAT64, "value", "after - before"},
    {"ratio", TFLOW_FLOAT64, "", "after / before"},
    {"n_rows_before", TFLOW_INT64, "", "rows added up before"},
    {"n_rows_after", TFLOW_INT64, "", "and after"},
    {"status_before", TFLOW_OBS_STATUS, "", "weakest status before"},
    {"status_after", TFLOW_OBS_STATUS, "", "and after"},
};

const tflow_operation tflow_i_op_aggregate = {
    .name = "aggregate",
    .summary = "Add flows up by reporter, partner, product, flow and period",
    .definition =
        "value = sum of the selected flows that share the keys of --by and the "
        "period.\n"
        "Exports, imports and re-exports are never added to each other. Where a file "
        "holds the World beside partners, TOTAL beside products, or chapters beside "
        "headings, one level is used and the others are set apart; where one level "
        "cannot be told, the call is refused. The sum carries the weakest SDMX status "
        "of its parts (A < P < E < I < F < Q < L < O), the share of its value that is "
        "not of status A, and how many parts are missing: it is missing too "
        "(propagate), a lower bound (skip), or counts them as zero (zero).\n"
        "With --state the sums are kept in a file, exact, by reporter, flow and "
        "period: a "
        "file that is added later gives what all files at once would give, to the last "
        "bit. A period that a reporter and flow already have is refused, because it "
        "would "
        "count twice, unless it is to be revised; options that are left out are taken "
        "from "
        "the state, others have to agree with it, and so do currency, unit and "
        "valuation. "
        "--missing may be chosen anew each time.",
    .reference = "SDMX code list CL_OBS_STATUS for the status letters",
    .example = "aggregate data/belarus/baci_belarus_partners_2000_2020.csv "
               "--reporter BLR --flow X",
    .inputs_min = 0, /* a state can be printed without */
    .inputs_max = 1,
    .shared = TFLOW_I_SELECT | TFLOW_I_SUMS,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
