/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two states as one: the second added, put in the place of what it covers, or taken
 * away. Nothing is changed until all of it is known to go. */
#include "state/state.h"

#include <string.h>

typedef struct combining {
    const tflow_state *state, *other;
    int32_t *codes;        /* per text of other: its code in state; -2: not there */
    tflow_i_groups *pairs; /* reporter, flow of state */
    size_t *first;         /* per pair: one of its spans */
    size_t *next;          /* per span of state: another of its pair; SIZE_MAX: none */
    uint8_t *drop;         /* per span of state */
} combining;

static void combining_free(combining *c)
{
    tflow_i_free(c->codes);
    tflow_i_groups_free(c->pairs);
    tflow_i_free(c->first);
    tflow_i_free(c->next);
    tflow_i_free(c->drop);
}

static int32_t code_of(const combining *c, int32_t code)
{
    return code < 0 ? code : c->codes[code];
}

static int combining_open(combining *c, const tflow_state *state,
                          const tflow_state *other)
{
    int32_t n = tflow_i_dict_count(other->texts);
    memset(c, 0, sizeof *c);
    c->state = state;
    c->other = other;
    c->codes = tflow_i_alloc((size_t)n, sizeof *c->codes);
    c->pairs = tflow_i_groups_new(2);
    c->first = tflow_i_alloc(state->n_spans, sizeof *c->first);
    c->next = tflow_i_alloc(state->n_spans, sizeof *c->next);
    c->drop = tflow_i_calloc(state->n_spans, 1);
    if (c->codes == NULL || c->pairs == NULL || c->first == NULL || c->next == NULL ||
        c->drop == NULL)
        return 0;
    for (int32_t i = 0; i < n; i++) {
        const char *text = tflow_i_dict_text(other->texts, i);
        c->codes[i] = tflow_i_dict_find(state->texts, text, strlen(text));
        if (c->codes[i] < 0)
            c->codes[i] = -2;
    }
    for (size_t i = 0; i < state->n_spans; i++) {
        int32_t key[2] = {state->spans[i].reporter, state->spans[i].flow};
        size_t before = tflow_i_groups_count(c->pairs);
        size_t pair = tflow_i_groups_add(c->pairs, key);
        if (pair == SIZE_MAX)
            return 0;
        c->next[i] = pair == before ? SIZE_MAX : c->first[pair];
        c->first[pair] = i;
    }
    return 1;
}

/* The first span of the state with the reporter and flow of a span of the other. */
static size_t first_like(const combining *c, const tflow_i_span *span)
{
    int32_t key[2] = {code_of(c, span->reporter), code_of(c, span->flow)};
    size_t pair = tflow_i_groups_find(c->pairs, key);
    return pair == SIZE_MAX ? SIZE_MAX : c->first[pair];
}

static int32_t end_of(tflow_period period)
{
    return tflow_period_start(period) + tflow_period_months(period);
}

static int overlap(tflow_period a, tflow_period b)
{
    return a == b ||
           (tflow_period_start(a) < end_of(b) && tflow_period_start(b) < end_of(a));
}

static int within(tflow_period inner, tflow_period outer)
{
    return tflow_period_start(inner) >= tflow_period_start(outer) &&
           end_of(inner) <= end_of(outer);
}

/* "BLR X 2022-02" */
#define WHICH_SIZE 160
static const char *which(const tflow_state *state, const tflow_i_span *span,
                         char *buffer)
{
    char period[TFLOW_PERIOD_SIZE];
    const char *texts[] = {tflow_i_state_text(state, span->reporter),
                           tflow_i_state_text(state, span->flow),
                           tflow_period_format(span->period, period)};
    size_t n = 0;
    for (size_t i = 0; i < 3; i++) {
        size_t length = strlen(texts[i]);
        if (length == 0 || n + length + 2 > WHICH_SIZE)
            continue;
        if (n > 0)
            buffer[n++] = ' ';
        memcpy(buffer + n, texts[i], length);
        n += length;
    }
    buffer[n] = '\0';
    return n > 0 ? buffer : "what has no reporter, flow and period";
}

static const char *source_of(const tflow_state *state, const tflow_i_span *span)
{
    const char *name = state->sources[span->source].name;
    return *name == '\0' ? "a table" : name;
}

/* ---- add ---- */

static tflow_status refuse_overlap(const combining *c, const tflow_i_span *span,
                                   const tflow_i_span *there, tflow_error *error)
{
    char found[WHICH_SIZE], has[WHICH_SIZE];
    return tflow_i_fail(error, TFLOW_EDUPLICATE,
                        "%s would count twice: the state has %s from %.100s; use "
                        "--revise to put the new rows in the place of the old",
                        which(c->other, span, found), which(c->state, there, has),
                        source_of(c->state, there));
}

static tflow_status check_add(combining *c, tflow_error *error)
{
    for (size_t i = 0; i < c->other->n_spans; i++) {
        const tflow_i_span *span = &c->other->spans[i];
        if (span->used == 0)
            continue;
        for (size_t k = first_like(c, span); k != SIZE_MAX; k = c->next[k])
            if (c->state->spans[k].used > 0 &&
                overlap(span->period, c->state->spans[k].period))
                return refuse_overlap(c, span, &c->state->spans[k], error);
    }
    return TFLOW_OK;
}

/* ---- revise ---- */

static tflow_status check_revise(combining *c, tflow_error *error)
{
    char found[WHICH_SIZE], has[WHICH_SIZE];
    for (size_t i = 0; i < c->other->n_spans; i++) {
        const tflow_i_span *span = &c->other->spans[i];
        for (size_t k = first_like(c, span); k != SIZE_MAX; k = c->next[k]) {
            const tflow_i_span *there = &c->state->spans[k];
            if (!overlap(span->period, there->period))
                continue;
            if (within(there->period, span->period))
                c->drop[k] = 1;
            else if (span->used > 0 && there->used > 0)
                return tflow_i_fail(error, TFLOW_EOVERLAP,
                                    "%s is only a part of %s, which the state has as "
                                    "one from %.100s: revise all of it",
                                    which(c->other, span, found),
                                    which(c->state, there, has),
                                    source_of(c->state, there));
        }
    }
    return TFLOW_OK;
}

/* ---- subtract ---- */

static tflow_status not_there(const tflow_state *state, const tflow_i_span *span,
                              tflow_error *error)
{
    char text[WHICH_SIZE];
    return tflow_i_fail(error, TFLOW_EUNKNOWN,
                        "what is to be subtracted is not in the state as it is here: "
                        "%s differs",
                        which(state, span, text));
}

/* Marks the span that has the rows of a span of the other, and, in the same source, the
 * one that only covers. */
static tflow_status find_span(combining *c, const tflow_i_span *span,
                              uint8_t *source_met, tflow_error *error)
{
    for (size_t k = first_like(c, span); k != SIZE_MAX; k = c->next[k]) {
        const tflow_i_span *there = &c->state->spans[k];
        if (there->period != span->period || there->used == 0)
            continue;
        if (there->used != span->used)
            break;
        c->drop[k] = 1;
        source_met[there->source] = 1;
        return TFLOW_OK;
    }
    return not_there(c->other, span, error);
}

static void find_cover(combining *c, const tflow_i_span *span,
                       const uint8_t *source_met)
{
    for (size_t k = first_like(c, span); k != SIZE_MAX; k = c->next[k]) {
        const tflow_i_span *there = &c->state->spans[k];
        if (there->period == span->period && there->used == 0 &&
            source_met[there->source])
            c->drop[k] = 1;
    }
}

/* Each cell of the other is there, equal in every bit. As the rows of the spans are as
 * many as those of the cells, no cell of the spans is left then. */
static tflow_status check_cells(const combining *c, tflow_error *error)
{
    const tflow_state *s = c->state, *o = c->other;
    size_t width = tflow_i_state_width(s);
    int32_t key[TFLOW_I_KEY_HEAD + TFLOW_I_MOST_KEYS];
    tflow_i_groups *cells = tflow_i_groups_new(width);
    tflow_status status = cells == NULL ? tflow_i_nomem(error) : TFLOW_OK;

    for (size_t i = 0; i < s->n_cells && status == TFLOW_OK; i++)
        if (tflow_i_groups_add(cells, tflow_i_state_key(s, i)) == SIZE_MAX)
            status = tflow_i_nomem(error);
    for (size_t i = 0; i < o->n_cells && status == TFLOW_OK; i++) {
        memcpy(key, tflow_i_state_key(o, i), width * sizeof *key);
        tflow_i_span span = {key[0], key[1], key[2], 0, 0, 0};
        for (size_t k = 0; k < width; k++)
            if (k != 2) /* the period is no text */
                key[k] = code_of(c, key[k]);
        size_t cell = tflow_i_groups_find(cells, key);
        if (cell == SIZE_MAX ||
            memcmp(&s->cells[cell], &o->cells[i], sizeof *s->cells) != 0)
            status = not_there(o, &span, error);
    }
    tflow_i_groups_free(cells);
    return status;
}

static tflow_status check_subtract(combining *c, tflow_error *error)
{
    uint8_t *source_met = tflow_i_calloc(c->state->n_sources, 1);
    tflow_status status = source_met == NULL ? tflow_i_nomem(error) : TFLOW_OK;

    for (size_t i = 0; i < c->other->n_spans && status == TFLOW_OK; i++)
        if (c->other->spans[i].used > 0)
            status = find_span(c, &c->other->spans[i], source_met, error);
    for (size_t i = 0; i < c->other->n_spans && status == TFLOW_OK; i++)
        if (c->other->spans[i].used == 0)
            find_cover(c, &c->other->spans[i], source_met);
    tflow_i_free(source_met);
    return status == TFLOW_OK ? check_cells(c, error) : status;
}

/* ---- the new state ---- */

typedef struct copying {
    tflow_state *to;
    const tflow_state *from;
    const uint8_t *drop;     /* per span of from; NULL: none */
    int32_t *codes;          /* per text of from: its code in to */
    uint32_t *sources;       /* per source of from: its place in to */
    tflow_i_groups *dropped; /* spans, as keys of from */
} copying;

static int copy_texts(copying *c)
{
    int32_t n = tflow_i_dict_count(c->from->texts);
    c->codes = tflow_i_alloc((size_t)n, sizeof *c->codes);
    for (int32_t i = 0; c->codes != NULL && i < n; i++) {
        const char *text = tflow_i_dict_text(c->from->texts, i);
        c->codes[i] = tflow_i_dict_add(c->to->texts, text, strlen(text));
        if (c->codes[i] < 0)
            return 0;
    }
    return c->codes != NULL;
}

/* Sources that have rows left, in their order. */
static int copy_sources(copying *c)
{
    const tflow_state *from = c->from;
    uint8_t *has = tflow_i_calloc(from->n_sources, 1);
    c->sources = tflow_i_calloc(from->n_sources, sizeof *c->sources);
    int ok = has != NULL && c->sources != NULL;
    for (size_t i = 0; ok && i < from->n_spans; i++)
        if ((c->drop == NULL || !c->drop[i]) && from->spans[i].used > 0)
            has[from->spans[i].source] = 1;
    for (size_t i = 0; ok && i < from->n_sources; i++) {
        c->sources[i] = has[i] ? (uint32_t)c->to->n_sources : UINT32_MAX;
        ok = !has[i] || tflow_i_state_add_source(c->to, from->sources[i].name);
    }
    tflow_i_free(has);
    return ok;
}

static int32_t copied(const copying *c, int32_t code)
{
    return code < 0 ? code : c->codes[code];
}

static int copy_spans(copying *c)
{
    int covers = *c->from->facts[TFLOW_I_FACT_FREQUENCY] != '\0';
    c->dropped = tflow_i_groups_new(TFLOW_I_KEY_HEAD);
    int ok = c->dropped != NULL;
    for (size_t i = 0; ok && i < c->from->n_spans; i++) {
        tflow_i_span span = c->from->spans[i];
        if (c->drop != NULL && c->drop[i]) {
            int32_t key[TFLOW_I_KEY_HEAD] = {span.reporter, span.flow, span.period};
            ok = span.used == 0 || tflow_i_groups_add(c->dropped, key) != SIZE_MAX;
            continue;
        }
        if (c->sources[span.source] == UINT32_MAX || (span.used == 0 && !covers))
            continue;
        span.reporter = copied(c, span.reporter);
        span.flow = copied(c, span.flow);
        span.source = c->sources[span.source];
        ok = tflow_i_state_add_span(c->to, &span);
    }
    return ok;
}

static int copy_cells(copying *c)
{
    size_t width = tflow_i_state_width(c->from);
    int32_t key[TFLOW_I_KEY_HEAD + TFLOW_I_MOST_KEYS];
    int ok = 1;
    for (size_t i = 0; ok && i < c->from->n_cells; i++) {
        memcpy(key, tflow_i_state_key(c->from, i), width * sizeof *key);
        if (tflow_i_groups_find(c->dropped, key) != SIZE_MAX)
            continue;
        for (size_t k = 0; k < width; k++)
            if (k != 2)
                key[k] = copied(c, key[k]);
        ok = tflow_i_state_add_cell(c->to, key, &c->from->cells[i]);
    }
    return ok;
}

/* Append what is not dropped. */
static int copy(tflow_state *to, const tflow_state *from, const uint8_t *drop)
{
    copying c = {to, from, drop, NULL, NULL, NULL};
    if (from->facts[0] == NULL)
        return 1;
    int ok = 1;
    for (int i = 0; ok && i < TFLOW_I_FACTS; i++)
        ok = tflow_i_state_set(to, (tflow_i_fact)i, from->facts[i]);
    ok = ok && tflow_i_state_names(to) && copy_texts(&c) && copy_sources(&c) &&
         copy_spans(&c) && copy_cells(&c);
    tflow_i_free(c.codes);
    tflow_i_free(c.sources);
    tflow_i_groups_free(c.dropped);
    return ok;
}

/* Without a frequency all periods are of one length. */
static tflow_status one_length(const tflow_state *state, const tflow_state *other,
                               tflow_error *error)
{
    char a[TFLOW_PERIOD_SIZE], b[TFLOW_PERIOD_SIZE];
    if (state->n_cells == 0 || other->n_cells == 0 ||
        *other->facts[TFLOW_I_FACT_FREQUENCY] != '\0')
        return TFLOW_OK;
    tflow_period has = tflow_i_state_key(state, 0)[2];
    tflow_period found = tflow_i_state_key(other, 0)[2];
    if (tflow_period_months(has) == tflow_period_months(found))
        return TFLOW_OK;
    return tflow_i_fail(error, TFLOW_EMIXED,
                        "found period %s, but the state is of periods as long as %s: "
                        "make it with --frequency to add both",
                        tflow_period_format(found, a), tflow_period_format(has, b));
}

tflow_status tflow_i_state_combine(const tflow_state *state, const tflow_state *other,
                                   tflow_i_combine how, tflow_state **out,
                                   tflow_error *error)
{
    combining c;
    *out = NULL;
    tflow_status status = tflow_i_state_match(state, other, error);
    if (status == TFLOW_OK)
        status = one_length(state, other, error);
    if (status != TFLOW_OK)
        return status;
    if (!combining_open(&c, state, other))
        status = tflow_i_nomem(error);
    else
        status = how == TFLOW_I_COMBINE_ADD      ? check_add(&c, error)
                 : how == TFLOW_I_COMBINE_REVISE ? check_revise(&c, error)
                                                 : check_subtract(&c, error);
    if (status == TFLOW_OK)
        status = tflow_state_new(out, error);
    if (status == TFLOW_OK &&
        (!copy(*out, state, c.drop) ||
         (how != TFLOW_I_COMBINE_SUBTRACT && !copy(*out, other, NULL)))) {
        tflow_state_free(*out);
        *out = NULL;
        status = tflow_i_nomem(error);
    }
    combining_free(&c);
    return status;
}
