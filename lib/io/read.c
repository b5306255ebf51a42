/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading files of flows, a piece at a time. */
#include "io/arrow.h"
#include "io/json_read.h"
#include "io/reader.h"

#include <string.h>

/* ---- rows ---- */

static tflow_status on_row(void *context, const tflow_i_row *row, tflow_error *error)
{
    tflow_reader *reader = context;
    tflow_i_records *r = &reader->records;
    if (r->bound)
        return tflow_i_records_take(r, row, error);

    tflow_status status =
        tflow_i_bind(reader->layout, r->opts->columns, row, &r->binding, error);
    if (status == TFLOW_I_NOT_YET)
        return TFLOW_OK;
    if (status != TFLOW_OK) {
        if (error != NULL)
            tflow_i_at(error, r->file, r->counted != NULL ? 0 : row->line, error->field,
                       NULL);
        return status;
    }
    if (r->json && strcmp(r->binding.layout->name, "comtrade") == 0)
        r->binding.layout = tflow_i_layout_find("comtrade-json");
    r->bound = 1;
    status = tflow_i_reader_facts(reader, error);
    if (status == TFLOW_OK)
        status = tflow_i_records_open(r, error);
    if (status == TFLOW_OK && reader->csv != NULL)
        tflow_i_csv_want(reader->csv, r->binding.wanted, r->binding.n_fields);
    return status;
}

/* ---- files ---- */

static tflow_status fail_file(const tflow_reader *reader, const char *what,
                              tflow_error *error)
{
    tflow_i_fail(error, TFLOW_EPARSE, "%s", what);
    tflow_i_at(error, reader->records.file, 1, 0, NULL);
    return TFLOW_EPARSE;
}

static int is_json(const char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (bytes[i] != ' ' && bytes[i] != '\n' && bytes[i] != '\r' && bytes[i] != '\t')
            return bytes[i] == '{' || bytes[i] == '[';
    return 0;
}

static tflow_status read_json(tflow_reader *reader, const char *bytes, size_t n,
                              tflow_error *error)
{
    tflow_i_text all = {0};
    tflow_status status = TFLOW_OK;
    reader->records.json = 1;
    reader->records.counted = "record";
    while (status == TFLOW_OK && n > 0) {
        tflow_i_text_add_n(&all, bytes, n);
        if (all.failed)
            status = tflow_i_nomem(error);
        else if (all.length > TFLOW_I_JSON_MAX) {
            status = tflow_i_fail(error, TFLOW_ELIMIT,
                                  "found more than %zu MiB of JSON, the most that is "
                                  "read: ask the source for CSV",
                                  TFLOW_I_JSON_MAX >> 20);
            tflow_i_at(error, reader->records.file, 0, 0, NULL);
        } else
            status = tflow_i_source_next(reader->source, &bytes, &n, error);
    }
    if (status == TFLOW_OK)
        status = tflow_i_json_rows(all.data, all.length, reader->records.file, on_row,
                                   reader, error);
    tflow_i_text_clear(&all);
    return status;
}

static tflow_status open_file(tflow_reader *reader, tflow_error *error)
{
    const char *path = reader->paths[reader->file];
    const char *encoding = reader->opts.encoding;
    tflow_status status =
        reader->in_memory
            ? tflow_i_source_memory(reader->memory, reader->memory_size, path, encoding,
                                    &reader->source, error)
            : tflow_i_source_file(path, encoding, &reader->source, error);
    if (status != TFLOW_OK)
        return status;
    tflow_i_source_limit(reader->source,
                         &(tflow_i_limits){.unpacked = reader->opts.max_unpacked,
                                           .ratio = reader->opts.max_ratio,
                                           .members = reader->opts.max_members,
                                           .layers = reader->opts.max_layers});
    tflow_i_text_add(&reader->sources, reader->file > 0 ? "\n" : "");
    tflow_i_text_add(&reader->sources, path);
    return TFLOW_OK;
}

static tflow_status note_left_out(tflow_reader *reader, tflow_error *error)
{
    const char *names = tflow_i_source_left_out(reader->source);
    tflow_i_text note = {0};
    if (names == NULL)
        return TFLOW_OK;
    tflow_i_text_format(&note,
                        "%s: members that do not end in .csv or .tsv were left "
                        "out: %s",
                        reader->paths[reader->file], names);
    tflow_status status =
        note.failed ? tflow_i_nomem(error)
                    : tflow_builder_note(reader->records.builder, note.data, error);
    tflow_i_text_clear(&note);
    return status;
}

/* On to the next file, unless this one is an archive that has another in it. */
static tflow_status next_file(tflow_reader *reader, tflow_error *error)
{
    int more = 0;
    reader->records.file = reader->paths[reader->file];
    tflow_status status = tflow_i_source_member(reader->source, &more, error);
    if (status != TFLOW_OK || more)
        return status;
    status = note_left_out(reader, error);
    reader->taken += tflow_i_source_taken(reader->source);
    tflow_i_source_free(reader->source);
    reader->source = NULL;
    reader->file++;
    return status;
}

tflow_status tflow_i_reader_end(tflow_reader *reader, tflow_error *error)
{
    tflow_i_records *r = &reader->records;
    tflow_status status =
        reader->csv == NULL ? TFLOW_OK : tflow_i_csv_end(reader->csv, error);
    if (status == TFLOW_OK && !r->bound)
        status = fail_file(reader, "found no header", error);
    if (status == TFLOW_OK && r->rows == 0 && r->skipped == 0 && r->left_out == 0)
        status = fail_file(reader, "found a header but no rows", error);
    if (status == TFLOW_OK && reader->reduction != NULL)
        status = tflow_i_reduction_rows(reader->reduction, r, error);
    reader->rows += r->rows;
    if (status == TFLOW_OK)
        status = tflow_i_records_end(r, error);
    tflow_i_batch_free(reader->batch);
    tflow_i_csv_free(reader->csv);
    reader->batch = NULL;
    reader->csv = NULL;
    reader->row_by_row = 0;
    return status;
}

static tflow_status close_file(tflow_reader *reader, tflow_error *error)
{
    tflow_status status = tflow_i_reader_end(reader, error);
    return status == TFLOW_OK ? next_file(reader, error) : status;
}

/* Up to and with the header by libcsv, line by line; what follows by batches, if the
 * layout can be read so. */
static tflow_status feed(tflow_reader *reader, const char *bytes, size_t n,
                         tflow_error *error)
{
    tflow_i_csv_sniff(reader->csv, bytes, n);
    while (n > 0 && !reader->row_by_row) {
        const char *end = memchr(bytes, '\n', n);
        size_t line = end == NULL ? n : (size_t)(end - bytes) + 1;
        tflow_status status = tflow_i_csv_feed(reader->csv, bytes, line, error);
        if (status != TFLOW_OK)
            return status;
        bytes += line;
        n -= line;
        if (!reader->records.bound || tflow_i_csv_within(reader->csv))
            continue;
        status = tflow_i_batch_open(reader, bytes, n, &reader->batch, error);
        if (status != TFLOW_OK || reader->batch != NULL)
            return status;
        reader->row_by_row = 1;
    }
    return tflow_i_csv_feed(reader->csv, bytes, n, error);
}

static tflow_status next_batch(tflow_reader *reader, tflow_error *error)
{
    tflow_i_batch_state state;
    tflow_status status = tflow_i_batch_step(reader->batch, &state, error);
    if (status != TFLOW_OK || state == TFLOW_I_BATCH_MORE)
        return status;
    status = tflow_i_batch_end(reader->batch, error);
    if (status != TFLOW_OK)
        return status;
    tflow_i_batch_free(reader->batch);
    reader->batch = NULL;
    reader->row_by_row = 1;
    return state == TFLOW_I_BATCH_DONE ? close_file(reader, error) : TFLOW_OK;
}

/* The first piece says what the file is. */
static tflow_status first_piece(tflow_reader *reader, tflow_error *error)
{
    const char *bytes;
    size_t n = 0;
    tflow_status status = reader->source == NULL ? open_file(reader, error) : TFLOW_OK;
    if (status == TFLOW_OK)
        status = tflow_i_source_next(reader->source, &bytes, &n, error);
    if (reader->source != NULL)
        reader->records.file = tflow_i_source_name(reader->source);
    if (status == TFLOW_OK)
        status =
            tflow_i_builder_file(reader->records.builder, reader->records.file, error);
    if (status == TFLOW_OK && n == 0)
        return fail_file(reader, "the file is empty, expected a header", error);
    if (status != TFLOW_OK)
        return status;
    if (is_json(bytes, n)) {
        status = read_json(reader, bytes, n, error);
        return status == TFLOW_OK ? close_file(reader, error) : status;
    }
    if (tflow_i_arrow_begins(bytes, n)) {
        status = tflow_i_arrow_ipc(reader, bytes, n, error);
        return status == TFLOW_OK ? close_file(reader, error) : status;
    }
    status = tflow_i_csv_new(reader->records.file, reader->opts.delimiter, on_row,
                             reader, &reader->csv, error);
    return status == TFLOW_OK ? feed(reader, bytes, n, error) : status;
}

static tflow_status next_piece(tflow_reader *reader, tflow_error *error)
{
    const char *bytes;
    size_t n;
    if (reader->batch != NULL)
        return next_batch(reader, error);
    tflow_status status = tflow_i_source_next(reader->source, &bytes, &n, error);
    if (status != TFLOW_OK) {
        if (error != NULL && error->line == 0 && status == TFLOW_EPARSE)
            error->line = tflow_i_csv_line(reader->csv);
        return status;
    }
    if (n == 0)
        return close_file(reader, error);
    status = feed(reader, bytes, n, error);
    /* Where the numbers of a row are spread over the file, its rows must stay. */
    int stays = reader->records.bound &&
                (reader->records.binding.layout->flags & TFLOW_I_PIVOT) != 0;
    if (status == TFLOW_OK && reader->reduction != NULL && !stays)
        status = tflow_i_reduction_rows(reader->reduction, &reader->records, error);
    return status;
}

tflow_status tflow_i_reader_new(const char *const *paths, size_t n,
                                const tflow_read_opts *opts, tflow_reader **out,
                                tflow_error *error)
{
    static const tflow_read_opts defaults = TFLOW_READ_OPTS_INIT;
    if (opts == NULL)
        opts = &defaults;
    if (opts->size < sizeof defaults) {
        tflow_i_fail(error, TFLOW_EINVAL,
                     "read options of an unknown size: start from "
                     "TFLOW_READ_OPTS_INIT");
        return TFLOW_EINVAL;
    }
    tflow_reader *reader = tflow_i_calloc(1, sizeof *reader);
    if (reader == NULL) {
        tflow_i_nomem(error);
        return TFLOW_ENOMEM;
    }
    memcpy(&reader->opts, opts, sizeof defaults);
    reader->paths = paths;
    reader->n_paths = n;
    tflow_status status = tflow_i_reader_check(reader, error);
    if (status == TFLOW_OK)
        status = tflow_i_records_new(&reader->records, &reader->opts, error);
    if (status == TFLOW_OK && reader->opts.products != TFLOW_PRODUCTS_KEPT) {
        reader->reduction = tflow_i_calloc(1, sizeof *reader->reduction);
        if (reader->reduction == NULL)
            status = tflow_i_nomem(error);
        else
            tflow_i_reduction_open(reader->reduction,
                                   reader->opts.products == TFLOW_PRODUCTS_ADDED_ONCE);
    }
    if (status == TFLOW_OK && reader->opts.area_codes != NULL)
        status = tflow_i_area_codes_read(reader->opts.area_codes, &reader->area_codes,
                                         error);
    if (status != TFLOW_OK) {
        tflow_reader_free(reader);
        return status;
    }
    reader->records.area_codes = reader->area_codes;
    *out = reader;
    return TFLOW_OK;
}

tflow_status tflow_reader_new(const char *const *paths, size_t n,
                              const tflow_read_opts *opts, tflow_reader **out,
                              tflow_error *error)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NULL;
    if (paths == NULL || n == 0) {
        tflow_i_fail(error, TFLOW_EINVAL, "no file named");
        return TFLOW_EINVAL;
    }
    tflow_status status = tflow_i_reader_new(paths, n, opts, out, error);
    for (size_t i = 0; i < n && status == TFLOW_OK; i++) {
        uint64_t size = tflow_i_source_size_of(paths[i]);
        if (size == 0) {
            (*out)->size = 0;
            break;
        }
        (*out)->size += size;
    }
    return status;
}

void tflow_reader_free(tflow_reader *reader)
{
    if (reader == NULL)
        return;
    tflow_i_batch_free(reader->batch);
    if (reader->reduction != NULL)
        tflow_i_reduction_close(reader->reduction);
    tflow_i_free(reader->reduction);
    tflow_i_csv_free(reader->csv);
    tflow_i_source_free(reader->source);
    tflow_i_records_free(&reader->records);
    tflow_i_area_codes_free(reader->area_codes);
    tflow_i_text_clear(&reader->layouts);
    tflow_i_text_clear(&reader->sources);
    tflow_i_free(reader);
}

uint64_t tflow_reader_bytes(const tflow_reader *reader)
{
    if (reader == NULL)
        return 0;
    return reader->taken +
           (reader->source == NULL ? 0 : tflow_i_source_taken(reader->source));
}

uint64_t tflow_reader_rows(const tflow_reader *reader)
{
    return reader == NULL ? 0 : reader->rows + reader->records.rows;
}

uint64_t tflow_reader_size(const tflow_reader *reader)
{
    return reader == NULL ? 0 : reader->size;
}

tflow_status tflow_reader_step(tflow_reader *reader, int *done, tflow_error *error)
{
    if (reader == NULL || done == NULL)
        return TFLOW_EINVAL;
    *done = 0;
    if (reader->failure != TFLOW_OK)
        return tflow_i_fail(error, TFLOW_EINVAL, "reading failed before");
    if (reader->file == reader->n_paths) {
        *done = 1;
        return TFLOW_OK;
    }
    tflow_status status =
        reader->csv == NULL ? first_piece(reader, error) : next_piece(reader, error);
    reader->failure = status;
    *done = status == TFLOW_OK && reader->file == reader->n_paths;
    return status;
}

tflow_status tflow_reader_finish(tflow_reader *reader, tflow_table **out,
                                 tflow_error *error)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NULL;
    if (reader == NULL || reader->failure != TFLOW_OK ||
        reader->file != reader->n_paths)
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "no reader, or one that has not read all its files");
    tflow_status status = tflow_i_reader_close(reader, out, error);
    reader->failure = TFLOW_EINVAL; /* nothing more comes of it */
    return status;
}

static tflow_status read_all(tflow_reader *reader, tflow_table **out,
                             tflow_error *error)
{
    int done = 0;
    tflow_status status = TFLOW_OK;
    while (status == TFLOW_OK && !done)
        status = tflow_reader_step(reader, &done, error);
    if (status == TFLOW_OK)
        status = tflow_reader_finish(reader, out, error);
    tflow_reader_free(reader);
    return status;
}

tflow_status tflow_read_files(const char *const *paths, size_t n,
                              const tflow_read_opts *opts, tflow_table **out,
                              tflow_error *error)
{
    tflow_reader *reader;
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NULL;
    tflow_status status = tflow_reader_new(paths, n, opts, &reader, error);
    return status == TFLOW_OK ? read_all(reader, out, error) : status;
}

tflow_status tflow_read_memory(const char *bytes, size_t size, const char *name,
                               const tflow_read_opts *opts, tflow_table **out,
                               tflow_error *error)
{
    tflow_reader *reader;
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NULL;
    if (bytes == NULL || name == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "no bytes or no name");
    tflow_status status = tflow_i_reader_new(&name, 1, opts, &reader, error);
    if (status != TFLOW_OK)
        return status;
    reader->in_memory = 1;
    reader->memory = bytes;
    reader->memory_size = size;
    return read_all(reader, out, error);
}
