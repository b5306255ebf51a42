/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table as the columns of a data frame. */
#include "table.h"

/* ---- columns ---- */

/* Texts of codes: NA where there is none. */
static SEXP texts_of(const tflow_table *table, size_t column)
{
    R_xlen_t n = (R_xlen_t)tflow_table_rows(table);
    int32_t labels = tflow_table_labels(table, column);
    const int32_t *codes = tflow_table_codes(table, column);
    SEXP out = PROTECT(Rf_allocVector(STRSXP, n));
    SEXP known = PROTECT(Rf_allocVector(STRSXP, labels));

    for (int32_t k = 0; k < labels; k++)
        SET_STRING_ELT(known, k,
                       Rf_mkCharCE(tflow_table_label(table, column, k), CE_UTF8));
    for (R_xlen_t i = 0; i < n; i++)
        SET_STRING_ELT(out, i, codes[i] < 0 ? NA_STRING : STRING_ELT(known, codes[i]));
    UNPROTECT(2);
    return out;
}

static void make_factor(SEXP codes, SEXP levels)
{
    Rf_setAttrib(codes, R_LevelsSymbol, levels);
    Rf_setAttrib(codes, R_ClassSymbol, Rf_mkString("factor"));
}

/* A factor, whose levels are the texts that occur, in the order of the dictionary. */
static SEXP factor_of(const tflow_table *table, size_t column)
{
    R_xlen_t n = (R_xlen_t)tflow_table_rows(table);
    int32_t labels = tflow_table_labels(table, column), used = 0;
    const int32_t *codes = tflow_table_codes(table, column);
    int *level = (int *)R_alloc((size_t)labels + 1, sizeof *level);
    SEXP out = PROTECT(Rf_allocVector(INTSXP, n));

    memset(level, 0, ((size_t)labels + 1) * sizeof *level);
    for (R_xlen_t i = 0; i < n; i++)
        if (codes[i] >= 0)
            level[codes[i]] = 1;
    for (int32_t k = 0; k < labels; k++)
        level[k] = level[k] ? ++used : 0;
    for (R_xlen_t i = 0; i < n; i++)
        INTEGER(out)[i] = codes[i] < 0 ? NA_INTEGER : level[codes[i]];
    SEXP levels = PROTECT(Rf_allocVector(STRSXP, used));
    for (int32_t k = 0; k < labels; k++)
        if (level[k] > 0)
            SET_STRING_ELT(levels, level[k] - 1,
                           Rf_mkCharCE(tflow_table_label(table, column, k), CE_UTF8));
    make_factor(out, levels);
    UNPROTECT(2);
    return out;
}

/* What keys a row; any other text is a text. */
static int is_key(const char *name)
{
    static const char *const keys[] = {
        "reporter", "partner", "product",  "flow",          "partner2", "customs",
        "mode",     "supply",  "currency", "quantity_unit", "valuation"};

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(keys[i], name) == 0)
            return 1;
    return 0;
}

/* Years as whole numbers; labels where a period is no calendar year. */
static SEXP periods_of(const tflow_table *table, size_t column)
{
    R_xlen_t n = (R_xlen_t)tflow_table_rows(table);
    const tflow_period *periods = tflow_table_periods(table, column);
    char label[TFLOW_PERIOD_SIZE];
    int years = 1;

    for (R_xlen_t i = 0; i < n && years; i++)
        years = periods[i] == TFLOW_PERIOD_NONE ||
                tflow_period_frequency(periods[i]) == 'A';
    SEXP out = PROTECT(Rf_allocVector(years ? INTSXP : STRSXP, n));
    for (R_xlen_t i = 0; i < n; i++) {
        int none = periods[i] == TFLOW_PERIOD_NONE;
        if (years)
            INTEGER(out)[i] = none ? NA_INTEGER : tflow_period_start(periods[i]) / 12;
        else
            SET_STRING_ELT(out, i,
                           none ? NA_STRING
                                : Rf_mkChar(tflow_period_format(periods[i], label)));
    }
    UNPROTECT(1);
    return out;
}

/* Counts are whole numbers of R where all of them fit, else doubles. */
static SEXP counts_of(const tflow_table *table, size_t column)
{
    R_xlen_t n = (R_xlen_t)tflow_table_rows(table);
    const int64_t *counts = tflow_table_int64(table, column);
    int fit = 1;

    for (R_xlen_t i = 0; i < n && fit; i++)
        fit = counts[i] > -INT32_MAX && counts[i] <= INT32_MAX;
    SEXP out = Rf_allocVector(fit ? INTSXP : REALSXP, n);
    for (R_xlen_t i = 0; i < n; i++) {
        if (fit)
            INTEGER(out)[i] = (int)counts[i];
        else
            REAL(out)[i] = (double)counts[i];
    }
    return out;
}

static SEXP statuses_of(const tflow_table *table, size_t column)
{
    /* From observed to not reported at all. */
    static const char letters[] = "APEIFQLOM";
    R_xlen_t n = (R_xlen_t)tflow_table_rows(table);
    const uint8_t *bytes = tflow_table_bytes(table, column);
    SEXP out = PROTECT(Rf_allocVector(INTSXP, n));
    SEXP levels = PROTECT(Rf_allocVector(STRSXP, (R_xlen_t)sizeof letters - 1));

    for (int k = 0; letters[k] != '\0'; k++)
        SET_STRING_ELT(levels, k, Rf_mkCharLen(&letters[k], 1));
    for (R_xlen_t i = 0; i < n; i++) {
        const char *at = bytes[i] == 0 ? NULL : strchr(letters, bytes[i]);
        INTEGER(out)[i] = at == NULL ? NA_INTEGER : (int)(at - letters) + 1;
    }
    make_factor(out, levels);
    UNPROTECT(2);
    return out;
}

static SEXP truths_of(const tflow_table *table, size_t column)
{
    R_xlen_t n = (R_xlen_t)tflow_table_rows(table);
    const uint8_t *bytes = tflow_table_bytes(table, column);
    SEXP out = Rf_allocVector(LGLSXP, n);

    for (R_xlen_t i = 0; i < n; i++)
        LOGICAL(out)[i] = bytes[i] != 0;
    return out;
}

/* ---- numbers: missing is NA, not defined is NaN ---- */

/* Whether a column holds amounts as they came in: these are missing, never undefined.
 */
static int is_amount(const tflow_operation *operation, const char *name)
{
    const tflow_output *output;

    for (size_t i = 0; (output = tflow_operation_output(operation, i)) != NULL; i++)
        if (strcmp(tflow_output_name(output), name) == 0)
            return strcmp(tflow_output_unit(output), "value") == 0;
    return 1;
}

/* Whether there is no number in that row because it is not defined: a reason is given,
 * and it is not that something is missing. */
static int undefined(const tflow_table *table, size_t reason, R_xlen_t row)
{
    const int32_t *codes = tflow_table_codes(table, reason);

    if (codes == NULL || codes[row] < 0)
        return 0;
    return strstr(tflow_table_label(table, reason, codes[row]), "missing") == NULL;
}

static SEXP numbers_of(const tflow_table *table, size_t column, size_t reason,
                       const tflow_operation *operation)
{
    R_xlen_t n = (R_xlen_t)tflow_table_rows(table);
    const double *numbers = tflow_table_float64(table, column);
    int amount = is_amount(operation, tflow_table_name(table, column));
    SEXP out = Rf_allocVector(REALSXP, n);

    for (R_xlen_t i = 0; i < n; i++) {
        double x = numbers[i];
        if (isnan(x))
            x = !amount && undefined(table, reason, i) ? R_NaN : NA_REAL;
        REAL(out)[i] = x;
    }
    return out;
}

static SEXP column_of(const tflow_table *table, size_t column, size_t reason,
                      const tflow_operation *operation)
{
    switch (tflow_table_type(table, column)) {
    case TFLOW_KEY:
        return is_key(tflow_table_name(table, column)) ? factor_of(table, column)
                                                       : texts_of(table, column);
    case TFLOW_PERIOD:
        return periods_of(table, column);
    case TFLOW_FLOAT64:
        return numbers_of(table, column, reason, operation);
    case TFLOW_INT64:
        return counts_of(table, column);
    case TFLOW_OBS_STATUS:
        return statuses_of(table, column);
    case TFLOW_BOOL:
        return truths_of(table, column);
    }
    return R_NilValue;
}

/* ---- the whole ---- */

static SEXP notes_of(const tflow_table *table)
{
    size_t n = tflow_table_notes(table);
    SEXP out = PROTECT(Rf_allocVector(STRSXP, (R_xlen_t)n));

    for (size_t i = 0; i < n; i++)
        SET_STRING_ELT(out, (R_xlen_t)i,
                       Rf_mkCharCE(tflow_table_note(table, i), CE_UTF8));
    UNPROTECT(1);
    return out;
}

static SEXP facts_of(const tflow_table *table)
{
    static const char *const names[] = {
        "currency",       "unit_multiplier", "valuation", "prices", "layout", "source",
        "classification", "recipe",          "text",      "html",   "svg"};
    const int n = (int)(sizeof names / sizeof *names);
    SEXP out = PROTECT(named_list(names, n));

    for (int i = 0; i < n; i++) {
        const char *text = tflow_table_attribute(table, names[i]);
        if (text != NULL)
            SET_VECTOR_ELT(out, i, text_out(text));
    }
    UNPROTECT(1);
    return out;
}

SEXP table_out(const tflow_table *table, const tflow_operation *operation)
{
    static const char *const names[] = {"columns", "names", "units", "notes", "facts"};
    size_t n = tflow_table_columns(table), reason;
    SEXP out = PROTECT(named_list(names, 5));
    SEXP columns = Rf_allocVector(VECSXP, (R_xlen_t)n);
    SET_VECTOR_ELT(out, 0, columns);
    SEXP column_names = Rf_allocVector(STRSXP, (R_xlen_t)n);
    SET_VECTOR_ELT(out, 1, column_names);
    SEXP units = Rf_allocVector(STRSXP, (R_xlen_t)n);
    SET_VECTOR_ELT(out, 2, units);

    (void)tflow_table_find(table, "reason", &reason);
    for (size_t i = 0; i < n; i++) {
        R_xlen_t at = (R_xlen_t)i;
        SET_STRING_ELT(column_names, at, Rf_mkChar(tflow_table_name(table, i)));
        SET_STRING_ELT(units, at, Rf_mkCharCE(tflow_table_unit(table, i), CE_UTF8));
        SET_VECTOR_ELT(columns, at, column_of(table, i, reason, operation));
    }
    SET_VECTOR_ELT(out, 3, notes_of(table));
    SET_VECTOR_ELT(out, 4, facts_of(table));
    UNPROTECT(1);
    return out;
}
