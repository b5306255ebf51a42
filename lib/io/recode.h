/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A recoding under way: recode.c maps the codes, recode_rows.c the rows. */
#ifndef TFLOW_IO_RECODE_H
#define TFLOW_IO_RECODE_H

#include "io/concordance.h"
#include "table/table.h"
#include "tradeflow/convert.h"

#define TFLOW_I_NOT_MAPPED "_X" /* SDMX: not specified */

/* A code that takes a part of another's value. */
typedef struct tflow_i_part {
    int32_t code; /* of `targets` */
    double weight;
} tflow_i_part;

typedef struct tflow_i_mapped {
    size_t first, n; /* parts; n 0: left out */
    int seen;
    int many, total, heading;
    double unmapped; /* share of it that no table maps */
} tflow_i_mapped;

typedef struct tflow_i_recoding {
    const tflow_table *table;
    tflow_recode_opts opts;
    const tflow_i_column *column; /* that is recoded */
    tflow_i_concordance *steps[TFLOW_I_STEPS];
    size_t n_steps;
    tflow_i_dict *targets;
    tflow_i_mapped *codes; /* by code of the column */
    tflow_i_part *parts;
    size_t n_parts, parts_capacity;
    tflow_i_text not_mapped; /* some codes, for the note */
    size_t n_not_mapped;
    double value, many, unmapped; /* sums of absolute values */
    uint64_t lost, mixed;         /* sums with a missing part; cells of several units */
    uint64_t headings;            /* rows left out */
} tflow_i_recoding;

/* How the code of a row is mapped. Failures: EUNKNOWN, where a policy refuses it. */
tflow_status tflow_i_recode_code(tflow_i_recoding *r, size_t row,
                                 const tflow_i_mapped **out, tflow_error *error);
/* The rows of the new table. */
tflow_status tflow_i_recode_rows(tflow_i_recoding *r, tflow_builder *out,
                                 tflow_error *error);

#endif
