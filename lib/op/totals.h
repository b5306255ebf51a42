/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums of cells over some of their keys, with the quality that a sum inherits. */
#ifndef TFLOW_OP_TOTALS_H
#define TFLOW_OP_TOTALS_H

#include "flows/select.h"

/* Cells that are being added up; starts as zeros. */
typedef struct tflow_i_adder {
    tflow_i_sum value, size, not_observed;
    tflow_i_cell cell;
    int lost; /* a cell was missing */
} tflow_i_adder;

void tflow_i_adder_add(tflow_i_adder *adder, const tflow_i_cell *cell);
/* Their sum. Cells that are missing are left out (skip), count as 0 (zero) or make the
 * sum missing. */
tflow_i_cell tflow_i_adder_cell(const tflow_i_adder *adder, tflow_missing missing);

/* Adders by key. A key is a tuple: the number of the text of each of the `by` names,
 * TFLOW_I_ALL where it was added over; the period; and a layer, which keeps totals of
 * several kinds apart. One set of numbers serves the cells of several aggregates, whose
 * dictionaries differ. */
#define TFLOW_I_TOTALS_KEY 10
#define TFLOW_I_ALL (-1)

typedef struct tflow_i_totals {
    char by[8][TFLOW_I_NAME_SIZE];
    size_t n_by;
    tflow_i_dict *texts;
    tflow_i_groups *groups;
    tflow_i_adder *adders;
    size_t capacity;
} tflow_i_totals;

/* Keys are those of `like`. */
tflow_status tflow_i_totals_open(tflow_i_totals *totals, const tflow_i_cells *like,
                                 tflow_error *error);
void tflow_i_totals_close(tflow_i_totals *totals);
/* The key of a series; ALL for names that its cells do not have. The period and the
 * layer are not set. Returns 0 when out of memory. */
int tflow_i_totals_key(const tflow_i_totals *totals, const tflow_i_cells *cells,
                       size_t series, int32_t *key);
/* Add a cell to the total of a key. Returns 0 when out of memory. */
int tflow_i_totals_add(tflow_i_totals *totals, const int32_t *key,
                       const tflow_i_cell *cell);
/* The number of a key, SIZE_MAX for none, and its adder, NULL for none. */
size_t tflow_i_totals_at(const tflow_i_totals *totals, const int32_t *key);
const tflow_i_adder *tflow_i_totals_find(const tflow_i_totals *totals,
                                         const int32_t *key);
/* The number of a text, ALL when it is not known. */
int32_t tflow_i_totals_text(const tflow_i_totals *totals, const char *text);
/* The position of a name among the keys; SIZE_MAX for none. */
size_t tflow_i_totals_name(const tflow_i_totals *totals, const char *name);

#endif
