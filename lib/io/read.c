/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading files of flows: from sources through layouts into one table. */
#include "io/json_read.h"
#include "io/record.h"
#include "io/source.h"

#include <math.h>
#include <string.h>

typedef struct reading {
    tflow_i_records records;
    tflow_i_csv *csv;
    const tflow_i_layout *layout; /* asked for; NULL: by the header */
    int power;                    /* of the first file's multiplier */
    size_t n_files;
    uint64_t taken; /* rows of data */
    char currency[16], valuation[64], layout_name[32];
} reading;

/* ---- options ---- */

static tflow_status check_opts(const tflow_read_opts *opts, reading *w,
                               tflow_error *error)
{
    if (opts->layout != NULL && strcmp(opts->layout, "auto") != 0) {
        w->layout = tflow_i_layout_find(opts->layout);
        if (w->layout == NULL) {
            tflow_i_fail(error, TFLOW_EUNKNOWN, "there is no layout \"%.60s\"",
                         opts->layout);
            tflow_i_at(error, NULL, 0, 0, "layout");
            return TFLOW_EUNKNOWN;
        }
    }
    double power;
    int overflow;
    const char *text = opts->unit_multiplier;
    if (text != NULL &&
        (!tflow_i_decimal_parse(text, strlen(text), &power, &overflow) ||
         power != floor(power) || power < 0 || power > 15)) {
        tflow_i_fail(error, TFLOW_EINVAL,
                     "found \"%.60s\", expected a power of ten from 0 to 15, such as 3",
                     text);
        tflow_i_at(error, NULL, 0, 0, "unit_multiplier");
        return TFLOW_EINVAL;
    }
    return TFLOW_OK;
}

static int power_of(const char *text)
{
    double value = 0;
    int overflow;
    if (text != NULL)
        tflow_i_decimal_parse(text, strlen(text), &value, &overflow);
    return text == NULL ? 0 : (int)value;
}

/* ---- what a file says of all its rows ---- */

static void set(char *out, size_t size, const char *text)
{
    size_t n = text == NULL ? 0 : strlen(text);
    n = n < size ? n : size - 1;
    if (n > 0)
        memcpy(out, text, n);
    out[n] = '\0';
}

static tflow_status differ(const reading *w, const char *what, const char *now,
                           const char *before, tflow_error *error)
{
    tflow_i_fail(
        error, TFLOW_EMIXED, "this file's %s is %s, that of the files before %s", what,
        now[0] == '\0' ? "not stated" : now, before[0] == '\0' ? "not stated" : before);
    tflow_i_at(error, w->records.file, 1, 0, NULL);
    return TFLOW_EMIXED;
}

static tflow_status take_facts(reading *w, tflow_error *error)
{
    const tflow_read_opts *opts = w->records.opts;
    const tflow_i_binding *b = &w->records.binding;
    char currency[16], valuation[64];
    set(currency, sizeof currency,
        opts->currency != NULL ? opts->currency : b->currency);
    set(valuation, sizeof valuation,
        opts->valuation != NULL ? opts->valuation : b->valuation);
    int power =
        power_of(opts->unit_multiplier != NULL ? opts->unit_multiplier : b->multiplier);
    if (w->n_files == 0) {
        w->power = power;
        set(w->currency, sizeof w->currency, currency);
        set(w->valuation, sizeof w->valuation, valuation);
        set(w->layout_name, sizeof w->layout_name, b->layout->name);
    } else if (strcmp(currency, w->currency) != 0) {
        return differ(w, "currency", currency, w->currency, error);
    } else if (strcmp(valuation, w->valuation) != 0) {
        return differ(w, "valuation", valuation, w->valuation, error);
    }
    w->records.scale = power == w->power ? 1 : pow(10, power - w->power);
    return TFLOW_OK;
}

/* ---- rows ---- */

static tflow_status on_row(void *context, const tflow_i_row *row, tflow_error *error)
{
    reading *w = context;
    tflow_i_records *r = &w->records;
    if (r->bound)
        return tflow_i_records_take(r, row, error);

    tflow_status status =
        tflow_i_bind(w->layout, r->opts->columns, row, &r->binding, error);
    if (status == TFLOW_I_NOT_YET)
        return TFLOW_OK;
    if (status != TFLOW_OK) {
        if (error != NULL && error->line == 0)
            tflow_i_at(error, r->file, row->line, error->field, NULL);
        return status;
    }
    r->bound = 1;
    status = take_facts(w, error);
    if (status == TFLOW_OK)
        status = tflow_i_records_open(r, error);
    if (status == TFLOW_OK && w->csv != NULL)
        tflow_i_csv_want(w->csv, r->binding.wanted, r->binding.n_fields);
    return status;
}

/* ---- one source ---- */

static int is_json(const char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (bytes[i] != ' ' && bytes[i] != '\n' && bytes[i] != '\r' && bytes[i] != '\t')
            return bytes[i] == '{' || bytes[i] == '[';
    return 0;
}

static tflow_status read_json(reading *w, tflow_i_source *source, const char *bytes,
                              size_t n, tflow_error *error)
{
    tflow_i_text all = {0};
    tflow_status status = TFLOW_OK;
    while (status == TFLOW_OK && n > 0) {
        if (all.length + n > TFLOW_I_JSON_MAX)
            status =
                tflow_i_fail(error, TFLOW_ELIMIT,
                             "found more than 1 GiB of JSON, the most that is read");
        tflow_i_text_add_n(&all, bytes, n);
        if (status == TFLOW_OK && all.failed)
            status = tflow_i_nomem(error);
        if (status == TFLOW_OK)
            status = tflow_i_source_next(source, &bytes, &n, error);
    }
    if (w->layout == NULL)
        w->layout = tflow_i_layout_find("comtrade-json");
    if (status == TFLOW_OK)
        status =
            tflow_i_json_rows(all.data, all.length, w->records.file, on_row, w, error);
    tflow_i_text_clear(&all);
    return status;
}

static tflow_status read_delimited(reading *w, tflow_i_source *source,
                                   const char *bytes, size_t n, tflow_error *error)
{
    tflow_status status = tflow_i_csv_new(w->records.file, w->records.opts->delimiter,
                                          on_row, w, &w->csv, error);
    while (status == TFLOW_OK && n > 0) {
        status = tflow_i_csv_feed(w->csv, bytes, n, error);
        if (status == TFLOW_OK)
            status = tflow_i_source_next(source, &bytes, &n, error);
    }
    if (status == TFLOW_OK)
        status = tflow_i_csv_end(w->csv, error);
    tflow_i_csv_free(w->csv);
    w->csv = NULL;
    return status;
}

static tflow_status empty(const reading *w, const char *what, tflow_error *error)
{
    tflow_i_fail(error, TFLOW_EPARSE, "%s", what);
    tflow_i_at(error, w->records.file, 1, 0, NULL);
    return TFLOW_EPARSE;
}

static tflow_status read_source(reading *w, tflow_i_source *source, tflow_error *error)
{
    const char *bytes;
    size_t n;
    const tflow_i_layout *asked = w->layout;
    w->records.file = tflow_i_source_name(source);
    tflow_status status =
        tflow_i_builder_file(w->records.builder, w->records.file, error);
    if (status == TFLOW_OK)
        status = tflow_i_source_next(source, &bytes, &n, error);
    if (status == TFLOW_OK && n == 0)
        return empty(w, "the file is empty, expected a header", error);
    if (status == TFLOW_OK)
        status = is_json(bytes, n) ? read_json(w, source, bytes, n, error)
                                   : read_delimited(w, source, bytes, n, error);
    w->layout = asked;
    if (status == TFLOW_OK && !w->records.bound)
        return empty(w, "found no header", error);
    if (status == TFLOW_OK && w->records.rows == 0 && w->records.skipped == 0)
        return empty(w, "found a header but no rows", error);
    w->taken += w->records.rows;
    w->n_files++;
    tflow_i_records_next(&w->records);
    return status;
}

/* ---- the table ---- */

static tflow_status note_skipped(reading *w, tflow_error *error)
{
    const tflow_i_records *r = &w->records;
    tflow_i_text text = {0};
    if (r->skipped == 0)
        return TFLOW_OK;
    tflow_i_text_format(&text,
                        "%llu bad row%s set aside:", (unsigned long long)r->skipped,
                        r->skipped == 1 ? "" : "s");
    for (size_t i = 0; i < r->skipped && i < TFLOW_I_BAD_SHOWN; i++)
        tflow_i_text_format(&text, "%s line %llu (%s)", i > 0 ? ";" : "",
                            (unsigned long long)r->bad[i].line, r->bad[i].message);
    char *note = tflow_i_text_take(&text);
    if (note == NULL)
        return tflow_i_nomem(error);
    tflow_status status = tflow_builder_note(r->builder, note, error);
    tflow_text_free(note);
    return status;
}

/* A currency or valuation that each row states, and all the same, is the table's. */
static tflow_status lift(tflow_builder *builder, const char *name, const char *known,
                         tflow_error *error)
{
    const tflow_table *table = tflow_i_builder_table(builder);
    const tflow_i_column *c = tflow_i_table_column(table, name, TFLOW_KEY);
    if (known[0] != '\0')
        return tflow_builder_attribute(builder, name, known, error);
    if (c == NULL || tflow_i_dict_count(c->dict) != 1)
        return TFLOW_OK;
    const int32_t *codes = c->data;
    for (size_t i = 0; i < table->rows; i++)
        if (codes[i] != 0)
            return TFLOW_OK;
    return tflow_builder_attribute(builder, name, tflow_i_dict_text(c->dict, 0), error);
}

static tflow_status state_options(const tflow_read_opts *opts, tflow_builder *builder,
                                  tflow_error *error)
{
    char character[2] = {0};
    const struct {
        const char *name;
        const char *value;
    } list[] = {
        {"read.columns", opts->columns},
        {"read.encoding", opts->encoding},
        {"read.unit_multiplier", opts->unit_multiplier},
        {"read.currency", opts->currency},
        {"read.valuation", opts->valuation},
        {"read.unknown", opts->keep_unknown_areas ? "keep" : NULL},
        {"read.bad_rows", opts->skip_bad_rows ? "skip" : NULL},
        {"read.allow_negative", opts->allow_negative ? "yes" : NULL},
    };
    tflow_status status = TFLOW_OK;
    for (size_t i = 0; i < sizeof list / sizeof *list && status == TFLOW_OK; i++)
        if (list[i].value != NULL)
            status =
                tflow_builder_attribute(builder, list[i].name, list[i].value, error);
    const char chars[] = {opts->delimiter, opts->decimal, opts->thousands};
    static const char *const names[] = {"read.delimiter", "read.decimal",
                                        "read.thousands"};
    for (size_t i = 0; i < 3 && status == TFLOW_OK; i++)
        if (chars[i] != 0) {
            character[0] = chars[i];
            status = tflow_builder_attribute(builder, names[i], character, error);
        }
    return status;
}

static tflow_status close_reading(reading *w, const char *sources, tflow_table **out,
                                  tflow_error *error)
{
    tflow_builder *b = w->records.builder;
    char power[TFLOW_I_DECIMAL_SIZE];
    tflow_status status = tflow_builder_attribute(b, "source", sources, error);
    if (status == TFLOW_OK)
        status = tflow_builder_attribute(b, "layout", w->layout_name, error);
    if (status == TFLOW_OK)
        status = tflow_builder_attribute(
            b, "unit_multiplier", tflow_i_decimal_format(w->power, power), error);
    if (status == TFLOW_OK)
        status = lift(b, "currency", w->currency, error);
    if (status == TFLOW_OK)
        status = lift(b, "valuation", w->valuation, error);
    if (status == TFLOW_OK)
        status = state_options(w->records.opts, b, error);
    if (status == TFLOW_OK)
        status = note_skipped(w, error);
    return status == TFLOW_OK ? tflow_builder_finish(b, out, error) : status;
}

static tflow_status open_reading(reading *w, const tflow_read_opts *opts,
                                 tflow_error *error)
{
    static const tflow_read_opts defaults = TFLOW_READ_OPTS_INIT;
    memset(w, 0, sizeof *w);
    w->records.opts = opts == NULL ? &defaults : opts;
    if (w->records.opts->size < sizeof defaults)
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "read options of an unknown size: start from "
                            "TFLOW_READ_OPTS_INIT");
    tflow_status status = check_opts(w->records.opts, w, error);
    return status == TFLOW_OK ? tflow_builder_new(&w->records.builder, error) : status;
}

tflow_status tflow_read_files(const char *const *paths, size_t n,
                              const tflow_read_opts *opts, tflow_table **out,
                              tflow_error *error)
{
    reading w;
    tflow_i_text sources = {0};
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NULL;
    if (paths == NULL || n == 0)
        return tflow_i_fail(error, TFLOW_EINVAL, "no file named");
    tflow_status status = open_reading(&w, opts, error);
    for (size_t i = 0; i < n && status == TFLOW_OK; i++) {
        tflow_i_source *source;
        tflow_i_text_format(&sources, "%s%s", i > 0 ? "\n" : "", paths[i]);
        status =
            tflow_i_source_file(paths[i], w.records.opts->encoding, &source, error);
        if (status != TFLOW_OK)
            break;
        status = read_source(&w, source, error);
        tflow_i_source_free(source);
    }
    if (status == TFLOW_OK && sources.failed)
        status = tflow_i_nomem(error);
    if (status == TFLOW_OK)
        status = close_reading(&w, sources.data, out, error);
    tflow_i_text_clear(&sources);
    tflow_i_records_close(&w.records);
    return status;
}

tflow_status tflow_read_memory(const char *bytes, size_t size, const char *name,
                               const tflow_read_opts *opts, tflow_table **out,
                               tflow_error *error)
{
    reading w;
    tflow_i_source *source = NULL;
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NULL;
    if (bytes == NULL || name == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "no bytes or no name");
    tflow_status status = open_reading(&w, opts, error);
    if (status == TFLOW_OK)
        status = tflow_i_source_memory(bytes, size, name, w.records.opts->encoding,
                                       &source, error);
    if (status == TFLOW_OK)
        status = read_source(&w, source, error);
    tflow_i_source_free(source);
    if (status == TFLOW_OK)
        status = close_reading(&w, name, out, error);
    tflow_i_records_close(&w.records);
    return status;
}
