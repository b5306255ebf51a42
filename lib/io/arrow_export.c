/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table as an Arrow stream of one batch, whose large buffers are the table's own. */
#include "io/arrow.h"
#include "table/table.h"

#include <errno.h>
#include <math.h>
#include <string.h>

/* ---- buffers ---- */

/* NOLINTNEXTLINE(readability-non-const-parameter): as nanoarrow calls it */
static void let_go(struct ArrowBufferAllocator *allocator, uint8_t *data, int64_t size)
{
    (void)data;
    (void)size;
    tflow_table_free(allocator->private_data);
}

/* Memory of the table as buffer i of an array. */
static int lend(struct ArrowArray *array, int64_t i, const tflow_table *table,
                const void *data, size_t size)
{
    struct ArrowBuffer buffer;
    ArrowBufferInit(&buffer);
    buffer.allocator = ArrowBufferDeallocator(let_go, tflow_i_table_hold(table));
    memcpy(&buffer.data, &data, sizeof data); /* nobody writes to it */
    buffer.size_bytes = buffer.capacity_bytes = (int64_t)size;
    int code = ArrowArraySetBuffer(array, i, &buffer);
    if (code != NANOARROW_OK)
        ArrowBufferReset(&buffer);
    return code;
}

static int missing(const tflow_i_column *c, size_t row)
{
    switch (c->type) {
    case TFLOW_KEY:
        return ((const int32_t *)c->data)[row] < 0;
    case TFLOW_PERIOD:
        return ((const tflow_period *)c->data)[row] == TFLOW_PERIOD_NONE;
    case TFLOW_FLOAT64:
        return isnan(((const double *)c->data)[row]);
    case TFLOW_OBS_STATUS:
        return ((const uint8_t *)c->data)[row] == 0;
    default:
        return 0;
    }
}

/* The bitmap of what is there; none when all is. */
static int set_validity(struct ArrowArray *array, const tflow_i_column *c, size_t rows)
{
    struct ArrowBitmap *bitmap = ArrowArrayValidityBitmap(array);
    int64_t nulls = 0;
    array->length = (int64_t)rows;
    array->null_count = 0;
    size_t first = 0;
    while (first < rows && !missing(c, first))
        first++;
    if (first == rows)
        return NANOARROW_OK;
    int code = ArrowBitmapReserve(bitmap, (int64_t)rows);
    if (code != NANOARROW_OK)
        return code;
    ArrowBitmapAppendUnsafe(bitmap, 1, (int64_t)first);
    for (size_t row = first; row < rows; row++) {
        int there = !missing(c, row);
        nulls += !there;
        ArrowBitmapAppendUnsafe(bitmap, (uint8_t)there, 1);
    }
    array->null_count = nulls;
    return NANOARROW_OK;
}

/* ---- dictionaries ---- */

static int add_string(struct ArrowArray *array, const char *text)
{
    return ArrowArrayAppendString(array, ArrowCharView(text));
}

static int start_dictionary(struct ArrowArray *array)
{
    int code = ArrowArrayAllocateDictionary(array);
    if (code == NANOARROW_OK)
        code = ArrowArrayInitFromType(array->dictionary, NANOARROW_TYPE_STRING);
    return code == NANOARROW_OK ? ArrowArrayStartAppending(array->dictionary) : code;
}

static int end_dictionary(struct ArrowArray *array)
{
    return ArrowArrayFinishBuildingDefault(array->dictionary, NULL);
}

static int set_key(struct ArrowArray *array, const tflow_table *table,
                   const tflow_i_column *c)
{
    int code = start_dictionary(array);
    for (int32_t i = 0; code == NANOARROW_OK && i < tflow_i_dict_count(c->dict); i++)
        code = add_string(array->dictionary, tflow_i_dict_text(c->dict, i));
    if (code == NANOARROW_OK)
        code = end_dictionary(array);
    return code == NANOARROW_OK
               ? lend(array, 1, table, c->data, table->rows * sizeof(int32_t))
               : code;
}

/* Statuses in the order of SDMX, from strongest to weakest. */
static int set_status(struct ArrowArray *array, const tflow_table *table,
                      const tflow_i_column *c)
{
    static const char letters[] = "APEIFQLOM";
    const uint8_t *data = c->data;
    struct ArrowBuffer *codes = ArrowArrayBuffer(array, 1);
    int code = start_dictionary(array);
    for (const char *s = letters; code == NANOARROW_OK && *s != '\0'; s++) {
        const char text[] = {*s, '\0'};
        code = add_string(array->dictionary, text);
    }
    if (code == NANOARROW_OK)
        code = end_dictionary(array);
    if (code == NANOARROW_OK)
        code = ArrowBufferReserve(codes, (int64_t)(table->rows * sizeof(int32_t)));
    for (size_t row = 0; code == NANOARROW_OK && row < table->rows; row++) {
        const char *at = data[row] == 0 ? NULL : strchr(letters, data[row]);
        int32_t number = at == NULL ? 0 : (int32_t)(at - letters);
        ArrowBufferAppendUnsafe(codes, &number, sizeof number);
    }
    return code;
}

typedef struct distinct {
    tflow_i_groups *seen;
    size_t *order;    /* of the groups, in time */
    int32_t *numbers; /* by group: its place in that order */
} distinct;

/* By start, then by length. */
static int earlier(size_t a, size_t b, const void *context)
{
    const distinct *d = context;
    int32_t x = tflow_i_groups_key(d->seen, a)[0],
            y = tflow_i_groups_key(d->seen, b)[0];
    return x < y ? -1 : x > y;
}

static int add_periods(struct ArrowArray *array, const tflow_table *table,
                       const tflow_period *periods, distinct *d)
{
    struct ArrowBuffer *codes = ArrowArrayBuffer(array, 1);
    size_t n = tflow_i_groups_count(d->seen);
    int code = start_dictionary(array);
    for (size_t i = 0; i < n; i++)
        d->order[i] = i;
    if (!tflow_i_sort(d->order, n, earlier, d))
        return ENOMEM;
    for (size_t i = 0; code == NANOARROW_OK && i < n; i++) {
        char label[TFLOW_PERIOD_SIZE];
        d->numbers[d->order[i]] = (int32_t)i;
        code = add_string(
            array->dictionary,
            tflow_period_format(tflow_i_groups_key(d->seen, d->order[i])[0], label));
    }
    if (code == NANOARROW_OK)
        code = end_dictionary(array);
    if (code == NANOARROW_OK)
        code = ArrowBufferReserve(codes, (int64_t)(table->rows * sizeof(int32_t)));
    for (size_t row = 0; code == NANOARROW_OK && row < table->rows; row++) {
        size_t group = tflow_i_groups_find(d->seen, &periods[row]);
        int32_t number = group == SIZE_MAX ? 0 : d->numbers[group];
        ArrowBufferAppendUnsafe(codes, &number, sizeof number);
    }
    return code;
}

static int set_period(struct ArrowArray *array, const tflow_table *table,
                      const tflow_i_column *c)
{
    const tflow_period *periods = c->data;
    distinct d = {tflow_i_groups_new(1), NULL, NULL};
    int code = d.seen == NULL ? ENOMEM : NANOARROW_OK;
    for (size_t row = 0; code == NANOARROW_OK && row < table->rows; row++)
        if (periods[row] != TFLOW_PERIOD_NONE &&
            tflow_i_groups_add(d.seen, &periods[row]) == SIZE_MAX)
            code = ENOMEM;
    if (code == NANOARROW_OK) {
        size_t n = tflow_i_groups_count(d.seen);
        d.order = tflow_i_alloc(n, sizeof *d.order);
        d.numbers = tflow_i_alloc(n, sizeof *d.numbers);
        code = d.order == NULL || d.numbers == NULL
                   ? ENOMEM
                   : add_periods(array, table, periods, &d);
    }
    tflow_i_groups_free(d.seen);
    tflow_i_free(d.order);
    tflow_i_free(d.numbers);
    return code;
}

static int set_bool(struct ArrowArray *array, const tflow_table *table,
                    const tflow_i_column *c)
{
    const uint8_t *data = c->data;
    struct ArrowBuffer *bits = ArrowArrayBuffer(array, 1);
    int64_t bytes = (int64_t)(table->rows / 8 + (table->rows % 8 != 0));
    int code = ArrowBufferAppendFill(bits, 0, bytes);
    for (size_t row = 0; code == NANOARROW_OK && row < table->rows; row++)
        ArrowBitSetTo(bits->data, (int64_t)row, data[row]);
    return code;
}

/* ---- columns ---- */

static int set_column(struct ArrowArray *array, const tflow_table *table,
                      const tflow_i_column *c)
{
    int code = set_validity(array, c, table->rows);
    if (code != NANOARROW_OK)
        return code;
    switch (c->type) {
    case TFLOW_KEY:
        return set_key(array, table, c);
    case TFLOW_PERIOD:
        return set_period(array, table, c);
    case TFLOW_OBS_STATUS:
        return set_status(array, table, c);
    case TFLOW_BOOL:
        return set_bool(array, table, c);
    default:
        return lend(array, 1, table, c->data, table->rows * 8);
    }
}

static int make_array(const tflow_table *table, struct ArrowArray *array)
{
    int code = ArrowArrayInitFromType(array, NANOARROW_TYPE_STRUCT);
    if (code != NANOARROW_OK)
        return code;
    code = ArrowArrayAllocateChildren(array, (int64_t)table->n_columns);
    for (size_t i = 0; code == NANOARROW_OK && i < table->n_columns; i++) {
        code = ArrowArrayInitFromType(array->children[i],
                                      tflow_i_arrow_storage(table->columns[i].type));
        if (code == NANOARROW_OK)
            code = set_column(array->children[i], table, &table->columns[i]);
    }
    array->length = (int64_t)table->rows;
    array->null_count = 0;
    if (code == NANOARROW_OK)
        code =
            ArrowArrayFinishBuilding(array, NANOARROW_VALIDATION_LEVEL_DEFAULT, NULL);
    if (code != NANOARROW_OK)
        ArrowArrayRelease(array);
    return code;
}

/* ---- the stream: one schema, handed out as often as is asked, and one batch ---- */

typedef struct stream {
    struct ArrowSchema schema;
    struct ArrowArray array; /* released once it was handed out */
} stream;

static int get_schema(struct ArrowArrayStream *self, struct ArrowSchema *out)
{
    const stream *s = self->private_data;
    return ArrowSchemaDeepCopy(&s->schema, out);
}

static int get_next(struct ArrowArrayStream *self, struct ArrowArray *out)
{
    stream *s = self->private_data;
    ArrowArrayMove(&s->array, out);
    return NANOARROW_OK;
}

static const char *get_last_error(struct ArrowArrayStream *self)
{
    (void)self;
    return "out of memory"; /* nothing else can fail */
}

static void release(struct ArrowArrayStream *self)
{
    stream *s = self->private_data;
    ArrowSchemaRelease(&s->schema);
    if (s->array.release != NULL)
        ArrowArrayRelease(&s->array);
    tflow_i_free(s);
    self->release = NULL;
}

tflow_status tflow_table_export_arrow(const tflow_table *table,
                                      struct ArrowArrayStream *out, tflow_error *error)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    memset(out, 0, sizeof *out);
    if (table == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "no table");
    stream *s = tflow_i_calloc(1, sizeof *s);
    int code = s == NULL ? ENOMEM : tflow_i_arrow_schema(table, 1, &s->schema);
    if (code == NANOARROW_OK) {
        code = make_array(table, &s->array);
        if (code != NANOARROW_OK)
            ArrowSchemaRelease(&s->schema);
    }
    if (code != NANOARROW_OK) {
        tflow_i_free(s);
        return tflow_i_nomem(error);
    }
    out->get_schema = get_schema;
    out->get_next = get_next;
    out->get_last_error = get_last_error;
    out->release = release;
    out->private_data = s;
    return TFLOW_OK;
}
