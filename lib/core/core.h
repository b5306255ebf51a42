/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every room of the library may use: errors, memory, text, sums, dictionaries. */
#ifndef TFLOW_CORE_CORE_H
#define TFLOW_CORE_CORE_H

#include "tradeflow/core.h"

#include <stdarg.h>

/* ---- errors (error.c) ---- */

/* Fill *error (which may be NULL) with status and message, and return the status. The
 * place (file, line, field, column) is cleared; set it with tflow_i_at afterwards.
 * Numbers go through tflow_i_decimal_format, never through %g: locale. */
tflow_status tflow_i_fail(tflow_error *error, tflow_status status, const char *format,
                          ...) TFLOW_PRINTF(3, 4);
/* Add the place to an error just filled. file and column may be NULL. */
void tflow_i_at(tflow_error *error, const char *file, uint64_t line, uint32_t field,
                const char *column);
tflow_status tflow_i_nomem(tflow_error *error);

/* ---- memory (memory.c): sizes are products checked for overflow ---- */

void *tflow_i_alloc(size_t n, size_t size);  /* uninitialised */
void *tflow_i_calloc(size_t n, size_t size); /* zeroed */
/* Grow *data (elements of `size` bytes) to hold at least n; *capacity is updated. */
int tflow_i_reserve(void *data, size_t *capacity, size_t n, size_t size);
char *tflow_i_strdup(const char *text);
char *tflow_i_strndup(const char *text, size_t n);
void tflow_i_free(void *memory);

/* Stable merge sort of an index: order[] holds n positions; compare(a, b, context)
 * returns <0, 0, >0 for two positions. Returns 0 when out of memory. */
typedef int tflow_i_compare(size_t a, size_t b, const void *context);
int tflow_i_sort(size_t *order, size_t n, tflow_i_compare *compare,
                 const void *context);

/* ---- text (text.c): a buffer that grows; `failed` is sticky ---- */

typedef struct tflow_i_text {
    char *data; /* NUL-terminated once anything was added */
    size_t length;
    size_t capacity;
    int failed;
} tflow_i_text;

void tflow_i_text_add(tflow_i_text *text, const char *string);
void tflow_i_text_add_n(tflow_i_text *text, const char *bytes, size_t n);
void tflow_i_text_char(tflow_i_text *text, char c);
void tflow_i_text_format(tflow_i_text *text, const char *format, ...)
    TFLOW_PRINTF(2, 3);
void tflow_i_text_double(tflow_i_text *text,
                         double value); /* shortest, or nothing for NaN */
void tflow_i_text_fixed(tflow_i_text *text, double value, int decimals);
/* Fixed decimals with a comma between thousands, for people. */
void tflow_i_text_grouped(tflow_i_text *text, double value, int decimals);
/* value as a JSON string, quotes included; invalid UTF-8 becomes U+FFFD. */
void tflow_i_text_json(tflow_i_text *text, const char *value);
/* value escaped for XML and HTML text and attribute values. */
void tflow_i_text_xml(tflow_i_text *text, const char *value);
/* Hand the text over (caller frees with tflow_text_free) or NULL when it failed. */
char *tflow_i_text_take(tflow_i_text *text);
void tflow_i_text_clear(tflow_i_text *text);

/* ---- decimals (decimal.c): the only place where text becomes a number ---- */

/* Parse all of text[0..n) as a decimal number ("1", "-.5", "1e3"; no spaces, no hex,
 * no inf or nan). Returns 1 when it is one; *overflow says it was too large to hold. */
int tflow_i_decimal_parse(const char *text, size_t n, double *value, int *overflow);
/* Shortest text that reads back to the same number; locale-independent. buffer >= 32.
 */
#define TFLOW_I_DECIMAL_SIZE 32
const char *tflow_i_decimal_format(double value, char *buffer);
/* Fixed decimals, any magnitude; buffer of `size` bytes, 400 always suffice. */
const char *tflow_i_decimal_fixed(double value, int decimals, char *buffer,
                                  size_t size);

/* ---- sums (sum.c): compensated; doubles only ---- */

typedef struct tflow_i_sum {
    double sum;
    double error;
} tflow_i_sum;

void tflow_i_sum_add(tflow_i_sum *sum, double value);
double tflow_i_sum_value(const tflow_i_sum *sum);
/* Merge a partial sum: sum += other. */
void tflow_i_sum_merge(tflow_i_sum *sum, const tflow_i_sum *other);

static inline double tflow_i_vec_at(tflow_vec v, size_t i)
{
    return v.data[(ptrdiff_t)i * v.stride];
}

/* ---- dictionaries (dict.c): text to dense codes 0, 1, 2, ... ---- */

typedef struct tflow_i_dict tflow_i_dict;

tflow_i_dict *tflow_i_dict_new(void); /* NULL when out of memory */
void tflow_i_dict_free(tflow_i_dict *dict);
/* The code of text, added if new; -1 when out of memory. */
int32_t tflow_i_dict_add(tflow_i_dict *dict, const char *text, size_t n);
/* The code of text, or -1. */
int32_t tflow_i_dict_find(const tflow_i_dict *dict, const char *text, size_t n);
const char *tflow_i_dict_text(const tflow_i_dict *dict, int32_t code);
int32_t tflow_i_dict_count(const tflow_i_dict *dict);

/* ---- groups (group.c): tuples of int32 to dense group numbers ---- */

typedef struct tflow_i_groups tflow_i_groups;

tflow_i_groups *tflow_i_groups_new(size_t width); /* NULL when out of memory */
void tflow_i_groups_free(tflow_i_groups *groups);
/* The number of the tuple key[0..width), added if new; SIZE_MAX when out of memory. */
size_t tflow_i_groups_add(tflow_i_groups *groups, const int32_t *key);
size_t tflow_i_groups_find(const tflow_i_groups *groups, const int32_t *key);
size_t tflow_i_groups_count(const tflow_i_groups *groups);
const int32_t *tflow_i_groups_key(const tflow_i_groups *groups, size_t group);

#endif
