/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON read where it lies in memory: checked as a whole, then walked through. Nothing
 * is allocated but the texts that are asked for, so that nothing else can fail. */
#ifndef TFLOW_IO_JSON_H
#define TFLOW_IO_JSON_H

#include "core/core.h"

#define TFLOW_I_JSON_DEPTH 64 /* lists and objects within each other */

/* Check that bytes are a list or an object as RFC 8259 has it, and nothing else: in
 * UTF-8, without U+0000 and halves of surrogates. The value, or NULL with EPARSE and
 * the line in *error. (json_check.c) */
const char *tflow_i_json_check(const char *bytes, size_t n, tflow_error *error);

/* Below, a value is a place in text that was checked. Its first byte tells what it is:
 * { an object, [ a list, " a string, t f n a word, else a number. (json.c) */

/* The first item of a list, the first name of an object; NULL when it is empty. */
const char *tflow_i_json_first(const char *value);
/* What comes after a value in its list (an item) or object (a name); NULL for the end.
 */
const char *tflow_i_json_next(const char *value);
/* The value of a name. */
const char *tflow_i_json_value(const char *name);
/* The value of that name in an object; NULL when there is none, or no object. */
const char *tflow_i_json_member(const char *object, const char *name);
/* Is this value of that kind? NULL is of none. */
int tflow_i_json_is(const char *value, char kind);
/* The bytes of a number or a word. */
size_t tflow_i_json_length(const char *value);
/* Is the string that text? */
int tflow_i_json_equal(const char *string, const char *text);
/* Are two strings the same text? */
int tflow_i_json_same(const char *a, const char *b);
/* Add what a string says. */
void tflow_i_json_text(tflow_i_text *out, const char *string);
/* The line, from 1, of a place in bytes. */
uint64_t tflow_i_json_line(const char *bytes, const char *place);
/* The character of four hexadecimal digits; -1 when they are not. */
int32_t tflow_i_json_hex(const char *digits, size_t n);

#endif
