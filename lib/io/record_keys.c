/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of a row: areas, products, flows and breakdowns as codes of the table. */
#include "codes/codes.h"
#include "io/field.h"
#include "io/record_row.h"

#include <stdio.h>
#include <string.h>

const char *tflow_i_record_raw(const tflow_i_row *row, size_t field)
{
    return field == TFLOW_I_NO_FIELD || field >= row->n ? "" : row->fields[field].text;
}

const char *tflow_i_record_text(const tflow_i_records *r, const tflow_i_row *row,
                                tflow_i_role role, size_t *field)
{
    *field = TFLOW_I_NO_FIELD;
    for (size_t i = 0; i < r->binding.roles[role].n; i++) {
        const char *text = tflow_i_record_raw(row, r->binding.roles[role].fields[i]);
        if (*field == TFLOW_I_NO_FIELD)
            *field = r->binding.roles[role].fields[i];
        if (*text != '\0') {
            *field = r->binding.roles[role].fields[i];
            return text;
        }
    }
    const char *constant = r->binding.roles[role].constant;
    return constant == NULL ? "" : constant;
}

tflow_status tflow_i_record_at(const tflow_i_records *r, const tflow_i_row *row,
                               size_t field, tflow_status status, tflow_error *error)
{
    if (status == TFLOW_OK || status == TFLOW_ENOMEM || error == NULL)
        return status;
    int known = field != TFLOW_I_NO_FIELD && field < r->binding.n_fields;
    if (r->counted != NULL) {
        tflow_error plain = *error;
        tflow_i_fail(error, status, "%s %llu: %s", r->counted,
                     (unsigned long long)row->line, plain.message);
    }
    tflow_i_at(error, r->file, r->counted != NULL ? 0 : row->line,
               known && r->counted == NULL ? (uint32_t)(field + 1) : 0,
               known ? r->binding.names[field] : NULL);
    return status;
}

static tflow_status empty(const tflow_i_records *r, const tflow_i_row *row,
                          tflow_i_role role, size_t field, const char *expected,
                          tflow_error *error)
{
    tflow_i_fail(error, TFLOW_EPARSE, "the %s is empty, expected %s",
                 tflow_i_role_name(role), expected);
    return tflow_i_record_at(r, row, field, TFLOW_EPARSE, error);
}

/* A key new to the table must be text that others can read. */
static tflow_status intern(tflow_i_records *r, tflow_i_role role, const char *text,
                           size_t n, int32_t *code, tflow_error *error)
{
    const tflow_i_column *c =
        &tflow_i_builder_table(r->builder)->columns[r->column[role]];
    *code = tflow_i_dict_find(c->dict, text, n);
    if (*code >= 0)
        return TFLOW_OK;
    /* Before it gets a code: a bad row that is set aside must not leave it behind. */
    if (!tflow_i_field_utf8(text, n))
        return tflow_i_fail(
            error, TFLOW_EPARSE,
            "found text that is not UTF-8, expected an encoding such as "
            "latin1 to be named");
    *code = tflow_i_builder_intern(r->builder, r->column[role], text, n);
    return *code < 0 ? tflow_i_nomem(error) : TFLOW_OK;
}

/* ---- areas ---- */

static int is_area(tflow_i_role role)
{
    return role == TFLOW_I_REPORTER || role == TFLOW_I_PARTNER ||
           role == TFLOW_I_PARTNER2;
}

/* The canonical code of an area, or NULL. */
static const char *look_up(const tflow_i_records *r, const char *text, tflow_area *area,
                           tflow_error *error)
{
    size_t n = strlen(text);
    if (r->area_codes != NULL) {
        const char *code = tflow_i_area_codes_find(r->area_codes, text);
        if (code != NULL)
            return code;
    }
    /* "0003" is a group of the US Census, and a number of nobody else's. */
    int census = (r->binding.layout->flags & TFLOW_I_CENSUS) != 0 &&
                 ((text[0] >= '0' && text[0] <= '9') || text[0] == '-');
    tflow_status status = census ? tflow_i_area_schedule_c(text, n, area, error)
                                 : tflow_area_find(text, n, area, error);
    return status == TFLOW_OK ? area->code : NULL;
}

/* The area of a role's fields: a code that is not known gives way to the next, at last
 * to the name, which is what an unknown area keeps. */
static const char *find_area(const tflow_i_records *r, const tflow_i_row *row,
                             tflow_i_role role, tflow_area *area, size_t *field,
                             int *known, tflow_error *error)
{
    const char *last = NULL;
    *known = 1;
    for (size_t i = 0; i < r->binding.roles[role].n; i++) {
        size_t at = r->binding.roles[role].fields[i];
        const char *text = tflow_i_record_raw(row, at);
        if (text[0] == '\0')
            continue;
        last = text;
        *field = at;
        const char *code = look_up(r, text, area, error);
        if (code != NULL)
            return code;
    }
    if (last == NULL && r->binding.roles[role].constant != NULL)
        return look_up(r, r->binding.roles[role].constant, area, error);
    *known = 0;
    return last != NULL && r->opts->keep_unknown_areas ? last : NULL;
}

/* The texts of a role's fields together, each behind a byte that none begins with. */
static const char *joined(tflow_i_records *r, const tflow_i_row *row, tflow_i_role role)
{
    r->joined.length = 0;
    for (size_t i = 0; i < r->binding.roles[role].n; i++) {
        tflow_i_text_char(&r->joined, '\x1f');
        tflow_i_text_add(&r->joined,
                         tflow_i_record_raw(row, r->binding.roles[role].fields[i]));
    }
    return r->joined.failed ? NULL : r->joined.data;
}

static tflow_status find_key_area(const tflow_i_records *r, const tflow_i_row *row,
                                  tflow_i_role role, tflow_i_key *key,
                                  tflow_error *error)
{
    tflow_area area = {0};
    const char *text = tflow_i_record_text(r, row, role, &key->field);
    size_t first = key->field;
    int known = 1;

    if (text[0] == '\0') {
        if (role != TFLOW_I_PARTNER2)
            return empty(r, row, role, first, "a country", error);
        key->text = "WLD";
    } else {
        key->text = find_area(r, row, role, &area, &key->field, &known, error);
        if (key->text == NULL)
            return tflow_i_record_at(r, row, key->field, TFLOW_EUNKNOWN, error);
    }
    key->by_all = key->field != first || (!known && r->binding.roles[role].n > 1);
    key->n = strlen(key->text);
    return TFLOW_OK;
}

/* ---- other keys ---- */

static void set_key(tflow_i_key *key, const char *text)
{
    key->text = text;
    key->n = strlen(text);
}

static void find_product(const tflow_i_records *r, const char *text, tflow_i_key *key)
{
    unsigned flags = r->binding.layout->flags;
    set_key(key, text);
    if ((flags & TFLOW_I_CENSUS) != 0 && strcmp(text, "-") == 0) {
        set_key(key, "TOTAL");
        return;
    }
    if ((flags & TFLOW_I_CODE_LABEL) != 0) {
        tflow_i_product product = tflow_i_product_classify(text, key->n);
        if (product.is_total) {
            set_key(key, "TOTAL");
            return;
        }
        key->n = product.n;
    }
    if ((flags & TFLOW_I_PAD_HS6) != 0 && key->n < 6 &&
        strspn(text, "0123456789") == key->n) {
        memset(key->padded, '0', 6);
        memcpy(key->padded + 6 - key->n, text, key->n);
        key->text = key->padded;
        key->n = 6;
    }
}

static tflow_status find_flow(const tflow_i_records *r, const char *text,
                              tflow_i_key *key, tflow_error *error)
{
    const char *dash = strchr(text, '-');
    int numbers = (r->binding.layout->flags & TFLOW_I_FLOW_NUMBERS) != 0;
    const char *flow = tflow_i_field_flow(text, numbers);
    if (flow == NULL && dash != NULL &&
        (r->binding.layout->flags & TFLOW_I_CODE_LABEL) != 0)
        flow = tflow_i_field_flow(dash + 1, 0);
    if (flow == NULL)
        return tflow_i_fail(
            error, TFLOW_EUNKNOWN,
            "found \"%.60s\", expected a flow: X or exports, M or imports, "
            "RX or re-exports, RM or re-imports",
            text);
    set_key(key, flow);
    return TFLOW_OK;
}

/* What a breakdown holds where it is not broken down. */
static const char *total_of(tflow_i_role role)
{
    switch (role) {
    case TFLOW_I_PARTNER2:
        return "WLD";
    case TFLOW_I_CUSTOMS:
        return "C00";
    case TFLOW_I_MODE:
    case TFLOW_I_SUPPLY:
        return "0";
    default:
        return NULL;
    }
}

static void find_other(tflow_i_role role, const char *text, tflow_i_key *key)
{
    const char *total = total_of(role);
    if (total != NULL && (*text == '\0' || strcmp(text, "T-Total") == 0 ||
                          strcmp(text, "Total") == 0 || strcmp(text, "-") == 0))
        set_key(key, total);
    else if (*text != '\0' &&
             !(role == TFLOW_I_QUANTITY_UNIT &&
               (strcmp(text, "N/A") == 0 || strcmp(text, "No Quantity") == 0)))
        set_key(key, text);
}

tflow_status tflow_i_record_key(const tflow_i_records *r, const tflow_i_row *row,
                                tflow_i_role role, tflow_i_key *key, tflow_error *error)
{
    key->text = NULL;
    key->n = 0;
    key->by_all = 0;
    key->field = TFLOW_I_NO_FIELD;
    if (r->binding.roles[role].n == 0 && r->binding.roles[role].constant == NULL)
        return TFLOW_OK; /* the number says which, or nobody */
    if (is_area(role))
        return find_key_area(r, row, role, key, error);
    const char *text = tflow_i_record_text(r, row, role, &key->field);
    if (text[0] == '\0' && role == TFLOW_I_PRODUCT)
        return empty(r, row, role, key->field, "a code or TOTAL", error);
    if (text[0] == '\0' && role == TFLOW_I_FLOW)
        return empty(r, row, role, key->field, "X or M", error);
    if (role == TFLOW_I_PRODUCT)
        find_product(r, text, key);
    else if (role == TFLOW_I_FLOW)
        return tflow_i_record_at(r, row, key->field, find_flow(r, text, key, error),
                                 error);
    else
        find_other(role, text, key);
    return TFLOW_OK;
}

/* ---- codes of the table ---- */

static tflow_status find_and_intern(tflow_i_records *r, const tflow_i_row *row,
                                    tflow_i_role role, tflow_i_key *key, int32_t *code,
                                    tflow_error *error)
{
    tflow_status status = tflow_i_record_key(r, row, role, key, error);
    *code = -1;
    if (status == TFLOW_OK && key->text != NULL)
        status = tflow_i_record_at(
            r, row, key->field, intern(r, role, key->text, key->n, code, error), error);
    return status;
}

/* The code of the row's area in the table's column. What the first text says by itself
 * is looked up once; where it takes the others ("N/A" in place of a code, and then a
 * name), what they say together. */
static tflow_status area_code(tflow_i_records *r, const tflow_i_row *row,
                              tflow_i_role role, int32_t *code, tflow_error *error)
{
    size_t field;
    const char *text = tflow_i_record_text(r, row, role, &field), *all = text;
    int32_t seen = tflow_i_dict_find(r->texts[role], text, strlen(text));
    if (seen < 0 && r->binding.roles[role].n > 1) {
        all = joined(r, row, role);
        if (all == NULL)
            return tflow_i_nomem(error);
        seen = tflow_i_dict_find(r->texts[role], all, strlen(all));
    }
    if (seen >= 0) {
        *code = r->codes[role][seen];
        return TFLOW_OK;
    }
    tflow_i_key key;
    tflow_status status = find_and_intern(r, row, role, &key, code, error);
    if (status != TFLOW_OK)
        return status;
    text = key.by_all ? all : text;
    seen = tflow_i_dict_add(r->texts[role], text, strlen(text));
    if (seen < 0 || !tflow_i_reserve(&r->codes[role], &r->codes_capacity[role],
                                     (size_t)seen + 1, sizeof **r->codes))
        return tflow_i_nomem(error);
    r->codes[role][seen] = *code;
    return TFLOW_OK;
}

tflow_status tflow_i_record_keys(tflow_i_records *r, const tflow_i_row *row,
                                 tflow_i_draft *d, tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    for (int k = 0; k < TFLOW_I_KEYS && status == TFLOW_OK; k++) {
        tflow_i_role role = (tflow_i_role)k;
        tflow_i_key key;
        int said =
            r->binding.roles[role].n > 0 || r->binding.roles[role].constant != NULL;
        status = is_area(role) && said
                     ? area_code(r, row, role, &d->keys[k], error)
                     : find_and_intern(r, row, role, &key, &d->keys[k], error);
    }
    return status;
}
