/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A state from its bytes, which may be anything: each number is checked before it is
 * used, and what is accepted is written back as the same bytes. */
#include "core/bytes.h"
#include "state/store.h"

#include <string.h>

#define HEAD (TFLOW_I_STATE_MAGIC_SIZE + 4)
#define TAIL 8
#define SPAN_BYTES 32
#define MOST_ROWS (UINT64_C(1) << 58)

typedef struct loading {
    const unsigned char *bytes;
    size_t left;
    tflow_state *state;
    int32_t n_texts;
    int no_memory;
} loading;

static int take(loading *l, size_t n, const unsigned char **bytes)
{
    if (n > l->left)
        return 0;
    *bytes = l->bytes;
    l->bytes += n;
    l->left -= n;
    return 1;
}

static int get32(loading *l, uint32_t *number)
{
    const unsigned char *bytes;
    if (!take(l, 4, &bytes))
        return 0;
    *number = tflow_i_bytes_get32(bytes);
    return 1;
}

static int get64(loading *l, uint64_t *number)
{
    const unsigned char *bytes;
    if (!take(l, 8, &bytes))
        return 0;
    *number = tflow_i_bytes_get64(bytes);
    return 1;
}

/* What was asked of memory; a failure is remembered. */
static int held(loading *l, int ok)
{
    l->no_memory |= !ok;
    return ok;
}

/* A copy of a text; NULL when there is none. */
static char *get_text(loading *l)
{
    const unsigned char *bytes;
    uint32_t n;
    if (!get32(l, &n) || !take(l, n, &bytes) || memchr(bytes, '\0', n) != NULL)
        return NULL;
    char *text = tflow_i_strndup((const char *)bytes, n);
    (void)held(l, text != NULL);
    return text;
}

static int get_code(loading *l, int32_t *code)
{
    uint32_t number;
    if (!get32(l, &number))
        return 0;
    *code = number == UINT32_MAX ? -1 : (int32_t)(number & INT32_MAX);
    return number == UINT32_MAX || number < (uint32_t)l->n_texts;
}

static int get_period(loading *l, tflow_period *period)
{
    uint32_t number;
    tflow_period made;
    if (!get32(l, &number) || number > INT32_MAX)
        return 0;
    *period = (tflow_period)number;
    if (*period == TFLOW_PERIOD_NONE)
        return 1;
    int32_t start = tflow_period_start(*period);
    return tflow_period_make(start / 12, start % 12 + 1, tflow_period_months(*period),
                             &made) == TFLOW_OK &&
           made == *period;
}

/* ---- the parts ---- */

static int get_facts(loading *l)
{
    uint32_t n;
    if (!get32(l, &n) || (n != 0 && n != TFLOW_I_FACTS))
        return 0;
    for (uint32_t i = 0; i < n; i++)
        if ((l->state->facts[i] = get_text(l)) == NULL)
            return 0;
    if (n == 0)
        return 1;
    const char *frequency = l->state->facts[TFLOW_I_FACT_FREQUENCY];
    return tflow_i_state_names(l->state) &&
           (*frequency == '\0' ||
            (strchr("AHQM", *frequency) != NULL && frequency[1] == '\0'));
}

static int get_sources(loading *l)
{
    uint32_t n;
    if (!get32(l, &n))
        return 0;
    for (uint32_t i = 0; i < n; i++) {
        char *name = get_text(l);
        int ok = name != NULL && held(l, tflow_i_state_add_source(l->state, name));
        tflow_i_free(name);
        if (!ok)
            return 0;
    }
    return 1;
}

static int get_texts(loading *l)
{
    uint32_t n;
    const char *last = NULL;
    if (!get32(l, &n) || n > l->left / 4)
        return 0;
    for (uint32_t i = 0; i < n; i++) {
        char *text = get_text(l);
        int ok = text != NULL && (last == NULL || strcmp(last, text) < 0) &&
                 held(l, tflow_i_dict_add(l->state->texts, text, strlen(text)) >= 0);
        tflow_i_free(text);
        if (!ok)
            return 0;
        last = tflow_i_dict_text(l->state->texts, (int32_t)i);
    }
    l->n_texts = (int32_t)n;
    return 1;
}

static int in_order(const tflow_i_span *a, const tflow_i_span *b)
{
    if (a->reporter != b->reporter)
        return a->reporter < b->reporter;
    if (a->flow != b->flow)
        return a->flow < b->flow;
    return a->period != b->period ? a->period < b->period : a->source < b->source;
}

static int get_spans(loading *l)
{
    uint64_t n;
    if (!get64(l, &n) || n > l->left / SPAN_BYTES)
        return 0;
    for (uint64_t i = 0; i < n; i++) {
        tflow_i_span span;
        if (!get32(l, &span.source) || !get_code(l, &span.reporter) ||
            !get_code(l, &span.flow) || !get_period(l, &span.period) ||
            !get64(l, &span.rows) || !get64(l, &span.used) ||
            span.source >= l->state->n_sources || span.rows == 0 ||
            span.rows > MOST_ROWS || span.used > span.rows ||
            (i > 0 && !in_order(&l->state->spans[i - 1], &span)) ||
            !held(l, tflow_i_state_add_span(l->state, &span)))
            return 0;
    }
    return 1;
}

static int get_cells(loading *l)
{
    size_t width = tflow_i_state_width(l->state);
    uint64_t n;
    if (!get64(l, &n) || n > l->left / (4 * width + TFLOW_PARTIAL_BYTES))
        return 0;
    for (uint64_t i = 0; i < n; i++) {
        int32_t key[TFLOW_I_KEY_HEAD + TFLOW_I_MOST_KEYS];
        const unsigned char *bytes;
        tflow_partial partial;
        for (size_t k = 0; k < width; k++)
            if (!(k == 2 ? get_period(l, &key[k]) : get_code(l, &key[k])))
                return 0;
        if (!take(l, TFLOW_PARTIAL_BYTES, &bytes) ||
            tflow_partial_deserialise(bytes, TFLOW_PARTIAL_BYTES, &partial, NULL) !=
                TFLOW_OK)
            return 0;
        const int32_t *before = i == 0 ? NULL : tflow_i_state_key(l->state, i - 1);
        size_t same = 0;
        while (before != NULL && same < width && before[same] == key[same])
            same++;
        if (before != NULL && (same == width || before[same] > key[same]))
            return 0;
        if (!held(l, tflow_i_state_add_cell(l->state, key, &partial)))
            return 0;
    }
    return 1;
}

/* ---- the whole ---- */

static uint64_t rows_of(const tflow_partial *partial)
{
    uint64_t n = 0;
    for (size_t i = 0; i < sizeof partial->rows / sizeof *partial->rows; i++)
        n += (uint64_t)partial->rows[i];
    return n;
}

/* The rows of the cells are those that the spans say, each of one source. Both are
 * sorted by reporter, flow and period. */
static int rows_agree(const tflow_state *state)
{
    size_t cell = 0;
    for (size_t i = 0; i < state->n_spans;) {
        const tflow_i_span *span = &state->spans[i];
        uint64_t used = 0, n = 0;
        int sources = 0;
        for (; i < state->n_spans && state->spans[i].reporter == span->reporter &&
               state->spans[i].flow == span->flow &&
               state->spans[i].period == span->period;
             i++) {
            used += state->spans[i].used;
            sources += state->spans[i].used > 0;
        }
        for (; cell < state->n_cells; cell++) {
            const int32_t *key = tflow_i_state_key(state, cell);
            if (key[0] != span->reporter || key[1] != span->flow ||
                key[2] != span->period)
                break;
            n += rows_of(&state->cells[cell]);
        }
        if (n != used || sources > 1)
            return 0;
    }
    return cell == state->n_cells;
}

static void use(uint8_t *used, int32_t code)
{
    if (code >= 0)
        used[code] = 1;
}

static int texts_used(loading *l)
{
    const tflow_state *state = l->state;
    uint8_t *used = tflow_i_calloc((size_t)l->n_texts, 1);
    if (!held(l, used != NULL))
        return 0;
    for (size_t i = 0; i < state->n_spans; i++) {
        use(used, state->spans[i].reporter);
        use(used, state->spans[i].flow);
    }
    for (size_t i = 0; i < state->n_cells; i++)
        for (size_t k = 0; k < tflow_i_state_width(state); k++)
            if (k != 2) /* the period is no text */
                use(used, tflow_i_state_key(state, i)[k]);
    int all = l->n_texts == 0 || memchr(used, 0, (size_t)l->n_texts) == NULL;
    tflow_i_free(used);
    return all;
}

/* Sources without rows, texts nobody uses: nothing that is written. */
static int nothing_idle(loading *l)
{
    const tflow_state *state = l->state;
    if (!texts_used(l))
        return 0;
    for (size_t i = 0; i < state->n_sources; i++)
        if (state->sources[i].rows == 0)
            return 0;
    return state->facts[0] != NULL ||
           (state->n_sources == 0 && state->n_spans == 0 && state->n_cells == 0);
}

static tflow_status check(const unsigned char *bytes, size_t n, tflow_error *error)
{
    if (n < HEAD || memcmp(bytes, TFLOW_I_STATE_MAGIC, TFLOW_I_STATE_MAGIC_SIZE) != 0)
        return tflow_i_fail(
            error, TFLOW_EPARSE,
            "this is no state of sums: make one with aggregate --state");
    unsigned long version = tflow_i_bytes_get32(bytes + TFLOW_I_STATE_MAGIC_SIZE);
    if (version != TFLOW_I_STATE_FORMAT)
        return tflow_i_fail(error, TFLOW_EUNSUPPORTED,
                            "found a state of version %lu, expected version %u",
                            version, TFLOW_I_STATE_FORMAT);
    if (n < HEAD + TAIL || tflow_i_bytes_get64(bytes + n - TAIL) !=
                               tflow_i_bytes_crc64(0, bytes, n - TAIL))
        return tflow_i_fail(
            error, TFLOW_EPARSE,
            "the state is damaged or cut short: its checksum is not its "
            "own");
    return TFLOW_OK;
}

tflow_status tflow_state_deserialise(const unsigned char *bytes, size_t n,
                                     tflow_state **out, tflow_error *error)
{
    if (out != NULL)
        *out = NULL;
    if (bytes == NULL || out == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "no bytes or no place for the state");
    tflow_status status = check(bytes, n, error);
    if (status == TFLOW_OK)
        status = tflow_state_new(out, error);
    if (status != TFLOW_OK)
        return status;
    loading l = {bytes + HEAD, n - HEAD - TAIL, *out, 0, 0};
    if (get_facts(&l) && get_sources(&l) && get_texts(&l) && get_spans(&l) &&
        get_cells(&l) && l.left == 0 && rows_agree(*out) && nothing_idle(&l))
        return TFLOW_OK;
    tflow_state_free(*out);
    *out = NULL;
    return l.no_memory ? tflow_i_nomem(error)
                       : tflow_i_fail(error, TFLOW_EPARSE,
                                      "the state holds what no flows come to");
}
