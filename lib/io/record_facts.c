/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The period, the statuses and the numbers of a row. */
#include "io/field.h"
#include "io/record_row.h"

#include <math.h>
#include <string.h>

/* "03" beside a year: a month of it. */
static tflow_status take_month(const tflow_i_records *r, const tflow_i_row *row,
                               tflow_i_draft *d, tflow_error *error)
{
    size_t field;
    const char *month = tflow_i_record_text(r, row, TFLOW_I_MONTH, &field);
    double number;
    int overflow;
    if (*month == '\0')
        return TFLOW_OK;
    if (!tflow_i_decimal_parse(month, strlen(month), &number, &overflow) ||
        number != floor(number) || number < 1 || number > 12 ||
        tflow_period_frequency(d->period) != 'A') {
        tflow_i_fail(error, TFLOW_EPARSE,
                     "found month \"%.20s\", expected 1 to 12 beside a year", month);
        return tflow_i_record_at(r, row, field, TFLOW_EPARSE, error);
    }
    return tflow_period_make((int)(tflow_period_start(d->period) / 12), (int)number, 1,
                             &d->period);
}

static tflow_status take_period(const tflow_i_records *r, const tflow_i_row *row,
                                tflow_i_draft *d, tflow_error *error)
{
    size_t field;
    d->period = TFLOW_PERIOD_NONE;
    if (r->binding.roles[TFLOW_I_PERIOD].n == 0 &&
        r->binding.roles[TFLOW_I_PERIOD].constant == NULL)
        return TFLOW_OK; /* the columns say, or nobody */
    const char *text = tflow_i_record_text(r, row, TFLOW_I_PERIOD, &field);
    int labelled = (r->binding.layout->flags & TFLOW_I_CODE_LABEL) != 0;
    tflow_status status = tflow_i_field_period(text, labelled, &d->period, error);
    if (status != TFLOW_OK)
        return tflow_i_record_at(r, row, field, status, error);
    return r->binding.roles[TFLOW_I_MONTH].n == 0 ? TFLOW_OK
                                                  : take_month(r, row, d, error);
}

static int truth(const tflow_i_records *r, const tflow_i_row *row, tflow_i_role role)
{
    size_t field;
    return tflow_i_field_true(tflow_i_record_text(r, row, role, &field));
}

static tflow_status take_status(const tflow_i_records *r, const tflow_i_row *row,
                                tflow_i_role role, char *out, tflow_error *error)
{
    size_t field;
    const char *text = tflow_i_record_text(r, row, role, &field);
    return tflow_i_record_at(r, row, field, tflow_i_field_status(text, out, error),
                             error);
}

tflow_status tflow_i_record_facts(tflow_i_records *r, const tflow_i_row *row,
                                  tflow_i_draft *d, tflow_error *error)
{
    size_t field;
    tflow_status status = take_period(r, row, d, error);
    if (status == TFLOW_OK)
        status = take_status(r, row, TFLOW_I_STATUS, &d->status, error);
    if (status == TFLOW_OK)
        status =
            take_status(r, row, TFLOW_I_QUANTITY_STATUS, &d->quantity_status, error);
    if (status == TFLOW_OK)
        status = take_status(r, row, TFLOW_I_WEIGHT_STATUS, &d->weight_status, error);
    if (status != TFLOW_OK)
        return status;

    /* UN Comtrade: a value neither reported nor added up by UNSD from reported lines is
     * UNSD's estimate. A sum of reported lines is as good as they are. */
    d->estimated = r->binding.roles[TFLOW_I_REPORTED].n > 0 &&
                   !truth(r, row, TFLOW_I_REPORTED) &&
                   !truth(r, row, TFLOW_I_AGGREGATED);
    const char *flag = tflow_i_record_text(r, row, TFLOW_I_ESTIMATION, &field);
    int both = strcmp(flag, "6") == 0;
    d->quantity_estimated =
        both || strcmp(flag, "2") == 0 || truth(r, row, TFLOW_I_QUANTITY_ESTIMATED);
    d->weight_estimated =
        both || strcmp(flag, "4") == 0 || truth(r, row, TFLOW_I_WEIGHT_ESTIMATED);
    const char *unit = tflow_i_record_text(r, row, TFLOW_I_UNIT_CODE, &field);
    d->no_quantity = strcmp(unit, "-1") == 0 || strcmp(unit, "1") == 0;
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
                            "found a period that is no year beside columns of months");
    return tflow_period_make((int)(start / 12), m->when, 1, period);
}

static tflow_status number_at(const tflow_i_records *r, const tflow_i_row *row,
                              size_t field, int shift, double *out, char *status,
                              tflow_error *error)
{
    *out = NAN;
    *status = '\0';
    if (field == TFLOW_I_NO_FIELD)
        return TFLOW_OK;
    tflow_status done = tflow_i_field_number(tflow_i_record_raw(row, field), r->opts,
                                             shift, out, status, error);
    return tflow_i_record_at(r, row, field, done, error);
}

int tflow_i_record_settle(double value, char letter, int estimated, char said,
                          char *status)
{
    int absent = letter == 'O' || letter == 'L' || letter == 'M';

    if (isnan(value))
        *status = said == 'Q' || letter == 'Q' ? 'Q' : absent ? letter : 'O';
    else
        *status = letter != '\0' ? letter : estimated ? 'E' : 'A';
    return isnan(value) || !absent;
}

static tflow_status settle(const tflow_i_records *r, const tflow_i_row *row,
                           const tflow_i_draft *d, char said, tflow_i_numbers *n,
                           tflow_error *error)
{
    size_t field;
    if (tflow_i_record_settle(n->value, d->status, d->estimated, said, &n->status))
        return TFLOW_OK;
    const char *text = tflow_i_record_text(r, row, TFLOW_I_STATUS, &field);
    tflow_i_fail(error, TFLOW_EPARSE,
                 "status \"%.20s\" says the value is missing, and there is one", text);
    return tflow_i_record_at(r, row, field, TFLOW_EPARSE, error);
}

tflow_status tflow_i_record_numbers(tflow_i_records *r, const tflow_i_row *row,
                                    const tflow_i_draft *d, tflow_error *error)
{
    for (size_t i = 0; i < r->binding.n_measures; i++) {
        const tflow_i_measure *m = &r->binding.measures[i];
        tflow_i_numbers *n = &r->numbers[i];
        char said, ignored;
        tflow_status status =
            number_at(r, row, m->value, r->shift, &n->value, &said, error);
        if (status == TFLOW_OK)
            status = number_at(r, row, m->quantity, 0, &n->quantity, &ignored, error);
        if (status == TFLOW_OK)
            status = number_at(r, row, m->weight, 0, &n->weight, &ignored, error);
        if (status == TFLOW_OK)
            status = settle(r, row, d, said, n, error);
        if (status == TFLOW_OK)
            status = tflow_i_record_at(r, row, TFLOW_I_NO_FIELD,
                                       period_of(m, d, &n->period, error), error);
        if (status != TFLOW_OK)
            return status;
        if (d->no_quantity)
            n->quantity = NAN; /* whatever the field holds: Comtrade writes 0 */
    }
    return TFLOW_OK;
}
