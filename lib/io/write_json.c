/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON: one object, or an object a line. */
#include "io/write.h"

#include <string.h>

static const char *type_name(tflow_type type)
{
    switch (type) {
    case TFLOW_KEY:
        return "key";
    case TFLOW_PERIOD:
        return "period";
    case TFLOW_FLOAT64:
        return "float64";
    case TFLOW_INT64:
        return "int64";
    case TFLOW_OBS_STATUS:
        return "status";
    case TFLOW_BOOL:
        return "bool";
    }
    return "";
}

static void json_cell(tflow_i_text *out, const tflow_table *table, size_t column,
                      size_t row)
{
    tflow_type type = tflow_table_type(table, column);

    if (tflow_i_cell_missing(table, column, row)) {
        tflow_i_text_add(out, "null");
    } else if (type == TFLOW_KEY) {
        int32_t code = tflow_table_codes(table, column)[row];
        tflow_i_text_json(out, tflow_table_label(table, column, code));
    } else if (type == TFLOW_PERIOD || type == TFLOW_OBS_STATUS) {
        /* Labels of periods and letters need no escaping. */
        tflow_i_text_char(out, '"');
        tflow_i_cell_plain(out, table, column, row);
        tflow_i_text_char(out, '"');
    } else {
        tflow_i_cell_plain(out, table, column, row);
    }
}

static void json_row(tflow_i_text *out, const tflow_table *table, size_t row)
{
    size_t columns = tflow_table_columns(table);

    tflow_i_text_char(out, '{');
    for (size_t c = 0; c < columns; c++) {
        if (c > 0)
            tflow_i_text_char(out, ',');
        tflow_i_text_json(out, tflow_table_name(table, c));
        tflow_i_text_char(out, ':');
        json_cell(out, table, c, row);
    }
    tflow_i_text_char(out, '}');
}

static void json_columns(tflow_i_text *out, const tflow_table *table)
{
    size_t columns = tflow_table_columns(table);

    for (size_t c = 0; c < columns; c++) {
        tflow_i_text_add(out, c > 0 ? ",\n{\"name\":" : "\n{\"name\":");
        tflow_i_text_json(out, tflow_table_name(table, c));
        tflow_i_text_add(out, ",\"type\":");
        tflow_i_text_json(out, type_name(tflow_table_type(table, c)));
        tflow_i_text_add(out, ",\"unit\":");
        tflow_i_text_json(out, tflow_table_unit(table, c));
        tflow_i_text_char(out, '}');
    }
}

tflow_status tflow_i_write_json(tflow_i_text *out, const tflow_table *table,
                                tflow_error *error)
{
    const char *recipe = tflow_table_attribute(table, "recipe");
    size_t notes = tflow_table_notes(table), rows = tflow_table_rows(table);

    /* It goes in as it is: what is no JSON would spoil the whole file. */
    if (recipe != NULL && !tflow_i_json_object(recipe))
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "the table's attribute recipe is no JSON object");
    tflow_i_text_add(out, "{\"schema_version\":1,\n\"recipe\":");
    tflow_i_text_add(out, recipe == NULL ? "null" : recipe);
    tflow_i_text_add(out, ",\n\"notes\":[");
    for (size_t i = 0; i < notes; i++) {
        tflow_i_text_add(out, i > 0 ? ",\n" : "\n");
        tflow_i_text_json(out, tflow_table_note(table, i));
    }
    tflow_i_text_add(out, "],\n\"columns\":[");
    json_columns(out, table);
    tflow_i_text_add(out, "],\n\"rows\":[");
    for (size_t r = 0; r < rows; r++) {
        tflow_i_text_add(out, r > 0 ? ",\n" : "\n");
        json_row(out, table, r);
    }
    tflow_i_text_add(out, "]}\n");
    return TFLOW_OK;
}

void tflow_i_write_jsonl(tflow_i_text *out, const tflow_table *table)
{
    size_t rows = tflow_table_rows(table);

    for (size_t r = 0; r < rows; r++) {
        json_row(out, table, r);
        tflow_i_text_char(out, '\n');
    }
}
