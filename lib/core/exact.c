/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/exact.h"

#include <math.h>
#include <string.h>

#define POINT 96       /* bits after the point */
#define MOST_SHIFT 137 /* of a mantissa of 53 bits: below 2^190, so that two add up */

/* a += b + carry; the new carry. */
static unsigned add_word(uint64_t *a, uint64_t b, unsigned carry)
{
    uint64_t sum = *a + b;
    unsigned over = sum < b;

    *a = sum + carry;
    return over | (*a < sum);
}

/* Keeps the sum below 2^190 in size, so that no addition of two of them wraps. */
static int in_range(const tflow_i_exact *sum)
{
    uint64_t top = sum->words[2] >> 62;
    return top == 0 || top == 3;
}

static void add_words(tflow_i_exact *sum, const uint64_t words[3])
{
    unsigned carry = add_word(&sum->words[0], words[0], 0);
    carry = add_word(&sum->words[1], words[1], carry);
    (void)add_word(&sum->words[2], words[2], carry);
}

static void negate(uint64_t words[3])
{
    unsigned carry = 1;
    for (int i = 0; i < 3; i++) {
        words[i] = ~words[i];
        carry = add_word(&words[i], 0, carry);
    }
}

static int add_checked(tflow_i_exact *sum, const uint64_t words[3])
{
    tflow_i_exact before = *sum;
    add_words(sum, words);
    if (in_range(sum))
        return 1;
    *sum = before;
    return 0;
}

/* The mantissa moved right by `shift` bits, rounded to even. */
static uint64_t rounded_shift(uint64_t mantissa, int shift)
{
    if (shift > 54)
        return 0;
    uint64_t half = UINT64_C(1) << (shift - 1);
    uint64_t rest = mantissa & ((half << 1) - 1);
    uint64_t whole = mantissa >> shift;
    return whole + (rest > half || (rest == half && (whole & 1) != 0));
}

int tflow_i_exact_add(tflow_i_exact *sum, double value)
{
    uint64_t bits, words[3] = {0, 0, 0};
    memcpy(&bits, &value, sizeof bits);
    int exponent = (int)(bits >> 52 & 0x7ff);
    uint64_t mantissa = bits & ((UINT64_C(1) << 52) - 1);

    if (exponent > 0)
        mantissa |= UINT64_C(1) << 52;
    else
        exponent = 1;
    int shift = exponent - 1075 + POINT;
    if (shift > MOST_SHIFT)
        return 0;
    if (shift < 0)
        words[0] = rounded_shift(mantissa, -shift);
    else {
        int word = shift / 64, bit = shift % 64;
        words[word] = mantissa << bit;
        if (bit > 11) /* what a word of 64 cannot hold of 53 */
            words[word + 1] = mantissa >> (64 - bit);
    }
    if (bits >> 63 != 0)
        negate(words);
    return add_checked(sum, words);
}

int tflow_i_exact_merge(tflow_i_exact *sum, const tflow_i_exact *other)
{
    return add_checked(sum, other->words);
}

int tflow_i_exact_subtract(tflow_i_exact *sum, const tflow_i_exact *other)
{
    uint64_t words[3] = {other->words[0], other->words[1], other->words[2]};
    negate(words);
    return add_checked(sum, words);
}

/* The 64 bits that end with bit `top`, and whether any below them is set. */
static uint64_t highest(const uint64_t words[3], int top, int *more)
{
    uint64_t out = 0;
    int low = top - 63;

    *more = 0;
    for (int i = 0; i < 3; i++) {
        int at = 64 * i - low; /* where the word's first bit comes to stand */
        if (at >= 0)
            out |= at < 64 ? words[i] << at : 0;
        else if (at > -64) {
            out |= words[i] >> -at;
            *more |= (words[i] << (64 + at)) != 0;
        } else
            *more |= words[i] != 0;
    }
    return out;
}

double tflow_i_exact_value(const tflow_i_exact *sum)
{
    uint64_t words[3] = {sum->words[0], sum->words[1], sum->words[2]};
    int negative = words[2] >> 63 != 0, top = 191, more;

    if (negative)
        negate(words);
    while (top >= 0 && words[top / 64] == 0)
        top -= 64;
    if (top < 0)
        return 0;
    while ((words[top / 64] >> top % 64 & 1) == 0)
        top--;
    uint64_t bits = highest(words, top, &more);
    uint64_t mantissa = bits >> 11, rest = bits & 0x7ff;
    mantissa += rest > 0x400 || (rest == 0x400 && (more || (mantissa & 1) != 0));
    double value = ldexp((double)mantissa, top - 52 - POINT);
    return negative ? -value : value;
}
