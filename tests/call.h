/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operations on small CSV texts, for tests: read, call, look at the columns. */
#ifndef TFLOW_TEST_CALL_H
#define TFLOW_TEST_CALL_H

#include "flows_helper.h"
#include "tradeflow.h"

/* A table of CSV text; opts NULL for the defaults. */
static inline tflow_table *table_from(const char *csv, const tflow_read_opts *opts)
{
    tflow_table *table;
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_status status =
        tflow_read_memory(csv, strlen(csv), "rows.csv", opts, &table, &error);
    ck_assert_msg(status == TFLOW_OK, "%s (line %llu)", error.message,
                  (unsigned long long)error.line);
    return table;
}

/* A file below the source tree. */
static inline tflow_table *table_in(const char *name, const tflow_read_opts *opts)
{
    tflow_table *table;
    tflow_error error = TFLOW_ERROR_INIT;
    const char *path = source_path(name);
    tflow_status status = tflow_read_files(&path, 1, opts, &table, &error);
    ck_assert_msg(status == TFLOW_OK, "%s: %s", name, error.message);
    return table;
}

/* Run an operation on one or two tables: names and values in pairs, NULL ends. */
static inline tflow_status call_on(const char *operation, const tflow_table *a,
                                   const tflow_table *b, const char *const *set,
                                   tflow_table **out, tflow_error *error)
{
    tflow_call *call;
    tflow_status status = tflow_call_new(operation, &call, error);
    *out = NULL;
    for (; *set != NULL && status == TFLOW_OK; set += 2)
        status = tflow_call_set(call, set[0], set[1], error);
    if (status == TFLOW_OK && a != NULL)
        status = tflow_call_input(call, a, error);
    if (status == TFLOW_OK && b != NULL)
        status = tflow_call_input(call, b, error);
    if (status == TFLOW_OK)
        status = tflow_call_run(call, out, error);
    tflow_call_free(call);
    return status;
}

#define CALL(operation, a, b, out, error, ...)                                         \
    call_on(operation, a, b, (const char *const[]){__VA_ARGS__, NULL}, out, error)

/* The row of a result whose column `name` has this text; fails when there is none. */
static inline size_t row_of(const tflow_table *table, const char *name,
                            const char *text)
{
    for (size_t i = 0; i < tflow_table_rows(table); i++)
        if (strcmp(text_at_row(table, name, i), text) == 0)
            return i;
    ck_abort_msg("no row with %s %s", name, text);
    return 0;
}

/* Whether one of the notes of a result holds these words. */
static inline int noted(const tflow_table *table, const char *words)
{
    for (size_t i = 0; i < tflow_table_notes(table); i++)
        if (strstr(tflow_table_note(table, i), words) != NULL)
            return 1;
    return 0;
}

#endif
