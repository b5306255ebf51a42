/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the bytes that shape delimited text stand: a bit a byte, 64 bytes at a time, by
 * the widest instructions the machine has. */
#ifndef TFLOW_IO_MARKS_H
#define TFLOW_IO_MARKS_H

#include <stddef.h>
#include <stdint.h>

#define TFLOW_I_BLOCK ((size_t)64)

/* Of a block of 64 bytes; bit i is byte i. */
typedef struct tflow_i_marks {
    uint64_t quotes;
    uint64_t delimiters;
    uint64_t feeds;   /* line feeds */
    uint64_t returns; /* carriage returns and NUL bytes */
} tflow_i_marks;

/* Mark n blocks. */
typedef void tflow_i_mark_fn(const char *bytes, size_t n, char delimiter,
                             tflow_i_marks *out);

/* By 64-bit words: any machine. */
void tflow_i_mark_words(const char *bytes, size_t n, char delimiter,
                        tflow_i_marks *out);
/* The variants that this machine can run, the fastest first, the words last; returns
 * how many (at most 4). */
size_t tflow_i_mark_variants(tflow_i_mark_fn *variants[4], const char *names[4]);

#endif
