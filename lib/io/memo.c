/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/memo.h"

static uint64_t word_of(tflow_i_span text)
{
    if (text.n <= 8)
        return tflow_i_word(text.at, text.n);
    uint64_t h = text.n;
    size_t i = 0;
    for (; i + 8 <= text.n; i += 8) {
        h = (h ^ tflow_i_word(text.at + i, 8)) * UINT64_C(0x9e3779b97f4a7c15);
        h ^= h >> 29;
    }
    h = (h ^ tflow_i_word(text.at + i, text.n - i)) * UINT64_C(0xbf58476d1ce4e5b9);
    return h ^ h >> 32;
}

static size_t slot_of(const tflow_i_memo *memo, const tflow_i_memo_entry *e)
{
    uint64_t h = (e->word + e->n) * UINT64_C(0x9e3779b97f4a7c15);
    return (size_t)(h >> 32) & (memo->n_slots - 1);
}

static int same(const tflow_i_memo_entry *e, const tflow_i_memo_entry *sought,
                const char *at)
{
    return e->word == sought->word && e->n == sought->n &&
           (e->text == NULL || memcmp(e->text, at, e->n - 1) == 0);
}

int32_t tflow_i_memo_find(tflow_i_memo *memo, tflow_i_span text)
{
    tflow_i_memo_entry sought = {word_of(text), NULL, (uint32_t)text.n + 1, 0};
    if (memo->n_slots == 0)
        return TFLOW_I_UNKNOWN;
    size_t mask = memo->n_slots - 1;
    for (size_t i = slot_of(memo, &sought); memo->slots[i].n != 0; i = (i + 1) & mask)
        if (same(&memo->slots[i], &sought, text.at)) {
            memo->last = memo->slots[i];
            return memo->last.value;
        }
    return TFLOW_I_UNKNOWN;
}

static void put(tflow_i_memo *memo, const tflow_i_memo_entry *e)
{
    size_t mask = memo->n_slots - 1, i = slot_of(memo, e);
    while (memo->slots[i].n != 0)
        i = (i + 1) & mask;
    memo->slots[i] = *e;
}

static int grow(tflow_i_memo *memo)
{
    tflow_i_memo larger = {0};
    larger.n_slots = memo->n_slots == 0 ? 64 : 4 * memo->n_slots;
    larger.slots = tflow_i_calloc(larger.n_slots, sizeof *larger.slots);
    if (larger.slots == NULL)
        return 0;
    for (size_t i = 0; i < memo->n_slots; i++)
        if (memo->slots[i].n != 0)
            put(&larger, &memo->slots[i]);
    tflow_i_free(memo->slots);
    memo->slots = larger.slots;
    memo->n_slots = larger.n_slots;
    return 1;
}

int tflow_i_memo_add(tflow_i_memo *memo, tflow_i_span text, int32_t value)
{
    tflow_i_memo_entry e = {word_of(text), NULL, (uint32_t)text.n + 1, value};
    if (2 * (memo->count + 1) > memo->n_slots && !grow(memo))
        return 0;
    if (text.n > 8) {
        e.text = tflow_i_strndup(text.at, text.n);
        if (e.text == NULL)
            return 0;
    }
    put(memo, &e);
    memo->count++;
    memo->last = e;
    return 1;
}

void tflow_i_memo_free(tflow_i_memo *memo)
{
    for (size_t i = 0; i < memo->n_slots; i++)
        tflow_i_free(memo->slots[i].text);
    tflow_i_free(memo->slots);
    memset(memo, 0, sizeof *memo);
}
