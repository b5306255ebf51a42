/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/json_read.h"
#include "io/json_load.h"

#include <string.h>

#define FIELDS_MAX 256

typedef struct record {
    const char *names[FIELDS_MAX];
    tflow_i_field fields[FIELDS_MAX];
    char numbers[FIELDS_MAX][TFLOW_I_DECIMAL_SIZE];
    size_t n;
} record;

static const char *text_of(const json_t *value, char *buffer)
{
    switch (json_typeof(value)) {
    case JSON_STRING:
        return json_string_value(value);
    case JSON_INTEGER:
    case JSON_REAL:
        return tflow_i_decimal_format(json_number_value(value), buffer);
    case JSON_TRUE:
        return "true";
    case JSON_FALSE:
        return "false";
    default:
        return "";
    }
}

static void take_names(record *r, json_t *first)
{
    const char *name;
    json_t *value;
    json_object_foreach(first, name, value) if (r->n < FIELDS_MAX)
    {
        r->names[r->n] = name;
        r->fields[r->n].text = name;
        r->fields[r->n++].n = strlen(name);
    }
}

static void take_values(record *r, const json_t *object)
{
    for (size_t i = 0; i < r->n; i++) {
        const json_t *value = json_object_get(object, r->names[i]);
        r->fields[i].text = value == NULL ? "" : text_of(value, r->numbers[i]);
        r->fields[i].n = strlen(r->fields[i].text);
    }
}

static tflow_status rows_of(const json_t *data, record *r, const char *file,
                            tflow_i_row_fn *row, void *context, tflow_error *error)
{
    take_names(r, json_array_get(data, 0));
    tflow_i_row out = {1, r->n, r->fields};
    tflow_status status = row(context, &out, error);
    for (size_t i = 0; i < json_array_size(data) && status == TFLOW_OK; i++) {
        const json_t *object = json_array_get(data, i);
        if (!json_is_object(object)) {
            tflow_i_fail(error, TFLOW_EPARSE,
                         "record %zu of \"data\" is no object, expected one with names",
                         i + 1);
            tflow_i_at(error, file, 0, 0, "data");
            return TFLOW_EPARSE;
        }
        take_values(r, object);
        out.line = i + 1;
        status = row(context, &out, error);
    }
    return status;
}

tflow_status tflow_i_json_rows(const char *bytes, size_t n, const char *file,
                               tflow_i_row_fn *row, void *context, tflow_error *error)
{
    json_error_t why;
    tflow_status wrong;
    json_t *root = tflow_i_json_load(bytes, n, &why, &wrong);
    if (wrong == TFLOW_ENOMEM)
        return tflow_i_nomem(error);
    if (root == NULL) {
        tflow_i_fail(error, TFLOW_EPARSE, "found JSON that is broken: %s", why.text);
        tflow_i_at(error, file, why.line > 0 ? (uint64_t)why.line : 0, 0, NULL);
        return TFLOW_EPARSE;
    }
    const json_t *data = json_is_array(root) ? root : json_object_get(root, "data");
    record *r = tflow_i_calloc(1, sizeof *r);
    tflow_status status = r == NULL ? tflow_i_nomem(error) : TFLOW_OK;
    if (status == TFLOW_OK &&
        (!json_is_array(data) || !json_is_object(json_array_get(data, 0)))) {
        status = tflow_i_fail(error, TFLOW_EPARSE,
                              "found JSON without records, expected a list \"data\" of "
                              "objects");
        tflow_i_at(error, file, 0, 0, "data");
    }
    if (status == TFLOW_OK)
        status = rows_of(data, r, file, row, context, error);
    tflow_i_free(r);
    json_decref(root);
    return status;
}
