/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A result with some of its columns, in the order asked for. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

typedef struct copy {
    const tflow_table *table;
    tflow_builder *builder;
    size_t *columns; /* of the table, in the new order */
    size_t n;
} copy;

/* The column of that name; a dash may stand for an underscore. */
static int find_column(const cli *c, const tflow_table *table, char *name,
                       size_t *column)
{
    const char *names[256];
    size_t n = tflow_table_columns(table);

    for (char *s = name; *s != '\0'; s++)
        if (*s == '-' || *s == ' ')
            *s = '_';
    if (tflow_table_find(table, name, column) == TFLOW_OK)
        return DONE;
    n = n < 255 ? n : 255;
    for (size_t i = 0; i < n; i++)
        names[i] = tflow_table_name(table, i);
    names[n] = NULL;
    char hint[SUGGESTION_SIZE];
    suggest(hint, sizeof hint, "", nearest(name, names), "");
    return usage_error(c, "--show: the result has no column \"%s\"%s", name, hint);
}

static int choose(const cli *c, copy *w, const char *list)
{
    size_t columns = tflow_table_columns(w->table), size = strlen(list) + 1;
    char *names = malloc(size);
    int code = DONE;

    if (names == NULL)
        return no_memory(c);
    memcpy(names, list, size);
    for (char *s = names; s != NULL && code == DONE;) {
        char *end = strchr(s, ',');
        if (end != NULL)
            *end++ = '\0';
        size_t column;
        code = find_column(c, w->table, s, &column);
        for (size_t i = 0; i < w->n && code == DONE; i++)
            if (w->columns[i] == column)
                code = usage_error(c, "--show: column \"%s\" comes twice", s);
        if (code == DONE && w->n < columns)
            w->columns[w->n++] = column;
        s = end;
    }
    free(names);
    return code;
}

static void copy_cell(const copy *w, size_t to, size_t row)
{
    const tflow_table *t = w->table;
    size_t from = w->columns[to];
    int32_t code;

    switch (tflow_table_type(t, from)) {
    case TFLOW_KEY:
        code = tflow_table_codes(t, from)[row];
        if (code >= 0)
            tflow_builder_key(w->builder, to, tflow_table_label(t, from, code));
        break;
    case TFLOW_PERIOD:
        tflow_builder_period(w->builder, to, tflow_table_periods(t, from)[row]);
        break;
    case TFLOW_FLOAT64:
        tflow_builder_float64(w->builder, to, tflow_table_float64(t, from)[row]);
        break;
    case TFLOW_INT64:
        tflow_builder_int64(w->builder, to, tflow_table_int64(t, from)[row]);
        break;
    case TFLOW_OBS_STATUS:
        if (tflow_table_bytes(t, from)[row] != 0)
            tflow_builder_status(w->builder, to, (char)tflow_table_bytes(t, from)[row]);
        break;
    case TFLOW_BOOL:
        tflow_builder_bool(w->builder, to, tflow_table_bytes(t, from)[row]);
        break;
    }
}

static tflow_status fill(const copy *w, int notes, tflow_error *error)
{
    const char *recipe = tflow_table_attribute(w->table, "recipe");
    size_t rows = tflow_table_rows(w->table);
    tflow_status status = TFLOW_OK;

    for (size_t i = 0; i < w->n && status == TFLOW_OK; i++)
        status =
            tflow_builder_column(w->builder, tflow_table_name(w->table, w->columns[i]),
                                 tflow_table_type(w->table, w->columns[i]),
                                 tflow_table_unit(w->table, w->columns[i]), error);
    for (size_t r = 0; r < rows && status == TFLOW_OK; r++) {
        for (size_t i = 0; i < w->n; i++)
            copy_cell(w, i, r);
        status = tflow_builder_row(w->builder, error);
    }
    if (recipe != NULL && status == TFLOW_OK)
        status = tflow_builder_attribute(w->builder, "recipe", recipe, error);
    for (size_t i = 0; notes && i < tflow_table_notes(w->table) && status == TFLOW_OK;
         i++)
        status = tflow_builder_note(w->builder, tflow_table_note(w->table, i), error);
    return status;
}

int copy_table(const cli *c, const tflow_table *table, const char *list, int notes,
               tflow_table **out)
{
    copy w = {table, NULL, NULL, 0};
    tflow_error error = TFLOW_ERROR_INIT;
    size_t columns = tflow_table_columns(table);
    int code = DONE;

    w.columns = calloc(columns + 1, sizeof *w.columns);
    if (w.columns == NULL)
        return no_memory(c);
    if (list != NULL)
        code = choose(c, &w, list);
    else
        for (; w.n < columns; w.n++)
            w.columns[w.n] = w.n;
    if (code == DONE && (tflow_builder_new(&w.builder, &error) != TFLOW_OK ||
                         fill(&w, notes, &error) != TFLOW_OK ||
                         tflow_builder_finish(w.builder, out, &error) != TFLOW_OK))
        code = fail(c, &error);
    tflow_builder_free(w.builder);
    free(w.columns);
    return code;
}
