/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sums that do not depend on the order of what is added: a whole number of 2^-96, of
 * 192 bits. Parts may be added, merged and taken away again in any order, on any number
 * of threads, and the result is the same to the last bit: the exact sum, rounded once.
 *
 * Exact for numbers of 2^-43 (1.1e-13) and more, and for smaller ones that are
 * multiples of 2^-96; what lies below that is rounded to it, each number by itself, so
 * that the order still makes no difference. No number or sum reaches 2^94 (2e28).
 */
#ifndef TFLOW_CORE_EXACT_H
#define TFLOW_CORE_EXACT_H

#include <stdint.h>

/* Two's complement, the lowest word first; all zeros is 0. */
typedef struct tflow_i_exact {
    uint64_t words[3];
} tflow_i_exact;

/* Add a finite number. 0 when it or the sum is too large, and nothing was added. */
int tflow_i_exact_add(tflow_i_exact *sum, double value);
int tflow_i_exact_merge(tflow_i_exact *sum, const tflow_i_exact *other);
int tflow_i_exact_subtract(tflow_i_exact *sum, const tflow_i_exact *other);
/* The double nearest to the sum, ties to even. */
double tflow_i_exact_value(const tflow_i_exact *sum);

#endif
