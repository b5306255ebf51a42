/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables by the Arrow C stream interface: its rules, and arrays that break them. What
 * other programs make of it is in tests/arrow. */
#include "test.h"
#include "tradeflow/arrow.h"
#include "tradeflow/read.h"

#include <errno.h>

static const char rows_csv[] = "reporter,partner,flow,period,value_usd,status\n"
                               "BLR,CHN,X,2021,2.5,A\n"
                               "BLR,RUS,M,2020-Q1,,Q\n"
                               "DEU,CHN,X,2020,4,E\n";

static tflow_table *read_rows(void)
{
    tflow_table *table;
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_status status =
        tflow_read_memory(rows_csv, sizeof rows_csv - 1, "rows", NULL, &table, &error);
    ck_assert_msg(status == TFLOW_OK, "%s", error.message);
    return table;
}

static void export_to(const tflow_table *table, struct ArrowArrayStream *stream)
{
    tflow_error error = TFLOW_ERROR_INIT;
    ck_assert_int_eq(tflow_table_export_arrow(table, stream, &error), TFLOW_OK);
}

/* ---- out ---- */

START_TEST(schema_and_batch)
{
    tflow_table *table = read_rows();
    struct ArrowArrayStream stream;
    struct ArrowSchema schema;
    struct ArrowArray batch, end;
    export_to(table, &stream);
    ck_assert_int_eq(stream.get_schema(&stream, &schema), 0);
    ck_assert_str_eq(schema.format, "+s");
    ck_assert_int_eq(schema.n_children, 6);
    ck_assert_str_eq(schema.children[4]->name, "value");
    ck_assert_str_eq(schema.children[4]->format, "g");
    ck_assert_str_eq(schema.children[3]->format, "i");
    ck_assert_str_eq(schema.children[3]->dictionary->format, "u");
    ck_assert(schema.children[3]->flags & ARROW_FLAG_DICTIONARY_ORDERED);
    schema.release(&schema);
    ck_assert_int_eq(stream.get_schema(&stream, &schema), 0); /* as often as asked */
    schema.release(&schema);

    ck_assert_int_eq(stream.get_next(&stream, &batch), 0);
    ck_assert(batch.release != NULL);
    ck_assert_int_eq(batch.length, 3);
    ck_assert_int_eq(batch.children[4]->null_count, 1);
    ck_assert_ptr_eq(batch.children[4]->buffers[1], tflow_table_float64(table, 4));
    ck_assert_int_eq(((const uint8_t *)batch.children[4]->buffers[0])[0] & 7, 5);
    /* 2020 before 2020-Q1 before 2021 */
    const int32_t *periods = batch.children[3]->buffers[1];
    ck_assert_int_eq(periods[0], 2);
    ck_assert_int_eq(periods[1], 0);
    ck_assert_int_eq(periods[2], 1);
    ck_assert_int_eq(stream.get_next(&stream, &end), 0);
    ck_assert(end.release == NULL);
    stream.release(&stream);
    ck_assert(stream.release == NULL);
    tflow_table_free(table);
    /* A column outlives the batch, the stream and the table. */
    struct ArrowArray values = *batch.children[4];
    batch.children[4]->release = NULL;
    batch.release(&batch);
    ck_assert(((const double *)values.buffers[1])[2] == 4);
    values.release(&values);
}
END_TEST

START_TEST(nothing_taken)
{
    tflow_table *table = read_rows();
    struct ArrowArrayStream stream;
    export_to(table, &stream);
    tflow_table_free(table);
    stream.release(&stream); /* the table goes with it: seen by a leak checker */
    ck_assert_int_eq(tflow_table_export_arrow(NULL, &stream, NULL), TFLOW_EINVAL);
    ck_assert(stream.release == NULL);
    ck_assert_int_eq(tflow_table_export_arrow(NULL, NULL, NULL), TFLOW_EINVAL);
}
END_TEST

/* ---- and back ---- */

START_TEST(round_trip)
{
    tflow_table *table = read_rows(), *back;
    struct ArrowArrayStream stream;
    tflow_error error = TFLOW_ERROR_INIT;
    export_to(table, &stream);
    ck_assert_int_eq(tflow_table_import_arrow(&stream, NULL, &back, &error), TFLOW_OK);
    ck_assert(stream.release == NULL);
    ck_assert_uint_eq(tflow_table_rows(back), 3);
    ck_assert_str_eq(tflow_table_attribute(back, "currency"), "USD");
    for (size_t c = 0; c < 6; c++) {
        ck_assert_str_eq(tflow_table_name(back, c), tflow_table_name(table, c));
        ck_assert_int_eq(tflow_table_type(back, c), tflow_table_type(table, c));
    }
    for (size_t row = 0; row < 3; row++) {
        ck_close(tflow_table_float64(back, 4)[row], tflow_table_float64(table, 4)[row],
                 0);
        ck_assert_int_eq(tflow_table_periods(back, 3)[row],
                         tflow_table_periods(table, 3)[row]);
        ck_assert_int_eq(tflow_table_bytes(back, 5)[row],
                         tflow_table_bytes(table, 5)[row]);
    }
    tflow_table_free(back);
    tflow_table_free(table);
}
END_TEST

START_TEST(files)
{
    static const char *const names[] = {
        "tests/data/arrow/text.arrow", "tests/data/arrow/coded.arrow",
        "tests/data/arrow/coded.arrows", "tests/data/arrow/types.arrows"};
    static const char *const partners[] = {"CHN", "RUS", "FRA"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *path = source_path(names[i]);
        tflow_table *table;
        tflow_error error = TFLOW_ERROR_INIT;
        tflow_status status = tflow_read_files(&path, 1, NULL, &table, &error);
        ck_assert_msg(status == TFLOW_OK, "%s: %s", names[i], error.message);
        ck_assert_uint_eq(tflow_table_rows(table), 3);
        size_t value, partner;
        ck_assert_int_eq(tflow_table_find(table, "value", &value), TFLOW_OK);
        ck_assert_int_eq(tflow_table_find(table, "partner", &partner), TFLOW_OK);
        ck_assert(tflow_table_float64(table, value)[0] == 1.5);
        ck_nan(tflow_table_float64(table, value)[1]);
        ck_assert(tflow_table_float64(table, value)[2] == 3);
        for (size_t row = 0; row < 3; row++)
            ck_assert_str_eq(tflow_table_label(table, partner,
                                               tflow_table_codes(table, partner)[row]),
                             partners[row]);
        tflow_table_free(table);
    }
}
END_TEST

/* ---- streams that are not what they should be ---- */

static int fails(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    (void)stream;
    (void)out;
    return EIO;
}

static const char *why(struct ArrowArrayStream *stream)
{
    (void)stream;
    return "the wire was cut";
}

static void refused(struct ArrowArrayStream *stream, tflow_status want,
                    const char *said)
{
    tflow_table *back;
    tflow_error error = TFLOW_ERROR_INIT;
    ck_assert_int_eq(tflow_table_import_arrow(stream, NULL, &back, &error), want);
    ck_assert_ptr_null(back);
    ck_assert_msg(strstr(error.message, said) != NULL, "said \"%s\"", error.message);
    ck_assert(stream->release == NULL);
}

START_TEST(stream_fails)
{
    tflow_table *table = read_rows(), *back;
    struct ArrowArrayStream stream;
    export_to(table, &stream);
    stream.get_next = fails;
    stream.get_last_error = why;
    refused(&stream, TFLOW_EIO, "the wire was cut");
    /* Released before. */
    ck_assert_int_eq(tflow_table_import_arrow(&stream, NULL, &back, NULL),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_table_import_arrow(NULL, NULL, &back, NULL), TFLOW_EINVAL);
    /* Taken over, even so. */
    export_to(table, &stream);
    ck_assert_int_eq(tflow_table_import_arrow(&stream, NULL, NULL, NULL), TFLOW_EINVAL);
    ck_assert(stream.release == NULL);
    tflow_table_free(table);
}
END_TEST

static struct ArrowArrayStream whole; /* what the stream below bends */
static int bend;

static int bent(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    (void)stream;
    int code = whole.get_next(&whole, out);
    if (code != 0 || out->release == NULL)
        return code;
    static const int32_t codes[] = {0, 7, 0};
    static int32_t offsets[] = {0, 3, -1, 9};
    switch (bend) {
    case 0:
        out->n_buffers = 0;
        break;
    case 1:
        out->length = 4;
        break;
    case 2:
        out->children[4]->length = 2;
        break;
    case 3:
        out->children[0]->buffers[1] = codes;
        break;
    case 4:
        out->children[1]->dictionary->buffers[1] = offsets;
        break;
    case 5:
        out->offset = INT64_MAX;
        break;
    case 6:
        out->children[4]->buffers[1] = NULL;
        break;
    case 7:
        out->children[4]->n_buffers = 1;
        break;
    default:
        out->length = -1;
    }
    return 0;
}

static int schema_of_whole(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    (void)stream;
    return whole.get_schema(&whole, out);
}

static void release_bent(struct ArrowArrayStream *stream)
{
    stream->release = NULL;
}

/* Each is refused before anything of it is read. */
START_TEST(bent_batches)
{
    for (bend = 0; bend < 9; bend++) {
        tflow_table *table = read_rows();
        struct ArrowArrayStream stream = {schema_of_whole, bent, why, release_bent,
                                          NULL};
        export_to(table, &whole);
        refused(&stream, TFLOW_EPARSE, "");
        whole.release(&whole);
        tflow_table_free(table);
    }
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, schema_and_batch);
    tcase_add_test(tests, nothing_taken);
    tcase_add_test(tests, round_trip);
    tcase_add_test(tests, files);
    tcase_add_test(tests, stream_fails);
    tcase_add_test(tests, bent_batches);
}

int main(void)
{
    return run_suite("arrow", add);
}
