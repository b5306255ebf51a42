/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/json_read.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#define FIELDS_MAX 256

typedef struct record {
    const char *file;
    const char *names[FIELDS_MAX];
    tflow_i_field fields[FIELDS_MAX];
    char numbers[FIELDS_MAX][TFLOW_I_DECIMAL_SIZE];
    size_t n;
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

/* The value as a field; 0 when it is a list or an object. */
static int take_value(record *r, size_t i, const json_t *value)
{
    const char *text = "";
    switch (value == NULL ? JSON_NULL : json_typeof(value)) {
    case JSON_STRING:
        text = json_string_value(value);
        break;
    case JSON_INTEGER: /* not through a double: codes may be long */
        snprintf(r->numbers[i], sizeof r->numbers[i], "%lld",
                 (long long)json_integer_value(value));
        text = r->numbers[i];
        break;
    case JSON_REAL:
        text = tflow_i_decimal_format(json_real_value(value), r->numbers[i]);
        break;
    case JSON_TRUE:
        text = "true";
        break;
    case JSON_FALSE:
        text = "false";
        break;
    case JSON_NULL:
        break;
    default:
        return 0;
    }
    size_t n = strlen(text);
    for (; n > 0 && *text == ' '; n--)
        text++;
    if (n > 0 && text[n - 1] == ' ') {
        /* Blanks at the end: the text is jansson's, so it is only cut when it is short
         * enough to be copied, as codes are. */
        while (n > 0 && text[n - 1] == ' ')
            n--;
        if (n < sizeof r->numbers[i]) {
            memmove(r->numbers[i], text, n);
            r->numbers[i][n] = '\0';
            text = r->numbers[i];
        } else
            n = strlen(text);
    }
    r->fields[i].text = text;
    r->fields[i].n = n;
    return 1;
}

static tflow_status objects(record *r, json_t *data, tflow_i_row_fn *row, void *context,
                            tflow_error *error)
{
    json_t *first = json_array_get(data, 0);
    for (void *at = json_object_iter(first); at != NULL;
         at = json_object_iter_next(first, at)) {
        if (r->n == FIELDS_MAX)
            return fail(r, error, 1, "found more than 256 names");
        r->names[r->n] = json_object_iter_key(at);
        r->fields[r->n].text = r->names[r->n];
        r->fields[r->n].n = strlen(r->names[r->n]);
        r->n++;
    }
    tflow_i_row out = {1, r->n, r->fields};
    tflow_status status = row(context, &out, error);
    for (size_t k = 0; k < json_array_size(data) && status == TFLOW_OK; k++) {
        const json_t *object = json_array_get(data, k);
        if (!json_is_object(object))
            return fail(r, error, k + 1, "found no object, expected one with names");
        for (size_t i = 0; i < r->n; i++)
            if (!take_value(r, i, json_object_get(object, r->names[i])))
                return fail(r, error, k + 1, "found a list or an object in a record");
        out.line = k + 1;
        status = row(context, &out, error);
    }
    return status;
}

static tflow_status lists(record *r, const json_t *data, tflow_i_row_fn *row,
                          void *context, tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    for (size_t k = 0; k < json_array_size(data) && status == TFLOW_OK; k++) {
        const json_t *list = json_array_get(data, k);
        size_t n = json_array_size(list);
        if (!json_is_array(list) || n > FIELDS_MAX)
            return fail(r, error, k + 1, "found no list of up to 256 fields");
        for (size_t i = 0; i < n; i++)
            if (!take_value(r, i, json_array_get(list, i)))
                return fail(r, error, k + 1, "found a list or an object in a record");
        tflow_i_row out = {k == 0 ? 1 : k, n, r->fields};
        status = row(context, &out, error);
    }
    return status;
}

/* An API that refuses says why in place of data. */
static tflow_status no_data(const record *r, const json_t *root, tflow_error *error)
{
    const json_t *why = json_object_get(root, "message");
    if (why == NULL)
        why = json_object_get(root, "error");
    if (!json_is_string(why))
        return fail(r, error, 0,
                    "found JSON without records, expected a list \"data\" of objects");
    tflow_i_fail(error, TFLOW_EPARSE,
                 "found no list \"data\" but the message \"%.200s\"",
                 json_string_value(why));
    tflow_i_at(error, r->file, 0, 0, NULL);
    return TFLOW_EPARSE;
}

tflow_status tflow_i_json_rows(const char *bytes, size_t n, const char *file,
                               tflow_i_row_fn *row, void *context, tflow_error *error)
{
    json_error_t why;
    record *r = tflow_i_calloc(1, sizeof *r);
    if (r == NULL)
        return tflow_i_nomem(error);
    r->file = file;
    json_t *root = json_loadb(bytes, n, JSON_REJECT_DUPLICATES, &why);
    if (root == NULL) {
        tflow_i_free(r);
        if (json_error_code(&why) == json_error_out_of_memory)
            return tflow_i_nomem(error);
        tflow_i_fail(error, TFLOW_EPARSE, "found JSON that is broken: %s", why.text);
        tflow_i_at(error, file, why.line > 0 ? (uint64_t)why.line : 0, 0, NULL);
        return TFLOW_EPARSE;
    }
    json_t *data = json_is_array(root) ? root : json_object_get(root, "data");
    const json_t *first = json_array_get(data, 0);
    tflow_status status;
    if (json_is_array(data) && first == NULL)
        status = fail(r, error, 0, "found an empty list of records");
    else if (json_is_object(first))
        status = objects(r, data, row, context, error);
    else if (json_is_array(first))
        status = lists(r, data, row, context, error);
    else
        status = no_data(r, root, error);
    tflow_i_free(r);
    json_decref(root);
    return status;
}
