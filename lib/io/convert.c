/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tradeflow/convert.h"
#include "io/rates.h"
#include "table/table.h"

#include <math.h>
#include <string.h>

/* A copy of a table under change. */
typedef struct change {
    const tflow_table *table;
    tflow_builder *builder;
    double *values; /* of the copy */
    const tflow_period *periods;
} change;

static tflow_status place_of_row(const change *c, size_t row, const char *column,
                                 tflow_status status, tflow_error *error)
{
    tflow_i_at(error, tflow_i_table_file(c->table, row),
               tflow_i_table_line(c->table, row), 0, column);
    return status;
}

static tflow_status open_change(const tflow_table *table, change *c, tflow_error *error)
{
    size_t value, period;
    memset(c, 0, sizeof *c);
    c->table = table;
    if (tflow_table_find(table, "value", &value) != TFLOW_OK ||
        tflow_table_find(table, "period", &period) != TFLOW_OK ||
        tflow_table_float64(table, value) == NULL ||
        tflow_table_periods(table, period) == NULL)
        return tflow_i_fail(error, TFLOW_EUNKNOWN,
                            "found no columns value and period, expected a table of "
                            "flows");
    tflow_status status = tflow_i_builder_copy(table, &c->builder, error);
    if (status != TFLOW_OK)
        return status;
    c->values = tflow_i_builder_table(c->builder)->columns[value].data;
    c->periods = tflow_table_periods(table, period);
    return TFLOW_OK;
}

static tflow_status put(change *c, size_t row, double value, tflow_error *error)
{
    if (!isfinite(value))
        return place_of_row(
            c, row, "value",
            tflow_i_fail(error, TFLOW_ELIMIT, "the value becomes too large to hold"),
            error);
    c->values[row] = value;
    return TFLOW_OK;
}

static tflow_status no_rate(const change *c, size_t row, const char *what,
                            const char *path, tflow_error *error)
{
    char label[TFLOW_PERIOD_SIZE];
    tflow_period_format(c->periods[row], label);
    tflow_status status =
        tflow_i_fail(error, TFLOW_EUNKNOWN, "found no %s for %s in %.200s", what,
                     label[0] == '\0' ? "a row without a period" : label, path);
    return place_of_row(c, row, "period", status, error);
}

static tflow_status finish(change *c, const char *facts[][2], const char *note,
                           tflow_table **out, tflow_error *error)
{
    tflow_status status = tflow_builder_note(c->builder, note, error);
    for (size_t i = 0; facts[i][0] != NULL && status == TFLOW_OK; i++)
        status = tflow_builder_attribute(c->builder, facts[i][0], facts[i][1], error);
    return status == TFLOW_OK ? tflow_builder_finish(c->builder, out, error) : status;
}

/* ---- currency ---- */

/* The currency of a row: its own, or the table's; NULL when neither says. */
static const char *currency_of(const tflow_table *table, const tflow_i_column *column,
                               size_t row)
{
    if (column != NULL && ((const int32_t *)column->data)[row] >= 0)
        return tflow_i_dict_text(column->dict, ((const int32_t *)column->data)[row]);
    return tflow_table_attribute(table, "currency");
}

static tflow_status convert_rows(change *c, const tflow_i_rates *rates,
                                 const char *path, const char *currency,
                                 tflow_error *error)
{
    const tflow_i_column *column =
        tflow_i_table_column(c->table, "currency", TFLOW_KEY);
    tflow_status status = TFLOW_OK;
    for (size_t row = 0; row < c->table->rows && status == TFLOW_OK; row++) {
        const char *from = currency_of(c->table, column, row);
        if (isnan(c->values[row]))
            continue;
        if (from == NULL) {
            status = tflow_i_fail(error, TFLOW_EUNKNOWN,
                                  "the currency of the values is not known: name it");
            return place_of_row(c, row, "currency", status, error);
        }
        if (strcmp(from, currency) == 0)
            continue;
        double rate = tflow_i_rates_at(rates, from, c->periods[row]);
        char what[64] = "rate of ";
        strncat(what, from, 40);
        status = isnan(rate) ? no_rate(c, row, what, path, error)
                             : put(c, row, c->values[row] * rate, error);
    }
    return status;
}

static void drop_column(tflow_table *table, const char *name)
{
    size_t column;
    if (tflow_table_find(table, name, &column) == TFLOW_OK)
        tflow_i_table_drop(table, column);
}

tflow_status tflow_table_convert(const tflow_table *table, const char *rates,
                                 const char *currency, tflow_table **out,
                                 tflow_error *error)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NULL;
    if (table == NULL || rates == NULL || currency == NULL || currency[0] == '\0')
        return tflow_i_fail(error, TFLOW_EINVAL, "no table, file of rates or currency");
    change c;
    tflow_i_rates *numbers = NULL;
    tflow_i_text note = {0};
    tflow_i_text_format(&note, "values converted to %s with the rates of %s", currency,
                        rates);
    tflow_status status = note.failed ? tflow_i_nomem(error) : TFLOW_OK;
    c.builder = NULL;
    if (status == TFLOW_OK)
        status = tflow_i_rates_read(rates, "rate", 1, &numbers, error);
    if (status == TFLOW_OK)
        status = open_change(table, &c, error);
    if (status == TFLOW_OK)
        status = convert_rows(&c, numbers, rates, currency, error);
    if (status == TFLOW_OK) {
        const char *facts[][2] = {{"currency", currency},
                                  {"read.rates", rates},
                                  {"read.convert_to", currency},
                                  {NULL, NULL}};
        status = finish(&c, facts, note.data, out, error);
    }
    if (status == TFLOW_OK)
        drop_column(*out, "currency");
    tflow_i_text_clear(&note);
    tflow_i_rates_free(numbers);
    tflow_builder_free(c.builder);
    return status;
}

/* ---- prices ---- */

static tflow_status deflate_rows(change *c, const tflow_i_rates *index,
                                 const char *path, double base, tflow_error *error)
{
    tflow_status status = TFLOW_OK;
    for (size_t row = 0; row < c->table->rows && status == TFLOW_OK; row++) {
        if (isnan(c->values[row]))
            continue;
        double now = tflow_i_rates_at(index, NULL, c->periods[row]);
        status = isnan(now) ? no_rate(c, row, "index", path, error)
                            : put(c, row, c->values[row] / now * base, error);
    }
    return status;
}

static tflow_status base_index(const tflow_i_rates *index, const char *path,
                               const char *base, double *out, tflow_error *error)
{
    tflow_period period;
    tflow_status status = tflow_period_parse(base, strlen(base), &period, error);
    if (status == TFLOW_OK) {
        *out = tflow_i_rates_at(index, NULL, period);
        if (isnan(*out))
            status =
                tflow_i_fail(error, TFLOW_EUNKNOWN,
                             "found no index for the base %.40s in %.200s", base, path);
    }
    if (status != TFLOW_OK)
        tflow_i_at(error, NULL, 0, 0, "base");
    return status;
}

tflow_status tflow_table_deflate(const tflow_table *table, const char *deflator,
                                 const char *base, tflow_table **out,
                                 tflow_error *error)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NULL;
    if (table == NULL || deflator == NULL || base == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "no table, file of an index or base");
    if (tflow_table_attribute(table, "prices") != NULL)
        return tflow_i_fail(error, TFLOW_EMIXED, "the values are at prices %s already",
                            tflow_table_attribute(table, "prices"));
    change c;
    double at_base = NAN;
    tflow_i_rates *index = NULL;
    tflow_i_text note = {0}, prices = {0};
    tflow_i_text_format(&note, "values at the prices of %s, with the index of %s", base,
                        deflator);
    tflow_i_text_format(&prices, "constant %s", base);
    tflow_status status =
        note.failed || prices.failed ? tflow_i_nomem(error) : TFLOW_OK;
    c.builder = NULL;
    if (status == TFLOW_OK)
        status = tflow_i_rates_read(deflator, "index", 0, &index, error);
    if (status == TFLOW_OK)
        status = base_index(index, deflator, base, &at_base, error);
    if (status == TFLOW_OK)
        status = open_change(table, &c, error);
    if (status == TFLOW_OK)
        status = deflate_rows(&c, index, deflator, at_base, error);
    if (status == TFLOW_OK) {
        const char *facts[][2] = {{"prices", prices.data},
                                  {"read.deflator", deflator},
                                  {"read.base", base},
                                  {NULL, NULL}};
        status = finish(&c, facts, note.data, out, error);
    }
    tflow_i_text_clear(&note);
    tflow_i_text_clear(&prices);
    tflow_i_rates_free(index);
    tflow_builder_free(c.builder);
    return status;
}
