/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of a row: areas, products, flows and breakdowns as codes of the table. */
#include "codes/codes.h"
#include "io/field.h"
#include "io/record_row.h"

#include <string.h>

const char *tflow_i_record_raw(const tflow_i_row *row, size_t field)
{
    return field == TFLOW_I_NO_FIELD || field >= row->n ? "" : row->fields[field].text;
}

/* The first text of a role that is not empty; *field is where it stands. */
const char *tflow_i_record_text(const tflow_i_records *r, const tflow_i_row *row,
                                tflow_i_role role, size_t *field)
{
    *field = TFLOW_I_NO_FIELD;
    for (size_t i = 0; i < r->binding.roles[role].n; i++) {
        const char *text = tflow_i_record_raw(row, r->binding.roles[role].fields[i]);
        while (*text == ' ')
            text++;
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

/* Add the place to a failure about a field. */
tflow_status tflow_i_record_at(const tflow_i_records *r, const tflow_i_row *row,
                               size_t field, tflow_status status, tflow_error *error)
{
    if (status == TFLOW_OK || status == TFLOW_ENOMEM)
        return status;
    int known = field != TFLOW_I_NO_FIELD && field < r->binding.n_fields;
    tflow_i_at(error, r->file, row->line, known ? (uint32_t)(field + 1) : 0,
               known ? r->binding.names[field] : NULL);
    return status;
}

/* ---- areas ---- */

static int is_area(tflow_i_role role)
{
    return role == TFLOW_I_REPORTER || role == TFLOW_I_PARTNER ||
           role == TFLOW_I_PARTNER2;
}

static tflow_status look_up(const tflow_i_records *r, const char *text, int schedule_c,
                            tflow_area *area, tflow_error *error)
{
    size_t n = strlen(text);
    while (n > 0 && text[n - 1] == ' ')
        n--;
    if (schedule_c && (r->binding.layout->flags & TFLOW_I_CENSUS) != 0)
        return tflow_i_area_schedule_c(text, n, area, error);
    return tflow_area_find(text, n, area, error);
}

/* The code of an area from the alternatives of a role: a code that is not known gives
 * way to the next column, the name. */
static tflow_status find_area(tflow_i_records *r, const tflow_i_row *row,
                              tflow_i_role role, tflow_area *area, tflow_error *error)
{
    tflow_error first = TFLOW_ERROR_INIT;
    size_t n = r->binding.roles[role].n;
    int tried = 0;
    for (size_t i = 0; i < n; i++) {
        const char *text = tflow_i_record_raw(row, r->binding.roles[role].fields[i]);
        while (*text == ' ')
            text++;
        if (*text == '\0')
            continue;
        if (look_up(r, text, i == 0 && role == TFLOW_I_PARTNER, area,
                    tried ? NULL : &first) == TFLOW_OK)
            return TFLOW_OK;
        tried = 1;
    }
    if (!tried && r->binding.roles[role].constant != NULL)
        return look_up(r, r->binding.roles[role].constant, 0, area, error);
    if (error != NULL)
        *error = first;
    return tried ? TFLOW_EUNKNOWN
                 : tflow_i_fail(error, TFLOW_EPARSE,
                                "the %s is empty, expected a country",
                                tflow_i_role_name(role));
}

/* The code of the row's area in the table's column; each text is looked up once. */
static tflow_status area_code(tflow_i_records *r, const tflow_i_row *row,
                              tflow_i_role role, int32_t *code, tflow_error *error)
{
    size_t field;
    const char *text = tflow_i_record_text(r, row, role, &field);
    if (*text == '\0' && role == TFLOW_I_PARTNER2) {
        *code = -1;
        return TFLOW_OK;
    }
    int32_t seen = tflow_i_dict_find(r->texts[role], text, strlen(text));
    if (seen >= 0) {
        *code = r->codes[role][seen];
        return TFLOW_OK;
    }
    tflow_area area = {0};
    tflow_status status = find_area(r, row, role, &area, error);
    const char *canonical = area.code;
    if (status == TFLOW_EUNKNOWN && r->opts->keep_unknown_areas)
        canonical = text;
    else if (status != TFLOW_OK)
        return tflow_i_record_at(r, row, field, status, error);
    *code = tflow_i_builder_intern(r->builder, r->column[role], canonical,
                                   strlen(canonical));
    seen = tflow_i_dict_add(r->texts[role], text, strlen(text));
    if (*code < 0 || seen < 0 ||
        !tflow_i_reserve(&r->codes[role], &r->codes_capacity[role], (size_t)seen + 1,
                         sizeof **r->codes))
        return tflow_i_nomem(error);
    r->codes[role][seen] = *code;
    return TFLOW_OK;
}

/* ---- other keys ---- */

static tflow_status intern(tflow_i_records *r, tflow_i_role role, const char *text,
                           size_t n, int32_t *code, tflow_error *error)
{
    *code = tflow_i_builder_intern(r->builder, r->column[role], text, n);
    return *code < 0 ? tflow_i_nomem(error) : TFLOW_OK;
}

static tflow_status product_code(tflow_i_records *r, const char *text, int32_t *code,
                                 tflow_error *error)
{
    char padded[8];
    size_t n = strlen(text);
    while (n > 0 && text[n - 1] == ' ')
        n--;
    if ((r->binding.layout->flags & TFLOW_I_CODE_LABEL) != 0)
        n = tflow_i_product_classify(text, n).n;
    if ((r->binding.layout->flags & TFLOW_I_PAD_HS6) != 0 && n > 0 && n < 6) {
        memset(padded, '0', 6);
        memcpy(padded + 6 - n, text, n);
        return intern(r, TFLOW_I_PRODUCT, padded, 6, code, error);
    }
    return intern(r, TFLOW_I_PRODUCT, text, n, code, error);
}

static const char *flow_of(const tflow_i_records *r, const char *text)
{
    const char *dash = strchr(text, '-');
    int numbers = (r->binding.layout->flags & TFLOW_I_FLOW_NUMBERS) != 0;
    const char *flow = tflow_i_field_flow(text, numbers);
    if (flow == NULL && dash != NULL &&
        (r->binding.layout->flags & TFLOW_I_CODE_LABEL) != 0)
        flow = tflow_i_field_flow(dash + 1, 0);
    return flow;
}

static tflow_status flow_code(tflow_i_records *r, const char *text, int32_t *code,
                              tflow_error *error)
{
    const char *flow = flow_of(r, text);
    if (flow == NULL)
        return tflow_i_fail(
            error, TFLOW_EUNKNOWN,
            "found \"%.60s\", expected a flow: X or exports, M or imports, "
            "RX or re-exports, RM or re-imports",
            text);
    return intern(r, TFLOW_I_FLOW, flow, strlen(flow), code, error);
}

static tflow_status other_code(tflow_i_records *r, tflow_i_role role, const char *text,
                               int32_t *code, tflow_error *error)
{
    size_t n = strlen(text);
    while (n > 0 && text[n - 1] == ' ')
        n--;
    *code = -1;
    if (n == 0 || (role == TFLOW_I_QUANTITY_UNIT && strncmp(text, "N/A", 3) == 0))
        return TFLOW_OK;
    if (role == TFLOW_I_CUSTOMS || role == TFLOW_I_MODE) {
        const char *total = role == TFLOW_I_CUSTOMS ? "C00" : "0";
        if (strncmp(text, "T-Total", 7) == 0 || strcmp(text, "Total") == 0 ||
            strcmp(text, "-") == 0)
            return intern(r, role, total, strlen(total), code, error);
    }
    return intern(r, role, text, n, code, error);
}

tflow_status tflow_i_record_keys(tflow_i_records *r, const tflow_i_row *row,
                                 tflow_i_draft *d, tflow_error *error)
{
    for (int k = 0; k < TFLOW_I_KEYS; k++) {
        tflow_i_role role = (tflow_i_role)k;
        size_t field;
        tflow_status status;
        d->keys[k] = -1;
        if (r->column[role] == TFLOW_I_NO_FIELD)
            continue;
        if (is_area(role)) {
            status = area_code(r, row, role, &d->keys[k], error);
            if (status != TFLOW_OK)
                return status;
            continue;
        }
        const char *text = tflow_i_record_text(r, row, role, &field);
        if (field == TFLOW_I_NO_FIELD && *text == '\0')
            continue; /* the number says which */
        status = role == TFLOW_I_PRODUCT ? product_code(r, text, &d->keys[k], error)
                 : role == TFLOW_I_FLOW  ? flow_code(r, text, &d->keys[k], error)
                                        : other_code(r, role, text, &d->keys[k], error);
        if (status != TFLOW_OK)
            return tflow_i_record_at(r, row, field, status, error);
    }
    return TFLOW_OK;
}
