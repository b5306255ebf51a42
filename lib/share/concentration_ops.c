/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "share/blocks_ops.h"
#include "tradeflow/share.h"

#include <math.h>
#include <string.h>

enum {
    N,
    N_ACTIVE,
    HHI,
    HHI_NORMALISED,
    HHI_UNCTAD,
    HIRSCHMAN,
    EQUIVALENT,
    TOP,
    SHANNON,
    THEIL_T,
    THEIL_L,
    GINI,
    GINI_CORRECTED,
    REASON,
    QUALITY
};

static const tflow_output outputs[] = {
    TFLOW_I_KEY_OUTPUTS,
    {"period", TFLOW_PERIOD, "", "when"},
    {"n", TFLOW_FLOAT64, "", "lines that count"},
    {"n_active", TFLOW_FLOAT64, "", "lines above zero"},
    {"hhi", TFLOW_FLOAT64, "", "sum of squared shares, 1/n to 1"},
    {"hhi_normalised", TFLOW_FLOAT64, "", "(H - 1/n)/(1 - 1/n)"},
    {"hhi_normalised_unctad", TFLOW_FLOAT64, "",
     "(sqrt H - sqrt(1/n))/(1 - sqrt(1/n))"},
    {"hirschman", TFLOW_FLOAT64, "", "sqrt H"},
    {"equivalent_number", TFLOW_FLOAT64, "", "1/H: equal lines as concentrated"},
    {"concentration_ratio", TFLOW_FLOAT64, "", "share of the k largest"},
    {"shannon", TFLOW_FLOAT64, "", "-sum s ln s"},
    {"theil_t", TFLOW_FLOAT64, "", "Theil's T over n lines"},
    {"theil_l", TFLOW_FLOAT64, "", "Theil's L; undefined with a line of zero"},
    {"gini", TFLOW_FLOAT64, "", "Gini over n lines"},
    {"gini_corrected", TFLOW_FLOAT64, "", "Gini times n/(n - 1)"},
    {"reason", TFLOW_KEY, "", "why there is no index"},
    TFLOW_I_QUALITY_OUTPUTS,
};

/* The keys without the one that the lines differ in. */
static tflow_status key_columns(tflow_builder *out, const tflow_i_blocks *b,
                                tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    for (size_t k = 0; k < b->cells.n_by && status == TFLOW_OK; k++)
        if (k != b->of)
            status = tflow_builder_column(out, b->cells.by[k], TFLOW_KEY, "", error);
    if (status == TFLOW_OK)
        status = tflow_builder_column(out, "period", TFLOW_PERIOD, "", error);
    return status;
}

static size_t write_keys(tflow_builder *out, const tflow_i_blocks *b,
                         const tflow_i_block *block)
{
    size_t column = 0;
    for (size_t k = 0; k < b->cells.n_by; k++)
        if (k != b->of)
            tflow_builder_key(out, column++,
                              tflow_i_cells_key(&b->cells, block->series, k));
    tflow_builder_period(out, column++, block->period);
    return column;
}

/* The indices of a vector; the first failure of a call is returned, an undefined one is
 * NaN and stops nothing. */
static tflow_status write_indices(tflow_builder *out, size_t at, tflow_vec x, size_t n,
                                  size_t k, tflow_missing missing, double *scratch,
                                  tflow_error *error)
{
    double v[GINI_CORRECTED + 1];
    tflow_status status[GINI_CORRECTED + 1];
    size_t counted, active;
    tflow_status lines = tflow_lines(x, n, missing, &counted, &active, error);
    if (lines < 0)
        return lines;
    if (lines == TFLOW_OK || lines == TFLOW_LOWER_BOUND) { /* else not known, not 0 */
        tflow_builder_float64(out, at + N, (double)counted);
        tflow_builder_float64(out, at + N_ACTIVE, (double)active);
    }
    status[HHI] = tflow_hhi(x, missing, &v[HHI], error);
    status[HHI_NORMALISED] =
        tflow_hhi_normalised(x, n, missing, &v[HHI_NORMALISED], error);
    status[HHI_UNCTAD] =
        tflow_hhi_normalised_unctad(x, n, missing, &v[HHI_UNCTAD], error);
    status[HIRSCHMAN] = tflow_hirschman(x, missing, &v[HIRSCHMAN], error);
    status[EQUIVALENT] = tflow_equivalent_number(x, missing, &v[EQUIVALENT], error);
    status[TOP] = tflow_concentration_ratio(x, k, missing, &v[TOP], error);
    status[SHANNON] = tflow_shannon(x, missing, &v[SHANNON], error);
    status[THEIL_T] = tflow_theil_t(x, n, missing, &v[THEIL_T], error);
    status[THEIL_L] = tflow_theil_l(x, n, missing, &v[THEIL_L], error);
    status[GINI] = tflow_gini(x, n, missing, scratch, &v[GINI], error);
    status[GINI_CORRECTED] =
        tflow_gini_corrected(x, n, missing, scratch, &v[GINI_CORRECTED], error);
    for (size_t i = HHI; i <= GINI_CORRECTED; i++) {
        if (status[i] < 0)
            return status[i];
        tflow_builder_float64(out, at + i, v[i]);
    }
    if (isnan(v[HHI]))
        tflow_builder_key(out, at + REASON, tflow_status_text(status[HHI]));
    return TFLOW_OK;
}

static tflow_status write_block(tflow_builder *out, const tflow_i_args *args,
                                const tflow_i_blocks *b, const tflow_i_block *block,
                                tflow_missing missing, double *values, double *scratch,
                                tflow_error *error)
{
    tflow_i_cell quality = tflow_i_block_total(b, block, missing);
    size_t n_lines = 0;
    for (size_t i = 0; i < block->n; i++) {
        const tflow_i_cell *cell = &b->cells.cells[b->line[block->first + i]];
        if (!isnan(cell->value) || cell->n_missing > 0) /* not what cannot exist */
            values[n_lines++] = cell->value;
    }
    size_t n = (size_t)tflow_i_arg_integer(args, "n");
    size_t k = (size_t)tflow_i_arg_integer(args, "k");
    size_t at = write_keys(out, b, block);
    tflow_status status = write_indices(out, at, tflow_vec_of(values, n_lines), n, k,
                                        missing, scratch, error);
    if (status != TFLOW_OK)
        return status;
    tflow_i_quality_cells(out, at + QUALITY, &quality);
    return tflow_builder_row(out, error);
}

static tflow_status run(const tflow_i_args *args, tflow_builder *out,
                        tflow_error *error)
{
    tflow_i_selection selection;
    tflow_i_blocks b;
    const char *over = tflow_i_arg_text(args, "over");
    tflow_status status = tflow_i_selection_of(args, &selection, error);
    if (status == TFLOW_OK && tflow_i_arg_set(args, over))
        status = tflow_i_arg_fail(error, TFLOW_EINVAL, over,
                                  "concentration is over all %ss; choose none of them",
                                  over);
    if (status == TFLOW_OK)
        status = tflow_i_blocks_open(args, &selection, over, &b, error);
    if (status != TFLOW_OK)
        return status;
    double *values = tflow_i_alloc(b.cells.n, sizeof *values);
    double *scratch = tflow_i_alloc(b.cells.n, sizeof *scratch);
    status = values == NULL || scratch == NULL ? tflow_i_nomem(error)
                                               : key_columns(out, &b, error);
    if (status == TFLOW_OK)
        status =
            tflow_i_output_columns(out, outputs, TFLOW_I_COUNT(outputs), "", error);
    for (size_t i = 0; i < b.n && status == TFLOW_OK; i++)
        status = write_block(out, args, &b, &b.blocks[i], selection.missing, values,
                             scratch, error);
    if (status == TFLOW_OK)
        status = tflow_i_cells_notes(out, &b.cells, error);
    tflow_i_free(values);
    tflow_i_free(scratch);
    tflow_i_blocks_close(&b);
    return status;
}

static const tflow_parameter parameters[] = {
    {"over", TFLOW_PARAMETER_CHOICE, "partner", "reporter|partner|product", 0, 0,
     "what the lines are"},
    {"n", TFLOW_PARAMETER_INTEGER, "0", NULL, 0, 1e9,
     "number of lines that count, inactive ones included; 0: those that have a row"},
    {"k", TFLOW_PARAMETER_INTEGER, "3", NULL, 1, 1e9,
     "how many of the largest lines the concentration ratio adds up"},
};

const tflow_operation tflow_i_op_concentration = {
    .name = "concentration",
    .summary = "How concentrated trade is over partners, products or reporters",
    .definition =
        "Over the lines of --over with the same other keys and period, s the shares: "
        "hhi "
        "= sum s^2 on the scale 0 to 1; equivalent_number = 1/hhi; two normalised "
        "forms "
        "by name; concentration_ratio = the k largest shares together; shannon in "
        "nats; "
        "theil_t and theil_l; gini. n is the number of lines, which the normalised "
        "forms, "
        "Theil and Gini depend on: lines without a row count only when --n says so.",
    .reference =
        "Herfindahl (1950), Hirschman (1945), Theil (1967); UNCTAD Handbook of "
        "Statistics for the second normalised form",
    .example = "concentration data/belarus/baci_belarus_partners_2000_2020.csv "
               "--reporter BLR --period 2020",
    .inputs_min = 1,
    .inputs_max = 1,
    .shared = TFLOW_I_SELECT | TFLOW_I_SUMS,
    .parameters = parameters,
    .n_parameters = TFLOW_I_COUNT(parameters),
    .outputs = outputs,
    .n_outputs = TFLOW_I_COUNT(outputs),
    .run = run,
};
