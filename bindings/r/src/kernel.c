/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel.h"

#include <stdarg.h>

tflow_vec vec_of(SEXP numbers)
{
    size_t n = (size_t)XLENGTH(numbers);
    return tflow_vec_of(n == 0 ? NULL : REAL(numbers), n);
}

double number_of(SEXP x, const char *name)
{
    if ((TYPEOF(x) != REALSXP && TYPEOF(x) != INTSXP && TYPEOF(x) != LGLSXP) ||
        Rf_xlength(x) != 1)
        Rf_error("%s: expected one number", name);
    return Rf_asReal(x);
}

size_t size_of(SEXP x, const char *name)
{
    double size = number_of(x, name);

    if (!(size >= 0 && size < 0x1p53))
        Rf_error("%s: expected a whole number, not below the first", name);
    return (size_t)size;
}

const char *text_of(SEXP x, const char *name)
{
    if (TYPEOF(x) != STRSXP || XLENGTH(x) != 1 || STRING_ELT(x, 0) == NA_STRING)
        Rf_error("%s: expected one text", name);
    return CHAR(STRING_ELT(x, 0));
}

int word_of(SEXP x, const word *words, const char *name)
{
    const char *text = text_of(x, name);

    for (const word *w = words; w->text != NULL; w++)
        if (strcmp(w->text, text) == 0)
            return w->value;
    Rf_error("%s: found \"%s\", expected a word such as \"%s\"", name, text,
             words->text);
}

SEXP member(SEXP list, const char *name)
{
    SEXP names = Rf_getAttrib(list, R_NamesSymbol);

    if (TYPEOF(list) != VECSXP || TYPEOF(names) != STRSXP)
        return R_NilValue;
    for (R_xlen_t i = 0; i < XLENGTH(names); i++)
        if (strcmp(CHAR(STRING_ELT(names, i)), name) == 0)
            return VECTOR_ELT(list, i);
    return R_NilValue;
}

R_xlen_t recycled(int count, ...)
{
    va_list lengths;
    R_xlen_t most = 0;
    int none = 0;

    va_start(lengths, count);
    for (int i = 0; i < count; i++) {
        R_xlen_t n = va_arg(lengths, R_xlen_t);
        none = none || n == 0;
        most = n > most ? n : most;
    }
    va_end(lengths);
    return none ? 0 : most;
}

double *working(size_t n)
{
    return (double *)R_alloc(n + 1, sizeof(double));
}

SEXP answer_new(R_xlen_t n, int results)
{
    SEXP answer = PROTECT(Rf_allocVector(VECSXP, 3));

    SET_VECTOR_ELT(answer, 0, Rf_allocVector(INTSXP, n));
    SET_VECTOR_ELT(answer, 1, Rf_allocVector(VECSXP, results));
    UNPROTECT(1);
    return answer;
}

void answer_status(SEXP answer, R_xlen_t i, tflow_status status,
                   const tflow_error *error)
{
    INTEGER(VECTOR_ELT(answer, 0))[i] = (int)status;
    if (status != TFLOW_OK && error != NULL && error->message[0] != '\0')
        SET_VECTOR_ELT(answer, 2,
                       Rf_ScalarString(Rf_mkCharCE(error->message, CE_UTF8)));
}

void answer_value(SEXP answer, int result, SEXP value)
{
    SET_VECTOR_ELT(VECTOR_ELT(answer, 1), result, value);
}

SEXP answer_at(SEXP answer, int result)
{
    return VECTOR_ELT(VECTOR_ELT(answer, 1), result);
}

SEXP named_list(const char *const *names, int n)
{
    SEXP list = PROTECT(Rf_allocVector(VECSXP, n));
    SEXP texts = PROTECT(Rf_allocVector(STRSXP, n));

    for (int i = 0; i < n; i++)
        SET_STRING_ELT(texts, i, Rf_mkChar(names[i]));
    Rf_setAttrib(list, R_NamesSymbol, texts);
    UNPROTECT(2);
    return list;
}

SEXP text_out(const char *text)
{
    return Rf_ScalarString(text == NULL ? NA_STRING : Rf_mkCharCE(text, CE_UTF8));
}

SEXP word_text(int value, const word *words)
{
    for (const word *w = words; w->text != NULL; w++)
        if (w->value == value)
            return Rf_mkChar(w->text);
    return NA_STRING;
}

SEXP word_out(int value, const word *words)
{
    return Rf_ScalarString(word_text(value, words));
}

SEXP positions(const size_t *from_zero, size_t n)
{
    SEXP out = Rf_allocVector(INTSXP, (R_xlen_t)n);

    for (size_t i = 0; i < n; i++)
        INTEGER(out)[i] = (int)from_zero[i] + 1;
    return out;
}
