/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/core.h"

#include <string.h>

/* Open addressing, linear probing, at most two thirds full. Texts never move once
 * added: each is a block of its own, so borrowed pointers stay good. */
struct tflow_i_dict {
    char **texts;
    uint64_t *hashes;
    size_t *lengths;
    int32_t *slots; /* code + 1; 0 is empty */
    size_t n_slots; /* a power of two */
    size_t texts_capacity, hashes_capacity, lengths_capacity;
    int32_t count;
};

static uint64_t hash_bytes(const char *s, size_t n)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325); /* FNV-1a, then a final mix */
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)s[i]) * UINT64_C(0x100000001b3);
    h ^= h >> 32;
    return h * UINT64_C(0x9e3779b97f4a7c15);
}

tflow_i_dict *tflow_i_dict_new(void)
{
    tflow_i_dict *dict = tflow_i_calloc(1, sizeof *dict);
    if (dict == NULL)
        return NULL;
    dict->n_slots = 64;
    dict->slots = tflow_i_calloc(dict->n_slots, sizeof *dict->slots);
    if (dict->slots == NULL) {
        tflow_i_free(dict);
        return NULL;
    }
    return dict;
}

void tflow_i_dict_free(tflow_i_dict *dict)
{
    if (dict == NULL)
        return;
    for (int32_t i = 0; i < dict->count; i++)
        tflow_i_free(dict->texts[i]);
    tflow_i_free(dict->texts);
    tflow_i_free(dict->hashes);
    tflow_i_free(dict->lengths);
    tflow_i_free(dict->slots);
    tflow_i_free(dict);
}

/* The slot where text is, or the empty one where it would go. */
static size_t probe(const tflow_i_dict *dict, uint64_t h, const char *text, size_t n)
{
    size_t mask = dict->n_slots - 1;
    size_t slot = (size_t)(h >> 20) & mask;

    for (; dict->slots[slot] != 0; slot = (slot + 1) & mask) {
        size_t code = (size_t)dict->slots[slot] - 1;
        if (dict->hashes[code] == h && dict->lengths[code] == n &&
            (n == 0 || memcmp(dict->texts[code], text, n) == 0))
            break;
    }
    return slot;
}

static int grow(tflow_i_dict *dict)
{
    size_t n_slots = dict->n_slots * 2;
    int32_t *slots = tflow_i_calloc(n_slots, sizeof *slots);
    if (slots == NULL)
        return 0;
    for (int32_t code = 0; code < dict->count; code++) {
        size_t slot = (size_t)(dict->hashes[code] >> 20) & (n_slots - 1);
        while (slots[slot] != 0)
            slot = (slot + 1) & (n_slots - 1);
        slots[slot] = code + 1;
    }
    tflow_i_free(dict->slots);
    dict->slots = slots;
    dict->n_slots = n_slots;
    return 1;
}

int32_t tflow_i_dict_add(tflow_i_dict *dict, const char *text, size_t n)
{
    uint64_t h = hash_bytes(text, n);
    size_t slot = probe(dict, h, text, n);
    if (dict->slots[slot] != 0)
        return dict->slots[slot] - 1;

    size_t count = (size_t)dict->count;
    if (dict->count == INT32_MAX - 1)
        return -1;
    if (3 * (count + 1) > 2 * dict->n_slots) {
        if (!grow(dict))
            return -1;
        slot = probe(dict, h, text, n);
    }
    if (!tflow_i_reserve(&dict->texts, &dict->texts_capacity, count + 1,
                         sizeof *dict->texts) ||
        !tflow_i_reserve(&dict->hashes, &dict->hashes_capacity, count + 1,
                         sizeof *dict->hashes) ||
        !tflow_i_reserve(&dict->lengths, &dict->lengths_capacity, count + 1,
                         sizeof *dict->lengths))
        return -1;
    char *copy = tflow_i_strndup(text, n);
    if (copy == NULL)
        return -1;
    dict->texts[count] = copy;
    dict->hashes[count] = h;
    dict->lengths[count] = n;
    dict->count++;
    dict->slots[slot] = dict->count;
    return dict->count - 1;
}

int32_t tflow_i_dict_find(const tflow_i_dict *dict, const char *text, size_t n)
{
    return dict->slots[probe(dict, hash_bytes(text, n), text, n)] - 1;
}

const char *tflow_i_dict_text(const tflow_i_dict *dict, int32_t code)
{
    return code < 0 || code >= dict->count ? NULL : dict->texts[code];
}

int32_t tflow_i_dict_count(const tflow_i_dict *dict)
{
    return dict->count;
}
