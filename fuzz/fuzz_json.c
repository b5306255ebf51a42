/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any JSON is read into a table or refused with a message. */
#include "tradeflow/read.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char head[] = "{\"data\":";
    tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_table *table;
    size_t column;
    char *text = malloc(sizeof head + size + 1);

    if (text == NULL)
        return 0;
    memcpy(text, head, sizeof head - 1);
    if (size > 0)
        memcpy(text + sizeof head - 1, data, size);
    text[sizeof head - 1 + size] = '}';
    opts.keep_unknown_areas = 1;
    tflow_status status =
        tflow_read_memory(text, sizeof head + size, "input", &opts, &table, &error);
    if ((status == TFLOW_OK) != (table != NULL) || status == TFLOW_EINTERNAL ||
        (status != TFLOW_OK && error.message[0] == '\0'))
        abort();
    if (table != NULL && tflow_table_find(table, "value", &column) != TFLOW_OK)
        abort();
    for (size_t row = 0; row < tflow_table_rows(table); row++)
        if (isinf(tflow_table_float64(table, column)[row]))
            abort();
    tflow_table_free(table);
    free(text);
    return 0;
}
