/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the routines of the kernels are made of. Kernels allocate nothing, so that an
 * error of R may leave them at any time. */
#ifndef TRADEFLOW_R_KERNEL_H
#define TRADEFLOW_R_KERNEL_H

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <tradeflow.h>

#define R_NO_REMAP
#include <R.h>
#include <R_ext/Rdynload.h>
#include <Rinternals.h>

/* An enumerator and its word in R. */
typedef struct word {
    const char *text;
    int value;
} word;

/* ---- arguments ---- */

tflow_vec vec_of(SEXP numbers);
/* One number; an error of R if it is something else. */
double number_of(SEXP x, const char *name);
size_t size_of(SEXP x, const char *name);
const char *text_of(SEXP x, const char *name);
int word_of(SEXP x, const word *words, const char *name);
/* The member of a list, or R_NilValue. */
SEXP member(SEXP list, const char *name);
/* The greatest of some lengths, 0 if one of them is 0. */
R_xlen_t recycled(int count, ...);
/* Memory for n numbers that R takes back when the call ends. */
double *working(size_t n);

/* ---- answers: statuses, values, the detail of a failure ---- */

SEXP answer_new(R_xlen_t n, int results);
void answer_status(SEXP answer, R_xlen_t i, tflow_status status,
                   const tflow_error *error);
void answer_value(SEXP answer, int result, SEXP value);
SEXP answer_at(SEXP answer, int result);

/* ---- values ---- */

SEXP named_list(const char *const *names, int n);
SEXP text_out(const char *text);
SEXP word_text(int value, const word *words);
SEXP word_out(int value, const word *words);
/* Positions count from 1 in R. */
SEXP positions(const size_t *from_zero, size_t n);

extern const R_CallMethodDef kernel_routines[];
extern const int n_kernel_routines;

#endif
