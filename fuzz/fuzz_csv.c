/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes are read into a proper table or refused with a message, by batches as by
 * libcsv row by row. The first byte chooses the options. */
#include "tradeflow/read.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int condition)
{
    if (!condition)
        abort();
}

static void check_column(const tflow_table *table, size_t c)
{
    size_t rows = tflow_table_rows(table);
    const double *numbers = tflow_table_float64(table, c);
    const int32_t *codes = tflow_table_codes(table, c);
    const tflow_period *periods = tflow_table_periods(table, c);
    const uint8_t *bytes = tflow_table_bytes(table, c);
    char label[TFLOW_PERIOD_SIZE];

    for (size_t row = 0; row < rows; row++) {
        if (numbers != NULL)
            require(!isinf(numbers[row]));
        if (codes != NULL)
            require(codes[row] >= -1 && codes[row] < tflow_table_labels(table, c));
        if (periods != NULL)
            require(strlen(tflow_period_format(periods[row], label)) < sizeof label);
        if (bytes != NULL)
            require(bytes[row] == 0 || strchr("APEIFQLOM", bytes[row]) != NULL);
    }
}

static int same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static void same_column(const tflow_table *a, const tflow_table *b, size_t c)
{
    const double *x = tflow_table_float64(a, c), *y = tflow_table_float64(b, c);
    const int32_t *p = tflow_table_codes(a, c), *q = tflow_table_codes(b, c);
    const tflow_period *t = tflow_table_periods(a, c), *u = tflow_table_periods(b, c);
    const uint8_t *s = tflow_table_bytes(a, c), *r = tflow_table_bytes(b, c);

    require(same_text(tflow_table_name(a, c), tflow_table_name(b, c)));
    for (size_t row = 0; row < tflow_table_rows(a); row++) {
        if (x != NULL)
            require(isnan(x[row]) ? isnan(y[row]) : x[row] == y[row]);
        if (p != NULL)
            require(same_text(tflow_table_label(a, c, p[row]),
                              tflow_table_label(b, c, q[row])));
        if (t != NULL)
            require(t[row] == u[row]);
        if (s != NULL)
            require(s[row] == r[row]);
    }
}

/* Reading row by row, by the reference, says the same. */
static void compare(const uint8_t *data, size_t size, const tflow_read_opts *given,
                    const tflow_table *table, const tflow_error *error)
{
    tflow_read_opts opts = *given;
    tflow_error other = TFLOW_ERROR_INIT;
    tflow_table *reference;

    opts.row_by_row = 1;
    tflow_status status =
        tflow_read_memory((const char *)data, size, "input", &opts, &reference, &other);
    require((status == TFLOW_OK) == (table != NULL));
    if (table == NULL) {
        require(error->status == status && error->line == other.line &&
                error->field == other.field &&
                strcmp(error->message, other.message) == 0);
        return;
    }
    require(tflow_table_rows(table) == tflow_table_rows(reference));
    require(tflow_table_columns(table) == tflow_table_columns(reference));
    for (size_t c = 0; c < tflow_table_columns(table); c++)
        same_column(table, reference, c);
    tflow_table_free(reference);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_table *table;

    if (size == 0)
        return 0;
    opts.keep_unknown_areas = data[0] & 1;
    opts.skip_bad_rows = (data[0] & 2) != 0;
    opts.allow_negative = (data[0] & 4) != 0;
    opts.encoding = (data[0] & 8) != 0    ? "latin1"
                    : (data[0] & 16) != 0 ? "UTF-16"
                                          : NULL;
    opts.decimal = (data[0] & 32) != 0 ? ',' : '.';
    opts.thousands = (data[0] & 64) != 0 ? ' ' : 0;
    opts.columns = (data[0] & 128) != 0 ? "reporter=#1,value=#2,period='2022'" : NULL;
    tflow_status status = tflow_read_memory((const char *)data + 1, size - 1, "input",
                                            &opts, &table, &error);
    require(status <= TFLOW_OK && status != TFLOW_EINTERNAL && status != TFLOW_EINVAL);
    require((status == TFLOW_OK) == (table != NULL));
    require(status == TFLOW_OK || (error.status == status && error.message[0] != '\0'));
    for (size_t c = 0; c < tflow_table_columns(table); c++)
        check_column(table, c);
    opts.threads = 2;
    compare(data + 1, size - 1, &opts, table, &error);
    tflow_table_free(table);
    return 0;
}
