/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV as RFC 4180 has it, and tab-separated values. */
#include "io/write.h"

#include <string.h>

void tflow_i_csv_text(tflow_i_text *out, const char *text)
{
    size_t n = strlen(text);

    /* An empty text is quoted: an empty field is a missing one. Blanks at the ends are
     * quoted because some readers trim them. */
    if (n > 0 && strpbrk(text, ",\"\r\n") == NULL && text[0] != ' ' &&
        text[n - 1] != ' ') {
        tflow_i_text_add(out, text);
        return;
    }
    tflow_i_text_char(out, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"')
            tflow_i_text_char(out, '"');
        tflow_i_text_char(out, *text);
    }
    tflow_i_text_char(out, '"');
}

/* The convention of PostgreSQL and IANA's text/tab-separated-values readers alike: no
 * raw tab or line end inside a field. */
static void tsv_text(tflow_i_text *out, const char *text)
{
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '\t':
            tflow_i_text_add(out, "\\t");
            break;
        case '\n':
            tflow_i_text_add(out, "\\n");
            break;
        case '\r':
            tflow_i_text_add(out, "\\r");
            break;
        case '\\':
            tflow_i_text_add(out, "\\\\");
            break;
        default:
            tflow_i_text_char(out, *text);
        }
    }
}

typedef void put_text(tflow_i_text *out, const char *text);

static void write_delimited(tflow_i_text *out, const tflow_table *table, char delimiter,
                            put_text *put)
{
    size_t columns = tflow_table_columns(table), rows = tflow_table_rows(table);

    for (size_t c = 0; c < columns; c++) {
        if (c > 0)
            tflow_i_text_char(out, delimiter);
        put(out, tflow_table_name(table, c));
    }
    tflow_i_text_char(out, '\n');
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = 0; c < columns; c++) {
            if (c > 0)
                tflow_i_text_char(out, delimiter);
            const int32_t *codes = tflow_table_codes(table, c);
            if (codes == NULL)
                tflow_i_cell_plain(out, table, c, r);
            else if (codes[r] >= 0)
                put(out, tflow_table_label(table, c, codes[r]));
        }
        /* Readers skip an empty line, and with it the row. */
        if (columns == 1 && delimiter == ',' && tflow_i_cell_missing(table, 0, r))
            tflow_i_text_add(out, "\"\"");
        tflow_i_text_char(out, '\n');
    }
}

void tflow_i_write_csv(tflow_i_text *out, const tflow_table *table)
{
    write_delimited(out, table, ',', tflow_i_csv_text);
}

void tflow_i_write_tsv(tflow_i_text *out, const tflow_table *table)
{
    write_delimited(out, table, '\t', tsv_text);
}
