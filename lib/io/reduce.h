/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows that differ in nothing but the product, added up while they are read. What is
 * left of the product is its level: a code that stands for all of that level, the first
 * one met. The table then holds exact sums; see table/table.h.
 */
#ifndef TFLOW_IO_REDUCE_H
#define TFLOW_IO_REDUCE_H

#include "io/extract.h"
#include "io/tally.h"

/* Totals, texts that are no code, and codes of 1 to 29 digits. */
#define TFLOW_I_LEVELS 32

/* The first product of a level. */
typedef struct tflow_i_level {
    uint64_t place; /* UINT64_MAX: none */
    int32_t code;
} tflow_i_level;

/* What all files add up to. */
typedef struct tflow_i_reduction {
    tflow_i_tally tally; /* by codes of the table, as in tflow_i_records.column */
    tflow_i_level levels[TFLOW_I_LEVELS];
    uint64_t rows;
} tflow_i_reduction;

/* What one thread adds up of one file, by codes of its own. */
typedef struct tflow_i_reducer {
    tflow_i_tally tally;
    size_t n_roles;
    tflow_i_role roles[TFLOW_I_KEYS];
    tflow_i_level levels[TFLOW_I_LEVELS];
    int32_t level; /* of the row added last; -1: none */
    struct {
        uint64_t word;
        int32_t level;
    } * products; /* by code */
    size_t n_products, products_capacity;
} tflow_i_reducer;

void tflow_i_reducer_open(tflow_i_reducer *reducer, const tflow_i_extractor *x,
                          int watching);
void tflow_i_reducer_close(tflow_i_reducer *reducer);
/* Add a row of x; segments count from 1, lines from the segment's first. */
tflow_i_tallied tflow_i_reducer_add(tflow_i_reducer *r, const tflow_i_extractor *x,
                                    const tflow_i_observed *o, uint64_t segment,
                                    uint32_t line);

void tflow_i_reduction_open(tflow_i_reduction *reduction, int watching);
void tflow_i_reduction_close(tflow_i_reduction *reduction);
/* Take what a thread added up: codes[role] are its codes in the table, and a segment's
 * lines begin at first_lines[segment]. */
tflow_status tflow_i_reduction_take(tflow_i_reduction *reduction,
                                    const tflow_i_reducer *reducer,
                                    const tflow_i_records *records,
                                    int32_t *const codes[TFLOW_I_KEYS],
                                    const uint64_t *first_lines, tflow_error *error);
/* Take the rows that the record files put into the table, and empty it. */
tflow_status tflow_i_reduction_rows(tflow_i_reduction *reduction,
                                    const tflow_i_records *records, tflow_error *error);
/* Put the groups into the empty table as its rows, in the order of the files. */
tflow_status tflow_i_reduction_finish(tflow_i_reduction *reduction,
                                      const tflow_i_records *records,
                                      tflow_error *error);

#endif
