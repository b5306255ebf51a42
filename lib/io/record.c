/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "codes/codes.h"
#include "io/field.h"
#include "io/record_row.h"

#include <math.h>
#include <string.h>

static void write_keys(tflow_i_records *r, const tflow_i_measure *m,
                       const tflow_i_draft *d, tflow_period period)
{
    tflow_builder *b = r->builder;
    for (int k = 0; k < TFLOW_I_KEYS; k++)
        if (d->keys[k] >= 0)
            tflow_i_builder_code(b, r->column[k], d->keys[k]);
    if (m->flow != NULL)
        tflow_builder_key(b, r->column[TFLOW_I_FLOW], m->flow);
    if (m->mode != NULL)
        tflow_builder_key(b, r->column[TFLOW_I_MODE], m->mode);
    if (period != TFLOW_PERIOD_NONE)
        tflow_builder_period(b, r->column[TFLOW_I_PERIOD], period);
}

static void write_number(tflow_i_records *r, tflow_i_role number, tflow_i_role about,
                         double value, char said, int estimated)
{
    if (r->column[number] != TFLOW_I_NO_FIELD)
        tflow_builder_float64(r->builder, r->column[number], value);
    if (r->column[about] != TFLOW_I_NO_FIELD && !isnan(value))
        tflow_builder_status(r->builder, r->column[about],
                             said != '\0' ? said
                             : estimated  ? 'E'
                                          : 'A');
}

static tflow_status write_row(tflow_i_records *r, const tflow_i_row *row,
                              const tflow_i_measure *m, const tflow_i_numbers *n,
                              const tflow_i_draft *d, tflow_error *error)
{
    tflow_i_builder_line(r->builder, row->line);
    write_keys(r, m, d, n->period);
    tflow_builder_float64(r->builder, r->column[TFLOW_I_VALUE], n->value);
    tflow_builder_status(r->builder, r->column[TFLOW_I_STATUS], n->status);
    write_number(r, TFLOW_I_QUANTITY, TFLOW_I_QUANTITY_STATUS, n->quantity,
                 d->quantity_status, d->quantity_estimated);
    write_number(r, TFLOW_I_NET_WEIGHT, TFLOW_I_WEIGHT_STATUS, n->weight,
                 d->weight_status, d->weight_estimated);
    return tflow_builder_row(r->builder, error);
}

/* ---- Eurostat: the value, the weight and the quantity of a cell in rows ---- */

static tflow_status indicator_role(const tflow_i_records *r, const tflow_i_row *row,
                                   tflow_i_role *role, tflow_error *error)
{
    size_t field;
    const char *text = tflow_i_record_text(r, row, TFLOW_I_INDICATOR, &field);
    if (strncmp(text, "VALUE", 5) == 0)
        *role = TFLOW_I_VALUE;
    else if (strcmp(text, "QUANTITY_IN_100KG") == 0)
        *role = TFLOW_I_NET_WEIGHT;
    else if (strncmp(text, "SUPPLEMENTARY", 13) == 0 ||
             strncmp(text, "SUP_QUANTITY", 12) == 0)
        *role = TFLOW_I_QUANTITY;
    else {
        tflow_i_fail(error, TFLOW_EUNKNOWN,
                     "found indicator \"%.60s\", expected VALUE_IN_EUROS, "
                     "QUANTITY_IN_100KG or SUPPLEMENTARY_QUANTITY",
                     text);
        return tflow_i_record_at(r, row, field, TFLOW_EUNKNOWN, error);
    }
    return TFLOW_OK;
}

/* The number goes into the row that its cell has already, unless there is one like it:
 * *done then says so. Else it starts a row. */
static tflow_status pivot(tflow_i_records *r, const tflow_i_row *row,
                          const tflow_i_draft *d, int *done, tflow_error *error)
{
    tflow_i_numbers *n = &r->numbers[0];
    int32_t key[TFLOW_I_KEYS + 1];
    tflow_i_role role;
    double number = n->value;
    tflow_status status = indicator_role(r, row, &role, error);
    if (status != TFLOW_OK)
        return status;
    n->value = role == TFLOW_I_VALUE ? number : NAN;
    n->weight = role == TFLOW_I_NET_WEIGHT ? number : NAN;
    n->quantity = role == TFLOW_I_QUANTITY ? number : NAN;
    if (role != TFLOW_I_VALUE)
        n->status = 'O'; /* until a row with the value comes */

    memcpy(key, d->keys, sizeof d->keys);
    key[TFLOW_I_KEYS] = d->period;
    size_t before = tflow_i_groups_count(r->cells);
    size_t cell = tflow_i_groups_add(r->cells, key);
    if (cell == SIZE_MAX || !tflow_i_reserve(&r->cell_rows, &r->cell_rows_capacity,
                                             cell + 1, sizeof *r->cell_rows))
        return tflow_i_nomem(error);
    if (cell == before) {
        r->cell_rows[cell] = tflow_table_rows(tflow_i_builder_table(r->builder));
        return TFLOW_OK;
    }
    size_t at = r->cell_rows[cell];
    *done = tflow_i_builder_fill(r->builder, r->column[role], at, number);
    if (*done && role == TFLOW_I_VALUE)
        tflow_i_builder_fill_status(r->builder, r->column[TFLOW_I_STATUS], at,
                                    n->status);
    return TFLOW_OK;
}

/* ---- rows that are no flows ---- */

/* In a wide layout, a row without a number whose area is not known is a footer. */
static int is_footer(const tflow_i_records *r, const tflow_i_row *row,
                     const char **text)
{
    size_t field;
    tflow_area area;
    if ((r->binding.layout->flags & TFLOW_I_WIDE) == 0)
        return 0;
    for (size_t i = 0; i < r->binding.n_measures; i++)
        if (tflow_i_record_raw(row, r->binding.measures[i].value)[0] != '\0')
            return 0;
    *text = tflow_i_record_text(r, row, TFLOW_I_PARTNER, &field);
    return strchr(*text, ':') != NULL &&
           tflow_area_find(*text, strlen(*text), &area, NULL) != TFLOW_OK;
}

static tflow_status note_footer(tflow_i_records *r, const tflow_i_row *row,
                                const char *text, tflow_error *error)
{
    tflow_i_text note = {0};
    tflow_i_text_format(&note,
                        "line %llu is a footer, \"%.100s\"; values are read as they "
                        "stand",
                        (unsigned long long)row->line, text);
    tflow_status status = note.failed
                              ? tflow_i_nomem(error)
                              : tflow_builder_note(r->builder, note.data, error);
    tflow_i_text_clear(&note);
    return status;
}

/* The IMF puts balances, imports free on board, and the status of each number into the
 * same file. *text says what it is. */
static int is_other(const tflow_i_records *r, const tflow_i_row *row, const char **text)
{
    size_t field;
    if ((r->binding.layout->flags & TFLOW_I_IMF) == 0)
        return 0;
    *text = tflow_i_record_text(r, row, TFLOW_I_INDICATOR, &field);
    if (**text != '\0' && strcmp(*text, "Value") != 0)
        return 1;
    *text = tflow_i_record_text(r, row, TFLOW_I_FLOW, &field);
    size_t n = strlen(*text);
    return n > 4 && strcmp(*text + n - 4, "_USD") == 0 &&
           tflow_i_field_flow(*text, 0) == NULL;
}

/* ---- taking a row ---- */

static tflow_status count_kinds(tflow_i_records *r, const tflow_i_row *row,
                                tflow_error *error)
{
    size_t field;
    const char *type = tflow_i_record_text(r, row, TFLOW_I_TRADE_TYPE, &field);
    const char *text = tflow_i_record_text(r, row, TFLOW_I_CLASSIFICATION, &field);
    if (strcmp(type, "S") == 0)
        r->services++;
    else
        r->goods++;
    if (*text != '\0' && tflow_i_dict_add(r->classifications, text, strlen(text)) < 0)
        return tflow_i_nomem(error);
    return TFLOW_OK;
}

static tflow_status take_row(tflow_i_records *r, const tflow_i_row *row,
                             tflow_error *error)
{
    const tflow_i_binding *b = &r->binding;
    tflow_i_draft d = {0};
    int done = 0;
    if (row->n != b->n_fields &&
        !(row->n == b->n_fields + 1 && row->fields[row->n - 1].n == 0)) {
        tflow_i_fail(error, TFLOW_EPARSE, "found %zu fields, expected %zu", row->n,
                     b->n_fields);
        return tflow_i_record_at(r, row, TFLOW_I_NO_FIELD, TFLOW_EPARSE, error);
    }
    /* All of the row is understood before anything of it is written; the keys last,
     * because they leave their texts with the table. */
    tflow_status status = tflow_i_record_facts(r, row, &d, error);
    if (status == TFLOW_OK)
        status = tflow_i_record_numbers(r, row, &d, error);
    if (status == TFLOW_OK)
        status = tflow_i_record_keys(r, row, &d, error);
    if (status == TFLOW_OK)
        status = count_kinds(r, row, error);
    if (status == TFLOW_OK && (b->layout->flags & TFLOW_I_PIVOT) != 0)
        status = pivot(r, row, &d, &done, error);
    for (size_t i = 0; i < b->n_measures && status == TFLOW_OK && !done; i++)
        status = write_row(r, row, &b->measures[i], &r->numbers[i], &d, error);
    return status;
}

tflow_status tflow_i_records_take(tflow_i_records *r, const tflow_i_row *row,
                                  tflow_error *error)
{
    tflow_error detail = TFLOW_ERROR_INIT;
    const char *text;
    if (is_footer(r, row, &text))
        return note_footer(r, row, text, error);
    if (is_other(r, row, &text)) {
        r->left_out++;
        return tflow_i_dict_add(r->other, text, strlen(text)) < 0 ? tflow_i_nomem(error)
                                                                  : TFLOW_OK;
    }
    tflow_status status = take_row(r, row, &detail);
    if (status == TFLOW_OK) {
        r->rows++;
        return TFLOW_OK;
    }
    if (r->opts->skip_bad_rows && (status == TFLOW_EPARSE || status == TFLOW_EUNKNOWN ||
                                   status == TFLOW_ENEGATIVE)) {
        if (r->skipped < TFLOW_I_BAD_SHOWN)
            r->bad[r->skipped] = detail;
        r->skipped++;
        return TFLOW_OK;
    }
    if (error != NULL)
        *error = detail;
    return status;
}
