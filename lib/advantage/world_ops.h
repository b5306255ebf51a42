/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells by reporter and product beside the totals that they are held against. */
#ifndef TFLOW_ADVANTAGE_WORLD_OPS_H
#define TFLOW_ADVANTAGE_WORLD_OPS_H

#include "op/select_args.h"
#include "op/totals.h"

/* What the totals of a product are of: the products shown, or every one of them. */
enum { TFLOW_I_PRODUCTS_SHOWN, TFLOW_I_PRODUCTS_ALL };

typedef struct tflow_i_world {
    tflow_i_selection selection;
    tflow_i_cells shown;   /* by reporter, product and the other keys */
    tflow_i_groups *index; /* the series of `shown` by the codes of their keys */
    tflow_i_totals totals; /* of reporters, of products, of the world */
    size_t reporter, product, partner, flow; /* positions of keys; SIZE_MAX: none */
    int exclude;                             /* the world is without the reporter */
    int everywhere;                          /* the world trades with all partners */
    int listed;                              /* `shown` has some products only */
    const char *const *universe;             /* who the world is; n 0: all reporters */
    size_t n_universe;
    tflow_i_dict *members; /* names of the reporters that the world is, where n is 0 */
    int8_t *inside;        /* by number of text: in the world 1, not 0, not known -1 */
    tflow_i_sum *rca;      /* by number of a reporter's total: the sum of its indices */
    int32_t *products;     /* by number of the world's total: how many it trades */
    unsigned char *gap;    /* by number of a reporter's total: an index is not known */
} tflow_i_world;

/* What one cell is held against. The world is with the reporter or without, as asked
 * for; `all_` is always with it. */
typedef struct tflow_i_levels {
    double value, country, product, world;
    double all_product, all_world;
    double mean; /* of the country's Balassa indices */
    int known;   /* the country has a row of the flow in the period */
    tflow_i_cell quality;
} tflow_i_levels;

/* Aggregate and add up. `base` is a period that is needed besides, or NONE. */
tflow_status tflow_i_world_open(const tflow_i_args *args, tflow_period base,
                                tflow_i_world *world, tflow_error *error);
void tflow_i_world_close(tflow_i_world *world);

/* The levels of a cell, NULL for one without a row, which counts as nothing traded. The
 * key is that of its series, with its period and layer. */
tflow_i_levels tflow_i_world_levels(const tflow_i_world *world, const int32_t *key,
                                    const tflow_i_cell *cell);
/* The series with the same keys but this flow; SIZE_MAX for none. */
size_t tflow_i_world_turned(const tflow_i_world *world, size_t series,
                            const char *flow);
/* The flow of a series: X where the table has no flows. */
const char *tflow_i_world_flow(const tflow_i_world *world, size_t series);

#endif
