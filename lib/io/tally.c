/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/tally.h"

#include <math.h>
#include <string.h>

#define MOST_WIDTH 16 /* of a key */

/* Past this many, the rows are in no order that is worth keeping track of. */
#define MOST_STRETCHES ((size_t)1 << 20)

void tflow_i_tally_init(tflow_i_tally *t, size_t width, int watching)
{
    memset(t, 0, sizeof *t);
    t->width = width;
    t->watching = watching;
    t->last = SIZE_MAX;
}

void tflow_i_tally_free(tflow_i_tally *t)
{
    tflow_i_free(t->keys);
    tflow_i_free(t->sums);
    tflow_i_free(t->counts);
    tflow_i_free(t->places);
    tflow_i_free(t->statuses);
    tflow_i_free(t->slots);
    tflow_i_free(t->current);
    tflow_i_free(t->stretches);
    memset(t, 0, sizeof *t);
}

/* ---- groups ---- */

static size_t hash(const tflow_i_tally *t, const int32_t *key)
{
    uint64_t h = UINT64_C(0x9e3779b97f4a7c15);
    for (size_t i = 0; i < t->width; i++)
        h = (h ^ (uint32_t)key[i]) * UINT64_C(0xbf58476d1ce4e5b9);
    h ^= h >> 32;
    return (size_t)h & (t->n_slots - 1);
}

static int same(const tflow_i_tally *t, size_t g, const int32_t *key)
{
    const int32_t *other = t->keys + g * t->width;
    for (size_t i = 0; i < t->width; i++)
        if (other[i] != key[i])
            return 0;
    return 1;
}

static int grow(tflow_i_tally *t)
{
    size_t n_slots = t->n_slots == 0 ? 256 : 2 * t->n_slots;
    uint32_t *slots = tflow_i_calloc(n_slots, sizeof *slots);
    if (slots == NULL)
        return 0;
    tflow_i_free(t->slots);
    t->slots = slots;
    t->n_slots = n_slots;
    for (size_t g = 0; g < t->n; g++) {
        size_t i = hash(t, t->keys + g * t->width);
        while (slots[i] != 0)
            i = (i + 1) & (n_slots - 1);
        slots[i] = (uint32_t)(g + 1);
    }
    return 1;
}

static int make_room(tflow_i_tally *t)
{
    size_t n = t->n + 1;
    if (n >= UINT32_MAX)
        return 0;
    return tflow_i_reserve(&t->keys, &t->keys_capacity, n * t->width,
                           sizeof *t->keys) &&
           tflow_i_reserve(&t->sums, &t->sums_capacity, n, sizeof *t->sums) &&
           tflow_i_reserve(&t->counts, &t->counts_capacity, n, sizeof *t->counts) &&
           tflow_i_reserve(&t->places, &t->places_capacity, n, sizeof *t->places) &&
           tflow_i_reserve(&t->statuses, &t->statuses_capacity, n,
                           sizeof *t->statuses) &&
           (!t->watching || tflow_i_reserve(&t->current, &t->current_capacity, n,
                                            sizeof *t->current)) &&
           (3 * n <= 2 * t->n_slots || grow(t));
}

/* The group of a key, added if new; SIZE_MAX: out of memory. */
static size_t find(tflow_i_tally *t, const int32_t *key)
{
    if (t->last != SIZE_MAX && same(t, t->last, key))
        return t->last;
    if (!make_room(t))
        return SIZE_MAX;
    size_t i = hash(t, key);
    for (; t->slots[i] != 0; i = (i + 1) & (t->n_slots - 1))
        if (same(t, t->slots[i] - 1, key))
            return t->last = t->slots[i] - 1;
    size_t g = t->n++;
    memcpy(t->keys + g * t->width, key, t->width * sizeof *key);
    memset(&t->sums[g], 0, sizeof t->sums[g]);
    t->counts[g] = 0;
    t->places[g] = UINT64_MAX;
    t->statuses[g] = 0;
    if (t->watching)
        memset(&t->current[g], 0, sizeof t->current[g]);
    t->slots[i] = (uint32_t)(g + 1);
    return t->last = g;
}

/* The group where rows of a status go: the first status of a combination stays with it,
 * the others have groups of their own. */
static size_t of_status(tflow_i_tally *t, size_t g, uint8_t status)
{
    int32_t key[MOST_WIDTH];
    if (t->statuses[g] == 0)
        t->statuses[g] = status;
    if (t->statuses[g] == status)
        return g;
    memcpy(key, t->keys + g * t->width, t->width * sizeof *key);
    key[t->width - 1] = status;
    size_t other = find(t, key);
    if (other != SIZE_MAX)
        t->statuses[other] = status;
    t->last = g;
    return other;
}

/* ---- the order of products ---- */

static int end_stretch(tflow_i_tally *t, const tflow_i_stretch *s)
{
    if (t->n_stretches >= MOST_STRETCHES) {
        t->unordered = 1;
        return 1;
    }
    if (!tflow_i_reserve(&t->stretches, &t->stretches_capacity, t->n_stretches + 1,
                         sizeof *t->stretches))
        return 0;
    t->stretches[t->n_stretches++] = *s;
    return 1;
}

static int watch(tflow_i_tally *t, size_t g, const tflow_i_tally_row *row)
{
    tflow_i_stretch *s = &t->current[g];
    if (row->product == 0)
        t->unordered = 1;
    if (t->unordered)
        return 1;
    if (s->last != 0 && s->last_place >> 32 == row->segment) {
        t->unordered = row->product <= s->last;
        s->last = row->product;
        s->last_place = row->place;
        return 1;
    }
    if (s->last != 0 && !end_stretch(t, s))
        return 0;
    s->group = g;
    s->first = s->last = row->product;
    s->first_place = s->last_place = row->place;
    return 1;
}

typedef struct ordering {
    const tflow_i_stretch *stretches;
} ordering;

static int by_group_then_place(size_t a, size_t b, const void *context)
{
    const tflow_i_stretch *s = ((const ordering *)context)->stretches;
    if (s[a].group != s[b].group)
        return s[a].group < s[b].group ? -1 : 1;
    return s[a].first_place < s[b].first_place ? -1
                                               : s[a].first_place > s[b].first_place;
}

int tflow_i_tally_ordered(tflow_i_tally *t)
{
    for (size_t g = 0; g < t->n && !t->unordered; g++)
        if (t->current[g].last != 0 && !end_stretch(t, &t->current[g]))
            return -1;
    if (t->unordered)
        return 0;
    ordering context = {t->stretches};
    size_t *order = tflow_i_alloc(t->n_stretches, sizeof *order);
    for (size_t i = 0; order != NULL && i < t->n_stretches; i++)
        order[i] = i;
    if (order == NULL ||
        !tflow_i_sort(order, t->n_stretches, by_group_then_place, &context)) {
        tflow_i_free(order);
        return -1;
    }
    int ordered = 1;
    for (size_t i = 1; i < t->n_stretches && ordered; i++) {
        const tflow_i_stretch *a = &t->stretches[order[i - 1]];
        const tflow_i_stretch *b = &t->stretches[order[i]];
        ordered = a->group != b->group ||
                  (a->last < b->first && a->last_place < b->first_place);
    }
    tflow_i_free(order);
    return ordered;
}

/* ---- adding ---- */

/* Add a row to the combination whose first group is g. */
static tflow_i_tallied add_to(tflow_i_tally *t, size_t g, const tflow_i_tally_row *row)
{
    uint8_t status = (uint8_t)row->status;
    if (isnan(row->value))
        status |= TFLOW_I_ABSENT;
    else if (row->value < 0)
        status |= TFLOW_I_BELOW;
    if (t->watching && !watch(t, g, row))
        return TFLOW_I_TALLY_NO_MEMORY;
    g = of_status(t, g, status);
    if (g == SIZE_MAX)
        return TFLOW_I_TALLY_NO_MEMORY;
    if (row->place < t->places[g])
        t->places[g] = row->place;
    t->counts[g]++;
    return isnan(row->value) || tflow_i_exact_add(&t->sums[g], row->value)
               ? TFLOW_I_TALLIED
               : TFLOW_I_TALLY_TOO_LARGE;
}

tflow_i_tallied tflow_i_tally_add(tflow_i_tally *t, int32_t *key,
                                  const tflow_i_tally_row *row)
{
    key[t->width - 1] = 0;
    size_t g = find(t, key);
    return g == SIZE_MAX ? TFLOW_I_TALLY_NO_MEMORY : add_to(t, g, row);
}

tflow_i_tallied tflow_i_tally_again(tflow_i_tally *t, const tflow_i_tally_row *row)
{
    return add_to(t, t->last, row);
}

tflow_i_tallied tflow_i_tally_merge(tflow_i_tally *t, int32_t *key,
                                    const tflow_i_tally *other, size_t g,
                                    uint64_t place)
{
    key[t->width - 1] = 0;
    size_t mine = find(t, key);
    if (mine != SIZE_MAX)
        mine = of_status(t, mine, other->statuses[g]);
    if (mine == SIZE_MAX)
        return TFLOW_I_TALLY_NO_MEMORY;
    if (place < t->places[mine])
        t->places[mine] = place;
    t->counts[mine] += other->counts[g];
    return tflow_i_exact_merge(&t->sums[mine], &other->sums[g])
               ? TFLOW_I_TALLIED
               : TFLOW_I_TALLY_TOO_LARGE;
}

int tflow_i_tally_stretch(tflow_i_tally *t, int32_t *key,
                          const tflow_i_stretch *stretch)
{
    tflow_i_stretch s = *stretch;
    key[t->width - 1] = 0;
    s.group = find(t, key);
    return s.group != SIZE_MAX && end_stretch(t, &s);
}
