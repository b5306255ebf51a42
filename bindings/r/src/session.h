/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one call from R has of the library. R may leave such a call anywhere, by an
 * error or an interrupt: all of it runs under R_UnwindProtect, and session_end then
 * releases what the session holds. */
#ifndef TRADEFLOW_R_SESSION_H
#define TRADEFLOW_R_SESSION_H

#include "table.h"

enum { SESSION_TABLES = 16 };

typedef struct session {
    /* What is asked for: texts live as long as the call. */
    SEXP operation, names, values, inputs;
    /* What the library has given. */
    tflow_reader *reader;
    tflow_table *tables[SESSION_TABLES];
    size_t n_tables;
    tflow_call *call;
    tflow_table *result;
    char *text;
    /* What went wrong, if status is negative. */
    tflow_status status;
    tflow_error error;
} session;

typedef SEXP session_work(session *s);

/* Do the work. The answer is what it returns, or a list that describes the failure,
 * which R code makes a condition of; the library is left before R hears of it. */
SEXP session_run(session *s, session_work *work);

/* 1 if the status is none of a failure; keeps it. */
int session_ok(session *s, tflow_status status);

/* Read input i of s->inputs, which is files or columns, as the next table. */
int session_input(session *s, R_xlen_t i, int products);

/* Make a table of the columns of a data frame. */
tflow_status columns_in(SEXP input, const tflow_read_opts *opts, tflow_table **out,
                        tflow_error *error);

#endif
