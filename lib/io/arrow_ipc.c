/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files and streams of Arrow IPC, read as the batches that are in them. */
#include "io/arrow.h"

#include "nanoarrow/nanoarrow_ipc.h"

#include <errno.h>
#include <string.h>

#define MAGIC_SIZE 8 /* of a file, with the padding; a stream follows */

int tflow_i_arrow_begins(const char *bytes, size_t n)
{
    return (n >= MAGIC_SIZE && memcmp(bytes, "ARROW1\0\0", MAGIC_SIZE) == 0) ||
           (n >= MAGIC_SIZE && memcmp(bytes, "\xff\xff\xff\xff", 4) == 0);
}

/* The bytes of the reader's source, piece by piece. */
typedef struct input {
    tflow_i_source *source;
    const char *bytes; /* of the piece, those that are left */
    size_t n;
    tflow_status status; /* why the source failed, in its own words */
    tflow_error detail;
} input;

static ArrowErrorCode read_input(struct ArrowIpcInputStream *stream, uint8_t *buffer,
                                 int64_t size, int64_t *out, struct ArrowError *why)
{
    input *in = stream->private_data;
    (void)why;
    *out = 0;
    while (*out < size) {
        if (in->n == 0) {
            in->status =
                tflow_i_source_next(in->source, &in->bytes, &in->n, &in->detail);
            if (in->status != TFLOW_OK)
                return EIO;
            if (in->n == 0)
                break;
        }
        size_t most = (size_t)(size - *out);
        size_t n = in->n < most ? in->n : most;
        memcpy(buffer + *out, in->bytes, n);
        in->bytes += n;
        in->n -= n;
        *out += (int64_t)n;
    }
    return NANOARROW_OK;
}

static void release_input(struct ArrowIpcInputStream *stream)
{
    stream->release = NULL; /* the source is the reader's */
}

/* What follows the batches: of a file, a list of them that is not needed. */
static tflow_status read_rest(input *in, tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    do
        status = tflow_i_source_next(in->source, &in->bytes, &in->n, error);
    while (status == TFLOW_OK && in->n > 0);
    return status;
}

/* Past the magic of a file, which some writers pad up to 64 bytes, to the stream in it.
 * Polars leaves the schema out there and has it at the end alone. */
static tflow_status enter_file(const tflow_reader *reader, input *in,
                               tflow_error *error)
{
    static const char zeros[8] = {0};
    in->bytes += MAGIC_SIZE;
    in->n -= MAGIC_SIZE;
    for (int i = 0; i < 7 && in->n >= 8 && memcmp(in->bytes, zeros, 8) == 0; i++) {
        in->bytes += 8;
        in->n -= 8;
    }
    if (in->n == 0 || memcmp(in->bytes, "\xff\xff\xff\xff", in->n < 4 ? in->n : 4) == 0)
        return TFLOW_OK;
    tflow_i_fail(error, TFLOW_EUNSUPPORTED,
                 "found an Arrow file that does not begin with its schema (Polars "
                 "writes such), expected one that is a stream too: write it by "
                 "pyarrow, or as a stream");
    tflow_i_at(error, reader->records.file, 0, 0, NULL);
    return TFLOW_EUNSUPPORTED;
}

static tflow_status read_stream(tflow_reader *reader, input *in, tflow_error *error)
{
    struct ArrowArrayStream stream;
    struct ArrowIpcInputStream from = {read_input, release_input, in};
    if (ArrowIpcArrayStreamReaderInit(&stream, &from, NULL) != NANOARROW_OK)
        return tflow_i_nomem(error);
    tflow_status status = tflow_i_arrow_rows(reader, &stream, error);
    stream.release(&stream);
    if (status == TFLOW_OK)
        status = read_rest(in, error);
    else if (in->status != TFLOW_OK) {
        status = in->status;
        if (error != NULL)
            *error = in->detail;
    }
    return status;
}

tflow_status tflow_i_arrow_ipc(tflow_reader *reader, const char *bytes, size_t n,
                               tflow_error *error)
{
    input in = {reader->source, bytes, n, TFLOW_OK, TFLOW_ERROR_INIT};
    tflow_status status = bytes[0] == 'A' ? enter_file(reader, &in, error) : TFLOW_OK;
    return status == TFLOW_OK ? read_stream(reader, &in, error) : status;
}
