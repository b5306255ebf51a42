/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "state/state.h"

#include <string.h>

static const char *const fact_names[TFLOW_I_FACTS] = {
    "measure",       "reporter",   "partner",   "product",    "flow",
    "period",        "level",      "frequency", "accumulate", "by",
    "total",         "duplicates", "unit",      "valuation",  "currency",
    "quantity_unit", "products"};

const char *tflow_i_fact_name(tflow_i_fact fact)
{
    return fact_names[fact];
}

tflow_status tflow_state_new(tflow_state **out, tflow_error *error)
{
    if (out == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "no place for the state");
    *out = tflow_i_calloc(1, sizeof **out);
    if (*out == NULL)
        return tflow_i_nomem(error);
    (*out)->texts = tflow_i_dict_new();
    if ((*out)->texts != NULL)
        return TFLOW_OK;
    tflow_state_free(*out);
    *out = NULL;
    return tflow_i_nomem(error);
}

void tflow_state_free(tflow_state *state)
{
    if (state == NULL)
        return;
    for (size_t i = 0; i < TFLOW_I_FACTS; i++)
        tflow_i_free(state->facts[i]);
    for (size_t i = 0; i < state->n_sources; i++)
        tflow_i_free(state->sources[i].name);
    tflow_i_dict_free(state->texts);
    tflow_i_free(state->sources);
    tflow_i_free(state->spans);
    tflow_i_free(state->keys);
    tflow_i_free(state->cells);
    tflow_i_free(state);
}

void tflow_i_state_swap(tflow_state *state, tflow_state *other)
{
    tflow_state kept = *state;
    *state = *other;
    *other = kept;
}

int tflow_i_state_set(tflow_state *state, tflow_i_fact fact, const char *text)
{
    char *copy = tflow_i_strdup(text);
    if (copy == NULL)
        return 0;
    tflow_i_free(state->facts[fact]);
    state->facts[fact] = copy;
    return 1;
}

int tflow_i_state_names(tflow_state *state)
{
    const char *text = state->facts[TFLOW_I_FACT_BY];
    state->n_by = 0;
    while (*text != '\0') {
        size_t n = strcspn(text, ",");
        if (n == 0 || n >= TFLOW_I_NAME_SIZE || state->n_by == TFLOW_I_MOST_KEYS)
            return 0;
        memcpy(state->by[state->n_by], text, n);
        state->by[state->n_by++][n] = '\0';
        text += n;
        text += *text == ',';
    }
    return 1;
}

const char *tflow_i_state_text(const tflow_state *state, int32_t code)
{
    return code < 0 ? "" : tflow_i_dict_text(state->texts, code);
}

static int by_text(size_t a, size_t b, const void *context)
{
    const tflow_i_dict *texts = context;
    return strcmp(tflow_i_dict_text(texts, (int32_t)a),
                  tflow_i_dict_text(texts, (int32_t)b));
}

int32_t *tflow_i_state_ranks(const tflow_state *state)
{
    size_t n = (size_t)tflow_i_dict_count(state->texts);
    size_t *order = tflow_i_alloc(n, sizeof *order);
    int32_t *rank = tflow_i_alloc(n, sizeof *rank);
    int ok = order != NULL && rank != NULL;
    for (size_t i = 0; ok && i < n; i++)
        order[i] = i;
    ok = ok && tflow_i_sort(order, n, by_text, state->texts);
    for (size_t i = 0; ok && i < n; i++)
        rank[order[i]] = (int32_t)i;
    tflow_i_free(order);
    if (ok)
        return rank;
    tflow_i_free(rank);
    return NULL;
}

int tflow_i_state_add_source(tflow_state *state, const char *name)
{
    char *copy = tflow_i_strdup(name);
    if (copy == NULL ||
        !tflow_i_reserve(&state->sources, &state->sources_capacity,
                         state->n_sources + 1, sizeof *state->sources)) {
        tflow_i_free(copy);
        return 0;
    }
    state->sources[state->n_sources].name = copy;
    state->sources[state->n_sources++].rows = 0;
    return 1;
}

int tflow_i_state_add_span(tflow_state *state, const tflow_i_span *span)
{
    if (!tflow_i_reserve(&state->spans, &state->spans_capacity, state->n_spans + 1,
                         sizeof *state->spans))
        return 0;
    state->spans[state->n_spans++] = *span;
    state->sources[span->source].rows += span->used;
    return 1;
}

int tflow_i_state_add_cell(tflow_state *state, const int32_t *key,
                           const tflow_partial *partial)
{
    size_t width = tflow_i_state_width(state), n = state->n_cells;
    if (!tflow_i_reserve(&state->cells, &state->cells_capacity, n + 1,
                         sizeof *state->cells) ||
        !tflow_i_reserve(&state->keys, &state->keys_capacity, (n + 1) * width,
                         sizeof *state->keys))
        return 0;
    memcpy(state->keys + n * width, key, width * sizeof *key);
    state->cells[n] = *partial;
    state->n_cells++;
    return 1;
}

/* ---- what can be asked ---- */

size_t tflow_state_cells(const tflow_state *state)
{
    return state == NULL ? 0 : state->n_cells;
}

size_t tflow_state_sources(const tflow_state *state)
{
    return state == NULL ? 0 : state->n_sources;
}

const char *tflow_state_source(const tflow_state *state, size_t i)
{
    return state == NULL || i >= state->n_sources ? NULL : state->sources[i].name;
}

uint64_t tflow_state_source_rows(const tflow_state *state, size_t i)
{
    return state == NULL || i >= state->n_sources ? 0 : state->sources[i].rows;
}

const char *tflow_state_fact(const tflow_state *state, const char *name)
{
    if (state == NULL || name == NULL)
        return NULL;
    for (size_t i = 0; i < TFLOW_I_FACTS; i++)
        if (strcmp(fact_names[i], name) == 0)
            return state->facts[i];
    return NULL;
}
