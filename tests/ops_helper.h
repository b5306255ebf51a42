/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What operations make of small CSV texts, column by column. */
#ifndef TFLOW_OPS_HELPER_H
#define TFLOW_OPS_HELPER_H

#include "call.h"

/* The result of an operation that has to work on CSV text. */
static inline tflow_table *result_of(const char *operation, const char *text,
                                     const char *const *set)
{
    tflow_table *table = table_from(text, NULL), *out = NULL;
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_status status = call_on(operation, table, NULL, set, &out, &error);
    ck_assert_msg(status == TFLOW_OK, "%s: %s", operation, error.message);
    tflow_table_free(table);
    return out;
}

/* The status of an operation on CSV text, its result thrown away. */
static inline tflow_status status_of(const char *operation, const char *text,
                                     const char *const *set, tflow_error *error)
{
    tflow_table *table = table_from(text, NULL), *out = NULL;
    tflow_status status = call_on(operation, table, NULL, set, &out, error);
    tflow_table_free(table);
    tflow_table_free(out);
    return status;
}

/* Name and value in pairs; SET() gives none. */
#define SET(...) ((const char *const[]){__VA_ARGS__ NULL})

/* A column from row `from` on is what it should be; NaN is missing. */
static inline void column_is(const tflow_table *table, const char *name, size_t from,
                             const double *want, size_t n, double tolerance)
{
    for (size_t i = 0; i < n; i++) {
        double got = number_at(table, name, from + i);
        double allowed = tolerance * (fabs(want[i]) > 1 ? fabs(want[i]) : 1);
        int close = isnan(want[i]) ? isnan(got) : fabs(got - want[i]) <= allowed;
        ck_assert_msg(close, "%s of row %zu is %.17g, expected %.17g", name, from + i,
                      got, want[i]);
    }
}

#define COLUMN(table, name, tolerance, ...)                                            \
    column_is(table, name, 0, (const double[]){__VA_ARGS__},                           \
              sizeof((const double[]){__VA_ARGS__}) / sizeof(double), tolerance)

/* So many rows there are, and these are their periods. */
static inline void periods_are(const tflow_table *table, const char *const *want,
                               size_t n)
{
    ck_assert_uint_eq(tflow_table_rows(table), n);
    for (size_t i = 0; i < n; i++)
        ck_assert_str_eq(text_at_row(table, "period", i), want[i]);
}

#define PERIODS(table, ...)                                                            \
    periods_are(table, (const char *const[]){__VA_ARGS__},                             \
                sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

#endif
