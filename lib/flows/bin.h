/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A cell while it is being added up. */
#ifndef TFLOW_FLOWS_BIN_H
#define TFLOW_FLOWS_BIN_H

#include "flows/plan.h"

typedef struct tflow_i_bin {
    tflow_i_exact value;
    tflow_i_exact not_observed; /* sizes of the parts that are not of status A */
    tflow_i_exact below;        /* of the parts below 0 */
    int64_t n_rows, n_missing;
    int64_t n_valued; /* rows with a value */
    uint8_t status;
    uint8_t incomplete;
} tflow_i_bin;

/* Add a row. Failures: EMISSING, ENEGATIVE, ELIMIT. */
tflow_status tflow_i_bin_add(tflow_i_bin *bin, const tflow_i_plan *plan, size_t row,
                             tflow_error *error);
/* The cell that a bin comes to. Failures: EMISSING. */
tflow_status tflow_i_bin_close(const tflow_i_bin *bin, const tflow_i_plan *plan,
                               tflow_period period, tflow_i_cell *cell,
                               tflow_error *error);

#endif
