/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of a table, for the rooms that may see it: table, io, op and *_ops.c. */
#ifndef TFLOW_TABLE_TABLE_H
#define TFLOW_TABLE_TABLE_H

#include "core/core.h"
#include "core/exact.h"
#include "tradeflow/table.h"

#include <stdatomic.h>

#define TFLOW_I_NAME_SIZE 32

typedef struct tflow_i_column {
    char name[TFLOW_I_NAME_SIZE];
    tflow_type type;
    char *unit; /* never NULL */
    void *data; /* one element a row: int32, double, int64 or uint8 by type */
    size_t capacity;
    tflow_i_dict *dict; /* keys only */
} tflow_i_column;

typedef struct tflow_i_attribute {
    char *name;
    char *value;
} tflow_i_attribute;

/* Who holds a table: it is freed by the last of them (table.c). */
typedef struct tflow_i_holders {
    atomic_size_t count;
    tflow_table *table;
} tflow_i_holders;

struct tflow_table {
    size_t rows;
    tflow_i_column *columns;
    size_t n_columns, columns_capacity;
    tflow_i_attribute *attributes;
    size_t n_attributes, attributes_capacity;
    char **notes;
    size_t n_notes, notes_capacity;
    /* Where each row came from: file << 48 | line; NULL when built by hand. */
    uint64_t *places;
    size_t places_capacity;
    char **files;
    size_t n_files, files_capacity;
    /* Rows that were added up over products while they were read: the exact sum behind
     * each value, and how many rows it is of; NULL in other tables. */
    struct tflow_i_exact *sums;
    int64_t *counts;
    int distinct;            /* 1: no row was there twice; 0: nobody looked */
    unsigned char *document; /* bytes that an operation made; or NULL */
    size_t document_size;
    tflow_i_holders *holders;
};

/* The column of that name and type, or NULL. */
const tflow_i_column *tflow_i_table_column(const tflow_table *table, const char *name,
                                           tflow_type type);
/* Where row `row` was read: NULL or 0 when not known. */
const char *tflow_i_table_file(const tflow_table *table, size_t row);
uint64_t tflow_i_table_line(const tflow_table *table, size_t row);

/* Hold a table: what is returned is given to tflow_table_free() once more. */
tflow_table *tflow_i_table_hold(const tflow_table *table);

/* How many rows were read: those of the table, or those that were added up to them. */
size_t tflow_i_table_read(const tflow_table *table);
/* Take a column out of a table that nobody else holds yet. */
void tflow_i_table_drop(tflow_table *table, size_t column);

/* The table inside a builder, to look at what was added so far. */
const tflow_table *tflow_i_builder_table(const tflow_builder *builder);
/* Later rows come from this file. */
tflow_status tflow_i_builder_file(tflow_builder *builder, const char *file,
                                  tflow_error *error);
/* The row being written comes from this line. */
void tflow_i_builder_line(tflow_builder *builder, uint64_t line);
/* The same, to be changed. */
tflow_table *tflow_i_builder_inside(tflow_builder *builder);
/* Take all rows away. */
void tflow_i_builder_empty(tflow_builder *builder);
/* n rows at once, whose cells the caller sets in all columns before they are read. */
tflow_status tflow_i_builder_block(tflow_builder *builder, size_t n,
                                   tflow_error *error);
/* What the operation made beside the table; the builder takes the memory over. */
void tflow_i_builder_document(tflow_builder *builder, unsigned char *bytes, size_t n);
/* Make cells of finished rows missing. */
void tflow_i_builder_blank(tflow_builder *builder, size_t column, size_t row, size_t n);
/* Set a key by a code that the column's dictionary gave out. */
void tflow_i_builder_code(tflow_builder *builder, size_t column, int32_t code);
/* A builder that holds a copy of a table: rows, facts, notes, and where rows were read
 * (copy.c). */
tflow_status tflow_i_builder_copy(const tflow_table *from, tflow_builder **out,
                                  tflow_error *error);
/* Take over the rows of a table with the same columns; the builder has none yet. */
tflow_status tflow_i_builder_take_rows(tflow_builder *builder, const tflow_table *from,
                                       tflow_error *error);
/* Add a column, after rows were written too: they miss it. */
tflow_status tflow_i_builder_widen(tflow_builder *builder, const char *name,
                                   tflow_type type, const char *unit, size_t *column,
                                   tflow_error *error);
/* Set a number of a finished row that is still missing; 0 when there is one. */
int tflow_i_builder_fill(tflow_builder *builder, size_t column, size_t row,
                         double value);
void tflow_i_builder_fill_status(tflow_builder *builder, size_t column, size_t row,
                                 char status);
/* The code for a text in the dictionary of a key column, added if new; -1: no memory.
 */
int32_t tflow_i_builder_intern(tflow_builder *builder, size_t column, const char *text,
                               size_t n);

/* ---- observation status (status.c) ---- */

/* SDMX order from strongest to weakest: A P E I F Q L O; M takes no part. */
char tflow_i_status_weaker(char a, char b);
int tflow_i_status_valid(char status);

#endif
