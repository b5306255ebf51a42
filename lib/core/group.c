/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/core.h"

#include <string.h>

struct tflow_i_groups {
    size_t width;
    size_t count;
    int32_t *keys; /* count tuples of width */
    size_t keys_capacity;
    size_t *slots; /* group + 1; 0 is empty */
    size_t n_slots;
};

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

static size_t probe(const tflow_i_groups *groups, const int32_t *key)
{
    size_t mask = groups->n_slots - 1;
    size_t slot = (size_t)hash_key(key, groups->width) & mask;

    for (; groups->slots[slot] != 0; slot = (slot + 1) & mask)
        if (groups->width == 0 ||
            memcmp(tflow_i_groups_key(groups, groups->slots[slot] - 1), key,
                   groups->width * sizeof *key) == 0)
            break;
    return slot;
}

static int grow(tflow_i_groups *groups)
{
    size_t n_slots = groups->n_slots * 2;
    size_t *slots = tflow_i_calloc(n_slots, sizeof *slots);
    if (slots == NULL)
        return 0;
    for (size_t g = 0; g < groups->count; g++) {
        size_t slot = (size_t)hash_key(tflow_i_groups_key(groups, g), groups->width) &
                      (n_slots - 1);
        while (slots[slot] != 0)
            slot = (slot + 1) & (n_slots - 1);
        slots[slot] = g + 1;
    }
    tflow_i_free(groups->slots);
    groups->slots = slots;
    groups->n_slots = n_slots;
    return 1;
}

size_t tflow_i_groups_add(tflow_i_groups *groups, const int32_t *key)
{
    size_t slot = probe(groups, key);
    if (groups->slots[slot] != 0)
        return groups->slots[slot] - 1;

    if (3 * (groups->count + 1) > 2 * groups->n_slots) {
        if (!grow(groups))
            return SIZE_MAX;
        slot = probe(groups, key);
    }
    size_t width = groups->width;
    if (!tflow_i_reserve(&groups->keys, &groups->keys_capacity,
                         (groups->count + 1) * width, sizeof *key))
        return SIZE_MAX;
    if (width > 0)
        memcpy(groups->keys + groups->count * width, key, width * sizeof *key);
    groups->slots[slot] = ++groups->count;
    return groups->count - 1;
}

size_t tflow_i_groups_find(const tflow_i_groups *groups, const int32_t *key)
{
    size_t slot = probe(groups, key);
    return groups->slots[slot] == 0 ? SIZE_MAX : groups->slots[slot] - 1;
}

size_t tflow_i_groups_count(const tflow_i_groups *groups)
{
    return groups->count;
}
