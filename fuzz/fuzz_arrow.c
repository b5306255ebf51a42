/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any Arrow IPC is read into a table, which goes out and comes back the same, or
 * refused with a message. */
#include "tradeflow/arrow.h"
#include "tradeflow/read.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void again(const tflow_table *table, const tflow_read_opts *opts)
{
    struct ArrowArrayStream stream;
    tflow_table *back = NULL;
    tflow_error error = TFLOW_ERROR_INIT;
    if (tflow_table_export_arrow(table, &stream, &error) != TFLOW_OK)
        abort();
    tflow_status status = tflow_table_import_arrow(&stream, opts, &back, &error);
    if (stream.release != NULL || (status == TFLOW_OK) != (back != NULL) ||
        (back != NULL && tflow_table_rows(back) != tflow_table_rows(table)))
        abort();
    tflow_table_free(back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_table *table;
    size_t column;
    opts.keep_unknown_areas = 1;
    opts.allow_negative = 1;
    opts.skip_bad_rows = size % 2 != 0;
    tflow_status status =
        tflow_read_memory((const char *)data, size, "input", &opts, &table, &error);
    if ((status == TFLOW_OK) != (table != NULL) || status == TFLOW_EINTERNAL ||
        (status != TFLOW_OK && error.message[0] == '\0'))
        abort();
    if (table == NULL)
        return 0;
    if (tflow_table_find(table, "value", &column) != TFLOW_OK)
        abort();
    for (size_t row = 0; row < tflow_table_rows(table); row++)
        if (isinf(tflow_table_float64(table, column)[row]))
            abort();
    again(table, &opts);
    tflow_table_free(table);
    return 0;
}
