/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table/table.h"

#include <string.h>

void tflow_table_free(tflow_table *table)
{
    if (table == NULL)
        return;
    if (atomic_fetch_sub(&table->holders->count, 1) > 1)
        return;
    for (size_t i = 0; i < table->n_columns; i++) {
        tflow_i_free(table->columns[i].unit);
        tflow_i_free(table->columns[i].data);
        tflow_i_dict_free(table->columns[i].dict);
    }
    for (size_t i = 0; i < table->n_attributes; i++) {
        tflow_i_free(table->attributes[i].name);
        tflow_i_free(table->attributes[i].value);
    }
    for (size_t i = 0; i < table->n_notes; i++)
        tflow_i_free(table->notes[i]);
    for (size_t i = 0; i < table->n_files; i++)
        tflow_i_free(table->files[i]);
    tflow_i_free(table->columns);
    tflow_i_free(table->attributes);
    tflow_i_free(table->notes);
    tflow_i_free(table->files);
    tflow_i_free(table->places);
    tflow_i_free(table->sums);
    tflow_i_free(table->counts);
    tflow_i_free(table->document);
    tflow_i_free(table->holders);
    tflow_i_free(table);
}

tflow_table *tflow_i_table_hold(const tflow_table *table)
{
    atomic_fetch_add(&table->holders->count, 1);
    return table->holders->table;
}

void tflow_i_table_drop(tflow_table *table, size_t column)
{
    tflow_i_column *c = &table->columns[column];

    tflow_i_free(c->unit);
    tflow_i_free(c->data);
    tflow_i_dict_free(c->dict);
    memmove(c, c + 1, (table->n_columns - column - 1) * sizeof *c);
    table->n_columns--;
}

size_t tflow_table_rows(const tflow_table *table)
{
    return table == NULL ? 0 : table->rows;
}

size_t tflow_table_columns(const tflow_table *table)
{
    return table == NULL ? 0 : table->n_columns;
}

tflow_status tflow_table_find(const tflow_table *table, const char *name,
                              size_t *column)
{
    if (column == NULL)
        return TFLOW_EINVAL;
    *column = SIZE_MAX;
    if (table == NULL || name == NULL)
        return TFLOW_EINVAL;
    for (size_t i = 0; i < table->n_columns; i++)
        if (strcmp(table->columns[i].name, name) == 0) {
            *column = i;
            return TFLOW_OK;
        }
    return TFLOW_EUNKNOWN;
}

static const tflow_i_column *at(const tflow_table *table, size_t column)
{
    return table == NULL || column >= table->n_columns ? NULL : &table->columns[column];
}

/* The data of a column if it is of that type. */
static const void *data(const tflow_table *table, size_t column, tflow_type type)
{
    const tflow_i_column *c = at(table, column);
    return c == NULL || c->type != type ? NULL : c->data;
}

const char *tflow_table_name(const tflow_table *table, size_t column)
{
    const tflow_i_column *c = at(table, column);
    return c == NULL ? NULL : c->name;
}

const char *tflow_table_unit(const tflow_table *table, size_t column)
{
    const tflow_i_column *c = at(table, column);
    return c == NULL ? "" : c->unit;
}

tflow_type tflow_table_type(const tflow_table *table, size_t column)
{
    const tflow_i_column *c = at(table, column);
    return c == NULL ? (tflow_type)0 : c->type;
}

const double *tflow_table_float64(const tflow_table *table, size_t column)
{
    return data(table, column, TFLOW_FLOAT64);
}

const int64_t *tflow_table_int64(const tflow_table *table, size_t column)
{
    return data(table, column, TFLOW_INT64);
}

const tflow_period *tflow_table_periods(const tflow_table *table, size_t column)
{
    return data(table, column, TFLOW_PERIOD);
}

const int32_t *tflow_table_codes(const tflow_table *table, size_t column)
{
    return data(table, column, TFLOW_KEY);
}

int32_t tflow_table_labels(const tflow_table *table, size_t column)
{
    const tflow_i_column *c = at(table, column);
    return c == NULL || c->dict == NULL ? 0 : tflow_i_dict_count(c->dict);
}

const char *tflow_table_label(const tflow_table *table, size_t column, int32_t code)
{
    const tflow_i_column *c = at(table, column);
    return c == NULL || c->dict == NULL ? NULL : tflow_i_dict_text(c->dict, code);
}

const uint8_t *tflow_table_bytes(const tflow_table *table, size_t column)
{
    const uint8_t *bytes = data(table, column, TFLOW_OBS_STATUS);
    return bytes != NULL ? bytes : data(table, column, TFLOW_BOOL);
}

const char *tflow_table_attribute(const tflow_table *table, const char *name)
{
    if (table == NULL || name == NULL)
        return NULL;
    for (size_t i = 0; i < table->n_attributes; i++)
        if (strcmp(table->attributes[i].name, name) == 0)
            return table->attributes[i].value;
    return NULL;
}

const unsigned char *tflow_table_document(const tflow_table *table, size_t *n)
{
    if (n != NULL)
        *n = table == NULL ? 0 : table->document_size;
    return table == NULL ? NULL : table->document;
}

size_t tflow_table_notes(const tflow_table *table)
{
    return table == NULL ? 0 : table->n_notes;
}

const char *tflow_table_note(const tflow_table *table, size_t i)
{
    return table == NULL || i >= table->n_notes ? NULL : table->notes[i];
}

const tflow_i_column *tflow_i_table_column(const tflow_table *table, const char *name,
                                           tflow_type type)
{
    size_t i;
    if (tflow_table_find(table, name, &i) != TFLOW_OK || table->columns[i].type != type)
        return NULL;
    return &table->columns[i];
}

const char *tflow_i_table_file(const tflow_table *table, size_t row)
{
    if (table->places == NULL || row >= table->rows)
        return NULL;
    size_t file = (size_t)(table->places[row] >> 48);
    return file == 0 || file > table->n_files ? NULL : table->files[file - 1];
}

uint64_t tflow_i_table_line(const tflow_table *table, size_t row)
{
    if (table->places == NULL || row >= table->rows)
        return 0;
    return table->places[row] & UINT64_C(0xffffffffffff);
}

size_t tflow_i_table_read(const tflow_table *table)
{
    size_t n = 0;
    for (size_t row = 0; row < table->rows && table->counts != NULL; row++)
        n += (size_t)table->counts[row];
    return table->counts == NULL ? table->rows : n;
}
