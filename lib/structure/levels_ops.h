/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A level of each reporter and period, from a second table: GDP, or GDP a head. */
#ifndef TFLOW_STRUCTURE_LEVELS_OPS_H
#define TFLOW_STRUCTURE_LEVELS_OPS_H

#include "op/select_args.h"

typedef struct tflow_i_levels {
    tflow_i_cells cells;   /* by reporter */
    tflow_i_groups *index; /* number of the reporter's text, and the period */
    size_t *cell;
} tflow_i_levels;

/* Read input 1 for the reporters and periods of a selection; reporters are numbered as
 * in `texts`. */
tflow_status tflow_i_levels_open(const tflow_i_args *args,
                                 const tflow_i_selection *selection,
                                 const tflow_i_dict *texts, tflow_i_levels *levels,
                                 tflow_error *error);
void tflow_i_levels_close(tflow_i_levels *levels);
/* The level of a reporter in a period, or NULL. */
const tflow_i_cell *tflow_i_levels_at(const tflow_i_levels *levels, int32_t reporter,
                                      tflow_period period);
/* What to know of the table, such as which members of a group it has. */
tflow_status tflow_i_levels_notes(tflow_builder *out, const tflow_i_levels *levels,
                                  const char *name, tflow_error *error);

#endif
