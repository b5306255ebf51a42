/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of a total: cells that differ in one key alone. */
#ifndef TFLOW_SHARE_BLOCKS_OPS_H
#define TFLOW_SHARE_BLOCKS_OPS_H

#include "op/select_args.h"

typedef struct tflow_i_block {
    tflow_period period;
    size_t series;   /* of the first line: its other keys are those of all */
    size_t first, n; /* lines: positions in `cells` and `line_series` */
} tflow_i_block;

typedef struct tflow_i_blocks {
    tflow_i_cells cells; /* by the other keys and the dimension of the lines */
    size_t of;           /* which key the lines differ in */
    tflow_i_block *blocks;
    size_t n;
    size_t *line;        /* cell of each line, block by block */
    size_t *line_series; /* its series */
} tflow_i_blocks;

/* Which rows the lines add up: single partners where partners are the lines, else what
 * the call says. */
tflow_i_total tflow_i_blocks_of_total(const tflow_i_selection *selection,
                                      const char *of);

/* Aggregate input 0 with `of` kept apart; a list for `of` in the selection is left out
 * of account, because shares are of all lines. */
tflow_status tflow_i_blocks_open(const tflow_i_args *args, tflow_i_selection *selection,
                                 const char *of, tflow_i_blocks *blocks,
                                 tflow_error *error);
/* The lines of a block together, with the quality of their sum. Lines that are missing
 * are left out (skip) or make the sum missing. */
tflow_i_cell tflow_i_block_total(const tflow_i_blocks *blocks,
                                 const tflow_i_block *block, tflow_missing missing);
void tflow_i_blocks_close(tflow_i_blocks *blocks);

#endif
