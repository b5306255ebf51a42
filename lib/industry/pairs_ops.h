/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exports and imports of the same products, side by side. */
#ifndef TFLOW_INDUSTRY_PAIRS_OPS_H
#define TFLOW_INDUSTRY_PAIRS_OPS_H

#include "op/select_args.h"
#include "op/totals.h"

enum { TFLOW_I_EXPORTS, TFLOW_I_IMPORTS };

/* One product, or all of them together, in one period. */
typedef struct tflow_i_pair {
    double value[2], quantity[2]; /* NaN: not known; exports, imports */
    int32_t unit[2];              /* of quantity: its number; -1 none, -2 several */
    uint8_t rows[2];              /* it has a row of the flow */
    size_t series;                /* the first one of it */
} tflow_i_pair;

typedef struct tflow_i_pairs {
    tflow_i_cells cells;   /* by reporter, product and the other keys */
    tflow_i_totals totals; /* layer 0: products, 1: all of them */
    tflow_i_pair *pairs;   /* by number of the total */
    size_t n;
    size_t product, flow; /* positions of keys */
    size_t *order;        /* pairs of layer 0, those of one total of layer 1 together */
    size_t n_order;
    tflow_missing missing;
} tflow_i_pairs;

/* Aggregate, with `base` besides; `quantity` is the column of quantities or NULL. */
tflow_status tflow_i_pairs_open(const tflow_i_args *args,
                                const tflow_i_selection *given, tflow_period base,
                                const char *quantity, tflow_i_pairs *p,
                                tflow_error *error);
void tflow_i_pairs_close(tflow_i_pairs *pairs);
/* The total of layer 1 that a product belongs to. */
size_t tflow_i_pairs_all(const tflow_i_pairs *pairs, size_t pair);
/* The same in another period; SIZE_MAX for none. */
size_t tflow_i_pairs_at(const tflow_i_pairs *pairs, size_t pair, tflow_period period);
tflow_period tflow_i_pairs_period(const tflow_i_pairs *pairs, size_t pair);
/* The value of a flow: nothing where there is no row but the whole has rows, NaN where
 * it has none. */
double tflow_i_pairs_value(const tflow_i_pairs *pairs, size_t pair, int flow);

#endif
