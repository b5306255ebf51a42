/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the shared parameters of a call to a selection, and from cells to columns. */
#ifndef TFLOW_OP_SELECT_ARGS_H
#define TFLOW_OP_SELECT_ARGS_H

#include "op/op.h"
#include "flows/select.h"

/* Fill the selection from the shared parameters; texts are borrowed from args. Where
 * the call does not say `by`, the dimensions it names are the keys: reporter, partner
 * and product, as far as they are given. */
tflow_status tflow_i_selection_of(const tflow_i_args *args,
                                  tflow_i_selection *selection, tflow_error *error);

/* Is a period one of those the selection asks for? `step` is that of the cells: a sum
 * over time is, when the period it ends with is. */
int tflow_i_asked_for(const tflow_i_selection *selection, int32_t step,
                      tflow_period period);

/* Refuse sums over time, which overlap: a fit takes its points for independent. */
tflow_status tflow_i_not_accumulated(const tflow_i_selection *selection,
                                     tflow_error *error);

/* Aggregate input `i` and store in the recipe what "auto" came to. */
tflow_status tflow_i_cells_of(const tflow_i_args *args, size_t i,
                              const tflow_i_selection *selection, tflow_i_cells *cells,
                              tflow_error *error);

/* Columns that describe a cell, in this order: the keys, period (if with_period). */
tflow_status tflow_i_key_columns(tflow_builder *out, const tflow_i_cells *cells,
                                 int with_period, tflow_error *error);
/* Set them for a series (period NONE leaves it missing). Columns from 0. */
void tflow_i_key_cells(tflow_builder *out, const tflow_i_cells *cells, size_t series,
                       tflow_period period);
/* status, share_not_observed, n_missing, lower_bound, incomplete: what a sum inherits.
 */
tflow_status tflow_i_quality_columns(tflow_builder *out, tflow_error *error);
#define TFLOW_I_QUALITY_COLUMNS 5
void tflow_i_quality_cells(tflow_builder *out, size_t first, const tflow_i_cell *cell);
/* Quality of a result made of two cells: weakest status, larger share and so on. */
tflow_i_cell tflow_i_cell_join(const tflow_i_cell *a, const tflow_i_cell *b);
/* Copy the notes of cells to the result. */
tflow_status tflow_i_cells_notes(tflow_builder *out, const tflow_i_cells *cells,
                                 tflow_error *error);
/* Say which incomplete periods a fit left out: ten months are no level of a year. */
tflow_status tflow_i_incomplete_note(tflow_builder *out, const tflow_i_cells *cells,
                                     tflow_error *error);
/* The columns of a result that its description lists behind the keys and the period;
 * unit stands for "value". */
#define TFLOW_I_KEY_COLUMNS 5 /* TFLOW_I_KEY_OUTPUTS and the period */
tflow_status tflow_i_output_columns(tflow_builder *out, const tflow_output *outputs,
                                    size_t n, const char *unit, tflow_error *error);
/* Descriptions of the key and quality columns, to be listed in `outputs`. */
#define TFLOW_I_KEY_OUTPUTS                                                            \
    {"reporter", TFLOW_KEY, "", "who reports the flow"},                               \
        {"partner", TFLOW_KEY, "", "who it goes to or comes from"},                    \
        {"product", TFLOW_KEY, "", "what is traded"},                                  \
    {                                                                                  \
        "flow", TFLOW_KEY, "", "X exports, M imports, RX re-exports, RM re-imports"    \
    }
#define TFLOW_I_QUALITY_OUTPUTS                                                        \
    {"status", TFLOW_OBS_STATUS, "", "weakest SDMX observation status of the parts"},  \
        {"share_not_observed", TFLOW_FLOAT64, "fraction",                              \
         "share of the value whose status is not A"},                                  \
        {"n_missing", TFLOW_INT64, "", "cells known to be missing"},                   \
        {"lower_bound", TFLOW_BOOL, "", "missing parts were left out"},                \
    {                                                                                  \
        "incomplete", TFLOW_BOOL, "", "the period is not covered to its end"           \
    }

#endif
