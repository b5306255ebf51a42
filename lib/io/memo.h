/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What texts were found to mean, by their bytes: asked once for each text, and mostly
 * for the one that was asked for last. */
#ifndef TFLOW_IO_MEMO_H
#define TFLOW_IO_MEMO_H

#include "io/rows.h"

#include <string.h>

#define TFLOW_I_UNKNOWN INT32_MIN /* not seen before */

typedef struct tflow_i_memo_entry {
    uint64_t word; /* of a text of up to 8 bytes these, else a hash */
    char *text;    /* of a longer one; else NULL */
    uint32_t n;    /* bytes, 1 more than there are; 0: an empty slot */
    int32_t value;
} tflow_i_memo_entry;

typedef struct tflow_i_memo {
    tflow_i_memo_entry *slots;
    size_t n_slots, count; /* slots: a power of two, or 0 */
    tflow_i_memo_entry last;
} tflow_i_memo;

void tflow_i_memo_free(tflow_i_memo *memo);
/* The value of a text; TFLOW_I_UNKNOWN when there is none. TFLOW_I_PADDING bytes may be
 * read after it. */
int32_t tflow_i_memo_find(tflow_i_memo *memo, tflow_i_span text);
/* Keep the value of a text that is not there; 0 when out of memory. */
int tflow_i_memo_add(tflow_i_memo *memo, tflow_i_span text, int32_t value);

/* The first n bytes, n <= 8, the first of them lowest; those after them are zero. */
static inline uint64_t tflow_i_word(const char *at, size_t n)
{
    uint64_t word = 0;
    if (n == 0)
        return 0;
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    memcpy(&word, at, sizeof word);
    return word << (64 - 8 * n) >> (64 - 8 * n);
#else
    for (size_t i = 0; i < n; i++)
        word |= (uint64_t)(unsigned char)at[i] << 8 * i;
    return word;
#endif
}

static inline int32_t tflow_i_memo_value(tflow_i_memo *memo, tflow_i_span text)
{
    const tflow_i_memo_entry *last = &memo->last;
    if (text.n + 1 == last->n &&
        (text.n <= 8 ? tflow_i_word(text.at, text.n) == last->word
                     : memcmp(text.at, last->text, text.n) == 0))
        return last->value;
    return tflow_i_memo_find(memo, text);
}

#endif
