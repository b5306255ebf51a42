/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows added up while they are read: a group for each combination of keys, period and
 * observation status. Sums are exact, so it makes no difference which thread adds which
 * rows, and in what order.
 *
 * Where it is asked, it is watched whether the products of each combination come in
 * ascending order: if they do, no row is there twice.
 */
#ifndef TFLOW_IO_TALLY_H
#define TFLOW_IO_TALLY_H

#include "core/core.h"
#include "core/exact.h"

/* The products of a stretch of a combination's rows: ascending from first to last. */
typedef struct tflow_i_stretch {
    uint64_t first, last; /* products, as words that order like their text */
    uint64_t first_place, last_place; /* of the rows */
    size_t group;
} tflow_i_stretch;

typedef struct tflow_i_tally {
    size_t width; /* of a key; its last number is 0, or the status of a further group */
    size_t n;     /* groups */
    int32_t *keys;
    tflow_i_exact *sums;
    int64_t *counts;
    uint64_t *places;  /* of the first row of each group */
    uint8_t *statuses; /* an SDMX letter, and what is said below */
    size_t keys_capacity, sums_capacity, counts_capacity, places_capacity,
        statuses_capacity;
    uint32_t *slots; /* group + 1; 0: empty */
    size_t n_slots;
    size_t last; /* the group that was asked for last */

    int watching;
    tflow_i_stretch *current; /* per group that is no further one */
    size_t current_capacity;
    tflow_i_stretch *stretches; /* those that ended */
    size_t n_stretches, stretches_capacity;
    int unordered; /* a product came again, or after a greater one */
} tflow_i_tally;

#define TFLOW_I_BELOW 0x80  /* values below 0 */
#define TFLOW_I_ABSENT 0x20 /* values that are missing */

typedef struct tflow_i_tally_row {
    double value; /* NaN: missing */
    char status;
    uint64_t place;
    uint64_t segment; /* stretches do not go from one to another */
    uint64_t product; /* as a word; 0: cannot be ordered */
} tflow_i_tally_row;

typedef enum tflow_i_tallied {
    TFLOW_I_TALLIED,
    TFLOW_I_TALLY_NO_MEMORY,
    TFLOW_I_TALLY_TOO_LARGE /* the value or the sum */
} tflow_i_tallied;

void tflow_i_tally_init(tflow_i_tally *tally, size_t width, int watching);
void tflow_i_tally_free(tflow_i_tally *tally);
/* Add a row. key has `width` numbers, of which the last is overwritten. */
tflow_i_tallied tflow_i_tally_add(tflow_i_tally *tally, int32_t *key,
                                  const tflow_i_tally_row *row);
/* Add a row to the combination of the row before. */
tflow_i_tallied tflow_i_tally_again(tflow_i_tally *tally, const tflow_i_tally_row *row);
/* Add group g of another tally, whose key and first place in this one are given. */
tflow_i_tallied tflow_i_tally_merge(tflow_i_tally *tally, int32_t *key,
                                    const tflow_i_tally *other, size_t g,
                                    uint64_t place);
/* Add a stretch of another tally's; 0: out of memory. */
int tflow_i_tally_stretch(tflow_i_tally *tally, int32_t *key,
                          const tflow_i_stretch *stretch);
/* Are the products of all combinations in ascending order, over all their stretches?
 * -1: out of memory. */
int tflow_i_tally_ordered(tflow_i_tally *tally);

#endif
