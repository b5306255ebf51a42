/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/actors_ops.h"
#include "tradeflow/codes.h"

#include <string.h>

/* ---- the matrix ---- */

static int match_names(tflow_i_bilateral *b)
{
    b->n_names = (size_t)tflow_i_dict_count(b->space.texts);
    b->n_partners = tflow_i_space_lines(&b->space);
    b->line_of = tflow_i_alloc(b->n_names, sizeof *b->line_of);
    for (size_t i = 0; b->line_of != NULL && i < b->n_names; i++) {
        const char *name = tflow_i_dict_text(b->space.texts, (int32_t)i);
        b->line_of[i] = tflow_i_dict_find(b->space.lines, name, strlen(name));
    }
    return b->line_of != NULL;
}

tflow_status tflow_i_bilateral_open(const tflow_i_args *args, tflow_i_bilateral *b,
                                    tflow_error *error)
{
    const char *by[8];
    memset(b, 0, sizeof *b);
    tflow_status status = tflow_i_selection_of(args, &b->selection, error);
    if (status != TFLOW_OK)
        return status;
    tflow_i_selection all = b->selection;
    all.n_by = tflow_i_profile_keys(&b->selection, "reporter", "partner", "", by);
    all.by = by;
    all.n_reporters = all.n_partners = 0;
    all.total = TFLOW_I_TOTAL_PARTNERS;
    b->with_self = tflow_i_arg_is(args, "self", "include");
    status = tflow_i_space_open(&b->space, error);
    if (status == TFLOW_OK)
        status = tflow_i_profiles_open(tflow_i_input(args, 0), &all, "reporter",
                                       "partner", "", &b->space, &b->flows, error);
    if (status == TFLOW_OK && !match_names(b))
        status = tflow_i_nomem(error);
    if (status == TFLOW_OK)
        status = tflow_i_profiles_resolve(args, &b->flows, error);
    if (status != TFLOW_OK)
        tflow_i_bilateral_close(b);
    return status;
}

void tflow_i_bilateral_close(tflow_i_bilateral *b)
{
    tflow_i_profiles_close(&b->flows);
    tflow_i_space_close(&b->space);
    tflow_i_free(b->line_of);
    memset(b, 0, sizeof *b);
}

int tflow_i_bilateral_counts(const tflow_i_bilateral *b, const tflow_i_profile *row,
                             size_t entry)
{
    return b->with_self || b->line_of[row->who] != b->flows.line[entry];
}

/* ---- who belongs to whom ---- */

/* A word as it was understood once, for all names. */
typedef struct meaning {
    const char *word, *code;
    tflow_area area;
    tflow_group group;
    int is_area, is_group;
} meaning;

static void understand(const char *word, meaning *m)
{
    size_t n = strlen(word);
    memset(m, 0, sizeof *m);
    m->word = m->code = word;
    m->is_area = tflow_area_find(word, n, &m->area, NULL) == TFLOW_OK;
    m->is_group = tflow_group_find(word, n, &m->group, NULL) == TFLOW_OK;
    if (m->is_group)
        m->code = m->group.code;
    else if (m->is_area)
        m->code = m->area.code;
}

/* Whether a name of the table is meant, or one of the group that is. */
static int takes_in(const meaning *m, const char *name, const tflow_area *area)
{
    if (strcmp(m->word, name) == 0 || strcmp(m->code, name) == 0)
        return 1;
    if (area == NULL)
        return 0;
    return m->is_group ? tflow_group_includes(m->group.id, area->id, 0)
                       : m->is_area && m->area.id == area->id;
}

/* Mark the texts of a dictionary that belong to it; how many they are. */
static size_t mark(const meaning *m, const tflow_i_dict *dict, uint8_t *in)
{
    size_t found = 0;
    for (int32_t i = 0; i < tflow_i_dict_count(dict); i++) {
        const char *name = tflow_i_dict_text(dict, i);
        tflow_area area;
        int known = tflow_area_find(name, strlen(name), &area, NULL) == TFLOW_OK;
        if (takes_in(m, name, known ? &area : NULL)) {
            in[i] = 1;
            found++;
        }
    }
    return found;
}

tflow_status tflow_i_mark_members(const char *parameter, const char *const *words,
                                  size_t n_words, const tflow_i_dict *dict, uint8_t *in,
                                  tflow_error *error)
{
    for (size_t i = 0; i < n_words; i++) {
        meaning m;
        understand(words[i], &m);
        if (mark(&m, dict, in) == 0)
            return tflow_i_arg_fail(error, TFLOW_EUNKNOWN, parameter,
                                    "found no row of %.60s", words[i]);
    }
    return TFLOW_OK;
}

static tflow_status mark_all(const tflow_i_bilateral *b, const char *parameter,
                             const char *const *words, size_t n_words, int together,
                             tflow_i_actors *a, tflow_error *error)
{
    for (size_t i = 0; i < n_words; i++) {
        size_t actor = together ? 0 : i;
        meaning m;
        understand(words[i], &m);
        if (i <= actor)
            a->name[actor] = m.code;
        size_t found = mark(&m, b->space.texts, a->as_reporter + actor * a->n_names);
        found += mark(&m, b->space.lines, a->as_partner + actor * a->n_partners);
        if (found == 0)
            return tflow_i_arg_fail(error, TFLOW_EUNKNOWN, parameter,
                                    "found no row of %.60s", words[i]);
    }
    return TFLOW_OK;
}

tflow_status tflow_i_actors_open(const tflow_i_bilateral *b, const char *parameter,
                                 const char *const *words, size_t n_words, int together,
                                 tflow_i_actors *a, tflow_error *error)
{
    memset(a, 0, sizeof *a);
    a->everyone = n_words == 0;
    a->n_names = b->n_names;
    a->n_partners = b->n_partners;
    if (a->everyone)
        return TFLOW_OK;
    a->n = together ? 1 : n_words;
    a->name = tflow_i_calloc(a->n, sizeof *a->name);
    a->as_reporter = tflow_i_calloc(a->n, a->n_names);
    a->as_partner = tflow_i_calloc(a->n, a->n_partners);
    tflow_status status =
        a->name == NULL || a->as_reporter == NULL || a->as_partner == NULL
            ? tflow_i_nomem(error)
            : mark_all(b, parameter, words, n_words, together, a, error);
    if (status != TFLOW_OK)
        tflow_i_actors_close(a);
    return status;
}

void tflow_i_actors_close(tflow_i_actors *a)
{
    tflow_i_free(a->name);
    tflow_i_free(a->as_reporter);
    tflow_i_free(a->as_partner);
    memset(a, 0, sizeof *a);
}
