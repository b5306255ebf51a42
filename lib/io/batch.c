/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/threads.h"
#include "io/batch_inside.h"

#include <string.h>

/* ---- opening and closing ---- */

void tflow_i_batch_free(tflow_i_batch *b)
{
    if (b == NULL)
        return;
    for (size_t t = 0; t < b->n_threads && b->extractors != NULL; t++)
        tflow_i_extractor_close(&b->extractors[t]);
    for (size_t t = 0; t < b->n_threads && b->reducers != NULL; t++)
        tflow_i_reducer_close(&b->reducers[t]);
    for (size_t t = 0; t < b->n_threads && b->codes != NULL; t++)
        for (int k = 0; k < TFLOW_I_KEYS; k++)
            tflow_i_free(b->codes[t][k].of);
    for (size_t s = 0; s < b->segments_capacity; s++)
        tflow_i_segment_free(&b->segments[s]);
    tflow_i_free(b->extractors);
    tflow_i_free(b->codes);
    tflow_i_free(b->classes);
    tflow_i_free(b->reducers);
    tflow_i_free(b->first_lines);
    tflow_i_free(b->bytes);
    tflow_i_free(b->segments);
    tflow_i_free(b->first_rows);
    pthread_mutex_destroy(&b->lock);
    tflow_i_free(b);
}

static int open_threads(tflow_i_batch *b)
{
    char delimiter = tflow_i_csv_delimiter(b->reader->csv);
    b->extractors = tflow_i_calloc(b->n_threads, sizeof *b->extractors);
    b->codes = tflow_i_calloc(b->n_threads, sizeof *b->codes);
    b->classes = tflow_i_calloc(b->n_threads, sizeof *b->classes);
    int reduces = b->reader->reduction != NULL;
    if (reduces)
        b->reducers = tflow_i_calloc(b->n_threads, sizeof *b->reducers);
    int ok = b->extractors != NULL && b->codes != NULL && b->classes != NULL &&
             (!reduces || b->reducers != NULL);
    for (size_t t = 0; t < b->n_threads && ok; t++) {
        ok = tflow_i_extractor_open(&b->extractors[t], &b->reader->records, delimiter);
        b->extractors[t].sums_only = reduces;
        if (ok && reduces)
            tflow_i_reducer_open(&b->reducers[t], &b->extractors[t],
                                 b->reader->reduction->tally.watching);
    }
    return ok;
}

tflow_status tflow_i_batch_open(tflow_reader *reader, const char *bytes, size_t n,
                                tflow_i_batch **out, tflow_error *error)
{
    *out = NULL;
    /* A bad row that is set aside must leave no text behind, which threads that have
     * noted its texts could not take back. */
    if (reader->opts.row_by_row || reader->opts.skip_bad_rows ||
        !tflow_i_extracts(&reader->records.binding))
        return TFLOW_OK;
    tflow_i_batch *b = tflow_i_calloc(1, sizeof *b);
    if (b == NULL)
        return tflow_i_nomem(error);
    if (pthread_mutex_init(&b->lock, NULL) != 0) {
        tflow_i_free(b);
        return tflow_i_nomem(error);
    }
    b->reader = reader;
    b->n_threads = tflow_i_processors();
    if (reader->opts.threads > 0)
        b->n_threads = reader->opts.threads < TFLOW_I_MOST_THREADS
                           ? (size_t)reader->opts.threads
                           : TFLOW_I_MOST_THREADS;
    b->line = tflow_i_csv_line(reader->csv);
    size_t size = b->n_threads * TFLOW_I_SEGMENTS_A_THREAD * TFLOW_I_SEGMENT;
    size = (size > n ? size : n) + 2 * TFLOW_I_CHUNK;
    if (!open_threads(b) ||
        !tflow_i_reserve(&b->bytes, &b->capacity, size + TFLOW_I_PADDING, 1)) {
        tflow_i_batch_free(b);
        return tflow_i_nomem(error);
    }
    if (n > 0)
        memcpy(b->bytes, bytes, n);
    b->n = n;
    *out = b;
    return TFLOW_OK;
}

/* ---- threads ---- */

static size_t take_next(tflow_i_batch *b)
{
    pthread_mutex_lock(&b->lock);
    size_t next = b->next < b->n_segments ? b->next++ : SIZE_MAX;
    pthread_mutex_unlock(&b->lock);
    return next;
}

static void in_parallel(tflow_i_batch *b, tflow_i_work *work)
{
    b->next = 0;
    tflow_i_parallel(b->n_threads < b->n_segments ? b->n_threads : b->n_segments, work,
                     b);
}

static void read_segments(void *context, size_t thread)
{
    tflow_i_batch *b = context;
    for (size_t s = take_next(b); s != SIZE_MAX; s = take_next(b)) {
        b->segments[s].thread = thread;
        tflow_i_segment_read(&b->segments[s], &b->extractors[thread],
                             b->reducers == NULL ? NULL : &b->reducers[thread],
                             b->n_first_lines + s, b->bytes);
    }
}

/* ---- codes ---- */

/* Give the texts that a segment was the first to bring their codes in the table. */
static tflow_status take_texts(tflow_i_batch *b, const tflow_i_segment *s,
                               tflow_error *error)
{
    tflow_i_records *r = &b->reader->records;
    const tflow_i_extractor *x = &b->extractors[s->thread];

    for (int k = 0; k < TFLOW_I_KEYS; k++) {
        tflow_i_codes *c = &b->codes[s->thread][k];
        while (c->n < (size_t)s->texts[k]) {
            const char *text = tflow_i_dict_text(x->texts[k], (int32_t)c->n);
            int32_t code =
                tflow_i_builder_intern(r->builder, r->column[k], text, strlen(text));
            if (code < 0 ||
                !tflow_i_reserve(&c->of, &c->capacity, c->n + 1, sizeof *c->of))
                return tflow_i_nomem(error);
            c->of[c->n++] = code;
        }
    }
    for (int32_t *n = &b->classes[s->thread]; *n < s->classes; (*n)++) {
        const char *text = tflow_i_dict_text(x->classes, *n);
        if (tflow_i_dict_add(r->classifications, text, strlen(text)) < 0)
            return tflow_i_nomem(error);
    }
    return TFLOW_OK;
}

/* ---- rows of the table ---- */

static const tflow_i_role number_roles[3] = {TFLOW_I_VALUE, TFLOW_I_QUANTITY,
                                             TFLOW_I_NET_WEIGHT};
static const tflow_i_role status_roles[3] = {TFLOW_I_STATUS, TFLOW_I_QUANTITY_STATUS,
                                             TFLOW_I_WEIGHT_STATUS};

/* Rows from..to of a segment become rows of the table from `row` on. */
static void copy_rows(const tflow_i_batch *b, const tflow_i_segment *s, size_t from,
                      size_t to, size_t row)
{
    const tflow_i_records *r = &b->reader->records;
    const tflow_table *table = tflow_i_builder_table(r->builder);
    uint64_t filled = 0; /* columns */
    size_t n = to - from;

#define COLUMN(role) (table->columns[r->column[role]].data)
    for (int k = 0; k < TFLOW_I_KEYS; k++) {
        if (s->keys[k] == NULL || r->column[k] == TFLOW_I_NO_FIELD)
            continue;
        int32_t *out = (int32_t *)COLUMN(k) + row;
        const int32_t *of = b->codes[s->thread][k].of, *in = s->keys[k] + from;
        for (size_t i = 0; i < n; i++)
            out[i] = in[i] < 0 ? -1 : of[in[i]];
        filled |= UINT64_C(1) << r->column[k];
    }
    memcpy((tflow_period *)COLUMN(TFLOW_I_PERIOD) + row, s->periods + from,
           n * sizeof *s->periods);
    filled |= UINT64_C(1) << r->column[TFLOW_I_PERIOD];
    for (int i = 0; i < 3; i++) {
        size_t number = r->column[number_roles[i]], status = r->column[status_roles[i]];
        if (s->numbers[i] == NULL || number == TFLOW_I_NO_FIELD)
            continue;
        memcpy((double *)COLUMN(number_roles[i]) + row, s->numbers[i] + from,
               n * sizeof(double));
        filled |= UINT64_C(1) << number;
        if (status == TFLOW_I_NO_FIELD)
            continue;
        uint8_t *out = (uint8_t *)COLUMN(status_roles[i]) + row;
        const double *x = s->numbers[i] + from;
        for (size_t k = 0; k < n; k++) /* a missing value has one, other numbers none */
            out[k] = i > 0 && x[k] != x[k] ? 0 : (uint8_t)s->statuses[i][from + k];
        filled |= UINT64_C(1) << status;
    }
#undef COLUMN
    for (size_t i = 0; i < n; i++)
        table->places[row + i] =
            (uint64_t)table->n_files << 48 | (s->first_line + s->lines_of[from + i]);
    for (size_t c = 0; c < table->n_columns; c++)
        if ((filled >> c & 1) == 0)
            tflow_i_builder_blank(r->builder, c, row, n);
}

static void copy_segments(void *context, size_t thread)
{
    tflow_i_batch *b = context;
    (void)thread;
    for (size_t i = take_next(b); i != SIZE_MAX; i = take_next(b)) {
        const tflow_i_segment *s = &b->segments[i];
        if (s->taken == TFLOW_I_TAKEN && s->n_left == 0)
            copy_rows(b, s, 0, s->rows, b->first_rows[i]);
    }
}

/* What libcsv and the record files make of bytes that begin and end with a row. */
static tflow_status by_reference(tflow_i_batch *b, const char *bytes, size_t n,
                                 uint64_t line, tflow_error *error)
{
    tflow_i_csv *csv = b->reader->csv;
    tflow_i_csv_at(csv, line);
    tflow_status status = tflow_i_csv_feed(csv, bytes, n, error);
    if (status == TFLOW_OK && tflow_i_csv_within(csv))
        return tflow_i_fail(error, TFLOW_EINTERNAL,
                            "a piece of the file was cut within a row");
    return status;
}

/* Room in the table for rows from..to of a segment, which starts at row *row. */
static tflow_status make_room(tflow_i_batch *b, size_t n, size_t *row,
                              tflow_error *error)
{
    tflow_builder *builder = b->reader->records.builder;
    *row = tflow_table_rows(tflow_i_builder_table(builder));
    return tflow_i_builder_block(builder, n, error);
}

/* A segment with rows that were left: one after the other. */
static tflow_status add_mixed(tflow_i_batch *b, const tflow_i_segment *s,
                              tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    size_t done = 0, row;

    for (size_t i = 0; i <= s->n_left && status == TFLOW_OK; i++) {
        size_t to = i < s->n_left ? s->left[i].before : s->rows;
        status = make_room(b, to - done, &row, error);
        if (status != TFLOW_OK)
            break;
        copy_rows(b, s, done, to, row);
        done = to;
        if (i < s->n_left)
            status = by_reference(b, b->bytes + s->left[i].at, s->left[i].n,
                                  s->first_line + s->left[i].line, error);
    }
    return status;
}

/* A segment whose rows were added up: those that were left come after. */
static tflow_status add_left(tflow_i_batch *b, const tflow_i_segment *s,
                             tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    for (size_t i = 0; i < s->n_left && status == TFLOW_OK; i++)
        status = by_reference(b, b->bytes + s->left[i].at, s->left[i].n,
                              s->first_line + s->left[i].line, error);
    if (status == TFLOW_OK && s->tallied != TFLOW_I_TALLIED) {
        status = tflow_i_fail(error, TFLOW_EUNSUPPORTED,
                              "a value or sum of 2e28 or more, which is not added up");
        tflow_i_at(error, b->reader->records.file, s->first_line + s->line, 0, NULL);
    }
    return status;
}

static tflow_status add_segment_rows(tflow_i_batch *b, size_t i, tflow_error *error)
{
    tflow_i_segment *s = &b->segments[i];
    tflow_i_records *r = &b->reader->records;

    s->first_line = b->line;
    if (b->reducers != NULL) {
        if (!tflow_i_reserve(&b->first_lines, &b->first_lines_capacity,
                             b->n_first_lines + 1, sizeof *b->first_lines))
            return tflow_i_nomem(error);
        b->first_lines[b->n_first_lines++] = b->line;
    }
    if (s->failed)
        return tflow_i_nomem(error);
    if (s->taken == TFLOW_I_REFUSED) {
        tflow_status status = by_reference(b, b->bytes + s->at, s->n, b->line, error);
        b->line = tflow_i_csv_line(b->reader->csv);
        return status;
    }
    b->line += s->lines;
    r->rows += s->rows;
    r->services += s->services;
    r->goods += s->rows - s->services;
    tflow_status status = take_texts(b, s, error);
    if (status != TFLOW_OK)
        return status;
    if (b->reducers != NULL)
        return add_left(b, s, error);
    return s->n_left == 0 ? make_room(b, s->rows, &b->first_rows[i], error)
                          : add_mixed(b, s, error);
}

/* The segments in their order; those that are whole are copied by all threads. */
static tflow_status add_segments(tflow_i_batch *b, tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    for (size_t i = 0; i < b->n_segments && status == TFLOW_OK; i++)
        status = add_segment_rows(b, i, error);
    if (status == TFLOW_OK && b->reducers == NULL)
        in_parallel(b, copy_segments);
    else if (status == TFLOW_OK)
        status =
            tflow_i_reduction_rows(b->reader->reduction, &b->reader->records, error);
    return status;
}

/* A row without an end: libcsv says what is wrong, or goes on alone. */
static tflow_status give_up(tflow_i_batch *b, tflow_error *error)
{
    size_t n = b->n - b->whole - (size_t)b->feed_added;
    tflow_i_csv_at(b->reader->csv, b->line);
    return tflow_i_csv_feed(b->reader->csv, b->bytes + b->whole, n, error);
}

tflow_status tflow_i_batch_step(tflow_i_batch *b, tflow_i_batch_state *state,
                                tflow_error *error)
{
    tflow_status failure = tflow_i_batch_bytes(b, error);
    tflow_status status = TFLOW_OK;
    tflow_error later = TFLOW_ERROR_INIT;

    /* What came before the failure is read first: an error there is the first one. */
    if (failure != TFLOW_OK && error != NULL)
        later = *error;
    if (failure == TFLOW_OK || tflow_i_batch_cut(b, error) == TFLOW_OK) {
        in_parallel(b, read_segments);
        status = add_segments(b, error);
    }
    if (status != TFLOW_OK)
        return status;
    if (failure != TFLOW_OK) {
        if (error != NULL) {
            *error = later;
            if (error->line == 0 && failure == TFLOW_EPARSE)
                error->line = b->line;
        }
        return failure;
    }
    *state = TFLOW_I_BATCH_MORE;
    if (b->n > b->whole && (b->at_end || b->whole == 0)) {
        *state = b->at_end ? TFLOW_I_BATCH_DONE : TFLOW_I_BATCH_GIVEN_UP;
        return give_up(b, error);
    }
    if (b->at_end)
        *state = TFLOW_I_BATCH_DONE;
    return TFLOW_OK;
}

tflow_status tflow_i_batch_end(tflow_i_batch *b, tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    for (size_t t = 0; t < b->n_threads && b->reducers != NULL && status == TFLOW_OK;
         t++) {
        int32_t *of[TFLOW_I_KEYS];
        for (int k = 0; k < TFLOW_I_KEYS; k++)
            of[k] = b->codes[t][k].of;
        status = tflow_i_reduction_take(b->reader->reduction, &b->reducers[t],
                                        &b->reader->records, of, b->first_lines, error);
        tflow_i_reducer_close(&b->reducers[t]);
    }
    return status;
}
