/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/rows.h"

#include <string.h>

void tflow_i_rows_init(tflow_i_rows *rows, char delimiter)
{
    tflow_i_mark_fn *variants[4];
    const char *names[4];

    memset(rows, 0, sizeof *rows);
    (void)tflow_i_mark_variants(variants, names);
    rows->mark = variants[0];
    rows->delimiter = delimiter;
}

void tflow_i_rows_free(tflow_i_rows *rows)
{
    tflow_i_free(rows->marks);
    tflow_i_free(rows->ends);
    tflow_i_free(rows->last);
    tflow_i_free(rows->escapes);
    tflow_i_free(rows->inner);
    memset(rows, 0, sizeof *rows);
}

static int first_bit(uint64_t bits)
{
#if defined(__GNUC__) || defined(__clang__)
    return __builtin_ctzll(bits);
#else
    int i = 0;
    while ((bits >> i & 1) == 0)
        i++;
    return i;
#endif
}

/* In words: not every machine has an instruction for it. */
static size_t count_bits(uint64_t x)
{
    x -= x >> 1 & UINT64_C(0x5555555555555555);
    x = (x & UINT64_C(0x3333333333333333)) + (x >> 2 & UINT64_C(0x3333333333333333));
    x = (x + (x >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (size_t)(x * UINT64_C(0x0101010101010101) >> 56);
}

/* Bit i of the result is the parity of bits 0 to i: set from an opening quote up to,
 * and without, the closing one. */
static uint64_t inside(uint64_t quotes)
{
    quotes ^= quotes << 1;
    quotes ^= quotes << 2;
    quotes ^= quotes << 4;
    quotes ^= quotes << 8;
    quotes ^= quotes << 16;
    quotes ^= quotes << 32;
    return quotes;
}

/* What one block passes on to the next. */
typedef struct carry {
    uint64_t inside;    /* all ones within quotes, else 0 */
    uint64_t separator; /* 1: the byte before was a separator, or there is none */
    uint64_t closed;    /* 1: the byte before was a closing quote */
} carry;

static int add_positions(uint32_t **list, size_t *n, size_t *capacity, size_t base,
                         uint64_t bits)
{
    if (!tflow_i_reserve(list, capacity, *n + count_bits(bits), sizeof **list))
        return 0;
    for (; bits != 0; bits &= bits - 1)
        (*list)[(*n)++] = (uint32_t)(base + (size_t)first_bit(bits));
    return 1;
}

/* Carriage returns outside quotes end a line with the line feed after them; NUL bytes
 * are no text. Inside quotes a carriage return alone ends a line, as csv.c counts them:
 * *lone marks those. */
static int good_returns(const char *block, uint64_t bits, uint64_t in, uint64_t *lone)
{
    *lone = 0;
    for (; bits != 0; bits &= bits - 1) {
        int i = first_bit(bits);
        if (block[i] == '\0')
            return 0;
        if (block[i + 1] == '\n')
            continue;
        if ((in >> i & 1) == 0)
            return 0;
        *lone |= UINT64_C(1) << i;
    }
    return 1;
}

/* Write the positions of the bits; eight at a time, most of them needed. The list has
 * room for 64 more. */
static size_t flatten(uint32_t *list, size_t n, size_t base, uint64_t bits)
{
    size_t count = count_bits(bits);
    uint32_t *at = list + n;

    for (size_t done = 0; done < count; done += 8, at += 8)
        for (int k = 0; k < 8; k++) {
            at[k] = (uint32_t)base + (uint32_t)(bits == 0 ? 0 : first_bit(bits));
            bits &= bits - 1;
        }
    return n + count;
}

/* Quotes: an opening one stands after a separator (or, doubled, after a closing one); a
 * closing one before a separator, the end of a line, or its double. */
static tflow_i_taken take_quotes(tflow_i_rows *rows, const tflow_i_marks *m,
                                 uint64_t in, uint64_t separators, size_t base,
                                 carry *c)
{
    uint64_t open = m->quotes & in, closed = m->quotes & ~in;
    uint64_t after_separator = separators << 1 | c->separator;
    uint64_t after_closed = closed << 1 | c->closed;
    uint64_t doubled = open & after_closed;

    c->closed = closed >> 63;
    if ((open & ~(after_separator | after_closed)) != 0 ||
        (after_closed & ~(separators | open | m->returns)) != 0)
        return TFLOW_I_REFUSED;
    if (doubled != 0 && !add_positions(&rows->escapes, &rows->n_escapes,
                                       &rows->escapes_capacity, base, doubled))
        return TFLOW_I_NO_MEMORY;
    return TFLOW_I_TAKEN;
}

static tflow_i_taken take_block(tflow_i_rows *rows, const tflow_i_marks *m, size_t base,
                                carry *c)
{
    uint64_t in = inside(m->quotes) ^ c->inside;
    uint64_t separators = (m->delimiters | m->feeds) & ~in;
    uint64_t row_ends = m->feeds & ~in;

    if ((m->quotes | c->inside | c->closed) != 0) {
        tflow_i_taken taken = take_quotes(rows, m, in, separators, base, c);
        if (taken != TFLOW_I_TAKEN)
            return taken;
    }
    uint64_t inner = m->feeds & in, lone = 0;
    if (m->returns != 0 && !good_returns(rows->bytes + base, m->returns, in, &lone))
        return TFLOW_I_REFUSED;
    inner |= lone;
    if (inner != 0 && !add_positions(&rows->inner, &rows->n_inner,
                                     &rows->inner_capacity, base, inner))
        return TFLOW_I_NO_MEMORY;
    for (uint64_t bits = row_ends; bits != 0; bits &= bits - 1) {
        uint64_t below = (bits & (0 - bits)) - 1;
        rows->last[rows->n++] =
            (uint32_t)(rows->n_ends + count_bits(separators & below));
    }
    rows->n_ends = flatten(rows->ends, rows->n_ends, base, separators);
    c->inside = in >> 63 != 0 ? ~UINT64_C(0) : 0;
    c->separator = separators >> 63;
    return TFLOW_I_TAKEN;
}

/* What stands after the text in its last block is none of it. */
static void trim(tflow_i_marks *m, size_t n)
{
    uint64_t keep = n == TFLOW_I_BLOCK ? ~UINT64_C(0) : (UINT64_C(1) << n) - 1;
    m->quotes &= keep;
    m->delimiters &= keep;
    m->feeds &= keep;
    m->returns &= keep;
}

tflow_i_taken tflow_i_rows_take(tflow_i_rows *rows, const char *bytes, size_t n)
{
    size_t blocks = (n + TFLOW_I_BLOCK - 1) / TFLOW_I_BLOCK;
    carry c = {0, 1, 0};

    rows->bytes = bytes;
    rows->n = rows->n_ends = rows->n_escapes = rows->n_inner = 0;
    /* Room for a separator a byte: what is not needed is never touched. */
    if (!tflow_i_reserve(&rows->marks, &rows->marks_capacity, blocks + 1,
                         sizeof *rows->marks) ||
        !tflow_i_reserve(&rows->ends, &rows->ends_capacity, n + TFLOW_I_BLOCK + 8,
                         sizeof *rows->ends) ||
        !tflow_i_reserve(&rows->last, &rows->last_capacity, n + 1, sizeof *rows->last))
        return TFLOW_I_NO_MEMORY;
    rows->mark(bytes, blocks, rows->delimiter, rows->marks);
    if (blocks > 0)
        trim(&rows->marks[blocks - 1], n - (blocks - 1) * TFLOW_I_BLOCK);
    for (size_t b = 0; b < blocks; b++) {
        tflow_i_taken taken = take_block(rows, &rows->marks[b], b * TFLOW_I_BLOCK, &c);
        if (taken != TFLOW_I_TAKEN)
            return taken;
    }
    return c.inside == 0 ? TFLOW_I_TAKEN : TFLOW_I_REFUSED;
}

int tflow_i_rows_blank(const tflow_i_rows *rows, size_t r)
{
    size_t first = tflow_i_rows_first(rows, r);
    const char *at = rows->bytes + (first == 0 ? 0 : (size_t)rows->ends[first - 1] + 1);

    return rows->last[r] == first && *at != '"' &&
           tflow_i_rows_field(rows, first).n == 0;
}

/* ---- cutting ---- */

int tflow_i_rows_odd(tflow_i_mark_fn *mark, const char *bytes, size_t n)
{
    enum { AT_ONCE = 64 };
    tflow_i_marks marks[AT_ONCE];
    uint64_t quotes = 0; /* the parity of the whole is that of the blocks together */

    while (n > 0) {
        size_t size = n < AT_ONCE * TFLOW_I_BLOCK ? n : AT_ONCE * TFLOW_I_BLOCK;
        size_t blocks = (size + TFLOW_I_BLOCK - 1) / TFLOW_I_BLOCK;
        mark(bytes, blocks, ',', marks);
        trim(&marks[blocks - 1], size - (blocks - 1) * TFLOW_I_BLOCK);
        for (size_t b = 0; b < blocks; b++)
            quotes ^= marks[b].quotes;
        bytes += size;
        n -= size;
    }
    return (int)(count_bits(quotes) & 1);
}

size_t tflow_i_rows_cut(const char *bytes, size_t n, int odd)
{
    for (size_t i = n; i > 0; i--) {
        char c = bytes[i - 1];
        if (c == '\n' && !odd)
            return i;
        odd ^= c == '"';
    }
    return 0;
}
