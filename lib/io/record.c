/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "codes/codes.h"
#include "io/field.h"
#include "io/record_row.h"

#include <math.h>
#include <string.h>

/* ---- time and status ---- */

static tflow_status take_period(const tflow_i_records *r, const tflow_i_row *row,
                                tflow_i_draft *d, tflow_error *error)
{
    size_t field, month_field;
    d->period = TFLOW_PERIOD_NONE;
    if (r->binding.roles[TFLOW_I_PERIOD].n == 0 &&
        r->binding.roles[TFLOW_I_PERIOD].constant == NULL)
        return TFLOW_OK; /* a wide layout: the columns say */
    const char *text = tflow_i_record_text(r, row, TFLOW_I_PERIOD, &field);
    int labelled = (r->binding.layout->flags & TFLOW_I_CODE_LABEL) != 0;
    tflow_status status = tflow_i_field_period(text, labelled, &d->period, error);
    if (status != TFLOW_OK)
        return tflow_i_record_at(r, row, field, status, error);
    if (r->binding.roles[TFLOW_I_MONTH].n == 0)
        return TFLOW_OK;
    const char *month = tflow_i_record_text(r, row, TFLOW_I_MONTH, &month_field);
    double number;
    int overflow;
    if (*month == '\0')
        return TFLOW_OK;
    if (!tflow_i_decimal_parse(month, strlen(month), &number, &overflow) ||
        number != floor(number) || number < 1 || number > 12 ||
        tflow_period_frequency(d->period) != 'A')
        return tflow_i_record_at(
            r, row, month_field,
            tflow_i_fail(error, TFLOW_EPARSE,
                         "found month \"%.20s\", expected 1 to 12 beside a year",
                         month),
            error);
    tflow_period_make((int)(tflow_period_start(d->period) / 12), (int)number, 1,
                      &d->period);
    return TFLOW_OK;
}

static tflow_status take_statuses(const tflow_i_records *r, const tflow_i_row *row,
                                  tflow_i_draft *d, tflow_error *error)
{
    size_t field;
    d->status = d->quantity_status = '\0';
    tflow_status status = tflow_i_field_status(
        tflow_i_record_text(r, row, TFLOW_I_STATUS, &field), &d->status, error);
    if (status == TFLOW_OK)
        status = tflow_i_field_status(
            tflow_i_record_text(r, row, TFLOW_I_QUANTITY_STATUS, &field),
            &d->quantity_status, error);
    if (status != TFLOW_OK)
        return tflow_i_record_at(r, row, field, status, error);
    /* UN Comtrade: neither reported nor added up from reported lines is an estimate. */
    if (r->binding.roles[TFLOW_I_REPORTED].n > 0)
        d->estimated = !tflow_i_field_true(
                           tflow_i_record_text(r, row, TFLOW_I_REPORTED, &field)) &&
                       !tflow_i_field_true(
                           tflow_i_record_text(r, row, TFLOW_I_AGGREGATED, &field));
    const char *flag = tflow_i_record_text(r, row, TFLOW_I_ESTIMATION, &field);
    d->quantity_estimated = tflow_i_field_true(tflow_i_record_text(
                                r, row, TFLOW_I_QUANTITY_ESTIMATED, &field)) ||
                            strcmp(flag, "2") == 0 || strcmp(flag, "6") == 0;
    return TFLOW_OK;
}

/* ---- numbers ---- */

static tflow_status period_of(const tflow_i_measure *m, const tflow_i_draft *d,
                              tflow_period *period, tflow_error *error)
{
    int32_t start = tflow_period_start(d->period);
    *period = m->period != TFLOW_PERIOD_NONE ? m->period : d->period;
    if (m->when == TFLOW_I_OF_ROW)
        return TFLOW_OK;
    if (m->when == TFLOW_I_TO_DATE) {
        int32_t months = start % 12 + tflow_period_months(d->period);
        return tflow_period_make((int)(start / 12), 1, (int)months, period);
    }
    if (tflow_period_frequency(d->period) != 'A')
        return tflow_i_fail(error, TFLOW_EPARSE,
                            "found a period that is no year beside "
                            "columns of months");
    return tflow_period_make((int)(start / 12), m->when, 1, period);
}

typedef struct numbers {
    double value, quantity, weight;
    char status;
} numbers;

static tflow_status number_at(const tflow_i_records *r, const tflow_i_row *row,
                              size_t field, double *out, char *status,
                              tflow_error *error)
{
    *out = NAN;
    if (field == TFLOW_I_NO_FIELD)
        return TFLOW_OK;
    return tflow_i_record_at(r, row, field,
                             tflow_i_field_number(tflow_i_record_raw(row, field),
                                                  r->opts, out, status, error),
                             error);
}

static tflow_status take_numbers(const tflow_i_records *r, const tflow_i_row *row,
                                 const tflow_i_measure *m, const tflow_i_draft *d,
                                 numbers *n, tflow_error *error)
{
    char said = '\0', ignored;
    tflow_status status = number_at(r, row, m->value, &n->value, &said, error);
    if (status == TFLOW_OK)
        status = number_at(r, row, m->quantity, &n->quantity, &ignored, error);
    if (status == TFLOW_OK)
        status = number_at(r, row, m->weight, &n->weight, &ignored, error);
    if (status != TFLOW_OK)
        return status;
    n->value *= r->scale;
    size_t unit;
    const char *code = tflow_i_record_text(r, row, TFLOW_I_UNIT_CODE, &unit);
    if (strcmp(code, "-1") == 0 || strcmp(code, "1") == 0)
        n->quantity = NAN; /* Comtrade: no quantity, whatever the field holds */
    n->status = d->status != '\0' ? d->status
                : isnan(n->value) ? (said == '\0' ? 'O' : said)
                : d->estimated    ? 'E'
                                  : 'A';
    return TFLOW_OK;
}

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

static void write_numbers(tflow_i_records *r, const tflow_i_draft *d, const numbers *n)
{
    tflow_builder *b = r->builder;
    tflow_builder_float64(b, r->column[TFLOW_I_VALUE], n->value);
    tflow_builder_status(b, r->column[TFLOW_I_STATUS], n->status);
    if (r->column[TFLOW_I_QUANTITY] != TFLOW_I_NO_FIELD)
        tflow_builder_float64(b, r->column[TFLOW_I_QUANTITY], n->quantity);
    if (r->column[TFLOW_I_NET_WEIGHT] != TFLOW_I_NO_FIELD)
        tflow_builder_float64(b, r->column[TFLOW_I_NET_WEIGHT], n->weight);
    if (r->column[TFLOW_I_QUANTITY_STATUS] != TFLOW_I_NO_FIELD && !isnan(n->quantity))
        tflow_builder_status(b, r->column[TFLOW_I_QUANTITY_STATUS],
                             d->quantity_status != '\0' ? d->quantity_status
                             : d->quantity_estimated    ? 'E'
                                                        : 'A');
}

/* ---- Eurostat: the value and the weight of a cell in two rows ---- */

/* Which number the row holds goes into its place; 0: the row starts a cell. */
static tflow_status pivot(tflow_i_records *r, const tflow_i_row *row,
                          const tflow_i_draft *d, numbers *n, int *done,
                          tflow_error *error)
{
    size_t field;
    const char *indicator = tflow_i_record_text(r, row, TFLOW_I_INDICATOR, &field);
    int is_value = strncmp(indicator, "VALUE", 5) == 0;
    int is_weight = strncmp(indicator, "QUANTITY", 8) == 0;
    int32_t key[TFLOW_I_KEYS + 1];

    *done = 0;
    if (!is_value && !is_weight && strncmp(indicator, "SUPPLEMENTARY", 13) != 0)
        return tflow_i_record_at(
            r, row, field,
            tflow_i_fail(error, TFLOW_EUNKNOWN,
                         "found indicator \"%.60s\", expected VALUE_IN_EUROS, "
                         "QUANTITY_IN_100KG or SUPPLEMENTARY_QUANTITY",
                         indicator),
            error);
    double number = n->value;
    n->value = is_value ? number : NAN;
    n->weight = is_weight ? number : NAN;
    n->quantity = is_value || is_weight ? NAN : number;
    if (!is_value)
        n->status = 'O';
    memcpy(key, d->keys, sizeof d->keys);
    key[TFLOW_I_KEYS] = d->period;
    size_t before = tflow_i_groups_count(r->cells);
    size_t cell = tflow_i_groups_add(r->cells, key);
    if (cell == SIZE_MAX || !tflow_i_reserve(&r->cell_rows, &r->cell_rows_capacity,
                                             cell + 1, sizeof *r->cell_rows))
        return tflow_i_nomem(error);
    tflow_i_role role = is_value    ? TFLOW_I_VALUE
                        : is_weight ? TFLOW_I_NET_WEIGHT
                                    : TFLOW_I_QUANTITY;
    if (cell == before)
        r->cell_rows[cell] = tflow_i_builder_table(r->builder)->rows;
    else
        *done = tflow_i_builder_fill(r->builder, r->column[role], r->cell_rows[cell],
                                     number);
    if (*done && is_value)
        tflow_i_builder_fill_status(r->builder, r->column[TFLOW_I_STATUS],
                                    r->cell_rows[cell], 'A');
    return TFLOW_OK;
}

static tflow_status take_row(tflow_i_records *r, const tflow_i_row *row,
                             tflow_error *error)
{
    const tflow_i_binding *b = &r->binding;
    numbers n[64] = {{NAN, NAN, NAN, 0}};
    tflow_i_draft d = {0};
    int done = 0;
    if (row->n != b->n_fields &&
        !(row->n == b->n_fields + 1 && row->fields[row->n - 1].n == 0))
        return tflow_i_record_at(r, row, TFLOW_I_NO_FIELD,
                                 tflow_i_fail(error, TFLOW_EPARSE,
                                              "found %zu fields, expected %zu", row->n,
                                              b->n_fields),
                                 error);
    tflow_status status = tflow_i_record_keys(r, row, &d, error);
    if (status == TFLOW_OK)
        status = take_period(r, row, &d, error);
    if (status == TFLOW_OK)
        status = take_statuses(r, row, &d, error);
    /* All numbers first: a bad one leaves nothing of its row behind. */
    for (size_t i = 0; i < b->n_measures && status == TFLOW_OK; i++)
        status = take_numbers(r, row, &b->measures[i], &d, &n[i % 64], error);
    if (status == TFLOW_OK && (b->layout->flags & TFLOW_I_PIVOT) != 0)
        status = pivot(r, row, &d, &n[0], &done, error);
    for (size_t i = 0; i < b->n_measures && status == TFLOW_OK && !done; i++) {
        tflow_period period;
        status = period_of(&b->measures[i], &d, &period, error);
        if (status == TFLOW_OK && b->n_measures > 64)
            status = take_numbers(r, row, &b->measures[i], &d, &n[i % 64], error);
        if (status != TFLOW_OK)
            return tflow_i_record_at(r, row, TFLOW_I_NO_FIELD, status, error);
        tflow_i_builder_line(r->builder, row->line);
        write_keys(r, &b->measures[i], &d, period);
        write_numbers(r, &d, &n[i % 64]);
        status = tflow_builder_row(r->builder, error);
    }
    return status;
}

/* In a wide layout, a row whose numbers are all empty and whose area is not known is a
 * footer ("Scale: Millions"). */
static int footer(const tflow_i_records *r, const tflow_i_row *row)
{
    if ((r->binding.layout->flags & TFLOW_I_WIDE) == 0)
        return 0;
    for (size_t i = 0; i < r->binding.n_measures; i++)
        if (tflow_i_record_raw(row, r->binding.measures[i].value)[0] != '\0')
            return 0;
    size_t field;
    tflow_area area;
    const char *text = tflow_i_record_text(r, row, TFLOW_I_PARTNER, &field);
    return tflow_area_find(text, strlen(text), &area, NULL) != TFLOW_OK;
}

tflow_status tflow_i_records_take(tflow_i_records *r, const tflow_i_row *row,
                                  tflow_error *error)
{
    tflow_error detail = TFLOW_ERROR_INIT;
    if (footer(r, row)) {
        char note[200] = "a footer, not data: ";
        size_t field;
        strncat(note, tflow_i_record_text(r, row, TFLOW_I_PARTNER, &field), 100);
        return tflow_builder_note(r->builder, note, error);
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
