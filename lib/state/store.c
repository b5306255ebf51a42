/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A state as bytes, all numbers little-endian:
 *
 *     "TFSTATE\n", u32 version, u32 number of facts: 0 while nothing was added
 *     each fact: a text, in the order of tflow_i_fact
 *     u32 number of sources, each: a text
 *     u32 number of texts, each: a text, sorted by bytes
 *     u64 number of spans, each: u32 source, i32 reporter, i32 flow, i32 period,
 *         u64 rows, u64 used; sorted by reporter, flow, period, source
 *     u64 number of cells, each: i32 reporter, i32 flow, i32 period, i32 of each key,
 *         the bytes of a partial sum; sorted by the numbers in their order
 *     u64 CRC-64/XZ of all before
 *
 * A text is a u32 length and its bytes; a reporter, flow or key is a place among the
 * texts, or -1. Only what is used is stored, so that equal states are equal bytes.
 */
#include "state/store.h"
#include "core/bytes.h"

#include <string.h>

/* ---- writing ---- */

typedef struct writing {
    const tflow_state *state;
    tflow_i_text bytes;
    int32_t *rank;  /* per text */
    int32_t *place; /* per text: among the stored ones; -1: not used */
    size_t *order;  /* of spans or cells */
} writing;

static void put32(writing *w, uint32_t number)
{
    unsigned char bytes[4];
    tflow_i_bytes_put32(bytes, number);
    tflow_i_text_add_n(&w->bytes, (const char *)bytes, sizeof bytes);
}

static void put64(writing *w, uint64_t number)
{
    unsigned char bytes[8];
    tflow_i_bytes_put64(bytes, number);
    tflow_i_text_add_n(&w->bytes, (const char *)bytes, sizeof bytes);
}

static void put_text(writing *w, const char *text)
{
    size_t n = strlen(text);
    put32(w, (uint32_t)n);
    tflow_i_text_add_n(&w->bytes, text, n);
}

static void put_code(writing *w, int32_t code)
{
    put32(w, (uint32_t)(code < 0 ? -1 : w->place[code]));
}

static void use(writing *w, int32_t code)
{
    if (code >= 0)
        w->place[code] = 0;
}

/* Number the texts that are used by their order, and write them. */
static int put_texts(writing *w)
{
    const tflow_state *state = w->state;
    size_t n = (size_t)tflow_i_dict_count(state->texts),
           width = tflow_i_state_width(state);
    w->rank = tflow_i_state_ranks(state);
    w->place = tflow_i_alloc(n, sizeof *w->place);
    int32_t *sorted = tflow_i_alloc(n, sizeof *sorted);
    if (w->rank == NULL || w->place == NULL || sorted == NULL) {
        tflow_i_free(sorted);
        return 0;
    }
    for (size_t i = 0; i < n; i++) {
        w->place[i] = -1;
        sorted[w->rank[i]] = (int32_t)i;
    }
    for (size_t i = 0; i < state->n_spans; i++) {
        use(w, state->spans[i].reporter);
        use(w, state->spans[i].flow);
    }
    for (size_t i = 0; i < state->n_cells; i++)
        for (size_t k = 0; k < width; k++)
            if (k != 2) /* the period is no text */
                use(w, tflow_i_state_key(state, i)[k]);
    uint32_t used = 0;
    for (size_t i = 0; i < n; i++)
        if (w->place[sorted[i]] == 0)
            w->place[sorted[i]] = (int32_t)used++;
    put32(w, used);
    for (size_t i = 0; i < n; i++)
        if (w->place[sorted[i]] >= 0)
            put_text(w, tflow_i_dict_text(state->texts, sorted[i]));
    tflow_i_free(sorted);
    return 1;
}

static int compare_codes(const writing *w, int32_t a, int32_t b)
{
    int32_t x = a < 0 ? -1 : w->place[a], y = b < 0 ? -1 : w->place[b];
    return x < y ? -1 : x > y;
}

static int by_span(size_t a, size_t b, const void *context)
{
    const writing *w = context;
    const tflow_i_span *x = &w->state->spans[a], *y = &w->state->spans[b];
    int order = compare_codes(w, x->reporter, y->reporter);
    if (order == 0)
        order = compare_codes(w, x->flow, y->flow);
    if (order == 0)
        order = x->period < y->period ? -1 : x->period > y->period;
    return order != 0 ? order : x->source < y->source ? -1 : x->source > y->source;
}

static int by_key(size_t a, size_t b, const void *context)
{
    const writing *w = context;
    const int32_t *x = tflow_i_state_key(w->state, a);
    const int32_t *y = tflow_i_state_key(w->state, b);
    int order = 0;
    for (size_t k = 0; order == 0 && k < tflow_i_state_width(w->state); k++)
        order =
            k == 2 ? (x[k] < y[k] ? -1 : x[k] > y[k]) : compare_codes(w, x[k], y[k]);
    return order;
}

static int sort(writing *w, size_t n, tflow_i_compare *compare)
{
    tflow_i_free(w->order);
    w->order = tflow_i_alloc(n, sizeof *w->order);
    for (size_t i = 0; w->order != NULL && i < n; i++)
        w->order[i] = i;
    return w->order != NULL && tflow_i_sort(w->order, n, compare, w);
}

static int put_spans(writing *w)
{
    const tflow_state *state = w->state;
    if (!sort(w, state->n_spans, by_span))
        return 0;
    put64(w, state->n_spans);
    for (size_t i = 0; i < state->n_spans; i++) {
        const tflow_i_span *span = &state->spans[w->order[i]];
        put32(w, span->source);
        put_code(w, span->reporter);
        put_code(w, span->flow);
        put32(w, (uint32_t)span->period);
        put64(w, span->rows);
        put64(w, span->used);
    }
    return 1;
}

static int put_cells(writing *w)
{
    const tflow_state *state = w->state;
    unsigned char partial[TFLOW_PARTIAL_BYTES];
    if (!sort(w, state->n_cells, by_key))
        return 0;
    put64(w, state->n_cells);
    for (size_t i = 0; i < state->n_cells; i++) {
        const int32_t *key = tflow_i_state_key(state, w->order[i]);
        for (size_t k = 0; k < tflow_i_state_width(state); k++)
            if (k == 2)
                put32(w, (uint32_t)key[k]);
            else
                put_code(w, key[k]);
        (void)tflow_partial_serialise(&state->cells[w->order[i]], partial,
                                      sizeof partial);
        tflow_i_text_add_n(&w->bytes, (const char *)partial, sizeof partial);
    }
    return 1;
}

static int put_all(writing *w)
{
    const tflow_state *state = w->state;
    int has_facts = state->facts[0] != NULL;
    tflow_i_text_add_n(&w->bytes, TFLOW_I_STATE_MAGIC, TFLOW_I_STATE_MAGIC_SIZE);
    put32(w, TFLOW_I_STATE_FORMAT);
    put32(w, has_facts ? TFLOW_I_FACTS : 0);
    for (int i = 0; has_facts && i < TFLOW_I_FACTS; i++)
        put_text(w, state->facts[i]);
    put32(w, (uint32_t)state->n_sources);
    for (size_t i = 0; i < state->n_sources; i++)
        put_text(w, state->sources[i].name);
    if (!put_texts(w) || !put_spans(w) || !put_cells(w) || w->bytes.failed)
        return 0;
    put64(w, tflow_i_bytes_crc64(0, (const unsigned char *)w->bytes.data,
                                 w->bytes.length));
    return !w->bytes.failed;
}

tflow_status tflow_state_serialise(const tflow_state *state, unsigned char **bytes,
                                   size_t *n, tflow_error *error)
{
    if (bytes != NULL)
        *bytes = NULL;
    if (n != NULL)
        *n = 0;
    if (state == NULL || bytes == NULL || n == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "no state or no place for its bytes");
    writing w = {.state = state};
    int ok = put_all(&w);
    size_t length = w.bytes.length;
    if (ok)
        *bytes = (unsigned char *)tflow_i_text_take(&w.bytes);
    tflow_i_text_clear(&w.bytes);
    tflow_i_free(w.rank);
    tflow_i_free(w.place);
    tflow_i_free(w.order);
    if (*bytes == NULL)
        return tflow_i_nomem(error);
    *n = length;
    return TFLOW_OK;
}

void tflow_state_bytes_free(unsigned char *bytes)
{
    tflow_i_free(bytes);
}
