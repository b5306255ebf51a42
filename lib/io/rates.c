/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/rates.h"
#include "io/csv.h"
#include "io/field.h"

#include <math.h>
#include <string.h>

#define NO_FIELD SIZE_MAX

struct tflow_i_rates {
    const char *path;
    const char *number;
    int by_currency, started;
    size_t currency_field, period_field, number_field;
    tflow_i_dict *currencies;
    tflow_i_groups *cells; /* currency and period */
    double *numbers;       /* by cell */
    uint64_t *lines;
    size_t numbers_capacity, lines_capacity;
};

void tflow_i_rates_free(tflow_i_rates *rates)
{
    if (rates == NULL)
        return;
    tflow_i_dict_free(rates->currencies);
    tflow_i_groups_free(rates->cells);
    tflow_i_free(rates->numbers);
    tflow_i_free(rates->lines);
    tflow_i_free(rates);
}

static size_t field_of(const tflow_i_row *header, const char *name)
{
    for (size_t i = 0; i < header->n; i++)
        if (strcmp(header->fields[i].text, name) == 0)
            return i;
    return NO_FIELD;
}

static tflow_status take_header(tflow_i_rates *rates, const tflow_i_row *row,
                                tflow_error *error)
{
    rates->started = 1;
    rates->period_field = field_of(row, "period");
    if (rates->period_field == NO_FIELD)
        rates->period_field = field_of(row, "year");
    rates->number_field = field_of(row, rates->number);
    rates->currency_field = rates->by_currency ? field_of(row, "currency") : 0;
    const char *missing = rates->period_field == NO_FIELD     ? "period"
                          : rates->number_field == NO_FIELD   ? rates->number
                          : rates->currency_field == NO_FIELD ? "currency"
                                                              : NULL;
    if (missing == NULL)
        return TFLOW_OK;
    tflow_i_fail(error, TFLOW_EPARSE,
                 "found no column %s, expected the columns %speriod, %s", missing,
                 rates->by_currency ? "currency, " : "", rates->number);
    tflow_i_at(error, rates->path, row->line, 0, missing);
    return TFLOW_EPARSE;
}

static tflow_status at(const tflow_i_rates *rates, const tflow_i_row *row, size_t field,
                       const char *name, tflow_status status, tflow_error *error)
{
    if (status != TFLOW_OK && status != TFLOW_ENOMEM)
        tflow_i_at(error, rates->path, row->line, (uint32_t)(field + 1), name);
    return status;
}

static const char *text_at(const tflow_i_row *row, size_t field)
{
    return field < row->n ? row->fields[field].text : "";
}

/* Remember a number, unless its cell has one. */
static tflow_status keep(tflow_i_rates *rates, const tflow_i_row *row,
                         const int32_t key[2], double number, tflow_error *error)
{
    size_t before = tflow_i_groups_count(rates->cells);
    size_t cell = tflow_i_groups_add(rates->cells, key);
    if (cell == SIZE_MAX ||
        !tflow_i_reserve(&rates->numbers, &rates->numbers_capacity, before + 1,
                         sizeof *rates->numbers) ||
        !tflow_i_reserve(&rates->lines, &rates->lines_capacity, before + 1,
                         sizeof *rates->lines))
        return tflow_i_nomem(error);
    if (cell < before)
        return at(rates, row, rates->number_field, rates->number,
                  tflow_i_fail(error, TFLOW_EDUPLICATE,
                               "this row and line %llu are both for %s %s",
                               (unsigned long long)rates->lines[cell],
                               rates->by_currency ? text_at(row, rates->currency_field)
                                                  : "the index of",
                               text_at(row, rates->period_field)),
                  error);
    rates->numbers[cell] = number;
    rates->lines[cell] = row->line;
    return TFLOW_OK;
}

static tflow_status take_row(void *context, const tflow_i_row *row, tflow_error *error)
{
    static const tflow_read_opts plain = TFLOW_READ_OPTS_INIT;
    tflow_i_rates *rates = context;
    const char *currency;
    int32_t key[2] = {0, 0};
    double number;
    char missing;

    if (!rates->started)
        return take_header(rates, row, error);
    tflow_status status =
        tflow_i_field_period(text_at(row, rates->period_field), 0, &key[1], error);
    if (status != TFLOW_OK)
        return at(rates, row, rates->period_field, "period", status, error);
    status = tflow_i_field_number(text_at(row, rates->number_field), &plain, 0, &number,
                                  &missing, error);
    if (status == TFLOW_ENEGATIVE || (status == TFLOW_OK && number == 0))
        status = tflow_i_fail(error, TFLOW_EPARSE,
                              "found \"%.40s\", expected a number above 0",
                              text_at(row, rates->number_field));
    if (status != TFLOW_OK)
        return at(rates, row, rates->number_field, rates->number, status, error);
    if (isnan(number))
        return TFLOW_OK;
    if (rates->by_currency) {
        currency = text_at(row, rates->currency_field);
        key[0] = tflow_i_dict_add(rates->currencies, currency, strlen(currency));
        if (key[0] < 0)
            return tflow_i_nomem(error);
    }
    return keep(rates, row, key, number, error);
}

tflow_status tflow_i_rates_read(const char *path, const char *number, int by_currency,
                                tflow_i_rates **out, tflow_error *error)
{
    *out = NULL;
    tflow_i_rates *rates = tflow_i_calloc(1, sizeof *rates);
    if (rates == NULL)
        return tflow_i_nomem(error);
    rates->path = path;
    rates->number = number;
    rates->by_currency = by_currency;
    rates->currencies = tflow_i_dict_new();
    rates->cells = tflow_i_groups_new(2);
    tflow_status status = rates->currencies == NULL || rates->cells == NULL
                              ? tflow_i_nomem(error)
                              : tflow_i_csv_read(path, take_row, rates, error);
    if (status == TFLOW_OK && tflow_i_groups_count(rates->cells) == 0) {
        status = tflow_i_fail(error, TFLOW_EPARSE, "found no numbers in the column %s",
                              number);
        tflow_i_at(error, path, 0, 0, number);
    }
    if (status != TFLOW_OK) {
        tflow_i_rates_free(rates);
        return status;
    }
    *out = rates;
    return TFLOW_OK;
}

double tflow_i_rates_at(const tflow_i_rates *rates, const char *currency,
                        tflow_period period)
{
    int32_t key[2] = {0, period};
    if (currency != NULL)
        key[0] = tflow_i_dict_find(rates->currencies, currency, strlen(currency));
    if (key[0] < 0)
        return NAN;
    for (const char *frequency = "MQHA"; period != TFLOW_PERIOD_NONE; frequency++) {
        size_t cell = tflow_i_groups_find(rates->cells, key);
        if (cell != SIZE_MAX)
            return rates->numbers[cell];
        if (*frequency == '\0')
            break;
        tflow_period holds = tflow_period_within(period, *frequency);
        if (holds != TFLOW_PERIOD_NONE)
            key[1] = holds;
    }
    return NAN;
}
