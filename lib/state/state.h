/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of a state. Its cells are finer than what it is asked for: each is of one
 * reporter, flow and period as they stand in the data, so that these can be revised and
 * taken away. A span says which rows a source has of a reporter, flow and period; only
 * one source can have rows of it in the sums.
 */
#ifndef TFLOW_STATE_STATE_H
#define TFLOW_STATE_STATE_H

#include "flows/select.h"
#include "tradeflow/partial.h"
#include "tradeflow/state.h"

/* What all that is added must agree in. Stored in this order. */
typedef enum tflow_i_fact {
    TFLOW_I_FACT_MEASURE,
    TFLOW_I_FACT_REPORTER,
    TFLOW_I_FACT_PARTNER,
    TFLOW_I_FACT_PRODUCT,
    TFLOW_I_FACT_FLOW,
    TFLOW_I_FACT_PERIOD,
    TFLOW_I_FACT_LEVEL,
    TFLOW_I_FACT_FREQUENCY,
    TFLOW_I_FACT_ACCUMULATE,
    TFLOW_I_FACT_BY,
    TFLOW_I_FACT_TOTAL,
    TFLOW_I_FACT_DUPLICATES,
    /* Parameters end here; the rest is of the data. */
    TFLOW_I_FACT_UNIT,
    TFLOW_I_FACT_VALUATION,
    TFLOW_I_FACT_CURRENCY,
    TFLOW_I_FACT_QUANTITY_UNIT,
    TFLOW_I_FACT_PRODUCTS,
    TFLOW_I_FACTS
} tflow_i_fact;

typedef struct tflow_i_source {
    char *name;
    uint64_t rows; /* in the sums */
} tflow_i_source;

typedef struct tflow_i_span {
    int32_t reporter, flow; /* texts; -1: missing */
    tflow_period period;
    uint32_t source;
    uint64_t rows; /* of the table, selected or not: they say what is covered */
    uint64_t used; /* in the sums */
} tflow_i_span;

#define TFLOW_I_KEY_HEAD 3 /* reporter, flow, period; then the keys of `by` */
#define TFLOW_I_MOST_KEYS 8

struct tflow_state {
    char *facts[TFLOW_I_FACTS]; /* all NULL: nothing was added yet */
    size_t n_by;
    char by[TFLOW_I_MOST_KEYS][TFLOW_I_NAME_SIZE];
    tflow_i_dict *texts;
    tflow_i_source *sources;
    size_t n_sources, sources_capacity;
    tflow_i_span *spans;
    size_t n_spans, spans_capacity;
    int32_t *keys; /* per cell: KEY_HEAD + n_by numbers */
    tflow_partial *cells;
    size_t n_cells, keys_capacity, cells_capacity;
};

/* ---- state.c ---- */

const char *tflow_i_fact_name(tflow_i_fact fact);
int tflow_i_state_set(tflow_state *state, tflow_i_fact fact, const char *text);
/* Cut the fact `by` into names; 0 when they are none that tables have. */
int tflow_i_state_names(tflow_state *state);
static inline size_t tflow_i_state_width(const tflow_state *state)
{
    return TFLOW_I_KEY_HEAD + state->n_by;
}
static inline const int32_t *tflow_i_state_key(const tflow_state *state, size_t cell)
{
    return state->keys + cell * tflow_i_state_width(state);
}
/* A text, or "" when missing. */
const char *tflow_i_state_text(const tflow_state *state, int32_t code);
/* Each returns 0 when out of memory. */
int tflow_i_state_add_source(tflow_state *state, const char *name);
int tflow_i_state_add_span(tflow_state *state, const tflow_i_span *span);
int tflow_i_state_add_cell(tflow_state *state, const int32_t *key,
                           const tflow_partial *partial);
/* What is in `other` comes into `state`, and the other way round. */
void tflow_i_state_swap(tflow_state *state, tflow_state *other);

/* Per text its place in the order of their bytes; NULL when out of memory. */
int32_t *tflow_i_state_ranks(const tflow_state *state);

/* ---- recipe.c: the parameters of a call as facts ---- */

/* Set the facts of the parameters, but for `by` and `total`, which need the data. */
tflow_status tflow_i_state_describe(tflow_state *state,
                                    const tflow_i_selection *selection,
                                    tflow_error *error);
/* Refuse what was chosen otherwise than the state has it; `state` may hold nothing. */
tflow_status tflow_i_state_agree(const tflow_state *state,
                                 const tflow_i_selection *selection,
                                 tflow_error *error);
/* Refuse a state that differs in any fact. */
tflow_status tflow_i_state_match(const tflow_state *state, const tflow_state *other,
                                 tflow_error *error);

/* ---- rows.c ---- */

/* The state of one table alone. Notes go to `notes`, which the caller frees. */
tflow_status tflow_i_state_of(const tflow_table *table,
                              const tflow_i_selection *selection, tflow_state **out,
                              tflow_i_cells *notes, tflow_error *error);

/* ---- combine.c ---- */

typedef enum tflow_i_combine {
    TFLOW_I_COMBINE_ADD,
    TFLOW_I_COMBINE_REVISE,
    TFLOW_I_COMBINE_SUBTRACT
} tflow_i_combine;

/* A new state of both. */
tflow_status tflow_i_state_combine(const tflow_state *state, const tflow_state *other,
                                   tflow_i_combine how, tflow_state **out,
                                   tflow_error *error);

/* ---- sums.c ---- */

/* The cells that the state comes to, as tflow_i_aggregate makes them of rows. */
tflow_status tflow_i_state_sums(const tflow_state *state, tflow_missing missing,
                                tflow_i_cells *out, tflow_error *error);

#endif
