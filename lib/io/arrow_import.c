/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of an Arrow stream as the rows of a file: what its columns mean, and what their
 * cells do, is understood by the same code as that of a CSV file. */
#include "io/arrow.h"
#include "io/record_row.h"

#include <errno.h>
#include <string.h>

/* What is read of a stream. */
typedef struct incoming {
    tflow_reader *reader;
    struct ArrowArrayStream *from;
    struct ArrowSchema schema;
    struct ArrowArray batch;
    size_t n; /* columns */
    tflow_i_arrow_column *columns;
    struct ArrowArrayView *views; /* of the columns that are read */
    tflow_i_text text;            /* of the row */
    size_t *starts;               /* where in it the fields begin */
    tflow_i_field *fields;
    uint64_t row; /* the one at hand, from 1, over all batches */
} incoming;

tflow_status tflow_i_arrow_fail(int code, tflow_status status,
                                const struct ArrowError *why, tflow_error *error)
{
    if (code == NANOARROW_OK)
        return TFLOW_OK;
    if (code == ENOMEM)
        return tflow_i_nomem(error);
    return tflow_i_fail(error, status, "Arrow: %.400s", why->message);
}

/* Add the place of what failed: the file or stream, and a column if one is named. */
static tflow_status at(const incoming *s, tflow_status status, const char *column,
                       tflow_error *error)
{
    if (status != TFLOW_OK && status != TFLOW_ENOMEM)
        tflow_i_at(error, s->reader->records.file, 0, 0, column);
    return status;
}

/* What the producer of the stream says of its failure. */
static tflow_status stream_fails(const incoming *s, int code, tflow_error *error)
{
    if (code == ENOMEM)
        return tflow_i_nomem(error);
    const char *why = s->from->get_last_error(s->from);
    tflow_i_fail(error, code == EINVAL ? TFLOW_EPARSE : TFLOW_EIO,
                 "the Arrow stream failed: %.400s",
                 why == NULL ? "it says no more" : why);
    return at(s, code == EINVAL ? TFLOW_EPARSE : TFLOW_EIO, NULL, error);
}

/* ---- the header ---- */

static tflow_status not_a_table(const incoming *s, const char *format,
                                tflow_error *error)
{
    tflow_i_fail(error, TFLOW_EPARSE,
                 "found an Arrow stream of \"%.20s\", expected one of tables (\"+s\")",
                 format == NULL ? "" : format);
    return at(s, TFLOW_EPARSE, NULL, error);
}

static tflow_status get_schema(incoming *s, tflow_error *error)
{
    int code = s->from->get_schema(s->from, &s->schema);
    if (code != NANOARROW_OK) {
        s->schema.release = NULL;
        return stream_fails(s, code, error);
    }
    const struct ArrowSchema *schema = &s->schema;
    if (schema->format == NULL || strcmp(schema->format, "+s") != 0 ||
        schema->n_children < 0 || schema->n_children > (int64_t)TFLOW_I_FIELDS_MAX)
        return not_a_table(s, schema->format, error);
    s->n = (size_t)schema->n_children;
    s->columns = tflow_i_calloc(s->n, sizeof *s->columns);
    s->views = tflow_i_calloc(s->n, sizeof *s->views);
    s->starts = tflow_i_calloc(s->n, sizeof *s->starts);
    s->fields = tflow_i_calloc(s->n, sizeof *s->fields);
    if (s->columns == NULL || s->views == NULL || s->starts == NULL ||
        s->fields == NULL)
        return tflow_i_nomem(error);
    for (size_t i = 0; i < s->n; i++) {
        const char *name = schema->children[i]->name;
        s->columns[i].name = name == NULL ? "" : name;
        s->fields[i].text = s->columns[i].name;
        s->fields[i].n = strlen(s->columns[i].name);
    }
    return TFLOW_OK;
}

/* The value of a key of the schema's metadata, or NULL; *copy is freed by the caller.
 */
static tflow_status metadata(const incoming *s, const char *key, char **copy,
                             tflow_error *error)
{
    struct ArrowStringView value = {NULL, 0};
    *copy = NULL;
    if (ArrowMetadataGetValue(s->schema.metadata, ArrowCharView(key), &value) !=
            NANOARROW_OK ||
        value.data == NULL)
        return TFLOW_OK;
    *copy = tflow_i_strndup(value.data, (size_t)value.size_bytes);
    return *copy == NULL ? tflow_i_nomem(error) : TFLOW_OK;
}

/* What a stream that we wrote says of all its rows, where the layout does not say. */
static tflow_status facts(incoming *s, tflow_error *error)
{
    tflow_i_binding *b = &s->reader->records.binding;
    char *currency = NULL, *valuation = NULL, *multiplier = NULL;
    const char *said[] = {b->currency, b->valuation, b->multiplier};
    int power;
    tflow_status status = metadata(s, "tradeflow.currency", &currency, error);
    if (status == TFLOW_OK)
        status = metadata(s, "tradeflow.valuation", &valuation, error);
    if (status == TFLOW_OK)
        status = metadata(s, "tradeflow.unit_multiplier", &multiplier, error);
    if (status == TFLOW_OK) {
        if (b->currency == NULL)
            b->currency = currency;
        if (b->valuation == NULL)
            b->valuation = valuation;
        if (b->multiplier == NULL && multiplier != NULL &&
            tflow_i_reader_power(multiplier, &power))
            b->multiplier = multiplier;
        status = tflow_i_reader_facts(s->reader, error);
    }
    b->currency = said[0];
    b->valuation = said[1];
    b->multiplier = said[2];
    tflow_i_free(currency);
    tflow_i_free(valuation);
    tflow_i_free(multiplier);
    return status;
}

/* Columns that the layout has a use for must be of a type that can be read. */
static tflow_status open_columns(incoming *s, tflow_error *error)
{
    const unsigned char *wanted = s->reader->records.binding.wanted;
    tflow_status status = TFLOW_OK;
    for (size_t i = 0; i < s->n && status == TFLOW_OK; i++) {
        struct ArrowSchema *schema = s->schema.children[i];
        tflow_i_arrow_column *c = &s->columns[i];
        struct ArrowError why = {{0}};
        if (!wanted[i])
            continue;
        c->dictionary = schema->dictionary != NULL;
        int code = ArrowSchemaViewInit(
            &c->type, c->dictionary ? schema->dictionary : schema, &why);
        if (code == NANOARROW_OK)
            code = ArrowArrayViewInitFromSchema(&s->views[i], schema, &why);
        c->view = &s->views[i];
        status = tflow_i_arrow_fail(code, TFLOW_EPARSE, &why, error);
        if (status == TFLOW_OK)
            status = tflow_i_arrow_readable(c, error);
        status = at(s, status, c->name, error);
    }
    return status;
}

static tflow_status header(incoming *s, tflow_error *error)
{
    tflow_reader *reader = s->reader;
    tflow_i_records *r = &reader->records;
    tflow_i_row row = {1, s->n, s->fields};
    tflow_status status =
        tflow_i_bind(reader->layout, r->opts->columns, &row, &r->binding, error);
    if (status == TFLOW_I_NOT_YET)
        status = tflow_i_fail(error, TFLOW_EPARSE, "found no names of columns");
    if (status != TFLOW_OK)
        return at(s, status, NULL, error);
    r->bound = 1;
    r->counted = "row";
    status = facts(s, error);
    if (status == TFLOW_OK)
        status = tflow_i_records_open(r, error);
    return status == TFLOW_OK ? open_columns(s, error) : status;
}

/* ---- rows ---- */

static tflow_status take_row(incoming *s, int64_t place, tflow_error *error)
{
    tflow_i_records *r = &s->reader->records;
    char point = r->opts->decimal == 0 ? '.' : r->opts->decimal;
    tflow_i_row row = {s->row, s->n, s->fields};
    s->text.length = 0;
    for (size_t i = 0; i < s->n; i++) {
        s->starts[i] = s->text.length;
        if (r->binding.wanted[i]) {
            tflow_status status =
                tflow_i_arrow_text(&s->columns[i], place, point, &s->text, error);
            if (status != TFLOW_OK)
                return tflow_i_record_at(r, &row, i, status, error);
        }
        s->fields[i].n = s->text.length - s->starts[i];
        tflow_i_text_char(&s->text, '\0');
    }
    if (s->text.failed)
        return tflow_i_nomem(error);
    for (size_t i = 0; i < s->n; i++)
        s->fields[i].text = s->text.data + s->starts[i];
    return tflow_i_records_take(r, &row, error);
}

/* Arrays come from anybody: what is read of them is checked first, all of it. */
static tflow_status check_batch(incoming *s, tflow_error *error)
{
    const struct ArrowArray *batch = &s->batch;
    const unsigned char *wanted = s->reader->records.binding.wanted;
    if (batch->length < 0 || batch->offset < 0 ||
        batch->offset > INT64_MAX - batch->length || batch->n_children < 0 ||
        (size_t)batch->n_children != s->n || batch->n_buffers != 1)
        return at(s,
                  tflow_i_fail(error, TFLOW_EPARSE,
                               "found a batch of %lld rows and %lld columns, expected "
                               "%zu columns",
                               (long long)batch->length, (long long)batch->n_children,
                               s->n),
                  NULL, error);
    for (int64_t i = 0; batch->null_count != 0 && batch->buffers != NULL &&
                        batch->buffers[0] != NULL && i < batch->length;
         i++)
        if (!ArrowBitGet(batch->buffers[0], batch->offset + i))
            return at(s,
                      tflow_i_fail(
                          error, TFLOW_EPARSE, "row %llu: found null in place of a row",
                          (unsigned long long)s->row + (unsigned long long)i + 1),
                      NULL, error);
    for (size_t i = 0; i < s->n; i++) {
        struct ArrowError why = {{0}};
        const struct ArrowArray *array = batch->children[i];
        if (!wanted[i])
            continue;
        int code = ArrowArrayViewSetArray(&s->views[i], array, &why);
        if (code == NANOARROW_OK)
            code = ArrowArrayViewValidate(&s->views[i], NANOARROW_VALIDATION_LEVEL_FULL,
                                          &why);
        tflow_status status = tflow_i_arrow_fail(code, TFLOW_EPARSE, &why, error);
        if (status == TFLOW_OK && array->length < batch->offset + batch->length)
            status = tflow_i_fail(error, TFLOW_EPARSE,
                                  "found %lld rows in a column, expected %lld",
                                  (long long)array->length,
                                  (long long)batch->offset + (long long)batch->length);
        if (status != TFLOW_OK)
            return at(s, status, s->columns[i].name, error);
    }
    return TFLOW_OK;
}

static tflow_status take_batch(incoming *s, tflow_error *error)
{
    tflow_reader *reader = s->reader;
    tflow_status status = check_batch(s, error);
    for (int64_t i = 0; i < s->batch.length && status == TFLOW_OK; i++) {
        s->row++;
        status = take_row(s, s->batch.offset + i, error);
    }
    int stays = (reader->records.binding.layout->flags & TFLOW_I_PIVOT) != 0;
    if (status == TFLOW_OK && reader->reduction != NULL && !stays)
        status = tflow_i_reduction_rows(reader->reduction, &reader->records, error);
    return status;
}

static tflow_status batches(incoming *s, tflow_error *error)
{
    for (;;) {
        int code = s->from->get_next(s->from, &s->batch);
        if (code != NANOARROW_OK) {
            s->batch.release = NULL;
            return stream_fails(s, code, error);
        }
        if (s->batch.release == NULL)
            return TFLOW_OK; /* the end */
        tflow_status status = take_batch(s, error);
        s->batch.release(&s->batch);
        s->batch.release = NULL;
        if (status != TFLOW_OK)
            return status;
    }
}

tflow_status tflow_i_arrow_rows(tflow_reader *reader, struct ArrowArrayStream *stream,
                                tflow_error *error)
{
    incoming s = {.reader = reader, .from = stream};
    tflow_status status = get_schema(&s, error);
    if (status == TFLOW_OK)
        status = header(&s, error);
    if (status == TFLOW_OK)
        status = batches(&s, error);
    for (size_t i = 0; s.views != NULL && i < s.n; i++)
        ArrowArrayViewReset(&s.views[i]);
    tflow_i_free(s.columns);
    tflow_i_free(s.views);
    tflow_i_free(s.starts);
    tflow_i_free(s.fields);
    tflow_i_text_clear(&s.text);
    if (s.schema.release != NULL)
        s.schema.release(&s.schema);
    return status;
}

/* ---- a stream by itself ---- */

static tflow_status import(tflow_reader *reader, struct ArrowArrayStream *stream,
                           tflow_table **out, tflow_error *error)
{
    const char *name = reader->paths[0];
    reader->records.file = name;
    tflow_status status = tflow_i_builder_file(reader->records.builder, name, error);
    tflow_i_text_add(&reader->sources, name);
    if (status == TFLOW_OK)
        status = tflow_i_arrow_rows(reader, stream, error);
    if (status == TFLOW_OK)
        status = tflow_i_reader_end(reader, error);
    return status == TFLOW_OK ? tflow_i_reader_close(reader, out, error) : status;
}

tflow_status tflow_table_import_arrow(struct ArrowArrayStream *stream,
                                      const tflow_read_opts *opts, tflow_table **out,
                                      tflow_error *error)
{
    static const char *const name = "Arrow stream";
    tflow_reader *reader = NULL;
    if (out != NULL)
        *out = NULL;
    if (stream == NULL || stream->release == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "no Arrow stream, or one that was released before");
    tflow_status status = TFLOW_EINVAL;
    if (out != NULL)
        status = tflow_i_reader_new(&name, 1, opts, &reader, error);
    if (status == TFLOW_OK)
        status = import(reader, stream, out, error);
    tflow_reader_free(reader);
    stream->release(stream);
    stream->release = NULL;
    return status;
}
