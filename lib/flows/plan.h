/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a table on their way to cells: steps that each leave fewer of them. */
#ifndef TFLOW_FLOWS_PLAN_H
#define TFLOW_FLOWS_PLAN_H

#include "flows/select.h"

/* The key columns that flows may have. */
typedef enum tflow_i_dim_id {
    TFLOW_I_REPORTER,
    TFLOW_I_PARTNER,
    TFLOW_I_PRODUCT,
    TFLOW_I_FLOW,
    TFLOW_I_PARTNER2,
    TFLOW_I_CUSTOMS,
    TFLOW_I_MODE,
    TFLOW_I_SUPPLY,
    TFLOW_I_CURRENCY,
    TFLOW_I_VALUATION,
    TFLOW_I_QUANTITY_UNIT
} tflow_i_dim_id;

#define TFLOW_I_DIMS 11
#define TFLOW_I_ALL_DIMS ((1u << TFLOW_I_DIMS) - 1)

/* What a text of a key column is. */
typedef enum tflow_i_part {
    TFLOW_I_PART_MEMBER,   /* a country, a product, one mode of transport */
    TFLOW_I_PART_TOTAL,    /* the World, TOTAL, all modes of transport */
    TFLOW_I_PART_AGGREGATE /* a group that overlaps with members */
} tflow_i_part;

typedef struct tflow_i_dim {
    const char *name;
    const int32_t *codes; /* of the rows; NULL when the table has no such column */
    const tflow_i_dict *dict;
    int32_t n;     /* texts in dict */
    int by;        /* stays apart in the result */
    int listed;    /* the selection names its texts */
    uint8_t *part; /* per text: tflow_i_part */
    int *level;    /* per text: digits of a product code; 0 total; -1 no such code */
    int32_t *unit; /* per text: code in `units`; -1 not selected */
    tflow_i_dict *units; /* texts of the result: a code, a group, a product prefix */
} tflow_i_dim;

typedef struct tflow_i_plan {
    const tflow_table *table;
    const tflow_i_selection *selection;
    tflow_i_dim dims[TFLOW_I_DIMS];
    const tflow_period *periods; /* NULL: the table has none */
    const double *values;
    const uint8_t *status; /* NULL: the table has none */
    size_t *rows;          /* the rows still in */
    size_t n;
    tflow_i_cells *out; /* for notes, and which total was used */
} tflow_i_plan;

/* Find the columns, read the lists, keep the rows they name (plan.c). */
tflow_status tflow_i_plan_open(tflow_i_plan *plan, const tflow_table *table,
                               const tflow_i_selection *selection, tflow_i_cells *out,
                               tflow_error *error);
void tflow_i_plan_close(tflow_i_plan *plan);
/* Read the selection's lists into units (lists.c). */
tflow_status tflow_i_plan_lists(tflow_i_plan *plan, tflow_error *error);
/* All steps up to adding up. */
tflow_status tflow_i_plan_prepare(tflow_i_plan *plan, const tflow_table *table,
                                  const tflow_i_selection *selection,
                                  tflow_i_cells *out, tflow_error *error);
/* Keep totals and their parts apart (overlap.c). */
tflow_status tflow_i_plan_overlap(tflow_i_plan *plan, tflow_error *error);
/* Its parts for areas: groups, the World (areas.c). */
tflow_status tflow_i_plan_areas(tflow_i_plan *plan, tflow_i_dim_id d,
                                tflow_error *error);
/* How many of the rows still in are of each part. */
void tflow_i_plan_parts(const tflow_i_plan *plan, tflow_i_dim_id d, size_t counts[3]);
/* Keep the rows of the parts in the mask; how many are dropped. */
size_t tflow_i_plan_keep(tflow_i_plan *plan, tflow_i_dim_id d, unsigned parts);
/* Choose the total where there is one (or, told so, the parts), cell by cell. `even`:
 * a series must not change from one to the other. */
tflow_status tflow_i_plan_choose(tflow_i_plan *plan, tflow_i_dim_id d,
                                 tflow_i_total policy, int even, size_t used[2],
                                 tflow_error *error);
/* Note how many rows a step dropped, if any. */
tflow_status tflow_i_plan_dropped(tflow_i_plan *plan, size_t dropped, const char *what,
                                  tflow_error *error);
/* Refuse mixed units and mixed frequencies, find duplicates (mixing.c). */
tflow_status tflow_i_plan_mixing(tflow_i_plan *plan, tflow_error *error);
/* Leave out what a row that is coarser in several keys holds (crossed.c). */
tflow_status tflow_i_plan_crossed(tflow_i_plan *plan, tflow_error *error);
/* Add up (cells.c); accumulate over time (accumulate.c). */
tflow_status tflow_i_plan_sum(tflow_i_plan *plan, tflow_error *error);
tflow_status tflow_i_cells_accumulate(tflow_i_cells *cells,
                                      const tflow_i_selection *selection,
                                      tflow_error *error);

/* The key of a row: its codes in the dims of the mask, units instead where the unit
 * mask says so, and its period if asked. Returns how many numbers were written; key has
 * room for 2 * TFLOW_I_DIMS + 1. */
size_t tflow_i_plan_key(const tflow_i_plan *plan, size_t row, unsigned codes,
                        unsigned units, int with_period, int32_t *key);
/* Refuse a table added up over products where that loses what matters: EUNSUPPORTED
 * (added_up.c). */
tflow_status tflow_i_plan_added_up(const tflow_i_plan *plan, tflow_error *error);
/* How many rows of a file a row is of; and all rows still in. */
size_t tflow_i_plan_count(const tflow_i_plan *plan, size_t row);
size_t tflow_i_plan_rows(const tflow_i_plan *plan);
/* Does a period lie inside the selection's? */
int tflow_i_in_time(const tflow_i_selection *selection, tflow_period period);
/* The period a row counts in: its own, or the one of the chosen frequency. */
tflow_period tflow_i_plan_period(const tflow_i_plan *plan, size_t row);
/* The months of that period that the row covers, the first in bit 0; all bits when it
 * is the row's own. */
unsigned tflow_i_plan_months(const tflow_i_plan *plan, size_t row);
tflow_status tflow_i_cells_note(tflow_i_cells *cells, const char *format, ...)
    TFLOW_PRINTF(2, 3);
/* Fail about a row: its file and line go into the error. */
tflow_status tflow_i_plan_fail(const tflow_i_plan *plan, size_t row, tflow_error *error,
                               tflow_status status, const char *format, ...)
    TFLOW_PRINTF(5, 6);

#endif
