/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of a data frame as an Arrow stream of one batch, and that as a table.
 *
 * R code has made each column one of these: doubles (NA and NaN are both missing),
 * whole numbers, days, or whole numbers with levels. Doubles and whole numbers are not
 * copied. All memory is R's, and stays until the call ends: releasing only says so. */
#include "session.h"

#include <tradeflow/arrow.h>

/* All of a stream. */
typedef struct frame {
    struct ArrowSchema schema;
    struct ArrowArray array;
    int taken;
} frame;

static void release_schema(struct ArrowSchema *schema)
{
    for (int64_t i = 0; i < schema->n_children; i++)
        if (schema->children[i]->release != NULL)
            schema->children[i]->release(schema->children[i]);
    if (schema->dictionary != NULL && schema->dictionary->release != NULL)
        schema->dictionary->release(schema->dictionary);
    schema->release = NULL;
}

static void release_array(struct ArrowArray *array)
{
    for (int64_t i = 0; i < array->n_children; i++)
        if (array->children[i]->release != NULL)
            array->children[i]->release(array->children[i]);
    if (array->dictionary != NULL && array->dictionary->release != NULL)
        array->dictionary->release(array->dictionary);
    array->release = NULL;
}

/* ---- memory ---- */

static void *room(size_t n, size_t size)
{
    void *memory = R_alloc(n + 1, (int)size);
    memset(memory, 0, (n + 1) * size);
    return memory;
}

static void start_schema(struct ArrowSchema *schema, const char *format,
                         const char *name)
{
    memset(schema, 0, sizeof *schema);
    schema->format = format;
    schema->name = name;
    schema->flags = ARROW_FLAG_NULLABLE;
    schema->release = release_schema;
}

static void start_array(struct ArrowArray *array, int64_t length, int64_t n_buffers)
{
    memset(array, 0, sizeof *array);
    array->length = length;
    array->n_buffers = n_buffers;
    array->buffers = room((size_t)n_buffers, sizeof *array->buffers);
    array->release = release_array;
}

/* A bit for each cell that has something; NULL when all have. */
static const uint8_t *present(const int *cells, R_xlen_t n, int64_t *nulls)
{
    uint8_t *bits;

    *nulls = 0;
    for (R_xlen_t i = 0; i < n; i++)
        *nulls += cells[i] == NA_INTEGER;
    if (*nulls == 0)
        return NULL;
    bits = room((size_t)n / 8 + 1, 1);
    for (R_xlen_t i = 0; i < n; i++)
        if (cells[i] != NA_INTEGER)
            bits[i / 8] = (uint8_t)(bits[i / 8] | 1U << (i % 8));
    return bits;
}

/* ---- columns ---- */

/* Levels as one array of text. */
static void fill_levels(struct ArrowSchema *schema, struct ArrowArray *array,
                        SEXP levels)
{
    R_xlen_t n = XLENGTH(levels);
    size_t size = 0;
    int32_t *offsets = room((size_t)n + 1, sizeof *offsets);

    for (R_xlen_t i = 0; i < n; i++)
        size += strlen(CHAR(STRING_ELT(levels, i)));
    if (size > INT32_MAX)
        Rf_error("levels of more than 2 GB of text");
    char *bytes = room(size, 1);
    for (R_xlen_t i = 0; i < n; i++) {
        const char *text = CHAR(STRING_ELT(levels, i));
        size_t length = strlen(text);
        memcpy(bytes + offsets[i], text, length);
        offsets[i + 1] = offsets[i] + (int32_t)length;
    }
    start_schema(schema, "u", "");
    start_array(array, n, 3);
    array->buffers[1] = offsets;
    array->buffers[2] = bytes;
}

/* A code below 1 or above the number of levels is a broken factor. */
static void fill_factor(struct ArrowSchema *schema, struct ArrowArray *array,
                        SEXP column, SEXP levels)
{
    R_xlen_t n = XLENGTH(column);
    const int *cells = INTEGER(column);
    int32_t *codes = room((size_t)n, sizeof *codes);

    for (R_xlen_t i = 0; i < n; i++) {
        if (cells[i] == NA_INTEGER)
            continue;
        if (cells[i] < 1 || cells[i] > XLENGTH(levels))
            Rf_error("%s: row %.0f is none of the factor's levels", schema->name,
                     (double)i + 1);
        codes[i] = cells[i] - 1;
    }
    array->buffers[1] = codes;
    schema->dictionary = room(1, sizeof *schema->dictionary);
    array->dictionary = room(1, sizeof *array->dictionary);
    fill_levels(schema->dictionary, array->dictionary, levels);
}

static void fill_column(struct ArrowSchema *schema, struct ArrowArray *array,
                        const char *name, SEXP column, R_xlen_t rows)
{
    SEXP levels = Rf_getAttrib(column, R_LevelsSymbol);

    if (Rf_xlength(column) != rows)
        Rf_error("%s: found %.0f rows, expected %.0f", name, (double)Rf_xlength(column),
                 (double)rows);
    start_array(array, rows, 2);
    if (TYPEOF(column) == REALSXP) {
        start_schema(schema, "g", name);
        array->buffers[1] = REAL(column);
        return;
    }
    start_schema(schema, Rf_inherits(column, "Date") ? "tdD" : "i", name);
    array->buffers[0] = present(INTEGER(column), rows, &array->null_count);
    array->buffers[1] = INTEGER(column);
    if (levels != R_NilValue)
        fill_factor(schema, array, column, levels);
}

static void fill_frame(frame *f, SEXP columns, SEXP names, R_xlen_t rows)
{
    R_xlen_t n = XLENGTH(columns);

    start_schema(&f->schema, "+s", "");
    f->schema.flags = 0;
    start_array(&f->array, rows, 1);
    f->schema.n_children = f->array.n_children = n;
    f->schema.children = room((size_t)n, sizeof *f->schema.children);
    f->array.children = room((size_t)n, sizeof *f->array.children);
    for (R_xlen_t i = 0; i < n; i++) {
        f->schema.children[i] = room(1, sizeof **f->schema.children);
        f->array.children[i] = room(1, sizeof **f->array.children);
        fill_column(f->schema.children[i], f->array.children[i],
                    CHAR(STRING_ELT(names, i)), VECTOR_ELT(columns, i), rows);
    }
}

/* ---- the stream ---- */

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    frame *f = stream->private_data;
    *out = f->schema;
    return 0;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    frame *f = stream->private_data;

    memset(out, 0, sizeof *out);
    if (!f->taken)
        *out = f->array;
    f->taken = 1;
    return 0;
}

static const char *get_last_error(struct ArrowArrayStream *stream)
{
    (void)stream;
    return NULL;
}

static void release_stream(struct ArrowArrayStream *stream)
{
    stream->release = NULL;
}

tflow_status columns_in(SEXP input, const tflow_read_opts *opts, tflow_table **out,
                        tflow_error *error)
{
    SEXP columns = member(input, "columns");
    R_xlen_t rows = (R_xlen_t)number_of(member(input, "rows"), "rows");
    frame *f = room(1, sizeof *f);
    struct ArrowArrayStream stream = {get_schema, get_next, get_last_error,
                                      release_stream, f};

    fill_frame(f, columns, Rf_getAttrib(columns, R_NamesSymbol), rows);
    return tflow_table_import_arrow(&stream, opts, out, error);
}
