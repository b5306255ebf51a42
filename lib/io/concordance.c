/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/concordance.h"
#include "io/csv.h"

#include <math.h>
#include <string.h>

typedef struct pair {
    int32_t to;
    double weight;
    size_t next; /* of the same code */
} pair;

struct tflow_i_concordance {
    const char *path;
    tflow_i_dict *from, *to;
    size_t *first, *last; /* by code of `from` */
    size_t first_capacity, last_capacity;
    pair *pairs;
    size_t n, capacity;
    size_t fields[3]; /* from, to, weight; SIZE_MAX: none */
    int header;
};

void tflow_i_concordance_free(tflow_i_concordance *c)
{
    if (c == NULL)
        return;
    tflow_i_dict_free(c->from);
    tflow_i_dict_free(c->to);
    tflow_i_free(c->first);
    tflow_i_free(c->last);
    tflow_i_free(c->pairs);
    tflow_i_free(c);
}

static tflow_status bad(const tflow_i_concordance *c, const tflow_i_row *row,
                        size_t field, tflow_status status, const char *message,
                        tflow_error *error)
{
    static const char *const names[] = {"from", "to", "weight"};
    tflow_i_fail(error, status, "%s", message);
    tflow_i_at(error, c->path, row->line,
               field < 3 && c->fields[field] < row->n ? (uint32_t)c->fields[field] + 1
                                                      : 0,
               field < 3 ? names[field] : NULL);
    return status;
}

static tflow_status take_header(tflow_i_concordance *c, const tflow_i_row *row,
                                tflow_error *error)
{
    static const char *const names[] = {"from", "to", "weight"};
    c->header = 1;
    for (size_t k = 0; k < 3; k++) {
        c->fields[k] = SIZE_MAX;
        for (size_t i = 0; i < row->n; i++)
            if (strcmp(row->fields[i].text, names[k]) == 0)
                c->fields[k] = i;
    }
    if (c->fields[0] == SIZE_MAX || c->fields[1] == SIZE_MAX)
        return bad(c, row, SIZE_MAX, TFLOW_EPARSE,
                   "expected the columns from and to, and perhaps weight", error);
    return TFLOW_OK;
}

static tflow_status add_pair(tflow_i_concordance *c, const tflow_i_row *row,
                             double weight, tflow_error *error)
{
    const tflow_i_field *from = &row->fields[c->fields[0]],
                        *to = &row->fields[c->fields[1]];
    int32_t before = tflow_i_dict_count(c->from);
    int32_t code = tflow_i_dict_add(c->from, from->text, from->n);
    int32_t target = tflow_i_dict_add(c->to, to->text, to->n);
    if (code < 0 || target < 0 ||
        !tflow_i_reserve(&c->first, &c->first_capacity, (size_t)code + 1,
                         sizeof *c->first) ||
        !tflow_i_reserve(&c->last, &c->last_capacity, (size_t)code + 1,
                         sizeof *c->last) ||
        !tflow_i_reserve(&c->pairs, &c->capacity, c->n + 1, sizeof *c->pairs))
        return tflow_i_nomem(error);
    if (code == before)
        c->first[code] = c->n;
    else {
        for (size_t i = c->first[code]; i != SIZE_MAX; i = c->pairs[i].next)
            if (c->pairs[i].to == target)
                return bad(c, row, 1, TFLOW_EDUPLICATE, "found the same pair twice",
                           error);
        c->pairs[c->last[code]].next = c->n;
    }
    c->last[code] = c->n;
    c->pairs[c->n] = (pair){target, weight, SIZE_MAX};
    c->n++;
    return TFLOW_OK;
}

static tflow_status take_row(void *context, const tflow_i_row *row, tflow_error *error)
{
    tflow_i_concordance *c = context;
    double weight = NAN;
    int overflow = 0;
    if (!c->header)
        return take_header(c, row, error);
    for (size_t k = 0; k < 3; k++) {
        if (c->fields[k] == SIZE_MAX)
            continue;
        if (c->fields[k] >= row->n || row->fields[c->fields[k]].n == 0)
            return bad(c, row, k, TFLOW_EPARSE, "the field is empty, expected text",
                       error);
    }
    if (c->fields[2] != SIZE_MAX) {
        const tflow_i_field *f = &row->fields[c->fields[2]];
        if (!tflow_i_decimal_parse(f->text, f->n, &weight, &overflow) || overflow ||
            !(weight >= 0 && weight <= 1))
            return bad(c, row, 2, TFLOW_EPARSE, "expected a weight from 0 to 1", error);
    }
    return add_pair(c, row, weight, error);
}

/* The weights of a code share all of it out. */
static tflow_status check_weights(const tflow_i_concordance *c, tflow_error *error)
{
    if (c->fields[2] == SIZE_MAX)
        return TFLOW_OK;
    for (int32_t code = 0; code < tflow_i_dict_count(c->from); code++) {
        double sum = 0;
        for (size_t i = c->first[code]; i != SIZE_MAX; i = c->pairs[i].next)
            sum += c->pairs[i].weight;
        if (fabs(sum - 1) > 1e-6) {
            char number[TFLOW_I_DECIMAL_SIZE];
            tflow_i_fail(
                error, TFLOW_EPARSE, "the weights of %.40s add up to %s, expected 1",
                tflow_i_dict_text(c->from, code), tflow_i_decimal_format(sum, number));
            tflow_i_at(error, c->path, 0, 0, "weight");
            return TFLOW_EPARSE;
        }
    }
    return TFLOW_OK;
}

tflow_status tflow_i_concordance_read(const char *path, tflow_i_concordance **out,
                                      tflow_error *error)
{
    tflow_i_concordance *c = tflow_i_calloc(1, sizeof *c);
    *out = NULL;
    if (c == NULL)
        return tflow_i_nomem(error);
    c->path = path;
    c->from = tflow_i_dict_new();
    c->to = tflow_i_dict_new();
    tflow_status status = c->from == NULL || c->to == NULL
                              ? tflow_i_nomem(error)
                              : tflow_i_csv_read(path, take_row, c, error);
    if (status == TFLOW_OK && c->n == 0) {
        status = tflow_i_fail(error, TFLOW_EPARSE,
                              "found no pairs, expected the columns from and to");
        tflow_i_at(error, path, 0, 0, NULL);
    }
    if (status == TFLOW_OK)
        status = check_weights(c, error);
    if (status == TFLOW_OK)
        *out = c;
    else
        tflow_i_concordance_free(c);
    return status;
}

size_t tflow_i_concordance_first(const tflow_i_concordance *c, const char *code)
{
    int32_t at = tflow_i_dict_find(c->from, code, strlen(code));
    return at < 0 ? SIZE_MAX : c->first[at];
}

size_t tflow_i_concordance_next(const tflow_i_concordance *c, size_t i)
{
    return c->pairs[i].next;
}

const char *tflow_i_concordance_to(const tflow_i_concordance *c, size_t i)
{
    return tflow_i_dict_text(c->to, c->pairs[i].to);
}

double tflow_i_concordance_weight(const tflow_i_concordance *c, size_t i)
{
    return c->pairs[i].weight;
}

int tflow_i_concordance_heading(const tflow_i_concordance *c, const char *code)
{
    size_t n = strlen(code);
    if (n == 0 || strspn(code, "0123456789") != n)
        return 0;
    for (int32_t i = 0; i < tflow_i_dict_count(c->from); i++) {
        const char *text = tflow_i_dict_text(c->from, i);
        if (strncmp(text, code, n) == 0 && text[n] != '\0')
            return 1;
    }
    return 0;
}

/* ---- those that come with the library ---- */

static const struct {
    const char *from, *to, *name;
} known[] = {
    {"hs2022", "hs2017", "hs2022-hs2017"}, {"hs2017", "hs1992", "hs2017-hs1992"},
    {"hs1992", "sitc2", "hs1992-sitc2"},   {"hs2022", "sitc4", "hs2022-sitc4"},
    {"hs2022", "bec4", "hs2022-bec4"},
};

/* There is one way at most from each to each: every list but hs2022 and hs2017 has one
 * table that leads to it. So the way is found backwards. */
size_t tflow_i_concordance_path(const char *from, const char *to,
                                const char *path[TFLOW_I_STEPS])
{
    const char *back[TFLOW_I_STEPS];
    size_t n = 0;
    while (strcmp(to, from) != 0) {
        size_t i = 0;
        while (i < sizeof known / sizeof *known && strcmp(known[i].to, to) != 0)
            i++;
        if (i == sizeof known / sizeof *known || n == TFLOW_I_STEPS)
            return 0;
        back[n++] = known[i].name;
        to = known[i].from;
    }
    for (size_t i = 0; i < n; i++)
        path[i] = back[n - 1 - i];
    return n;
}

const char *tflow_i_classification_code(const char *name)
{
    static const char *const codes[][2] = {{"hs2022", "H6"}, {"hs2017", "H5"},
                                           {"hs1992", "H0"}, {"sitc2", "S2"},
                                           {"sitc4", "S4"},  {"bec4", "B4"}};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strcmp(codes[i][0], name) == 0)
            return codes[i][1];
    return NULL;
}
