/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table/table.h"

#include <math.h>
#include <string.h>

struct tflow_builder {
    tflow_table *table;
    tflow_status failure; /* first mistake of the row being written */
    tflow_error detail;
    uint64_t place; /* file << 48 | line of the row being written */
};

tflow_status tflow_builder_new(tflow_builder **out, tflow_error *error)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NULL;
    tflow_builder *builder = tflow_i_calloc(1, sizeof *builder);
    tflow_table *table = tflow_i_calloc(1, sizeof *table);
    tflow_i_holders *holders = tflow_i_calloc(1, sizeof *holders);
    if (builder == NULL || table == NULL || holders == NULL) {
        tflow_i_free(builder);
        tflow_i_free(table);
        tflow_i_free(holders);
        return tflow_i_nomem(error);
    }
    atomic_init(&holders->count, 1);
    holders->table = table;
    table->holders = holders;
    builder->table = table;
    *out = builder;
    return TFLOW_OK;
}

void tflow_builder_free(tflow_builder *builder)
{
    if (builder == NULL)
        return;
    tflow_table_free(builder->table);
    tflow_i_free(builder);
}

const tflow_table *tflow_i_builder_table(const tflow_builder *builder)
{
    return builder->table;
}

tflow_table *tflow_i_builder_inside(tflow_builder *builder)
{
    return builder->table;
}

static size_t width(tflow_type type)
{
    switch (type) {
    case TFLOW_KEY:
    case TFLOW_PERIOD:
        return sizeof(int32_t);
    case TFLOW_FLOAT64:
        return sizeof(double);
    case TFLOW_INT64:
        return sizeof(int64_t);
    case TFLOW_OBS_STATUS:
    case TFLOW_BOOL:
        return sizeof(uint8_t);
    }
    return 0;
}

static int good_name(const char *name)
{
    size_t n = strlen(name);
    return n > 0 && n < TFLOW_I_NAME_SIZE && (name[0] < '0' || name[0] > '9') &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == n;
}

static void blank(tflow_i_column *c, size_t row)
{
    size_t size = width(c->type);
    unsigned char *cell = (unsigned char *)c->data + row * size;

    if (c->type == TFLOW_KEY)
        memset(cell, 0xff, size); /* code -1 */
    else if (c->type == TFLOW_FLOAT64)
        ((double *)c->data)[row] = NAN;
    else
        memset(cell, 0, size);
}

/* Room for the row being written, all columns set to missing. */
static int open_row(tflow_table *table)
{
    for (size_t i = 0; i < table->n_columns; i++) {
        tflow_i_column *c = &table->columns[i];
        if (!tflow_i_reserve(&c->data, &c->capacity, table->rows + 1, width(c->type)))
            return 0;
        blank(c, table->rows);
    }
    return 1;
}

tflow_status tflow_i_builder_block(tflow_builder *builder, size_t n, tflow_error *error)
{
    tflow_table *table = builder->table;
    size_t rows = table->rows + n;
    if (builder->place != 0 && !tflow_i_reserve(&table->places, &table->places_capacity,
                                                rows, sizeof *table->places))
        return tflow_i_nomem(error);
    for (size_t i = 0; i < table->n_columns; i++) {
        tflow_i_column *c = &table->columns[i];
        if (!tflow_i_reserve(&c->data, &c->capacity, rows + 1, width(c->type)))
            return tflow_i_nomem(error);
    }
    table->rows = rows;
    return open_row(table) ? TFLOW_OK : tflow_i_nomem(error);
}

void tflow_i_builder_empty(tflow_builder *builder)
{
    builder->table->rows = 0;
    for (size_t i = 0; i < builder->table->n_columns; i++)
        if (builder->table->columns[i].capacity > 0)
            blank(&builder->table->columns[i], 0);
}

void tflow_i_builder_document(tflow_builder *builder, unsigned char *bytes, size_t n)
{
    tflow_i_free(builder->table->document);
    builder->table->document = bytes;
    builder->table->document_size = n;
}

void tflow_i_builder_blank(tflow_builder *builder, size_t column, size_t row, size_t n)
{
    for (size_t i = row; i < row + n; i++)
        blank(&builder->table->columns[column], i);
}

/* A column that the rows written so far miss. */
static tflow_status add_column(tflow_table *table, const char *name, tflow_type type,
                               const char *unit, tflow_error *error)
{
    if (!tflow_i_reserve(&table->columns, &table->columns_capacity,
                         table->n_columns + 1, sizeof *table->columns))
        return tflow_i_nomem(error);

    tflow_i_column c = {.type = type};
    memcpy(c.name, name, strlen(name) + 1);
    c.unit = tflow_i_strdup(unit == NULL ? "" : unit);
    c.dict = type == TFLOW_KEY ? tflow_i_dict_new() : NULL;
    if (c.unit == NULL || (type == TFLOW_KEY && c.dict == NULL) ||
        !tflow_i_reserve(&c.data, &c.capacity, table->rows + 1, width(type))) {
        tflow_i_free(c.unit);
        tflow_i_dict_free(c.dict);
        return tflow_i_nomem(error);
    }
    for (size_t row = 0; row <= table->rows; row++)
        blank(&c, row);
    table->columns[table->n_columns++] = c;
    return TFLOW_OK;
}

tflow_status tflow_builder_column(tflow_builder *builder, const char *name,
                                  tflow_type type, const char *unit, tflow_error *error)
{
    if (builder == NULL || name == NULL || builder->table == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "no builder or no column name");
    tflow_table *table = builder->table;
    size_t taken;
    if (!good_name(name) || width(type) == 0)
        return tflow_i_fail(
            error, TFLOW_EINVAL,
            "\"%.40s\" is not a column name: expected 1 to 31 letters a-z, "
            "digits and underscores",
            name);
    if (tflow_table_find(table, name, &taken) == TFLOW_OK || table->rows > 0)
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "column %s is there already, or comes after the first row",
                            name);
    return add_column(table, name, type, unit, error);
}

tflow_status tflow_i_builder_widen(tflow_builder *builder, const char *name,
                                   tflow_type type, const char *unit, size_t *column,
                                   tflow_error *error)
{
    *column = builder->table->n_columns;
    return add_column(builder->table, name, type, unit, error);
}

tflow_status tflow_i_builder_take_rows(tflow_builder *builder, const tflow_table *from,
                                       tflow_error *error)
{
    tflow_table *table = builder->table;
    size_t rows = from->rows;
    for (size_t i = 0; i < table->n_columns; i++) {
        tflow_i_column *c = &table->columns[i];
        if (!tflow_i_reserve(&c->data, &c->capacity, rows + 1, width(c->type)))
            return tflow_i_nomem(error);
        if (rows > 0)
            memcpy(c->data, from->columns[i].data, rows * width(c->type));
        blank(c, rows);
    }
    if (from->places != NULL && rows > 0) {
        if (!tflow_i_reserve(&table->places, &table->places_capacity, rows,
                             sizeof *table->places))
            return tflow_i_nomem(error);
        memcpy(table->places, from->places, rows * sizeof *table->places);
    }
    table->rows = rows;
    return TFLOW_OK;
}

static void mistake(tflow_builder *builder, tflow_status status, size_t column,
                    const char *what)
{
    if (builder->failure != TFLOW_OK)
        return;
    builder->failure = status;
    tflow_i_fail(&builder->detail, status, "%s", what);
    const char *name = tflow_table_name(builder->table, column);
    tflow_i_at(&builder->detail, NULL, 0, 0, name);
}

/* The column to set, if it is of that type. */
static tflow_i_column *cell(tflow_builder *builder, size_t column, tflow_type type)
{
    if (builder == NULL || builder->table == NULL)
        return NULL;
    if (column >= builder->table->n_columns ||
        builder->table->columns[column].type != type) {
        mistake(builder, TFLOW_EINVAL, column, "no such column, or of another type");
        return NULL;
    }
    return &builder->table->columns[column];
}

int32_t tflow_i_builder_intern(tflow_builder *builder, size_t column, const char *text,
                               size_t n)
{
    tflow_i_column *c = cell(builder, column, TFLOW_KEY);
    return c == NULL ? -1 : tflow_i_dict_add(c->dict, text, n);
}

void tflow_i_builder_code(tflow_builder *builder, size_t column, int32_t code)
{
    tflow_i_column *c = cell(builder, column, TFLOW_KEY);
    if (c != NULL)
        ((int32_t *)c->data)[builder->table->rows] = code;
}

void tflow_builder_key_n(tflow_builder *builder, size_t column, const char *text,
                         size_t n)
{
    tflow_i_column *c = cell(builder, column, TFLOW_KEY);
    if (c == NULL)
        return;
    if (text == NULL || memchr(text, '\0', n) != NULL) {
        mistake(builder, TFLOW_EINVAL, column, "a key must be text without NUL");
        return;
    }
    int32_t code = tflow_i_dict_add(c->dict, text, n);
    if (code < 0)
        mistake(builder, TFLOW_ENOMEM, column, "out of memory");
    ((int32_t *)c->data)[builder->table->rows] = code;
}

void tflow_builder_key(tflow_builder *builder, size_t column, const char *text)
{
    tflow_builder_key_n(builder, column, text, text == NULL ? 0 : strlen(text));
}

void tflow_builder_float64(tflow_builder *builder, size_t column, double value)
{
    tflow_i_column *c = cell(builder, column, TFLOW_FLOAT64);
    if (c == NULL)
        return;
    if (isinf(value)) {
        mistake(builder, TFLOW_EINVAL, column, "found an infinity, expected a number");
        return;
    }
    ((double *)c->data)[builder->table->rows] = value;
}

void tflow_builder_int64(tflow_builder *builder, size_t column, int64_t value)
{
    tflow_i_column *c = cell(builder, column, TFLOW_INT64);
    if (c != NULL)
        ((int64_t *)c->data)[builder->table->rows] = value;
}

void tflow_builder_period(tflow_builder *builder, size_t column, tflow_period period)
{
    tflow_i_column *c = cell(builder, column, TFLOW_PERIOD);
    if (c != NULL)
        ((tflow_period *)c->data)[builder->table->rows] = period;
}

void tflow_builder_status(tflow_builder *builder, size_t column, char status)
{
    tflow_i_column *c = cell(builder, column, TFLOW_OBS_STATUS);
    if (c == NULL)
        return;
    if (!tflow_i_status_valid(status)) {
        mistake(builder, TFLOW_EINVAL, column,
                "expected an observation status: one of A P E I F Q L O M");
        return;
    }
    ((uint8_t *)c->data)[builder->table->rows] = (uint8_t)status;
}

void tflow_builder_bool(tflow_builder *builder, size_t column, int value)
{
    tflow_i_column *c = cell(builder, column, TFLOW_BOOL);
    if (c != NULL)
        ((uint8_t *)c->data)[builder->table->rows] = value != 0;
}

int tflow_i_builder_fill(tflow_builder *builder, size_t column, size_t row,
                         double value)
{
    tflow_i_column *c = cell(builder, column, TFLOW_FLOAT64);
    if (c == NULL || row >= builder->table->rows || !isnan(((double *)c->data)[row]))
        return 0;
    ((double *)c->data)[row] = value;
    return 1;
}

void tflow_i_builder_fill_status(tflow_builder *builder, size_t column, size_t row,
                                 char status)
{
    tflow_i_column *c = cell(builder, column, TFLOW_OBS_STATUS);
    if (c != NULL && row < builder->table->rows)
        ((uint8_t *)c->data)[row] = (uint8_t)status;
}

tflow_status tflow_i_builder_file(tflow_builder *builder, const char *file,
                                  tflow_error *error)
{
    tflow_table *table = builder->table;
    char *copy = tflow_i_strdup(file);
    if (copy == NULL || !tflow_i_reserve(&table->files, &table->files_capacity,
                                         table->n_files + 1, sizeof *table->files)) {
        tflow_i_free(copy);
        return tflow_i_nomem(error);
    }
    table->files[table->n_files++] = copy;
    builder->place = (uint64_t)table->n_files << 48;
    return TFLOW_OK;
}

void tflow_i_builder_line(tflow_builder *builder, uint64_t line)
{
    uint64_t mask = UINT64_C(0xffffffffffff);
    builder->place = (builder->place & ~mask) | (line & mask);
}

tflow_status tflow_builder_row(tflow_builder *builder, tflow_error *error)
{
    if (builder == NULL || builder->table == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "no builder");
    tflow_table *table = builder->table;
    if (builder->failure != TFLOW_OK) {
        tflow_status status = builder->failure;
        if (error != NULL)
            *error = builder->detail;
        builder->failure = TFLOW_OK;
        return open_row(table) ? status : tflow_i_nomem(error);
    }
    if (builder->place != 0) {
        if (!tflow_i_reserve(&table->places, &table->places_capacity, table->rows + 1,
                             sizeof *table->places))
            return tflow_i_nomem(error);
        table->places[table->rows] = builder->place;
    }
    table->rows++;
    if (!open_row(table)) {
        table->rows--;
        return tflow_i_nomem(error);
    }
    return TFLOW_OK;
}

tflow_status tflow_builder_attribute(tflow_builder *builder, const char *name,
                                     const char *value, tflow_error *error)
{
    if (builder == NULL || builder->table == NULL || name == NULL || value == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "no builder, attribute name or value");
    tflow_table *table = builder->table;
    char *copy = tflow_i_strdup(value);
    if (copy == NULL)
        return tflow_i_nomem(error);
    for (size_t i = 0; i < table->n_attributes; i++)
        if (strcmp(table->attributes[i].name, name) == 0) {
            tflow_i_free(table->attributes[i].value);
            table->attributes[i].value = copy;
            return TFLOW_OK;
        }
    char *key = tflow_i_strdup(name);
    if (key == NULL ||
        !tflow_i_reserve(&table->attributes, &table->attributes_capacity,
                         table->n_attributes + 1, sizeof *table->attributes)) {
        tflow_i_free(key);
        tflow_i_free(copy);
        return tflow_i_nomem(error);
    }
    table->attributes[table->n_attributes].name = key;
    table->attributes[table->n_attributes++].value = copy;
    return TFLOW_OK;
}

tflow_status tflow_builder_note(tflow_builder *builder, const char *text,
                                tflow_error *error)
{
    if (builder == NULL || builder->table == NULL || text == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "no builder or no note");
    tflow_table *table = builder->table;
    char *copy = tflow_i_strdup(text);
    if (copy == NULL || !tflow_i_reserve(&table->notes, &table->notes_capacity,
                                         table->n_notes + 1, sizeof *table->notes)) {
        tflow_i_free(copy);
        return tflow_i_nomem(error);
    }
    table->notes[table->n_notes++] = copy;
    return TFLOW_OK;
}

tflow_status tflow_builder_finish(tflow_builder *builder, tflow_table **out,
                                  tflow_error *error)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NULL;
    if (builder == NULL || builder->table == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "no builder, or it was finished before");
    *out = builder->table;
    builder->table = NULL;
    return TFLOW_OK;
}
