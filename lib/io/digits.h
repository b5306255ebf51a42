/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain numbers, as nearly all are, read eight digits at a time. */
#ifndef TFLOW_IO_DIGITS_H
#define TFLOW_IO_DIGITS_H

#include "io/memo.h"

/* Digits at[0..n), n <= 8, eight at a time; 0: one of them is none. */
static inline int tflow_i_digits(const char *at, size_t n, uint64_t *number)
{
    uint64_t word = tflow_i_word(at, n);
    if (n == 0) {
        *number = 0;
        return 1;
    }
    /* The first digit in the lowest byte, zeros before it. */
    word = (word - (UINT64_C(0x3030303030303030) >> (64 - 8 * n))) << (64 - 8 * n);
    if (((word | (word + UINT64_C(0x7676767676767676))) &
         UINT64_C(0x8080808080808080)) != 0)
        return 0;
    word = word * 10 + (word >> 8); /* pairs, then fours, then all eight */
    word =
        ((word & UINT64_C(0x000000ff000000ff)) * UINT64_C(0x000f424000000064) +
         (word >> 16 & UINT64_C(0x000000ff000000ff)) * UINT64_C(0x0000271000000001)) >>
        32;
    *number = word;
    return 1;
}

/* The number of bytes before the first point among at[0..n), n <= 8; n for none. */
static inline size_t tflow_i_before_point(const char *at, size_t n)
{
    size_t i = 0;
    while (i < n && at[i] != '.')
        i++;
    return i;
}

/* Up to eight digits, a point, and up to eight more, read exactly (Clinger's fast
 * path); 0: it is something else, or longer. */
static inline int tflow_i_plain_number(tflow_i_span text, double *value)
{
    static const double powers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8};
    uint64_t whole, part = 0;
    size_t point = tflow_i_before_point(text.at, text.n < 9 ? text.n : 9);
    size_t places = point < text.n ? text.n - point - 1 : 0;

    if (text.n == 0 || point > 8 || places > 8 || (text.n == 1 && point == 0) ||
        !tflow_i_digits(text.at, point, &whole) ||
        (places > 0 && !tflow_i_digits(text.at + point + 1, places, &part)))
        return 0;
    if (value == NULL)
        return 1;
    if (places == 0) {
        *value = (double)whole;
        return 1;
    }
    whole = whole * (uint64_t)powers[places] + part;
    if (whole > UINT64_C(1) << 53)
        return 0;
    *value = (double)whole / powers[places];
    return 1;
}

#endif
