/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The end of a reading: what is true of all rows becomes a fact of the table. */
#include "io/reader.h"

#include <stdio.h>
#include <string.h>

/* ---- columns that say nothing ---- */

static const struct {
    const char *name;
    const char *total;
} breakdowns[] = {
    {"partner2", "WLD"}, {"customs", "C00"}, {"mode", "0"}, {"supply", "0"}};

/* Rows of files that do not break down are totals beside those of files that do. */
static tflow_status fill_totals(tflow_builder *builder, tflow_error *error)
{
    const tflow_table *table = tflow_i_builder_table(builder);
    for (size_t b = 0; b < sizeof breakdowns / sizeof *breakdowns; b++) {
        size_t column;
        if (tflow_table_find(table, breakdowns[b].name, &column) != TFLOW_OK)
            continue;
        int32_t *codes = table->columns[column].data;
        int32_t total = -1;
        for (size_t row = 0; row < table->rows; row++) {
            if (codes[row] >= 0)
                continue;
            if (total < 0)
                total = tflow_i_builder_intern(builder, column, breakdowns[b].total,
                                               strlen(breakdowns[b].total));
            if (total < 0)
                return tflow_i_nomem(error);
            codes[row] = total;
        }
    }
    return TFLOW_OK;
}

/* The one text that all rows have, or NULL. */
static const char *only_text(const tflow_table *table, const char *name)
{
    const tflow_i_column *c = tflow_i_table_column(table, name, TFLOW_KEY);
    if (c == NULL || table->rows == 0)
        return NULL;
    const int32_t *codes = c->data;
    for (size_t row = 1; row < table->rows; row++)
        if (codes[row] != codes[0])
            return NULL;
    return tflow_i_dict_text(c->dict, codes[0]);
}

static void drop(tflow_table *table, const char *name)
{
    size_t column;
    if (tflow_table_find(table, name, &column) == TFLOW_OK)
        tflow_i_table_drop(table, column);
}

/* A breakdown that is not one, and what the table states as a whole. */
static void drop_idle(tflow_table *table)
{
    for (size_t b = 0; b < sizeof breakdowns / sizeof *breakdowns; b++) {
        const char *text = only_text(table, breakdowns[b].name);
        if (text != NULL && strcmp(text, breakdowns[b].total) == 0)
            drop(table, breakdowns[b].name);
    }
    if (tflow_table_attribute(table, "currency") != NULL)
        drop(table, "currency");
    if (tflow_table_attribute(table, "valuation") != NULL)
        drop(table, "valuation");
}

/* ---- facts ---- */

/* What the options or the layout say, else what each row states, and all the same. */
static tflow_status lift(tflow_builder *builder, const char *name, const char *known,
                         tflow_error *error)
{
    if (known[0] == '\0')
        known = only_text(tflow_i_builder_table(builder), name);
    return known == NULL ? TFLOW_OK
                         : tflow_builder_attribute(builder, name, known, error);
}

static tflow_status state_classifications(const tflow_i_records *r, tflow_error *error)
{
    tflow_i_text text = {0};
    int32_t n = tflow_i_dict_count(r->classifications);
    if (n == 0)
        return TFLOW_OK;
    for (int32_t i = 0; i < n; i++) {
        tflow_i_text_add(&text, i > 0 ? "," : "");
        tflow_i_text_add(&text, tflow_i_dict_text(r->classifications, i));
    }
    tflow_status status =
        text.failed
            ? tflow_i_nomem(error)
            : tflow_builder_attribute(r->builder, "classification", text.data, error);
    tflow_i_text_clear(&text);
    return status;
}

static tflow_status state_options(const tflow_read_opts *opts, tflow_builder *builder,
                                  tflow_error *error)
{
    const char delimiter[] = {opts->delimiter, 0}, decimal[] = {opts->decimal, 0},
               thousands[] = {opts->thousands, 0};
    const struct {
        const char *name;
        const char *value;
    } list[] = {
        {"read.columns", opts->columns},
        {"read.encoding", opts->encoding},
        {"read.unit_multiplier", opts->unit_multiplier},
        {"read.currency", opts->currency},
        {"read.valuation", opts->valuation},
        {"read.area_codes", opts->area_codes},
        {"read.unknown", opts->keep_unknown_areas ? "keep" : NULL},
        {"read.bad_rows", opts->skip_bad_rows ? "skip" : NULL},
        {"read.allow_negative", opts->allow_negative ? "yes" : NULL},
        {"read.delimiter", opts->delimiter != 0 ? delimiter : NULL},
        {"read.decimal", opts->decimal != 0 ? decimal : NULL},
        {"read.thousands", opts->thousands != 0 ? thousands : NULL},
    };
    const struct {
        const char *name;
        uint64_t value;
    } limits[] = {
        {"read.max_unpacked", opts->max_unpacked},
        {"read.max_ratio", opts->max_ratio},
        {"read.max_members", opts->max_members},
        {"read.max_layers", opts->max_layers},
    };
    tflow_status status = TFLOW_OK;
    for (size_t i = 0; i < sizeof list / sizeof *list && status == TFLOW_OK; i++)
        if (list[i].value != NULL)
            status =
                tflow_builder_attribute(builder, list[i].name, list[i].value, error);
    for (size_t i = 0; i < sizeof limits / sizeof *limits && status == TFLOW_OK; i++) {
        char number[32];
        snprintf(number, sizeof number, "%llu", (unsigned long long)limits[i].value);
        if (limits[i].value > 0)
            status = tflow_builder_attribute(builder, limits[i].name, number, error);
    }
    return status;
}

static void add_place(tflow_i_text *text, const tflow_error *bad)
{
    tflow_i_text_add(text, " ");
    if (bad->line > 0)
        tflow_i_text_format(text, "%s:%llu: ", bad->file,
                            (unsigned long long)bad->line);
    else
        tflow_i_text_format(text, "%s: ", bad->file);
    if (bad->column[0] != '\0')
        tflow_i_text_format(text, "%s: ", bad->column);
    tflow_i_text_add(text, bad->message);
}

static tflow_status state_skipped(const tflow_i_records *r, tflow_error *error)
{
    char number[TFLOW_I_DECIMAL_SIZE];
    tflow_i_text text = {0};
    if (r->skipped == 0)
        return TFLOW_OK;
    tflow_status status = tflow_builder_attribute(
        r->builder, "read.skipped", tflow_i_decimal_format((double)r->skipped, number),
        error);
    tflow_i_text_format(&text, "%s bad row%s set aside:", number,
                        r->skipped == 1 ? "" : "s");
    for (uint64_t i = 0; i < r->skipped && i < TFLOW_I_BAD_SHOWN; i++) {
        tflow_i_text_add(&text, i > 0 ? ";" : "");
        add_place(&text, &r->bad[i]);
    }
    if (r->skipped > TFLOW_I_BAD_SHOWN)
        tflow_i_text_format(&text, "; and %llu more",
                            (unsigned long long)(r->skipped - TFLOW_I_BAD_SHOWN));
    if (status == TFLOW_OK)
        status = text.failed ? tflow_i_nomem(error)
                             : tflow_builder_note(r->builder, text.data, error);
    tflow_i_text_clear(&text);
    return status;
}

static tflow_status state_facts(tflow_reader *reader, tflow_error *error)
{
    tflow_i_records *r = &reader->records;
    char power[TFLOW_I_DECIMAL_SIZE];
    /* Services cross no border that FOB and CIF could be about. */
    const char *valuation = r->services > 0 && r->goods == 0 ? "" : reader->valuation;
    if (reader->opts.valuation != NULL)
        valuation = reader->valuation;
    if (reader->sources.failed || reader->layouts.failed)
        return tflow_i_nomem(error);
    tflow_status status =
        tflow_builder_attribute(r->builder, "source", reader->sources.data, error);
    if (status == TFLOW_OK)
        status =
            tflow_builder_attribute(r->builder, "layout", reader->layouts.data, error);
    if (status == TFLOW_OK)
        status = tflow_builder_attribute(r->builder, "unit_multiplier",
                                         tflow_i_decimal_format(reader->power, power),
                                         error);
    if (status == TFLOW_OK)
        status = lift(r->builder, "currency", reader->currency, error);
    if (status == TFLOW_OK)
        status = lift(r->builder, "valuation", valuation, error);
    if (status == TFLOW_OK)
        status = state_classifications(r, error);
    return status;
}

tflow_status tflow_i_reader_close(tflow_reader *reader, tflow_table **out,
                                  tflow_error *error)
{
    tflow_builder *builder = reader->records.builder;
    tflow_status status = TFLOW_OK;
    if (reader->reduction != NULL)
        status = tflow_i_reduction_finish(reader->reduction, &reader->records, error);
    if (status == TFLOW_OK)
        status = fill_totals(builder, error);
    if (status == TFLOW_OK)
        status = state_facts(reader, error);
    if (status == TFLOW_OK)
        status = state_options(&reader->opts, builder, error);
    if (status == TFLOW_OK)
        status = state_skipped(&reader->records, error);
    if (status == TFLOW_OK)
        status = tflow_builder_finish(builder, out, error);
    if (status == TFLOW_OK)
        drop_idle(*out);
    return status;
}
