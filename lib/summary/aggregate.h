/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What aggregate_ops.c and aggregate_state_ops.c share. */
#ifndef TFLOW_SUMMARY_AGGREGATE_H
#define TFLOW_SUMMARY_AGGREGATE_H

#include "flows/select.h"
#include "op/op.h"

/* Columns and rows of a result that is sums. */
tflow_status tflow_i_sums_table(tflow_builder *out, const tflow_i_cells *cells,
                                tflow_error *error);
/* The same from cells before and after a revision: what changed. */
tflow_status tflow_i_changes_table(tflow_builder *out, const tflow_i_cells *before,
                                   const tflow_i_cells *after, tflow_error *error);
/* Does the call keep a state? */
int tflow_i_keeps_state(const tflow_i_args *args);
/* The call with a state: read, change, write, print. */
tflow_status tflow_i_aggregate_state(const tflow_i_args *args, tflow_builder *out,
                                     tflow_error *error);

#endif
