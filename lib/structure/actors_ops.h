/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who trades with whom: countries, and blocs of them, in one matrix of flows. */
#ifndef TFLOW_STRUCTURE_ACTORS_OPS_H
#define TFLOW_STRUCTURE_ACTORS_OPS_H

#include "structure/profiles_ops.h"

/* Flows by reporter and partner, all of them, whoever is asked for. */
typedef struct tflow_i_bilateral {
    tflow_i_selection selection; /* as asked for */
    tflow_i_space space;
    tflow_i_profiles flows; /* rows are reporters, lines partners */
    int with_self;          /* what goes from a country to itself counts */
    size_t n_names, n_partners;
    int32_t *line_of; /* by number of a name: of the partner so called, -1 for none */
} tflow_i_bilateral;

tflow_status tflow_i_bilateral_open(const tflow_i_args *args, tflow_i_bilateral *b,
                                    tflow_error *error);
void tflow_i_bilateral_close(tflow_i_bilateral *b);
/* Whether an entry of a row counts. */
int tflow_i_bilateral_counts(const tflow_i_bilateral *b, const tflow_i_profile *row,
                             size_t entry);

/* A few countries and groups, or every country by itself. */
typedef struct tflow_i_actors {
    size_t n;
    int everyone;         /* actors are names, or partners, by their numbers */
    const char **name;    /* codes, where they are known */
    uint8_t *as_reporter; /* by actor and number of a name: takes part */
    uint8_t *as_partner;  /* by actor and number of a partner */
    size_t n_names, n_partners;
} tflow_i_actors;

/* Each word by itself, or all of them `together` as one; words that nobody in the table
 * belongs to are refused under the name of the parameter. */
tflow_status tflow_i_actors_open(const tflow_i_bilateral *b, const char *parameter,
                                 const char *const *words, size_t n_words, int together,
                                 tflow_i_actors *actors, tflow_error *error);
void tflow_i_actors_close(tflow_i_actors *actors);

/* Mark the texts of a dictionary that words mean; a word that means none is refused
 * under the name of the parameter. */
tflow_status tflow_i_mark_members(const char *parameter, const char *const *words,
                                  size_t n_words, const tflow_i_dict *dict, uint8_t *in,
                                  tflow_error *error);

/* Whether a name, or a partner, belongs to an actor that was listed. */
static inline int tflow_i_actor_reports(const tflow_i_actors *actors, size_t actor,
                                        int32_t name)
{
    return actors->as_reporter[actor * actors->n_names + (size_t)name];
}

static inline int tflow_i_actor_partners(const tflow_i_actors *actors, size_t actor,
                                         int32_t partner)
{
    return actors->as_partner[actor * actors->n_partners + (size_t)partner];
}

#endif
