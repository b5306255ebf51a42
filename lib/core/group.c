/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/core.h"

#include <string.h>

struct tflow_i_groups {
    size_t width;
    size_t count;
    int32_t *keys; /* count tuples of width */
    size_t keys_capacity;
    uint64_t *slots; /* group + 1 below, bits of its hash above; 0 is empty */
    size_t n_slots;
};

/* The bits of the hash tell nearly all other keys apart without a look at them, which
 * would be a line of the cache each. */
#define GROUP_BITS 40
#define GROUP_MASK ((UINT64_C(1) << GROUP_BITS) - 1)

static uint64_t slot_of(uint64_t hash, size_t group)
{
    return (hash & ~GROUP_MASK) | (group + 1);
}

static size_t group_in(uint64_t slot)
{
    return (size_t)(slot & GROUP_MASK) - 1;
}

static int same_key(const int32_t *a, const int32_t *b, size_t width)
{
    for (size_t i = 0; i < width; i++)
        if (a[i] != b[i])
            return 0;
    return 1;
}

static uint64_t hash_key(const int32_t *key, size_t width)
{
    uint64_t h = UINT64_C(0x9e3779b97f4a7c15);
    for (size_t i = 0; i < width; i++) {
        h ^= (uint32_t)key[i];
        h *= UINT64_C(0xbf58476d1ce4e5b9);
        h ^= h >> 29;
    }
    return h;
}

tflow_i_groups *tflow_i_groups_new(size_t width)
{
    tflow_i_groups *groups = tflow_i_calloc(1, sizeof *groups);
    if (groups == NULL)
        return NULL;
    groups->width = width;
    groups->n_slots = 64;
    groups->slots = tflow_i_calloc(groups->n_slots, sizeof *groups->slots);
    if (groups->slots == NULL) {
        tflow_i_free(groups);
        return NULL;
    }
    return groups;
}

void tflow_i_groups_free(tflow_i_groups *groups)
{
    if (groups == NULL)
        return;
    tflow_i_free(groups->keys);
    tflow_i_free(groups->slots);
    tflow_i_free(groups);
}

const int32_t *tflow_i_groups_key(const tflow_i_groups *groups, size_t group)
{
    return groups->keys + group * groups->width;
}

static size_t probe(const tflow_i_groups *groups, const int32_t *key, uint64_t hash)
{
    size_t mask = groups->n_slots - 1;
    size_t slot = (size_t)hash & mask;
    uint64_t here;

    for (; (here = groups->slots[slot]) != 0; slot = (slot + 1) & mask)
        if (((here ^ hash) & ~GROUP_MASK) == 0 &&
            same_key(tflow_i_groups_key(groups, group_in(here)), key, groups->width))
            break;
    return slot;
}

static int grow(tflow_i_groups *groups)
{
    size_t n_slots = groups->n_slots * 2;
    uint64_t *slots = tflow_i_calloc(n_slots, sizeof *slots);
    if (slots == NULL)
        return 0;
    for (size_t g = 0; g < groups->count; g++) {
        uint64_t hash = hash_key(tflow_i_groups_key(groups, g), groups->width);
        size_t slot = (size_t)hash & (n_slots - 1);
        while (slots[slot] != 0)
            slot = (slot + 1) & (n_slots - 1);
        slots[slot] = slot_of(hash, g);
    }
    tflow_i_free(groups->slots);
    groups->slots = slots;
    groups->n_slots = n_slots;
    return 1;
}

size_t tflow_i_groups_add(tflow_i_groups *groups, const int32_t *key)
{
    uint64_t hash = hash_key(key, groups->width);
    size_t slot = probe(groups, key, hash);
    if (groups->slots[slot] != 0)
        return group_in(groups->slots[slot]);

    if (groups->count + 1 >= GROUP_MASK)
        return SIZE_MAX;
    if (3 * (groups->count + 1) > 2 * groups->n_slots) {
        if (!grow(groups))
            return SIZE_MAX;
        slot = probe(groups, key, hash);
    }
    size_t width = groups->width;
    if (!tflow_i_reserve(&groups->keys, &groups->keys_capacity,
                         (groups->count + 1) * width, sizeof *key))
        return SIZE_MAX;
    if (width > 0)
        memcpy(groups->keys + groups->count * width, key, width * sizeof *key);
    groups->slots[slot] = slot_of(hash, groups->count);
    return groups->count++;
}

size_t tflow_i_groups_find(const tflow_i_groups *groups, const int32_t *key)
{
    size_t slot = probe(groups, key, hash_key(key, groups->width));
    return groups->slots[slot] == 0 ? SIZE_MAX : group_in(groups->slots[slot]);
}

size_t tflow_i_groups_count(const tflow_i_groups *groups)
{
    return groups->count;
}
