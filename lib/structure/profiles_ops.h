/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who trades what: cells as rows of lines, one frame of other keys and period after the
 * other. */
#ifndef TFLOW_STRUCTURE_PROFILES_OPS_H
#define TFLOW_STRUCTURE_PROFILES_OPS_H

#include "op/select_args.h"
#include "op/totals.h"

/* What several aggregates number alike: names, lines, and frames, which are tuples of
 * the other keys and the period. */
typedef struct tflow_i_space {
    char other[8][TFLOW_I_NAME_SIZE]; /* keys that are neither who nor line */
    size_t n_other;
    tflow_i_dict *texts; /* of who and of the other keys */
    tflow_i_dict *lines;
    tflow_i_groups *frames;
} tflow_i_space;

/* The lines of one in one frame. */
typedef struct tflow_i_profile {
    size_t frame;
    int32_t who; /* number of the name; -1: all together */
    tflow_period period;
    size_t series;   /* of its first line: the other keys */
    size_t first, n; /* places in `entry` */
    tflow_i_cell total;
} tflow_i_profile;

typedef struct tflow_i_profiles {
    tflow_i_cells cells;
    size_t who; /* key; SIZE_MAX: all together */
    size_t of;  /* key of the lines */
    tflow_i_profile *rows;
    size_t n;       /* sorted by the other keys, the period and the name */
    size_t *entry;  /* cells, row by row */
    int32_t *line;  /* and the numbers of their lines */
    size_t *starts; /* by frame: its first row, SIZE_MAX for none */
    size_t n_frames;
} tflow_i_profiles;

tflow_status tflow_i_space_open(tflow_i_space *space, tflow_error *error);
void tflow_i_space_close(tflow_i_space *space);
size_t tflow_i_space_lines(const tflow_i_space *space);

/* Keys of a selection without those three, and with `who` (NULL: nobody) and `of`;
 * returns their number. */
size_t tflow_i_profile_keys(const tflow_i_selection *selection, const char *who,
                            const char *of, const char *without, const char *by[8]);

/* Aggregate a table by the keys of the selection, of which `who` and `of` are two. Keys
 * called `without` are let go: the selection has one text of them. The first that is
 * opened says which the other keys are. */
tflow_status tflow_i_profiles_open(const tflow_table *table,
                                   const tflow_i_selection *selection, const char *who,
                                   const char *of, const char *without,
                                   tflow_i_space *space, tflow_i_profiles *profiles,
                                   tflow_error *error);
void tflow_i_profiles_close(tflow_i_profiles *profiles);
/* Say in the recipe which keys and which total they came to. */
tflow_status tflow_i_profiles_resolve(const tflow_i_args *args,
                                      const tflow_i_profiles *profiles,
                                      tflow_error *error);

/* Say in the recipe who the world is: those of the rows whose names are `in`, NULL for
 * all, as far as they can stand in a list. */
tflow_status tflow_i_profiles_universe(const tflow_i_args *args,
                                       const tflow_i_space *space,
                                       const tflow_i_profiles *profiles,
                                       const uint8_t *in, tflow_error *error);

/* The rows of a frame: the first and how many. */
size_t tflow_i_profiles_frame(const tflow_i_profiles *profiles, size_t frame,
                              size_t *first);
/* The row of a name in a frame, or NULL. */
const tflow_i_profile *tflow_i_profiles_find(const tflow_i_profiles *profiles,
                                             size_t frame, int32_t who);
/* The values of a row by line: 0 where it has no cell. */
void tflow_i_profile_values(const tflow_i_profiles *profiles,
                            const tflow_i_profile *row, double *values, size_t n_lines);
/* The name of a row. */
const char *tflow_i_profile_name(const tflow_i_space *space,
                                 const tflow_i_profile *row);
/* Columns for the name of a row, called "reporter", the other keys and the period; and
 * their cells, whose number is returned. */
tflow_status tflow_i_profile_columns(tflow_builder *out, const tflow_i_space *space,
                                     tflow_error *error);
size_t tflow_i_profile_cells(tflow_builder *out, const tflow_i_space *space,
                             const tflow_i_profile *row);

/* Why there is no index. */
const char *tflow_i_structure_reason(tflow_status status);

#endif
