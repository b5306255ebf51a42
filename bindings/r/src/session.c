/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session.h"

#include <R_ext/Utils.h>

typedef struct task {
    session *session;
    session_work *work;
} task;

static void session_end(void *data, Rboolean jump)
{
    session *s = ((task *)data)->session;

    (void)jump;
    tflow_reader_free(s->reader);
    tflow_call_free(s->call);
    tflow_table_free(s->result);
    tflow_text_free(s->text);
    for (size_t i = 0; i < s->n_tables; i++)
        tflow_table_free(s->tables[i]);
    s->reader = NULL;
    s->call = NULL;
    s->result = NULL;
    s->text = NULL;
    s->n_tables = 0;
}

static SEXP run_task(void *data)
{
    task *t = data;
    return t->work(t->session);
}

static SEXP failure(const session *s)
{
    static const char *const names[] = {"status", "message", "file",
                                        "line",   "field",   "column"};
    SEXP out = PROTECT(named_list(names, 6));
    const char *message =
        s->error.message[0] != '\0' ? s->error.message : tflow_status_text(s->status);

    SET_VECTOR_ELT(out, 0, text_out(tflow_status_name(s->status)));
    SET_VECTOR_ELT(out, 1, text_out(message));
    SET_VECTOR_ELT(out, 2, text_out(s->error.file));
    SET_VECTOR_ELT(out, 3, Rf_ScalarReal((double)s->error.line));
    SET_VECTOR_ELT(out, 4, Rf_ScalarReal((double)s->error.field));
    SET_VECTOR_ELT(out, 5, text_out(s->error.column));
    Rf_setAttrib(out, R_ClassSymbol, Rf_mkString("tradeflow_failure"));
    UNPROTECT(1);
    return out;
}

SEXP session_run(session *s, session_work *work)
{
    static const tflow_error none = TFLOW_ERROR_INIT;
    task t = {s, work};

    s->error = none;
    SEXP answer = PROTECT(R_UnwindProtect(run_task, &t, session_end, &t, NULL));
    if (s->status < 0)
        answer = failure(s);
    UNPROTECT(1);
    return answer;
}

int session_ok(session *s, tflow_status status)
{
    s->status = status;
    return status >= 0;
}

/* ---- reading options ---- */

static const char *text_option(SEXP options, const char *name)
{
    SEXP value = member(options, name);
    return value == R_NilValue ? NULL : text_of(value, name);
}

static double number_option(SEXP options, const char *name)
{
    SEXP value = member(options, name);
    return value == R_NilValue ? 0 : number_of(value, name);
}

static char character_option(SEXP options, const char *name)
{
    const char *text = text_option(options, name);

    if (text != NULL && (text[0] == '\0' || text[1] != '\0'))
        Rf_error("%s: found \"%s\", expected one character", name, text);
    return text == NULL ? '\0' : text[0];
}

static uint64_t count_option(SEXP options, const char *name)
{
    double count = number_option(options, name);

    if (!(count >= 0 && count < 0x1p53))
        Rf_error("%s: expected a number above 0", name);
    return (uint64_t)count;
}

static tflow_read_opts reading_options(SEXP options)
{
    tflow_read_opts opts = TFLOW_READ_OPTS_INIT;

    opts.layout = text_option(options, "layout");
    opts.columns = text_option(options, "columns");
    opts.encoding = text_option(options, "encoding");
    opts.currency = text_option(options, "currency");
    opts.valuation = text_option(options, "valuation");
    opts.unit_multiplier = text_option(options, "unit_multiplier");
    opts.area_codes = text_option(options, "area_codes");
    opts.delimiter = character_option(options, "delimiter");
    opts.decimal = character_option(options, "decimal");
    opts.thousands = character_option(options, "thousands");
    opts.keep_unknown_areas = number_option(options, "keep_unknown_areas") != 0;
    opts.skip_bad_rows = number_option(options, "skip_bad_rows") != 0;
    opts.allow_negative = number_option(options, "allow_negative") != 0;
    opts.max_unpacked = count_option(options, "max_unpacked");
    opts.max_ratio = count_option(options, "max_ratio");
    opts.max_members = count_option(options, "max_members");
    opts.max_layers = count_option(options, "max_layers");
    opts.threads = count_option(options, "threads");
    return opts;
}

/* ---- inputs ---- */

/* Files are read a piece at a time, and between them R may say that the user wants to
 * stop. */
static int read_files(session *s, SEXP paths, const tflow_read_opts *opts,
                      tflow_table **out)
{
    size_t n = (size_t)XLENGTH(paths);
    const char **names = (const char **)R_alloc(n + 1, sizeof *names);
    int done = 0;

    for (size_t i = 0; i < n; i++)
        names[i] = R_ExpandFileName(CHAR(STRING_ELT(paths, (R_xlen_t)i)));
    tflow_status status = tflow_reader_new(names, n, opts, &s->reader, &s->error);
    while (status == TFLOW_OK && !done) {
        R_CheckUserInterrupt();
        status = tflow_reader_step(s->reader, &done, &s->error);
    }
    if (status == TFLOW_OK)
        status = tflow_reader_finish(s->reader, out, &s->error);
    tflow_reader_free(s->reader);
    s->reader = NULL;
    return session_ok(s, status);
}

/* The table at the end of the list gives way to what was made of it. */
static int replaced(session *s, tflow_status status, tflow_table *made)
{
    if (!session_ok(s, status))
        return 0;
    tflow_table_free(s->tables[s->n_tables - 1]);
    s->tables[s->n_tables - 1] = made;
    return 1;
}

static int recoded(session *s, SEXP options)
{
    tflow_recode_opts opts = TFLOW_RECODE_OPTS_INIT;
    tflow_table *made = NULL;

    opts.column = text_option(options, "recode");
    opts.from = text_option(options, "recode_from");
    opts.to = text_option(options, "recode_to");
    opts.table = text_option(options, "recode_table");
    opts.folder = text_option(options, "recode_folder");
    if (member(options, "recode_many") != R_NilValue)
        opts.many = text_option(options, "recode_many");
    if (member(options, "recode_unmapped") != R_NilValue)
        opts.unmapped = text_option(options, "recode_unmapped");
    tflow_status status =
        tflow_table_recode(s->tables[s->n_tables - 1], &opts, &made, &s->error);
    return replaced(s, status, made);
}

/* What reading options ask for once a table is read. */
static int converted(session *s, SEXP options)
{
    const char *rates = text_option(options, "rates");
    const char *to = text_option(options, "to");
    const char *deflator = text_option(options, "deflator");
    const char *prices = text_option(options, "prices");
    tflow_table *made = NULL;
    tflow_status status;

    if (rates != NULL) {
        status = tflow_table_convert(s->tables[s->n_tables - 1], rates, to, &made,
                                     &s->error);
        if (!replaced(s, status, made))
            return 0;
    }
    if (deflator != NULL) {
        status = tflow_table_deflate(s->tables[s->n_tables - 1], deflator, prices,
                                     &made, &s->error);
        if (!replaced(s, status, made))
            return 0;
    }
    return member(options, "recode") == R_NilValue || recoded(s, options);
}

static int converts(SEXP options)
{
    return member(options, "rates") != R_NilValue ||
           member(options, "deflator") != R_NilValue ||
           member(options, "recode") != R_NilValue;
}

int session_input(session *s, R_xlen_t i, int products)
{
    SEXP input = VECTOR_ELT(s->inputs, i);
    SEXP options = member(input, "options"), files = member(input, "files");
    tflow_read_opts opts = reading_options(options);
    tflow_table *table = NULL;
    int done;

    if (s->n_tables == SESSION_TABLES)
        Rf_error("more than %d tables", (int)SESSION_TABLES);
    /* What is left out must not be missed. */
    if (!converts(options) && number_option(options, "once") == 0)
        opts.products = products;
    if (files != R_NilValue) {
        done = read_files(s, files, &opts, &table);
        /* Too large to be added up before rows are selected, perhaps not after. */
        if (s->status == TFLOW_EUNSUPPORTED && opts.products != TFLOW_PRODUCTS_KEPT) {
            opts.products = TFLOW_PRODUCTS_KEPT;
            done = read_files(s, files, &opts, &table);
        }
    } else {
        done = session_ok(s, columns_in(input, &opts, &table, &s->error));
    }
    if (!done)
        return 0;
    s->tables[s->n_tables++] = table;
    return converted(s, options);
}
