/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/json_read.h"
#include "io/json.h"

#include <string.h>

#define FIELDS_MAX 256

typedef struct record {
    const char *file;
    const char *names[FIELDS_MAX]; /* as the document writes them */
    size_t n;
    tflow_i_field fields[FIELDS_MAX];
    tflow_i_text bytes; /* the texts of the fields, each with its NUL */
    size_t starts[FIELDS_MAX];
    unsigned char given[FIELDS_MAX]; /* does this record have the name? */
} record;

static tflow_status fail(const record *r, tflow_error *error, size_t number,
                         const char *what)
{
    if (number == 0)
        tflow_i_fail(error, TFLOW_EPARSE, "%s", what);
    else
        tflow_i_fail(error, TFLOW_EPARSE, "record %zu: %s", number, what);
    tflow_i_at(error, r->file, 0, 0, NULL);
    return TFLOW_EPARSE;
}

/* ---- fields ---- */

static void add_number(tflow_i_text *out, const char *value)
{
    size_t n = tflow_i_json_length(value);
    double number;
    int overflow;

    /* "2022.0" is a year too. Whole numbers stay as they are: codes may be long. */
    if (memchr(value, '.', n) == NULL ||
        !tflow_i_decimal_parse(value, n, &number, &overflow) || overflow)
        tflow_i_text_add_n(out, value, n);
    else
        tflow_i_text_double(out, number);
}

/* The value as a field, without blanks around it; 0 when it is a list or an object. */
static int take_value(record *r, size_t i, const char *value)
{
    tflow_i_text *bytes = &r->bytes;
    size_t start = bytes->length;

    if (*value == '{' || *value == '[')
        return 0;
    if (*value == '"')
        tflow_i_json_text(bytes, value);
    else if (*value == 't' || *value == 'f')
        tflow_i_text_add_n(bytes, value, tflow_i_json_length(value));
    else if (*value != 'n')
        add_number(bytes, value);
    if (bytes->failed)
        return 1;
    size_t end = bytes->length;
    while (start < end && (bytes->data[start] == ' ' || bytes->data[start] == '\t'))
        start++;
    while (end > start && (bytes->data[end - 1] == ' ' || bytes->data[end - 1] == '\t'))
        end--;
    bytes->length = end;
    tflow_i_text_add_n(bytes, "", 1); /* its NUL is part of it */
    r->starts[i] = start;
    r->fields[i].n = end - start;
    return 1;
}

/* A record begins: nothing is in its fields. */
static void clear_fields(record *r)
{
    r->bytes.length = 0;
    tflow_i_text_add_n(&r->bytes, "", 1);
    memset(r->starts, 0, sizeof r->starts);
    memset(r->given, 0, sizeof r->given);
    for (size_t i = 0; i < FIELDS_MAX; i++)
        r->fields[i].n = 0;
}

static tflow_status hand_out(record *r, uint64_t number, size_t n, tflow_i_row_fn *row,
                             void *context, tflow_error *error)
{
    if (r->bytes.failed)
        return tflow_i_nomem(error);
    for (size_t i = 0; i < n; i++)
        r->fields[i].text = r->bytes.data + r->starts[i];
    tflow_i_row out = {number, n, r->fields};
    return row(context, &out, error);
}

/* ---- a list of objects ---- */

/* The place of a name among those known, SIZE_MAX if it is new. Names mostly come in
 * the same order, so that `guess` is right. */
static size_t find_name(const record *r, const char *name, size_t guess)
{
    if (guess < r->n && tflow_i_json_same(name, r->names[guess]))
        return guess;
    for (size_t i = 0; i < r->n; i++)
        if (tflow_i_json_same(name, r->names[i]))
            return i;
    return SIZE_MAX;
}

/* The names of all records: one may have what the first has not. */
static tflow_status take_names(record *r, const char *data, tflow_error *error)
{
    size_t number = 1;
    for (const char *object = tflow_i_json_first(data); object != NULL;
         object = tflow_i_json_next(object), number++) {
        size_t place = 0;
        if (*object != '{')
            return fail(r, error, number, "found no object, expected one with names");
        for (const char *name = tflow_i_json_first(object); name != NULL; place++) {
            if (find_name(r, name, place) == SIZE_MAX) {
                if (r->n == FIELDS_MAX)
                    return fail(r, error, number, "found more than 256 names");
                r->names[r->n++] = name;
            }
            name = tflow_i_json_next(tflow_i_json_value(name));
        }
    }
    return TFLOW_OK;
}

static tflow_status take_object(record *r, const char *object, size_t number,
                                tflow_error *error)
{
    size_t place = 0;
    clear_fields(r);
    for (const char *name = tflow_i_json_first(object); name != NULL; place++) {
        const char *value = tflow_i_json_value(name);
        size_t i = find_name(r, name, place);
        if (r->given[i])
            return fail(r, error, number, "found a name twice");
        r->given[i] = 1;
        if (!take_value(r, i, value))
            return fail(r, error, number, "found a list or an object in a record");
        name = tflow_i_json_next(value);
    }
    return TFLOW_OK;
}

static tflow_status objects(record *r, const char *data, tflow_i_row_fn *row,
                            void *context, tflow_error *error)
{
    tflow_status status = take_names(r, data, error);
    if (status != TFLOW_OK)
        return status;
    clear_fields(r);
    for (size_t i = 0; i < r->n; i++)
        (void)take_value(r, i, r->names[i]);
    status = hand_out(r, 1, r->n, row, context, error);
    size_t number = 1;
    for (const char *object = tflow_i_json_first(data);
         object != NULL && status == TFLOW_OK;
         object = tflow_i_json_next(object), number++) {
        status = take_object(r, object, number, error);
        if (status == TFLOW_OK)
            status = hand_out(r, number, r->n, row, context, error);
    }
    return status;
}

/* ---- a list of lists ---- */

static tflow_status lists(record *r, const char *data, tflow_i_row_fn *row,
                          void *context, tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    size_t number = 0;
    for (const char *list = tflow_i_json_first(data);
         list != NULL && status == TFLOW_OK; list = tflow_i_json_next(list), number++) {
        size_t n = 0;
        if (*list != '[')
            return fail(r, error, number + 1, "found no list of up to 256 fields");
        clear_fields(r);
        for (const char *item = tflow_i_json_first(list); item != NULL;
             item = tflow_i_json_next(item), n++) {
            if (n == FIELDS_MAX)
                return fail(r, error, number + 1, "found no list of up to 256 fields");
            if (!take_value(r, n, item))
                return fail(r, error, number + 1,
                            "found a list or an object in a record");
        }
        status = hand_out(r, number == 0 ? 1 : number, n, row, context, error);
    }
    return status;
}

/* ---- the document ---- */

/* An API that refuses says why in place of data. */
static tflow_status no_data(const record *r, const char *root, tflow_error *error)
{
    tflow_i_text text = {0};
    const char *why = tflow_i_json_member(root, "message");
    if (why == NULL)
        why = tflow_i_json_member(root, "error");
    if (!tflow_i_json_is(why, '"'))
        return fail(r, error, 0,
                    "found JSON without records, expected a list \"data\" of objects");
    tflow_i_json_text(&text, why);
    if (text.failed) {
        tflow_i_text_clear(&text);
        return tflow_i_nomem(error);
    }
    tflow_i_fail(error, TFLOW_EPARSE,
                 "found no list \"data\" but the message \"%.200s\"", text.data);
    tflow_i_at(error, r->file, 0, 0, NULL);
    tflow_i_text_clear(&text);
    return TFLOW_EPARSE;
}

/* Is a name from here on "data"? */
static int names_data(const char *name)
{
    while (name != NULL && !tflow_i_json_equal(name, "data"))
        name = tflow_i_json_next(tflow_i_json_value(name));
    return name != NULL;
}

tflow_status tflow_i_json_rows(const char *bytes, size_t n, const char *file,
                               tflow_i_row_fn *row, void *context, tflow_error *error)
{
    tflow_error why = TFLOW_ERROR_INIT;
    const char *root = tflow_i_json_check(bytes, n, &why);
    if (root == NULL) {
        tflow_i_fail(error, TFLOW_EPARSE, "found JSON that is broken: %.300s",
                     why.message);
        tflow_i_at(error, file, why.line, 0, NULL);
        return TFLOW_EPARSE;
    }
    record *r = tflow_i_calloc(1, sizeof *r);
    if (r == NULL)
        return tflow_i_nomem(error);
    r->file = file;
    const char *data = *root == '[' ? root : tflow_i_json_member(root, "data");
    int again = data != NULL && data != root && names_data(tflow_i_json_next(data));
    const char *first = tflow_i_json_is(data, '[') ? tflow_i_json_first(data) : NULL;
    tflow_status status;
    if (again)
        status =
            fail(r, error, 0, "found \"data\" twice, expected one list of records");
    else if (tflow_i_json_is(data, '[') && first == NULL)
        status = fail(r, error, 0, "found an empty list of records");
    else if (tflow_i_json_is(first, '{'))
        status = objects(r, data, row, context, error);
    else if (tflow_i_json_is(first, '['))
        status = lists(r, data, row, context, error);
    else
        status = no_data(r, root, error);
    tflow_i_text_clear(&r->bytes);
    tflow_i_free(r);
    return status;
}
