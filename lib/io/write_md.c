/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A Markdown table (GitHub's), rounded for people; fractions stay fractions. */
#include "io/write.h"

#include <string.h>

/* What Markdown or HTML would take for more than a letter. */
static void md_text(tflow_i_text *out, const char *text)
{
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '|':
        case '\\':
        case '*':
        case '`':
        case '[':
        case ']':
            tflow_i_text_char(out, '\\');
            tflow_i_text_char(out, *text);
            break;
        case '<':
            tflow_i_text_add(out, "&lt;");
            break;
        case '&':
            tflow_i_text_add(out, "&amp;");
            break;
        case '\r':
            break;
        case '\n':
            tflow_i_text_add(out, "<br>");
            break;
        default:
            tflow_i_text_char(out, *text);
        }
    }
}

static int is_number(tflow_type type)
{
    return type == TFLOW_FLOAT64 || type == TFLOW_INT64;
}

static void md_header(tflow_i_text *out, const tflow_table *table)
{
    size_t columns = tflow_table_columns(table);

    tflow_i_text_char(out, '|');
    for (size_t c = 0; c < columns; c++) {
        tflow_i_text_char(out, ' ');
        md_text(out, tflow_table_name(table, c));
        if (*tflow_table_unit(table, c) != '\0') {
            tflow_i_text_add(out, " (");
            md_text(out, tflow_table_unit(table, c));
            tflow_i_text_char(out, ')');
        }
        tflow_i_text_add(out, " |");
    }
    tflow_i_text_add(out, "\n|");
    for (size_t c = 0; c < columns; c++)
        tflow_i_text_add(out, is_number(tflow_table_type(table, c)) ? "--:|" : "---|");
    tflow_i_text_char(out, '\n');
}

static void md_cell(tflow_i_text *out, const tflow_table *table, size_t column,
                    size_t row, const tflow_i_rounding *rounding)
{
    tflow_i_text text = {0};

    tflow_i_cell_person(&text, table, column, row, rounding);
    out->failed |= text.failed;
    if (text.length > 0)
        md_text(out, text.data);
    tflow_i_text_clear(&text);
}

void tflow_i_write_md(tflow_i_text *out, const tflow_table *table)
{
    size_t columns = tflow_table_columns(table), rows = tflow_table_rows(table);
    size_t notes = tflow_table_notes(table);
    tflow_i_rounding *roundings = tflow_i_calloc(columns + 1, sizeof *roundings);

    if (roundings == NULL) {
        out->failed = 1;
        return;
    }
    for (size_t c = 0; c < columns; c++)
        roundings[c] = tflow_i_rounding_of(table, c, 0);
    md_header(out, table);
    for (size_t r = 0; r < rows; r++) {
        tflow_i_text_char(out, '|');
        for (size_t c = 0; c < columns; c++) {
            tflow_i_text_char(out, ' ');
            md_cell(out, table, c, r, &roundings[c]);
            tflow_i_text_add(out, " |");
        }
        tflow_i_text_char(out, '\n');
    }
    for (size_t i = 0; i < notes; i++) {
        tflow_i_text_add(out, i == 0 ? "\n- " : "- ");
        md_text(out, tflow_table_note(table, i));
        tflow_i_text_char(out, '\n');
    }
    tflow_i_free(roundings);
}
