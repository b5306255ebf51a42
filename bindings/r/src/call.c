/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operations run, files read, and what the library says about itself. */
#include "call.h"
#include "session.h"

/* ---- operations ---- */

static int set_parameters(session *s)
{
    for (R_xlen_t i = 0; i < XLENGTH(s->names); i++) {
        SEXP value = STRING_ELT(s->values, i);
        if (value != NA_STRING &&
            !session_ok(s, tflow_call_set(s->call, CHAR(STRING_ELT(s->names, i)),
                                          CHAR(value), &s->error)))
            return 0;
    }
    return 1;
}

static void forget_inputs(session *s)
{
    tflow_call_forget_inputs(s->call);
    while (s->n_tables > 0)
        tflow_table_free(s->tables[--s->n_tables]);
}

static int read_inputs(session *s, int products)
{
    for (R_xlen_t i = 0; i < XLENGTH(s->inputs); i++)
        if (!session_input(s, i, products) ||
            !session_ok(
                s, tflow_call_input(s->call, s->tables[s->n_tables - 1], &s->error)))
            return 0;
    return 1;
}

/* Products are added up while files are read, as far as the call does without them. If
 * the files turn out to need them, they are read again. */
static int run_call(session *s)
{
    int products = tflow_call_products(s->call);

    if (!read_inputs(s, products))
        return 0;
    if (session_ok(s, tflow_call_run(s->call, &s->result, &s->error)))
        return 1;
    if (s->status != TFLOW_EUNSUPPORTED || products == TFLOW_PRODUCTS_KEPT)
        return 0;
    forget_inputs(s);
    return read_inputs(s, TFLOW_PRODUCTS_KEPT) &&
           session_ok(s, tflow_call_run(s->call, &s->result, &s->error));
}

static SEXP run_work(session *s)
{
    const char *name = CHAR(STRING_ELT(s->operation, 0));

    if (!session_ok(s, tflow_call_new(name, &s->call, &s->error)) ||
        !set_parameters(s) || !run_call(s))
        return R_NilValue;
    return table_out(s->result, tflow_operation_find(name));
}

SEXP run_operation(SEXP operation, SEXP names, SEXP values, SEXP inputs)
{
    session s = {
        .operation = operation, .names = names, .values = values, .inputs = inputs};
    return session_run(&s, run_work);
}

/* ---- files ---- */

static SEXP read_work(session *s)
{
    if (!session_input(s, 0, TFLOW_PRODUCTS_KEPT))
        return R_NilValue;
    return table_out(s->tables[0], NULL);
}

SEXP read_input(SEXP inputs)
{
    session s = {.inputs = inputs};
    return session_run(&s, read_work);
}

/* ---- recipes ---- */

static SEXP recipe_parameters(const tflow_recipe *recipe)
{
    R_xlen_t n = 0;

    while (tflow_recipe_parameter(recipe, (size_t)n) != NULL)
        n++;
    SEXP values = PROTECT(Rf_allocVector(STRSXP, n));
    SEXP names = PROTECT(Rf_allocVector(STRSXP, n));
    for (R_xlen_t i = 0; i < n; i++) {
        const char *value = tflow_recipe_value(recipe, (size_t)i);
        SET_STRING_ELT(names, i, Rf_mkChar(tflow_recipe_parameter(recipe, (size_t)i)));
        SET_STRING_ELT(values, i,
                       value == NULL ? NA_STRING : Rf_mkCharCE(value, CE_UTF8));
    }
    Rf_setAttrib(values, R_NamesSymbol, names);
    UNPROTECT(2);
    return values;
}

static SEXP recipe_inputs(const tflow_recipe *recipe)
{
    R_xlen_t n = 0;

    while (tflow_recipe_input(recipe, (size_t)n) != NULL)
        n++;
    SEXP out = PROTECT(Rf_allocVector(STRSXP, n));
    for (R_xlen_t i = 0; i < n; i++)
        SET_STRING_ELT(out, i,
                       Rf_mkCharCE(tflow_recipe_input(recipe, (size_t)i), CE_UTF8));
    UNPROTECT(1);
    return out;
}

static SEXP recipe_list(void *data)
{
    static const char *const names[] = {"operation", "version", "parameters", "inputs"};
    const tflow_recipe *recipe = *(tflow_recipe **)data;
    SEXP out = PROTECT(named_list(names, 4));

    SET_VECTOR_ELT(out, 0, text_out(tflow_recipe_operation(recipe)));
    SET_VECTOR_ELT(out, 1, text_out(tflow_recipe_version(recipe)));
    SET_VECTOR_ELT(out, 2, recipe_parameters(recipe));
    SET_VECTOR_ELT(out, 3, recipe_inputs(recipe));
    UNPROTECT(1);
    return out;
}

static void recipe_end(void *data, Rboolean jump)
{
    tflow_recipe **recipe = data;

    (void)jump;
    tflow_recipe_free(*recipe);
    *recipe = NULL;
}

SEXP read_recipe(SEXP json)
{
    const char *text = text_of(json, "recipe");
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_recipe *recipe = NULL;

    if (tflow_recipe_read(text, strlen(text), &recipe, &error) != TFLOW_OK)
        Rf_error("%s", error.message);
    return R_UnwindProtect(recipe_list, &recipe, recipe_end, &recipe, NULL);
}

/* ---- descriptions ---- */

static SEXP parameters_of(const tflow_operation *operation)
{
    const tflow_parameter *p;
    R_xlen_t n = 0;

    while (tflow_operation_parameter(operation, (size_t)n) != NULL)
        n++;
    SEXP helps = PROTECT(Rf_allocVector(STRSXP, n));
    SEXP names = PROTECT(Rf_allocVector(STRSXP, n));
    for (R_xlen_t i = 0; i < n; i++) {
        p = tflow_operation_parameter(operation, (size_t)i);
        SET_STRING_ELT(names, i, Rf_mkChar(tflow_parameter_name(p)));
        SET_STRING_ELT(helps, i, Rf_mkCharCE(tflow_parameter_help(p), CE_UTF8));
    }
    Rf_setAttrib(helps, R_NamesSymbol, names);
    UNPROTECT(2);
    return helps;
}

static SEXP kinds_of(const tflow_operation *operation, R_xlen_t n)
{
    SEXP kinds = Rf_allocVector(INTSXP, n);

    for (R_xlen_t i = 0; i < n; i++)
        INTEGER(kinds)
    [i] = (int)tflow_parameter_kind(tflow_operation_parameter(operation, (size_t)i));
    return kinds;
}

static SEXP description(const tflow_operation *operation)
{
    static const char *const names[] = {"name",    "summary", "definition", "reference",
                                        "example", "inputs",  "parameters", "kinds"};
    SEXP out = PROTECT(named_list(names, 8));

    SET_VECTOR_ELT(out, 0, text_out(tflow_operation_name(operation)));
    SET_VECTOR_ELT(out, 1, text_out(tflow_operation_summary(operation)));
    SET_VECTOR_ELT(out, 2, text_out(tflow_operation_definition(operation)));
    SET_VECTOR_ELT(out, 3, text_out(tflow_operation_reference(operation)));
    SET_VECTOR_ELT(out, 4, text_out(tflow_operation_example(operation)));
    SET_VECTOR_ELT(out, 5, Rf_allocVector(INTSXP, 2));
    INTEGER(VECTOR_ELT(out, 5))[0] = (int)tflow_operation_inputs_min(operation);
    INTEGER(VECTOR_ELT(out, 5))[1] = (int)tflow_operation_inputs_max(operation);
    SET_VECTOR_ELT(out, 6, parameters_of(operation));
    SET_VECTOR_ELT(out, 7, kinds_of(operation, XLENGTH(VECTOR_ELT(out, 6))));
    UNPROTECT(1);
    return out;
}

SEXP describe_operations(void)
{
    R_xlen_t n = (R_xlen_t)tflow_operation_count();
    SEXP out = PROTECT(Rf_allocVector(VECSXP, n));

    for (R_xlen_t i = 0; i < n; i++)
        SET_VECTOR_ELT(out, i, description(tflow_operation_at((size_t)i)));
    UNPROTECT(1);
    return out;
}

SEXP list_layouts(void)
{
    R_xlen_t n = (R_xlen_t)tflow_layout_count();
    SEXP titles = PROTECT(Rf_allocVector(STRSXP, n));
    SEXP names = PROTECT(Rf_allocVector(STRSXP, n));

    for (R_xlen_t i = 0; i < n; i++) {
        SET_STRING_ELT(names, i, Rf_mkChar(tflow_layout_name((size_t)i)));
        SET_STRING_ELT(titles, i, Rf_mkCharCE(tflow_layout_title((size_t)i), CE_UTF8));
    }
    Rf_setAttrib(titles, R_NamesSymbol, names);
    UNPROTECT(2);
    return titles;
}

SEXP library_version(void)
{
    return text_out(tflow_version());
}

SEXP status_texts(SEXP statuses)
{
    R_xlen_t n = XLENGTH(statuses);
    SEXP texts = PROTECT(Rf_allocVector(STRSXP, n));
    SEXP names = PROTECT(Rf_allocVector(STRSXP, n));

    for (R_xlen_t i = 0; i < n; i++) {
        tflow_status status = (tflow_status)INTEGER(statuses)[i];
        SET_STRING_ELT(texts, i, Rf_mkChar(tflow_status_text(status)));
        SET_STRING_ELT(names, i, Rf_mkChar(tflow_status_name(status)));
    }
    Rf_setAttrib(texts, R_NamesSymbol, names);
    UNPROTECT(2);
    return texts;
}
