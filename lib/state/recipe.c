/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a call chooses, as text that is the same however it was said. */
#include "state/state.h"
#include "codes/codes.h"
#include "flows/plan.h"

#include <stdio.h>
#include <string.h>

/* ---- lists ---- */

/* A country or group by its code, a flow by its letter; else as it was typed. */
static const char *one_word(tflow_i_fact fact, const char *text)
{
    tflow_area area;
    tflow_group group;
    if (fact == TFLOW_I_FACT_FLOW)
        return tflow_i_flow_code(text);
    if (fact == TFLOW_I_FACT_PRODUCT)
        return text;
    if (tflow_group_find(text, strlen(text), &group, NULL) == TFLOW_OK)
        return group.code;
    if (tflow_area_find(text, strlen(text), &area, NULL) == TFLOW_OK)
        return area.code;
    return text;
}

static int by_text(size_t a, size_t b, const void *context)
{
    const char *const *words = context;
    return strcmp(words[a], words[b]);
}

/* Sorted and joined by commas; 0 when out of memory. */
static int set_list(tflow_state *state, tflow_i_fact fact, const char *const *list,
                    size_t n)
{
    tflow_i_text text = {0};
    const char **words = tflow_i_alloc(n, sizeof *words);
    size_t *order = tflow_i_alloc(n, sizeof *order);
    int ok = words != NULL && order != NULL;

    for (size_t i = 0; ok && i < n; i++) {
        words[i] = one_word(fact, list[i]);
        order[i] = i;
    }
    ok = ok && tflow_i_sort(order, n, by_text, words);
    tflow_i_text_add(&text, "");
    for (size_t i = 0; ok && i < n; i++) {
        if (i > 0 && strcmp(words[order[i]], words[order[i - 1]]) == 0)
            continue;
        tflow_i_text_add(&text, i > 0 ? "," : "");
        tflow_i_text_add(&text, words[order[i]]);
    }
    char *made = tflow_i_text_take(&text);
    ok = ok && made != NULL && tflow_i_state_set(state, fact, made);
    tflow_text_free(made);
    tflow_i_free(words);
    tflow_i_free(order);
    return ok;
}

/* ---- the rest ---- */

static int set_period(tflow_state *state, const tflow_i_selection *selection)
{
    char text[2 * TFLOW_PERIOD_SIZE + 1], first[TFLOW_PERIOD_SIZE],
        last[TFLOW_PERIOD_SIZE];
    int one = selection->first == selection->last;

    snprintf(text, sizeof text, "%s%s%s", tflow_period_format(selection->first, first),
             one ? "" : ":", one ? "" : tflow_period_format(selection->last, last));
    return tflow_i_state_set(state, TFLOW_I_FACT_PERIOD, text);
}

static int set_words(tflow_state *state, const tflow_i_selection *selection)
{
    static const char *const accumulates[] = {"none", "ytd", "rolling"};
    static const char *const duplicates[] = {"error", "sum", "first"};
    const char frequency[2] = {selection->frequency, '\0'};
    char level[2 * sizeof(int) * 8] = "";

    if (selection->level >= 0)
        tflow_i_decimal_format(selection->level, level);
    return tflow_i_state_set(state, TFLOW_I_FACT_MEASURE,
                             selection->measure == NULL ? "value"
                                                        : selection->measure) &&
           tflow_i_state_set(state, TFLOW_I_FACT_LEVEL, level) &&
           tflow_i_state_set(state, TFLOW_I_FACT_FREQUENCY, frequency) &&
           tflow_i_state_set(state, TFLOW_I_FACT_ACCUMULATE,
                             accumulates[selection->accumulate]) &&
           tflow_i_state_set(state, TFLOW_I_FACT_DUPLICATES,
                             duplicates[selection->duplicates]);
}

tflow_status tflow_i_state_describe(tflow_state *state, const tflow_i_selection *s,
                                    tflow_error *error)
{
    int ok = set_list(state, TFLOW_I_FACT_REPORTER, s->reporters, s->n_reporters) &&
             set_list(state, TFLOW_I_FACT_PARTNER, s->partners, s->n_partners) &&
             set_list(state, TFLOW_I_FACT_PRODUCT, s->products, s->n_products) &&
             set_list(state, TFLOW_I_FACT_FLOW, s->flows, s->n_flows) &&
             set_period(state, s) && set_words(state, s);
    return ok ? TFLOW_OK : tflow_i_nomem(error);
}

/* ---- agreement ---- */

static const char *shown(const char *text)
{
    return *text == '\0' ? "none" : text;
}

static tflow_status differ(tflow_i_fact fact, const char *found, const char *has,
                           tflow_error *error)
{
    int parameter = fact < TFLOW_I_FACT_UNIT;
    const char *name = tflow_i_fact_name(fact);
    tflow_status status = parameter ? TFLOW_EINVAL : TFLOW_EMIXED;
    if (parameter)
        tflow_i_fail(error, status,
                     "found %.150s, but the state was made with %.150s: they do not go "
                     "together",
                     shown(found), shown(has));
    else
        tflow_i_fail(
            error, status,
            "found %.150s, but that of the state is %.150s: they cannot be added",
            shown(found), shown(has));
    tflow_i_at(error, NULL, 0, 0, name);
    return status;
}

/* Is the name of a key among those that the call keeps apart? */
static int asked_for(const tflow_i_selection *selection, const char *name)
{
    for (size_t i = 0; i < selection->n_by; i++)
        if (strcmp(selection->by[i], name) == 0)
            return 1;
    return strcmp(name, "flow") == 0; /* always a key, where there is one */
}

static tflow_status same_keys(const tflow_state *state,
                              const tflow_i_selection *selection, tflow_error *error)
{
    int same = 1;
    for (size_t k = 0; k < state->n_by; k++)
        same &= asked_for(selection, state->by[k]);
    for (size_t i = 0; i < selection->n_by; i++) {
        int there = 0;
        for (size_t k = 0; k < state->n_by; k++)
            there |= strcmp(selection->by[i], state->by[k]) == 0;
        same &= there;
    }
    if (same)
        return TFLOW_OK;
    tflow_i_text text = {0};
    tflow_i_text_add(&text, "");
    for (size_t i = 0; i < selection->n_by; i++) {
        tflow_i_text_add(&text, i > 0 ? "," : "");
        tflow_i_text_add(&text, selection->by[i]);
    }
    char *found = tflow_i_text_take(&text);
    tflow_status status = found == NULL ? tflow_i_nomem(error)
                                        : differ(TFLOW_I_FACT_BY, found,
                                                 state->facts[TFLOW_I_FACT_BY], error);
    tflow_text_free(found);
    return status;
}

tflow_status tflow_i_state_agree(const tflow_state *state,
                                 const tflow_i_selection *selection, tflow_error *error)
{
    static const char *const totals[] = {"auto", "partners", "world"};
    tflow_state *asked;

    if (state->facts[0] == NULL)
        return TFLOW_OK;
    tflow_status status = tflow_state_new(&asked, error);
    if (status == TFLOW_OK)
        status = tflow_i_state_describe(asked, selection, error);
    for (int i = 0; i < TFLOW_I_FACT_UNIT && status == TFLOW_OK; i++)
        if (asked->facts[i] != NULL && strcmp(asked->facts[i], state->facts[i]) != 0)
            status = differ((tflow_i_fact)i, asked->facts[i], state->facts[i], error);
    if (status == TFLOW_OK)
        status = same_keys(state, selection, error);
    const char *total = totals[selection->total];
    if (status == TFLOW_OK && selection->total != TFLOW_I_TOTAL_AUTO &&
        strcmp(state->facts[TFLOW_I_FACT_TOTAL], total) != 0)
        status =
            differ(TFLOW_I_FACT_TOTAL, total, state->facts[TFLOW_I_FACT_TOTAL], error);
    tflow_state_free(asked);
    return status;
}

tflow_status tflow_i_state_match(const tflow_state *state, const tflow_state *other,
                                 tflow_error *error)
{
    if (state->facts[0] == NULL)
        return TFLOW_OK;
    for (int i = 0; i < TFLOW_I_FACTS; i++)
        if (strcmp(state->facts[i], other->facts[i]) != 0)
            return differ((tflow_i_fact)i, other->facts[i], state->facts[i], error);
    return TFLOW_OK;
}
