/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing a table in the format that was asked for, and errors as text. */
#include "io/write.h"

#include <string.h>

static const struct {
    const char *name;
    tflow_format format;
} formats[] = {
    {"table", TFLOW_FORMAT_TABLE}, {"csv", TFLOW_FORMAT_CSV},
    {"tsv", TFLOW_FORMAT_TSV},     {"json", TFLOW_FORMAT_JSON},
    {"jsonl", TFLOW_FORMAT_JSONL}, {"md", TFLOW_FORMAT_MD},
};

tflow_status tflow_format_find(const char *name, tflow_format *out, tflow_error *error)
{
    if (name == NULL || out == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "no name of a format");
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (strcmp(formats[i].name, name) == 0) {
            *out = formats[i].format;
            return TFLOW_OK;
        }
    }
    return tflow_i_fail(error, TFLOW_EUNKNOWN,
                        "there is no format \"%.40s\"; formats are table, csv, tsv, "
                        "json, jsonl and md",
                        name);
}

tflow_status tflow_table_write(const tflow_table *table, tflow_format format, int width,
                               int ascii, char **out, tflow_error *error)
{
    tflow_i_text text = {0};
    tflow_status status = TFLOW_OK;

    if (out == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "nowhere to write to");
    *out = NULL;
    if (table == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "no table");
    switch (format) {
    case TFLOW_FORMAT_TABLE:
        status = tflow_i_write_table(&text, table, width > 0 ? (size_t)width : 0, ascii,
                                     error);
        break;
    case TFLOW_FORMAT_CSV:
        tflow_i_write_csv(&text, table);
        break;
    case TFLOW_FORMAT_TSV:
        tflow_i_write_tsv(&text, table);
        break;
    case TFLOW_FORMAT_JSON:
        status = tflow_i_write_json(&text, table, error);
        break;
    case TFLOW_FORMAT_JSONL:
        tflow_i_write_jsonl(&text, table);
        break;
    case TFLOW_FORMAT_MD:
        tflow_i_write_md(&text, table);
        break;
    default:
        status = tflow_i_fail(error, TFLOW_EINVAL, "there is no format number %d",
                              (int)format);
    }
    if (status != TFLOW_OK) {
        tflow_i_text_clear(&text);
        return status;
    }
    *out = tflow_i_text_take(&text);
    return *out == NULL ? tflow_i_nomem(error) : TFLOW_OK;
}

tflow_status tflow_error_text(const tflow_error *error, char **out)
{
    tflow_i_text text = {0};

    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NULL;
    if (error == NULL)
        return TFLOW_EINVAL;
    if (error->file[0] != '\0')
        tflow_i_text_format(&text, "%s:", error->file);
    if (error->line > 0)
        tflow_i_text_format(&text, error->file[0] != '\0' ? "%llu:" : "line %llu:",
                            (unsigned long long)error->line);
    if (text.length > 0)
        tflow_i_text_char(&text, ' ');
    if (error->field > 0)
        tflow_i_text_format(&text, "field %lu", (unsigned long)error->field);
    if (error->column[0] != '\0')
        tflow_i_text_format(&text, error->field > 0 ? " (%s)" : "%s", error->column);
    if (error->field > 0 || error->column[0] != '\0')
        tflow_i_text_add(&text, ": ");
    tflow_i_text_add(&text, error->message[0] != '\0'
                                ? error->message
                                : tflow_status_text(error->status));
    *out = tflow_i_text_take(&text);
    return *out == NULL ? TFLOW_ENOMEM : TFLOW_OK;
}

static void text_or_null(tflow_i_text *out, const char *key, const char *text)
{
    tflow_i_text_format(out, ",\"%s\":", key);
    if (text[0] == '\0')
        tflow_i_text_add(out, "null");
    else
        tflow_i_text_json(out, text);
}

static void number_or_null(tflow_i_text *out, const char *key, uint64_t number)
{
    if (number == 0)
        tflow_i_text_format(out, ",\"%s\":null", key);
    else
        tflow_i_text_format(out, ",\"%s\":%llu", key, (unsigned long long)number);
}

tflow_status tflow_error_json(const tflow_error *error, char **out)
{
    tflow_i_text text = {0};

    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NULL;
    if (error == NULL)
        return TFLOW_EINVAL;
    tflow_i_text_add(&text, "{\"status\":");
    tflow_i_text_json(&text, tflow_status_name(error->status));
    text_or_null(&text, "file", error->file);
    number_or_null(&text, "line", error->line);
    number_or_null(&text, "field", error->field);
    text_or_null(&text, "column", error->column);
    text_or_null(&text, "message",
                 error->message[0] != '\0' ? error->message
                                           : tflow_status_text(error->status));
    tflow_i_text_char(&text, '}');
    *out = tflow_i_text_take(&text);
    return *out == NULL ? TFLOW_ENOMEM : TFLOW_OK;
}
