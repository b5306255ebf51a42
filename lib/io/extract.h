/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From the fields of well-formed rows to numbers and codes, column by column: what the
 * record files do row by row, for layouts with one number a row. Each thread has an
 * extractor of its own, whose codes are its own too; what a text means is asked of the
 * record files once and remembered. A row that is anything but plain is left to them.
 */
#ifndef TFLOW_IO_EXTRACT_H
#define TFLOW_IO_EXTRACT_H

#include "io/memo.h"
#include "io/record_row.h"
#include "io/rows.h"

/* A role whose text becomes a number: a code, a period, a letter, a flag. */
typedef struct tflow_i_step {
    tflow_i_role role;
    size_t n_fields;
    size_t fields[TFLOW_I_ALTERNATIVES];
    size_t last;          /* of the fields */
    const char *constant; /* where no field says anything; NULL: none */
    tflow_i_memo memo;    /* by the first text that is not empty */
    tflow_i_memo joined;  /* by all texts, where the first is not enough */
} tflow_i_step;

typedef struct tflow_i_extractor {
    const tflow_i_records *records; /* what all threads may look at and none changes */
    tflow_i_rows rows;
    tflow_i_step steps[TFLOW_I_ROLES];
    size_t n_steps;
    size_t value, quantity, weight;    /* fields; TFLOW_I_NO_FIELD: none */
    int plain_numbers;                 /* a point, no thousands, no shift */
    int reported;                      /* a field says whether the value was reported */
    int32_t flow, mode;                /* codes of the measure's; -1: none */
    int32_t flags[TFLOW_I_ROLES];      /* of the row at hand; 0 where no field says */
    tflow_i_dict *texts[TFLOW_I_KEYS]; /* of keys, by this thread's codes */
    tflow_i_dict *classes;             /* of products, such as H5 */
    size_t before; /* where the row before begins, which `flags` and so on are of */
    int after_row; /* is there one? */
    int sums_only; /* quantities and weights are looked at, and not kept */
    tflow_i_field *fields; /* of a row given to the record files */
    tflow_i_text scratch, joined;
    int failed; /* out of memory */
} tflow_i_extractor;

/* A row in numbers. */
typedef struct tflow_i_observed {
    int32_t keys[TFLOW_I_KEYS]; /* codes in texts; -1: missing */
    tflow_period period;
    double value, quantity, weight;
    char status, quantity_status, weight_status;
    int service;
    int same; /* period and keys, but for the product, are those of the row before */
} tflow_i_observed;

/* Can the rows of this binding be read so? */
int tflow_i_extracts(const tflow_i_binding *binding);
/* 0: out of memory. The records must stay bound as they are while it lives. */
int tflow_i_extractor_open(tflow_i_extractor *x, const tflow_i_records *records,
                           char delimiter);
void tflow_i_extractor_close(tflow_i_extractor *x);

/* Before the first row: what no field of a row says. */
void tflow_i_observed_init(tflow_i_extractor *x, tflow_i_observed *out);
/* Row r of x->rows, which may hold doubled quotes or not. 0: it is left to the record
 * files (or, x->failed: no memory). */
int tflow_i_extract(tflow_i_extractor *x, size_t r, int escapes, tflow_i_observed *out);

#endif
