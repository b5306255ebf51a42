/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row on its way from text to cells. */
#ifndef TFLOW_IO_RECORD_ROW_H
#define TFLOW_IO_RECORD_ROW_H

#include "io/record.h"

/* A row understood, before anything of it is written. */
typedef struct tflow_i_draft {
    int32_t keys[TFLOW_I_KEYS];
    tflow_period period;
    char status, quantity_status,
        weight_status; /* as the file says; '\0': it does not */
    int estimated, quantity_estimated, weight_estimated, no_quantity;
} tflow_i_draft;

/* The text of a field; "" when the row has none. */
const char *tflow_i_record_raw(const tflow_i_row *row, size_t field);
/* The first text of a role that is not empty; *field is where it stands. */
const char *tflow_i_record_text(const tflow_i_records *r, const tflow_i_row *row,
                                tflow_i_role role, size_t *field);
/* Add the place of a field to a failure. */
tflow_status tflow_i_record_at(const tflow_i_records *r, const tflow_i_row *row,
                               size_t field, tflow_status status, tflow_error *error);

/* What a role's fields say: the text of a key, as the table writes it. */
typedef struct tflow_i_key {
    const char *text; /* NULL: nothing; else the row's, a constant, or `padded` */
    size_t n;
    size_t field; /* which says so */
    int by_all;   /* not by the first text alone: the fields after it were asked too */
    char padded[8];
} tflow_i_key;

/* Look at a role of the row, and at nothing that changes. */
tflow_status tflow_i_record_key(const tflow_i_records *r, const tflow_i_row *row,
                                tflow_i_role role, tflow_i_key *key,
                                tflow_error *error);
/* Understand all keys of a row. */
tflow_status tflow_i_record_keys(tflow_i_records *r, const tflow_i_row *row,
                                 tflow_i_draft *d, tflow_error *error);
/* The status of a value: what the file says of the row (`letter`), if that goes with
 * the value; `said` is what a text in place of the number says. 0: the row says the
 * value is missing, and there is one. */
int tflow_i_record_settle(double value, char letter, int estimated, char said,
                          char *status);
/* Understand its period and statuses, then its numbers, into r->numbers. */
tflow_status tflow_i_record_facts(tflow_i_records *r, const tflow_i_row *row,
                                  tflow_i_draft *d, tflow_error *error);
tflow_status tflow_i_record_numbers(tflow_i_records *r, const tflow_i_row *row,
                                    const tflow_i_draft *d, tflow_error *error);

#endif
