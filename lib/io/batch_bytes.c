/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes of a batch, and where they are cut into segments. */
#include "io/batch_inside.h"

#include <string.h>

/* A row that does not end within this is left to libcsv, which has limits of its own.
 */
#define LONGEST ((size_t)2 << 20)

/* Fill the batch up; what was left of the last one stands at its start. */
static tflow_status fill(tflow_i_batch *b, size_t least, tflow_error *error)
{
    while (b->n < least && !b->at_end) {
        const char *piece;
        size_t n;
        tflow_status status = tflow_i_source_next(b->reader->source, &piece, &n, error);
        if (status != TFLOW_OK)
            return status;
        if (n == 0) {
            b->at_end = 1;
            break;
        }
        if (!tflow_i_reserve(&b->bytes, &b->capacity, b->n + n + TFLOW_I_PADDING, 1))
            return tflow_i_nomem(error);
        memcpy(b->bytes + b->n, piece, n);
        b->n += n;
    }
    return TFLOW_OK;
}

static tflow_i_segment *add_segment(tflow_i_batch *b, size_t at, size_t n)
{
    size_t before = b->segments_capacity;
    if (!tflow_i_reserve(&b->first_rows, &b->first_rows_capacity, b->n_segments + 1,
                         sizeof *b->first_rows) ||
        !tflow_i_reserve(&b->segments, &b->segments_capacity, b->n_segments + 1,
                         sizeof *b->segments))
        return NULL;
    if (b->segments_capacity > before)
        memset(&b->segments[before], 0,
               (b->segments_capacity - before) * sizeof *b->segments);
    tflow_i_segment *s = &b->segments[b->n_segments++];
    s->at = at;
    s->n = n;
    return s;
}

/* The last row of a file may do without its line feed. */
static int end_last_row(tflow_i_batch *b)
{
    if (!b->at_end || b->n == 0 || b->bytes[b->n - 1] == '\n')
        return 1;
    if (!tflow_i_reserve(&b->bytes, &b->capacity, b->n + 1 + TFLOW_I_PADDING, 1))
        return 0;
    b->bytes[b->n++] = '\n';
    b->feed_added = 1;
    return 1;
}

/* Cut the batch into segments: each goes up to a row's end near the end of its share.
 */
tflow_status tflow_i_batch_cut(tflow_i_batch *b, tflow_error *error)
{
    tflow_i_mark_fn *mark = b->extractors[0].rows.mark;
    size_t begins = 0, seen = 0; /* bytes whose quotes were counted */
    int odd = 0;

    b->n_segments = 0;
    while (seen < b->n) {
        size_t size = b->n - seen < TFLOW_I_SEGMENT ? b->n - seen : TFLOW_I_SEGMENT;
        odd ^= tflow_i_rows_odd(mark, b->bytes + seen, size);
        seen += size;
        size_t n = tflow_i_rows_cut(b->bytes + begins, seen - begins, odd);
        if (n == 0)
            continue;
        if (add_segment(b, begins, n) == NULL)
            return tflow_i_nomem(error);
        odd = tflow_i_rows_odd(mark, b->bytes + begins + n, seen - begins - n);
        begins += n;
    }
    b->whole = begins;
    return TFLOW_OK;
}

tflow_status tflow_i_batch_bytes(tflow_i_batch *b, tflow_error *error)
{
    size_t least = b->n_threads * TFLOW_I_SEGMENTS_A_THREAD * TFLOW_I_SEGMENT;
    memmove(b->bytes, b->bytes + b->whole, b->n - b->whole);
    b->n -= b->whole;
    b->whole = 0;
    for (;; least = b->n + TFLOW_I_SEGMENT) {
        tflow_status status = fill(b, least, error);
        if (status == TFLOW_OK && !end_last_row(b))
            status = tflow_i_nomem(error);
        if (status == TFLOW_OK)
            status = tflow_i_batch_cut(b, error);
        if (status != TFLOW_OK || b->whole > 0 || b->at_end || b->n > LONGEST)
            return status;
    }
}
