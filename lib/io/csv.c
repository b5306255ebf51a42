/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/csv.h"
#include "io/source.h"

#include <csv.h>
#include <string.h>

/* libcsv says nothing of lines and grows its field without end, so it is fed piece by
 * piece: a piece ends with a line, or after this many bytes. */
#define PIECE ((size_t)64 * 1024)

struct tflow_i_csv {
    struct csv_parser parser;
    int parser_live;
    char *file;
    char delimiter;
    tflow_i_row_fn *row;
    void *context;
    const unsigned char *wanted;
    size_t n_wanted;

    char *bytes; /* the texts of the row's fields, each with its NUL */
    size_t bytes_n, bytes_capacity;
    size_t *starts; /* where each begins */
    size_t *lengths;
    tflow_i_field *fields;
    size_t n, starts_capacity, lengths_capacity, fields_capacity;

    uint64_t line;       /* being read */
    uint64_t row_line;   /* where the row began */
    uint64_t quote_line; /* where the open quoted field began */
    int in_row, in_quotes, saw_field, saw_row, ended_line;
    int after_cr; /* a line feed would belong to the line before */

    tflow_status failure; /* of a callback */
    tflow_error *error;
};

static tflow_status fail_at(const tflow_i_csv *csv, tflow_error *error,
                            tflow_status status, uint64_t line)
{
    tflow_i_at(error, csv->file, line, (uint32_t)(csv->n + 1), NULL);
    return status;
}

/* libcsv calls this at the end of each field. */
static void end_field(void *text, size_t n, void *context)
{
    tflow_i_csv *csv = context;
    const char *s = text;
    for (; n > 0 && (*s == ' ' || *s == '\t'); n--)
        s++;
    while (n > 0 && (s[n - 1] == ' ' || s[n - 1] == '\t'))
        n--;
    int keep =
        csv->wanted == NULL || (csv->n < csv->n_wanted && csv->wanted[csv->n] != 0);
    size_t kept = keep ? n : 0;

    csv->saw_field = 1;
    if (csv->failure != TFLOW_OK)
        return;
    if (csv->n >= TFLOW_I_FIELDS_MAX || csv->bytes_n + kept + 1 > TFLOW_I_ROW_MAX) {
        csv->failure = tflow_i_fail(csv->error, TFLOW_ELIMIT,
                                    "found a row of more than %zu fields or %zu bytes",
                                    TFLOW_I_FIELDS_MAX, TFLOW_I_ROW_MAX);
        fail_at(csv, csv->error, csv->failure, csv->row_line);
        return;
    }
    if (!tflow_i_reserve(&csv->bytes, &csv->bytes_capacity, csv->bytes_n + kept + 1,
                         1) ||
        !tflow_i_reserve(&csv->starts, &csv->starts_capacity, csv->n + 1,
                         sizeof *csv->starts) ||
        !tflow_i_reserve(&csv->lengths, &csv->lengths_capacity, csv->n + 1,
                         sizeof *csv->lengths)) {
        csv->failure = tflow_i_nomem(csv->error);
        return;
    }
    if (kept > 0)
        memcpy(csv->bytes + csv->bytes_n, s, kept);
    csv->bytes[csv->bytes_n + kept] = '\0';
    csv->starts[csv->n] = csv->bytes_n;
    csv->lengths[csv->n++] = n;
    csv->bytes_n += kept + 1;
}

/* libcsv calls this at the end of each row. */
static void end_row(int terminator, void *context)
{
    tflow_i_csv *csv = context;

    (void)terminator;
    csv->saw_row = 1;
    if (csv->failure == TFLOW_OK &&
        !tflow_i_reserve(&csv->fields, &csv->fields_capacity, csv->n,
                         sizeof *csv->fields))
        csv->failure = tflow_i_nomem(csv->error);
    if (csv->failure == TFLOW_OK) {
        for (size_t i = 0; i < csv->n; i++) {
            csv->fields[i].text = csv->bytes + csv->starts[i];
            csv->fields[i].n = csv->lengths[i];
        }
        tflow_i_row row = {csv->row_line, csv->n, csv->fields};
        csv->failure = csv->row(csv->context, &row, csv->error);
    }
    csv->n = 0;
    csv->bytes_n = 0;
    csv->in_row = 0;
}

tflow_status tflow_i_csv_new(const char *file, char delimiter, tflow_i_row_fn *row,
                             void *context, tflow_i_csv **out, tflow_error *error)
{
    *out = NULL;
    tflow_i_csv *csv = tflow_i_calloc(1, sizeof *csv);
    if (csv == NULL)
        return tflow_i_nomem(error);
    csv->file = tflow_i_strdup(file);
    if (csv->file == NULL ||
        csv_init(&csv->parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
        tflow_i_csv_free(csv);
        return tflow_i_nomem(error);
    }
    csv->parser_live = 1;
    csv_set_blk_size(&csv->parser, 4096);
    csv->delimiter = delimiter;
    if (delimiter != 0)
        csv_set_delim(&csv->parser, (unsigned char)delimiter);
    csv->row = row;
    csv->context = context;
    csv->line = 1;
    *out = csv;
    return TFLOW_OK;
}

void tflow_i_csv_free(tflow_i_csv *csv)
{
    if (csv == NULL)
        return;
    if (csv->parser_live)
        csv_free(&csv->parser);
    tflow_i_free(csv->file);
    tflow_i_free(csv->bytes);
    tflow_i_free(csv->starts);
    tflow_i_free(csv->lengths);
    tflow_i_free(csv->fields);
    tflow_i_free(csv);
}

void tflow_i_csv_want(tflow_i_csv *csv, const unsigned char *wanted, size_t n)
{
    csv->wanted = wanted;
    csv->n_wanted = n;
}

uint64_t tflow_i_csv_line(const tflow_i_csv *csv)
{
    return csv->line;
}

char tflow_i_csv_delimiter(const tflow_i_csv *csv)
{
    return csv->delimiter;
}

/* The most frequent delimiter in the first line that is not blank, outside quotes. */
static char find_delimiter(const char *s, size_t n)
{
    static const char candidates[] = ",;\t";
    size_t count[3] = {0, 0, 0};
    int quoted = 0, any = 0;

    for (size_t i = 0; i < n; i++) {
        const char *hit = s[i] == '\0' ? NULL : strchr(candidates, s[i]);
        if (s[i] == '"')
            quoted = !quoted;
        else if (!quoted && hit != NULL)
            count[hit - candidates]++;
        if (!quoted && any && (s[i] == '\n' || s[i] == '\r'))
            break;
        any = any || (s[i] != '\n' && s[i] != '\r');
    }
    size_t best = count[1] > count[0] ? 1 : 0;
    return candidates[count[2] > count[best] ? 2 : best];
}

void tflow_i_csv_sniff(tflow_i_csv *csv, const char *bytes, size_t n)
{
    if (csv->delimiter != 0 || n == 0)
        return;
    csv->delimiter = find_delimiter(bytes, n);
    csv_set_delim(&csv->parser, (unsigned char)csv->delimiter);
}

void tflow_i_csv_at(tflow_i_csv *csv, uint64_t line)
{
    csv->line = line;
    csv->after_cr = 0;
}

int tflow_i_csv_within(const tflow_i_csv *csv)
{
    return csv->in_row;
}

/* The length of the piece at s: up to and with the end of its line, if that is near. A
 * carriage return alone ends a line too. */
static size_t cut(const char *s, size_t n, int *ends_line)
{
    size_t most = n < PIECE ? n : PIECE;
    const char *feed = memchr(s, '\n', most);
    size_t length = feed == NULL ? most : (size_t)(feed - s) + 1;
    const char *cr = memchr(s, '\r', length);

    *ends_line = feed != NULL || cr != NULL;
    if (cr == NULL || cr + 1 == feed)
        return length;
    return (size_t)(cr - s) + 1;
}

static int blank(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (s[i] != ' ' && s[i] != '\t' && s[i] != '\r' && s[i] != '\n')
            return 0;
    return 1;
}

static tflow_status quote_failure(const tflow_i_csv *csv, tflow_error *error)
{
    if (csv->in_quotes)
        tflow_i_fail(error, TFLOW_EPARSE,
                     "found text after a closing quote; the quoted field begins on "
                     "line %llu: is a quote missing?",
                     (unsigned long long)csv->quote_line);
    else
        tflow_i_fail(error, TFLOW_EPARSE,
                     "found a quote inside a field, expected the whole field in quotes "
                     "and each quote in it doubled");
    return fail_at(csv, error, TFLOW_EPARSE, csv->line);
}

static tflow_status parse_piece(tflow_i_csv *csv, const char *s, size_t n,
                                int ends_line, tflow_error *error)
{
    const char *nul = memchr(s, '\0', n);
    if (nul != NULL) {
        tflow_i_fail(error, TFLOW_EPARSE,
                     "found a NUL byte, expected text: is the file binary or UTF-16?");
        return fail_at(csv, error, TFLOW_EPARSE, csv->line);
    }
    int is_blank = blank(s, n);
    if (!csv->in_row && !is_blank) {
        csv->in_row = 1;
        csv->row_line = csv->line;
    }
    csv->saw_field = csv->saw_row = 0;
    csv->error = error;
    size_t parsed = csv_parse(&csv->parser, s, n, end_field, end_row, csv);
    if (csv->failure != TFLOW_OK)
        return csv->failure;
    if (parsed < n) {
        if (csv_error(&csv->parser) == CSV_EPARSE)
            return quote_failure(csv, error);
        return tflow_i_nomem(error);
    }
    if (csv_get_buffer_size(&csv->parser) > TFLOW_I_FIELD_MAX) {
        tflow_i_fail(error, TFLOW_ELIMIT,
                     "found a field of more than %zu bytes: is a closing quote or the "
                     "end of a line missing?",
                     TFLOW_I_FIELD_MAX);
        return fail_at(csv, error, TFLOW_ELIMIT,
                       csv->in_quotes ? csv->quote_line : csv->row_line);
    }
    if (csv->saw_row)
        csv->in_quotes = 0;
    else if (ends_line && csv->in_row && !(is_blank && !csv->in_quotes)) {
        /* A line ended and the row did not: a quoted field goes on. */
        if (!csv->in_quotes || csv->saw_field)
            csv->quote_line = csv->line;
        csv->in_quotes = 1;
    }
    csv->ended_line = ends_line;
    csv->line += (uint64_t)ends_line;
    return TFLOW_OK;
}

tflow_status tflow_i_csv_feed(tflow_i_csv *csv, const char *bytes, size_t n,
                              tflow_error *error)
{
    if (csv == NULL)
        return TFLOW_EINVAL;
    if (csv->failure != TFLOW_OK)
        return csv->failure;
    tflow_i_csv_sniff(csv, bytes, n);
    while (n > 0) {
        int ends_line;
        size_t length = cut(bytes, n, &ends_line);
        if (csv->after_cr && bytes[0] == '\n')
            ends_line = 0;
        tflow_status status = parse_piece(csv, bytes, length, ends_line, error);
        if (status != TFLOW_OK) {
            csv->failure = status;
            return status;
        }
        csv->after_cr = bytes[length - 1] == '\r';
        bytes += length;
        n -= length;
    }
    return TFLOW_OK;
}

tflow_status tflow_i_csv_end(tflow_i_csv *csv, tflow_error *error)
{
    if (csv == NULL)
        return TFLOW_EINVAL;
    if (csv->failure != TFLOW_OK)
        return csv->failure;
    csv->error = error;
    if (csv_fini(&csv->parser, end_field, end_row, csv) != 0) {
        int earlier = csv->in_quotes && (csv->ended_line || !csv->saw_field);
        uint64_t line = earlier ? csv->quote_line : csv->line;
        if (csv_error(&csv->parser) != CSV_EPARSE)
            return tflow_i_nomem(error);
        tflow_i_fail(error, TFLOW_EPARSE,
                     "found the end of the file inside a quoted field, expected its "
                     "closing quote");
        return fail_at(csv, error, TFLOW_EPARSE, line);
    }
    return csv->failure;
}

/* A table of codes or rates is one file, not an archive of several. */
static tflow_status only_member(tflow_i_source *source, tflow_error *error)
{
    int more = 0;
    tflow_status status = tflow_i_source_member(source, &more, error);
    if (status != TFLOW_OK || !more)
        return status;
    tflow_i_fail(error, TFLOW_EIO,
                 "found a further member, expected one: name it, as in "
                 "archive.zip:member");
    tflow_i_at(error, tflow_i_source_name(source), 0, 0, NULL);
    return TFLOW_EIO;
}

tflow_status tflow_i_csv_read(const char *path, tflow_i_row_fn *row, void *context,
                              tflow_error *error)
{
    tflow_i_source *source;
    tflow_i_csv *csv = NULL;
    tflow_status status = tflow_i_source_file(path, NULL, &source, error);
    if (status == TFLOW_OK)
        status = tflow_i_csv_new(path, 0, row, context, &csv, error);
    while (status == TFLOW_OK) {
        const char *bytes;
        size_t n;
        status = tflow_i_source_next(source, &bytes, &n, error);
        if (status != TFLOW_OK || n == 0)
            break;
        status = tflow_i_csv_feed(csv, bytes, n, error);
    }
    if (status == TFLOW_OK)
        status = tflow_i_csv_end(csv, error);
    if (status == TFLOW_OK)
        status = only_member(source, error);
    tflow_i_csv_free(csv);
    tflow_i_source_free(source);
    return status;
}
