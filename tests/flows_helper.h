/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables from a few lines of text, for tests: fields are joined by '|'; the first line
 * names the columns. An empty field is missing. */
#ifndef TFLOW_FLOWS_HELPER_H
#define TFLOW_FLOWS_HELPER_H

#include "core/core.h"
#include "test.h"
#include "tradeflow/table.h"

static inline tflow_type helper_type(const char *name)
{
    if (strcmp(name, "period") == 0)
        return TFLOW_PERIOD;
    if (strcmp(name, "status") == 0)
        return TFLOW_OBS_STATUS;
    return strcmp(name, "value") == 0 || strcmp(name, "quantity") == 0 ? TFLOW_FLOAT64
                                                                       : TFLOW_KEY;
}

static inline void helper_cell(tflow_builder *b, size_t column, tflow_type type,
                               const char *text)
{
    tflow_period period;
    if (*text == '\0')
        return;
    if (type == TFLOW_KEY)
        tflow_builder_key(b, column, text);
    else if (type == TFLOW_FLOAT64)
        tflow_builder_float64(b, column, strtod(text, NULL));
    else if (type == TFLOW_OBS_STATUS)
        tflow_builder_status(b, column, text[0]);
    else if (tflow_period_parse(text, strlen(text), &period, NULL) == TFLOW_OK)
        tflow_builder_period(b, column, period);
    else
        ck_abort_msg("bad period %s", text);
}

static inline tflow_table *table_of(const char *const *lines, size_t n)
{
    tflow_builder *b;
    tflow_table *table;
    tflow_type types[16] = {(tflow_type)0};
    ck_assert_int_eq(tflow_builder_new(&b, NULL), TFLOW_OK);
    for (size_t i = 0; i < n; i++) {
        char line[256];
        snprintf(line, sizeof line, "%s", lines[i]);
        size_t column = 0;
        for (char *field = line; field != NULL; column++) {
            char *end = strchr(field, '|');
            if (end != NULL)
                *end++ = '\0';
            if (i == 0) {
                types[column] = helper_type(field);
                ck_assert_int_eq(
                    tflow_builder_column(b, field, types[column], NULL, NULL),
                    TFLOW_OK);
            } else {
                helper_cell(b, column, types[column], field);
            }
            field = end;
        }
        if (i > 0)
            ck_assert_int_eq(tflow_builder_row(b, NULL), TFLOW_OK);
    }
    ck_assert_int_eq(tflow_builder_finish(b, &table, NULL), TFLOW_OK);
    tflow_builder_free(b);
    return table;
}

#define TABLE(...)                                                                     \
    table_of((const char *const[]){__VA_ARGS__},                                       \
             sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

/* The number in column `name` of row `row` of a result. */
static inline double number_at(const tflow_table *table, const char *name, size_t row)
{
    size_t column;
    ck_assert_msg(tflow_table_find(table, name, &column) == TFLOW_OK, "no column %s",
                  name);
    ck_assert_uint_lt(row, tflow_table_rows(table));
    const double *real = tflow_table_float64(table, column);
    const int64_t *whole = tflow_table_int64(table, column);
    const uint8_t *bytes = tflow_table_bytes(table, column);
    return real != NULL ? real[row] : whole != NULL ? (double)whole[row] : bytes[row];
}

/* The text in column `name` of row `row`: of a key, a period or a status. */
static inline const char *text_at_row(const tflow_table *table, const char *name,
                                      size_t row)
{
    static char period[TFLOW_PERIOD_SIZE];
    size_t column;
    ck_assert_msg(tflow_table_find(table, name, &column) == TFLOW_OK, "no column %s",
                  name);
    ck_assert_uint_lt(row, tflow_table_rows(table));
    const int32_t *codes = tflow_table_codes(table, column);
    const char *label =
        codes == NULL ? NULL : tflow_table_label(table, column, codes[row]);
    if (codes != NULL)
        return label == NULL ? "" : label;
    if (tflow_table_periods(table, column) != NULL)
        return tflow_period_format(tflow_table_periods(table, column)[row], period);
    period[0] = (char)tflow_table_bytes(table, column)[row];
    period[1] = '\0';
    return period;
}

#endif
