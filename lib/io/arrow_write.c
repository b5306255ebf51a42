/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table as Arrow IPC, a file or a stream, in batches of bounded size. Keys are plain
 * strings: nanoarrow writes no dictionaries. */
#include "io/arrow.h"
#include "io/write.h"
#include "table/table.h"

#include "nanoarrow/nanoarrow_ipc.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#define BATCH ((size_t)1 << 16) /* rows */

/* ---- cells ---- */

static int append_text(struct ArrowArray *array, const char *text)
{
    return text == NULL ? ArrowArrayAppendNull(array, 1)
                        : ArrowArrayAppendString(array, ArrowCharView(text));
}

static int append(struct ArrowArray *array, const tflow_i_column *c, size_t row)
{
    char label[TFLOW_PERIOD_SIZE];
    switch (c->type) {
    case TFLOW_KEY: {
        int32_t key = ((const int32_t *)c->data)[row];
        return append_text(array, key < 0 ? NULL : tflow_i_dict_text(c->dict, key));
    }
    case TFLOW_PERIOD: {
        tflow_period period = ((const tflow_period *)c->data)[row];
        return append_text(array, period == TFLOW_PERIOD_NONE
                                      ? NULL
                                      : tflow_period_format(period, label));
    }
    case TFLOW_OBS_STATUS: {
        uint8_t letter = ((const uint8_t *)c->data)[row];
        const char text[] = {(char)letter, '\0'};
        return append_text(array, letter == 0 ? NULL : text);
    }
    case TFLOW_FLOAT64: {
        double value = ((const double *)c->data)[row];
        return isnan(value) ? ArrowArrayAppendNull(array, 1)
                            : ArrowArrayAppendDouble(array, value);
    }
    case TFLOW_INT64:
        return ArrowArrayAppendInt(array, ((const int64_t *)c->data)[row]);
    default:
        return ArrowArrayAppendInt(array, ((const uint8_t *)c->data)[row] != 0);
    }
}

static int fill(struct ArrowArray *batch, const tflow_table *table, size_t from,
                size_t to)
{
    int code = ArrowArrayStartAppending(batch);
    for (size_t c = 0; code == NANOARROW_OK && c < table->n_columns; c++)
        for (size_t row = from; code == NANOARROW_OK && row < to; row++)
            code = append(batch->children[c], &table->columns[c], row);
    batch->length = (int64_t)(to - from);
    return code == NANOARROW_OK ? ArrowArrayFinishBuildingDefault(batch, NULL) : code;
}

/* ---- batches ---- */

static int write_batch(struct ArrowIpcWriter *writer, const struct ArrowSchema *schema,
                       const tflow_table *table, size_t from, size_t to,
                       struct ArrowError *why)
{
    struct ArrowArray batch;
    struct ArrowArrayView view;
    int code = ArrowArrayInitFromSchema(&batch, schema, why);
    if (code != NANOARROW_OK)
        return code;
    code = fill(&batch, table, from, to);
    if (code == NANOARROW_OK) {
        code = ArrowArrayViewInitFromSchema(&view, schema, why);
        if (code == NANOARROW_OK) {
            code = ArrowArrayViewSetArray(&view, &batch, why);
            if (code == NANOARROW_OK)
                code = ArrowIpcWriterWriteArrayView(writer, &view, why);
            ArrowArrayViewReset(&view);
        }
    }
    ArrowArrayRelease(&batch);
    return code;
}

static int write_all(struct ArrowIpcWriter *writer, int file,
                     const struct ArrowSchema *schema, const tflow_table *table,
                     struct ArrowError *why)
{
    int code = file ? ArrowIpcWriterStartFile(writer, why) : NANOARROW_OK;
    if (code == NANOARROW_OK)
        code = ArrowIpcWriterWriteSchema(writer, schema, why);
    for (size_t row = 0; code == NANOARROW_OK && row < table->rows; row += BATCH) {
        size_t left = table->rows - row;
        code = write_batch(writer, schema, table, row,
                           row + (left < BATCH ? left : BATCH), why);
    }
    if (code == NANOARROW_OK)
        code = ArrowIpcWriterWriteArrayView(writer, NULL, why);
    return code == NANOARROW_OK && file ? ArrowIpcWriterFinalizeFile(writer, why)
                                        : code;
}

/* Into the buffer, which is the caller's. */
static int write_table(const tflow_table *table, int file, struct ArrowBuffer *buffer,
                       struct ArrowError *why)
{
    struct ArrowSchema schema;
    struct ArrowIpcOutputStream output;
    struct ArrowIpcWriter writer;
    int code = tflow_i_arrow_schema(table, 0, &schema);
    if (code != NANOARROW_OK)
        return code;
    code = ArrowIpcOutputStreamInitBuffer(&output, buffer);
    if (code == NANOARROW_OK) {
        code = ArrowIpcWriterInit(&writer, &output);
        if (code == NANOARROW_OK) {
            code = write_all(&writer, file, &schema, table, why);
            ArrowIpcWriterReset(&writer);
        } else if (output.release != NULL)
            output.release(&output);
    }
    ArrowSchemaRelease(&schema);
    return code;
}

tflow_status tflow_i_arrow_write(const tflow_table *table, int file,
                                 unsigned char **out, size_t *n, tflow_error *error)
{
    struct ArrowBuffer buffer;
    struct ArrowError why = {{0}};
    *out = NULL;
    *n = 0;
    ArrowBufferInit(&buffer);
    int code = write_table(table, file, &buffer, &why);
    tflow_status status = tflow_i_arrow_fail(code, TFLOW_ELIMIT, &why, error);
    if (status == TFLOW_OK) {
        *out = tflow_i_alloc((size_t)buffer.size_bytes, 1);
        if (*out == NULL)
            status = tflow_i_nomem(error);
        else {
            *n = (size_t)buffer.size_bytes;
            memcpy(*out, buffer.data, *n);
        }
    }
    ArrowBufferReset(&buffer);
    return status;
}
