/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "op/select_args.h"

static tflow_status write_cells(tflow_builder *out, const tflow_i_cells *cells,
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
    tflow_status status = tflow_i_selection_of(args, &selection, error);
    if (status == TFLOW_OK)
        status = tflow_i_cells_of(args, 0, &selection, &cells, error);
    if (status != TFLOW_OK)
        return status;
    status = write_cells(out, &cells, error);
    tflow_i_cells_free(&cells);
    return status;
}

static const tflow_output outputs[] = {
    TFLOW_I_KEY_OUTPUTS,
    {"period", TFLOW_PERIOD, "", "when"},
    {"value", TFLOW_FLOAT64, "value", "the sum"},
    {"n_rows", TFLOW_INT64, "", "rows added up"},
    TFLOW_I_QUALITY_OUTPUTS,
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
        "(propagate), a lower bound (skip), or counts them as zero (zero).",
    .reference = "SDMX code list CL_OBS_STATUS for the status letters",
    .example = "aggregate data/belarus/baci_belarus_partners_2000_2020.csv "
               "--reporter BLR --flow X",
    .inputs_min = 1,
    .inputs_max = 1,
    .shared = TFLOW_I_SELECT,
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
