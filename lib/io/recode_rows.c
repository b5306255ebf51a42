/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows whose codes become the same are added up: numbers are sums, statuses the weakest
 * of the parts. */
#include "io/recode.h"

#include <math.h>
#include <string.h>

typedef struct sums {
    tflow_i_recoding *r;
    tflow_i_groups *cells;
    int32_t *key; /* of a cell: the columns of keys, then the period */
    size_t width;
    size_t *rows; /* the first row of a cell, by cell */
    size_t rows_capacity;
    tflow_i_sum *numbers; /* by cell and column */
    size_t numbers_capacity;
    unsigned char
        *marks; /* by cell and column: a status, or whether a part is missing */
    size_t marks_capacity;
    int32_t *units; /* of the quantity, by cell; -2: several */
    size_t units_capacity;
} sums;

static int is_unit(const tflow_i_column *c)
{
    return strcmp(c->name, "quantity_unit") == 0;
}

static tflow_status set_key(sums *s, size_t row, int32_t target, tflow_error *error)
{
    const tflow_table *t = s->r->table;
    s->width = 0;
    for (size_t i = 0; i < t->n_columns; i++) {
        const tflow_i_column *c = &t->columns[i];
        if (c == s->r->column)
            s->key[s->width++] = target;
        else if ((c->type == TFLOW_KEY && !is_unit(c)) || c->type == TFLOW_PERIOD)
            s->key[s->width++] = ((const int32_t *)c->data)[row];
        else if (c->type == TFLOW_INT64 || c->type == TFLOW_BOOL)
            return tflow_i_fail(error, TFLOW_EUNKNOWN,
                                "found the column %s, expected a table of flows",
                                c->name);
    }
    return TFLOW_OK;
}

static tflow_status cell_of(sums *s, size_t row, size_t *cell, tflow_error *error)
{
    size_t n = s->r->table->n_columns;
    if (s->cells == NULL)
        s->cells = tflow_i_groups_new(s->width);
    if (s->cells == NULL)
        return tflow_i_nomem(error);
    size_t before = tflow_i_groups_count(s->cells);
    *cell = tflow_i_groups_add(s->cells, s->key);
    if (*cell == SIZE_MAX)
        return tflow_i_nomem(error);
    if (*cell < before)
        return TFLOW_OK;
    if (!tflow_i_reserve(&s->rows, &s->rows_capacity, before + 1, sizeof *s->rows) ||
        !tflow_i_reserve(&s->units, &s->units_capacity, before + 1, sizeof *s->units) ||
        !tflow_i_reserve(&s->numbers, &s->numbers_capacity, (before + 1) * n,
                         sizeof *s->numbers) ||
        !tflow_i_reserve(&s->marks, &s->marks_capacity, (before + 1) * n, 1))
        return tflow_i_nomem(error);
    memset(s->numbers + before * n, 0, n * sizeof *s->numbers);
    memset(s->marks + before * n, 0, n);
    s->rows[before] = row;
    s->units[before] = -1;
    return TFLOW_OK;
}

/* Quantities of different units are not added to each other. */
static void note_unit(sums *s, size_t cell, size_t row)
{
    const tflow_i_column *unit =
        tflow_i_table_column(s->r->table, "quantity_unit", TFLOW_KEY);
    const tflow_i_column *quantity =
        tflow_i_table_column(s->r->table, "quantity", TFLOW_FLOAT64);
    if (unit == NULL || quantity == NULL ||
        isnan(((const double *)quantity->data)[row]))
        return;
    int32_t code = ((const int32_t *)unit->data)[row];
    if (s->units[cell] == -1 || s->units[cell] == code)
        s->units[cell] = code;
    else
        s->units[cell] = -2;
}

/* A part of a row; `last` takes what the others left, so that nothing gets lost. */
static void add_row(sums *s, size_t cell, size_t row, const tflow_i_mapped *m,
                    size_t part)
{
    const tflow_table *t = s->r->table;
    const tflow_i_part *parts = s->r->parts + m->first;
    /* Where a share is left out, the last part is no rest. */
    int last = part + 1 == m->n &&
               (m->unmapped == 0 || strcmp(s->r->opts.unmapped, "apart") == 0);
    for (size_t i = 0; i < t->n_columns; i++) {
        const tflow_i_column *c = &t->columns[i];
        size_t at = cell * t->n_columns + i;
        if (c->type == TFLOW_FLOAT64) {
            double x = ((const double *)c->data)[row], own = x * parts[part].weight;
            if (last) {
                own = x;
                for (size_t k = 0; k < part; k++)
                    own -= x * parts[k].weight;
            }
            if (isnan(x))
                s->marks[at] = 1;
            else
                tflow_i_sum_add(&s->numbers[at], own);
        } else if (c->type == TFLOW_OBS_STATUS) {
            char status = (char)((const uint8_t *)c->data)[row];
            if (status != 0)
                s->marks[at] = (unsigned char)(s->marks[at] == 0
                                                   ? status
                                                   : tflow_i_status_weaker(
                                                         (char)s->marks[at], status));
        }
    }
    note_unit(s, cell, row);
}

static tflow_status take_row(sums *s, size_t row, tflow_error *error)
{
    tflow_i_recoding *r = s->r;
    const tflow_i_mapped *m;
    tflow_status status = tflow_i_recode_code(r, row, &m, error);
    const tflow_i_column *value =
        tflow_i_table_column(r->table, "value", TFLOW_FLOAT64);
    if (status != TFLOW_OK)
        return status;
    double x = fabs(((const double *)value->data)[row]);
    r->headings += m->heading != 0;
    if (!m->total && !m->heading && !isnan(x)) {
        r->value += x;
        r->many += m->many ? x : 0;
        r->unmapped += x * m->unmapped;
    }
    for (size_t part = 0; part < m->n && status == TFLOW_OK; part++) {
        size_t cell = 0;
        status = set_key(s, row, r->parts[m->first + part].code, error);
        if (status == TFLOW_OK)
            status = cell_of(s, row, &cell, error);
        if (status == TFLOW_OK)
            add_row(s, cell, row, m, part);
    }
    return status;
}

/* ---- the new rows ---- */

static void put_key(const sums *s, tflow_builder *out, size_t cell, size_t i,
                    const int32_t *key)
{
    const tflow_i_column *c = &s->r->table->columns[i];
    int32_t code = is_unit(c) ? s->units[cell] : *key;
    /* One that has no quantity keeps what it says of its unit. */
    if (is_unit(c) && code == -1)
        code = ((const int32_t *)c->data)[s->rows[cell]];
    if (code >= 0)
        tflow_builder_key(
            out, i,
            tflow_i_dict_text(c == s->r->column ? s->r->targets : c->dict, code));
}

static void put_cell(const sums *s, tflow_builder *out, size_t cell)
{
    const tflow_table *t = s->r->table;
    const int32_t *key = tflow_i_groups_key(s->cells, cell);
    for (size_t i = 0; i < t->n_columns; i++) {
        const tflow_i_column *c = &t->columns[i];
        size_t at = cell * t->n_columns + i;
        if (c->type == TFLOW_KEY) {
            put_key(s, out, cell, i, key);
            key += !is_unit(c);
        } else if (c->type == TFLOW_PERIOD) {
            tflow_builder_period(out, i, *key++);
        } else if (c->type == TFLOW_OBS_STATUS) {
            if (s->marks[at] != 0)
                tflow_builder_status(out, i, (char)s->marks[at]);
        } else {
            int mixed = strcmp(c->name, "quantity") == 0 && s->units[cell] == -2;
            int lost = s->marks[at] != 0;
            double sum = tflow_i_sum_value(&s->numbers[at]);
            s->r->mixed += mixed != 0;
            s->r->lost += lost && strcmp(c->name, "value") == 0 && sum != 0;
            tflow_builder_float64(out, i, mixed || lost ? NAN : sum);
        }
    }
}

static tflow_status put_rows(const sums *s, tflow_builder *out, tflow_error *error)
{
    const tflow_table *t = s->r->table;
    tflow_status status = TFLOW_OK;
    for (size_t i = 0; i < t->n_columns && status == TFLOW_OK; i++)
        status = tflow_builder_column(out, t->columns[i].name, t->columns[i].type,
                                      t->columns[i].unit, error);
    size_t n = s->cells == NULL ? 0 : tflow_i_groups_count(s->cells);
    for (size_t cell = 0; cell < n && status == TFLOW_OK; cell++) {
        put_cell(s, out, cell);
        status = tflow_builder_row(out, error);
    }
    return status;
}

tflow_status tflow_i_recode_rows(tflow_i_recoding *r, tflow_builder *out,
                                 tflow_error *error)
{
    sums s = {.r = r};
    tflow_status status = TFLOW_OK;
    s.key = tflow_i_calloc(r->table->n_columns + 1, sizeof *s.key);
    if (s.key == NULL)
        status = tflow_i_nomem(error);
    for (size_t row = 0; row < r->table->rows && status == TFLOW_OK; row++)
        status = take_row(&s, row, error);
    if (status == TFLOW_OK)
        status = put_rows(&s, out, error);
    tflow_i_groups_free(s.cells);
    tflow_i_free(s.key);
    tflow_i_free(s.rows);
    tflow_i_free(s.numbers);
    tflow_i_free(s.marks);
    tflow_i_free(s.units);
    return status;
}
