/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The option `columns`: what the user says of a file's columns.
 *
 *     reporter=exporter,value="Trade, thousand USD",flow='X',period=#3
 *
 * A bare or double-quoted word is the name of a column, #3 the third column, a word in
 * single quotes a text that holds for every row. */
#include "io/layout.h"

#include <string.h>

/* "before", what was found, "after" */
static tflow_status fail(tflow_error *error, tflow_status status, const char *before,
                         const char *what, const char *after)
{
    tflow_i_fail(error, status, "%s \"%.60s\"%s", before, what, after);
    tflow_i_at(error, NULL, 0, 0, "columns");
    return status;
}

static int folded_equal(const char *a, const char *b)
{
    for (; *a != '\0' && *b != '\0'; a++, b++) {
        char x = *a >= 'A' && *a <= 'Z' ? (char)(*a | 0x20) : *a;
        char y = *b >= 'A' && *b <= 'Z' ? (char)(*b | 0x20) : *b;
        if (x != y)
            return 0;
    }
    return *a == *b;
}

static size_t find_field(const tflow_i_binding *binding, const char *name)
{
    if (name[0] == '#') {
        size_t number = 0;
        for (const char *s = name + 1; *s >= '0' && *s <= '9' && number < 100000; s++)
            number = number * 10 + (size_t)(*s - '0');
        if (number >= 1 && number <= binding->n_fields)
            return number - 1;
    }
    for (size_t i = 0; i < binding->n_fields; i++)
        if (strcmp(binding->names[i], name) == 0)
            return i;
    for (size_t i = 0; i < binding->n_fields; i++)
        if (folded_equal(binding->names[i], name))
            return i;
    return TFLOW_I_NO_FIELD;
}

static int find_role(const char *name, tflow_i_role *role)
{
    if (strcmp(name, "year") == 0)
        name = "period";
    for (int r = 0; r < TFLOW_I_ROLES; r++)
        if (name[0] != '\0' && strcmp(tflow_i_role_name((tflow_i_role)r), name) == 0) {
            *role = (tflow_i_role)r;
            return 1;
        }
    return 0;
}

/* Cut one "role=target" off *s: both become NUL-terminated; 0 when it is not one. */
static int cut_item(char **s, char **role, char **target, char *quote)
{
    char *at = *s;

    *role = at;
    at += strcspn(at, "=,");
    if (*at != '=')
        return 0;
    *at++ = '\0';
    *quote = *at == '"' || *at == '\'' ? *at : '\0';
    if (*quote != '\0') {
        *target = at + 1;
        at = strchr(*target, *quote);
        if (at == NULL)
            return 0;
        *at++ = '\0';
    } else {
        *target = at;
        at += strcspn(at, ",");
    }
    if (*at != ',' && *at != '\0')
        return 0;
    *s = *at == ',' ? at + 1 : at;
    *at = '\0';
    return **role != '\0';
}

static tflow_status parse_item(const char *role, const char *target, char quote,
                               const tflow_i_binding *binding, tflow_i_mapping *out,
                               tflow_error *error)
{
    if (!find_role(role, &out->role))
        return fail(
            error, TFLOW_EUNKNOWN, "found", role,
            ", expected reporter, partner, product, flow, period, month, value, "
            "quantity, quantity_unit, net_weight, status, partner2, customs, "
            "mode, supply, currency or valuation");
    int number = out->role == TFLOW_I_VALUE || out->role == TFLOW_I_QUANTITY ||
                 out->role == TFLOW_I_NET_WEIGHT;
    if (quote == '\'') {
        out->constant = target;
        return !number ? TFLOW_OK
                       : fail(error, TFLOW_EPARSE, "found a constant for", role,
                              ", expected a column");
    }
    out->field = find_field(binding, target);
    return out->field != TFLOW_I_NO_FIELD
               ? TFLOW_OK
               : fail(error, TFLOW_EUNKNOWN, "the file has no column", target, "");
}

tflow_status tflow_i_mapping_parse(const char *columns, tflow_i_binding *binding,
                                   tflow_i_mapping **out, size_t *n, tflow_error *error)
{
    size_t capacity = 0;

    *n = 0;
    if (columns == NULL || columns[0] == '\0')
        return TFLOW_OK;
    binding->constants = tflow_i_strdup(columns);
    if (binding->constants == NULL)
        return tflow_i_nomem(error);
    for (char *s = binding->constants; *s != '\0';) {
        char *role, *target, quote;
        size_t at = (size_t)(s - binding->constants);
        if (!cut_item(&s, &role, &target, &quote))
            return fail(error, TFLOW_EPARSE, "found", columns + at,
                        ", expected column=name, column=\"name\", column=#3 or "
                        "column='text'");
        if (!tflow_i_reserve(out, &capacity, *n + 1, sizeof **out))
            return tflow_i_nomem(error);
        (*out)[*n] = (tflow_i_mapping){TFLOW_I_ROLES, TFLOW_I_NO_FIELD, NULL};
        tflow_status status =
            parse_item(role, target, quote, binding, &(*out)[*n], error);
        if (status != TFLOW_OK)
            return status;
        (*n)++;
    }
    return TFLOW_OK;
}
