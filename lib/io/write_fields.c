/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fields of a row in a source's layout. */
#include "io/write_layout.h"
#include "tradeflow/codes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- numbers ---- */

/* The digits of a number as it is written shortest, and the power of its first. */
static size_t digits_of(const char *text, char *digits, int *point)
{
    size_t n = 0;
    int before = 1;
    *point = 0;
    for (text += *text == '-'; *text != '\0' && *text != 'e'; text++) {
        if (*text == '.') {
            before = 0;
            continue;
        }
        if (n == 0 && *text == '0') {
            *point -= !before; /* 0.05: one zero behind the point */
            continue;
        }
        digits[n++] = *text;
        *point += before;
    }
    if (*text == 'e')
        *point += (int)strtol(text + 1, NULL, 10);
    return n;
}

/* The point moves in the text: no number is rounded twice. */
void tflow_i_write_shifted(tflow_i_text *out, double value, int shift)
{
    char text[TFLOW_I_DECIMAL_SIZE], digits[TFLOW_I_DECIMAL_SIZE];
    int point;
    tflow_i_decimal_format(value, text);
    size_t n = digits_of(text, digits, &point);
    if (shift == 0 || n == 0) {
        tflow_i_text_add(out, text);
        return;
    }
    point += shift;
    while (n > 1 && digits[n - 1] == '0')
        n--;
    if (text[0] == '-')
        tflow_i_text_char(out, '-');
    if (point < -8 || point > 25) {
        tflow_i_text_add_n(out, digits, n);
        tflow_i_text_format(out, "e%d", point - (int)n);
        return;
    }
    if (point <= 0)
        tflow_i_text_add(out, "0.");
    for (int i = point; i < 0; i++)
        tflow_i_text_char(out, '0');
    for (int i = 0; i < (int)n || i < point; i++) {
        if (i == point && point > 0)
            tflow_i_text_char(out, '.');
        tflow_i_text_char(out, i < (int)n ? digits[i] : '0');
    }
}

static double number(const tflow_i_column *c, size_t row)
{
    return c == NULL ? NAN : ((const double *)c->data)[row];
}

static void put_number(tflow_i_writing *w, const tflow_i_column *c, size_t row,
                       int shift)
{
    if (!isnan(number(c, row)))
        tflow_i_write_shifted(&w->out, number(c, row), shift);
}

static int value_shift(const tflow_i_writing *w)
{
    return w->target->power < 0 ? 0 : w->power - w->target->power;
}

/* ---- texts ---- */

const char *tflow_i_key_text(const tflow_table *table, const char *column, size_t row)
{
    const tflow_i_column *c = tflow_i_table_column(table, column, TFLOW_KEY);
    return c == NULL ? NULL
                     : tflow_i_dict_text(c->dict, ((const int32_t *)c->data)[row]);
}

static void put_text(tflow_i_writing *w, const char *text)
{
    if (text != NULL && *text != '\0')
        tflow_i_csv_text(&w->out, text);
}

static tflow_status unfit(tflow_i_writing *w, size_t row, const char *column,
                          const char *text, const char *expected, tflow_error *error)
{
    tflow_i_fail(error, TFLOW_EUNSUPPORTED, "%s holds no \"%.60s\", expected %s",
                 w->target->layout, text == NULL ? "" : text, expected);
    tflow_i_at(error, tflow_i_table_file(w->table, row),
               tflow_i_table_line(w->table, row), 0, column);
    return TFLOW_EUNSUPPORTED;
}

static tflow_status put_area(tflow_i_writing *w, const tflow_i_target_column *c,
                             size_t row, tflow_error *error)
{
    const char *text = tflow_i_key_text(w->table, c->column, row);
    tflow_area area;
    int known =
        text != NULL && tflow_area_find(text, strlen(text), &area, NULL) == TFLOW_OK;
    if (c->content == TFLOW_I_AREA_NUMBER) {
        if (!known || area.numeric < 0)
            return unfit(w, row, c->column, text, "areas that have a number", error);
        tflow_i_text_format(&w->out, "%d", (int)area.numeric);
    } else if (c->content == TFLOW_I_AREA_ALPHA2 && known)
        put_text(w, area.kind == TFLOW_AREA_WORLD ? "WORLD"
                    : area.alpha2[0] != '\0'      ? area.alpha2
                                                  : text);
    else
        put_text(w, text == NULL ? c->text
                    : strcmp(text, "WLD") == 0 && c->content == TFLOW_I_AREA_OF ? "W00"
                                                                                : text);
    return TFLOW_OK;
}

static tflow_status put_hs6(tflow_i_writing *w, const tflow_i_target_column *c,
                            size_t row, tflow_error *error)
{
    const char *text = tflow_i_key_text(w->table, c->column, row);
    if (text == NULL || strlen(text) != 6 || strspn(text, "0123456789") != 6)
        return unfit(w, row, c->column, text, "HS codes of six digits", error);
    put_text(w, text + (strspn(text, "0") < 5 ? strspn(text, "0") : 5));
    return TFLOW_OK;
}

static tflow_status put_period(tflow_i_writing *w, const tflow_i_target_column *c,
                               size_t row, tflow_error *error)
{
    tflow_period period = ((const tflow_period *)w->period->data)[row];
    char label[TFLOW_PERIOD_SIZE], frequency = tflow_period_frequency(period);
    tflow_period_format(period, label);
    if (w->target->frequencies != NULL &&
        (frequency == '\0' || strchr(w->target->frequencies, frequency) == NULL))
        return unfit(w, row, c->column, label,
                     strcmp(w->target->frequencies, "A") == 0 ? "years"
                                                              : "years and months",
                     error);
    if (c->content == TFLOW_I_FREQUENCY)
        tflow_i_text_char(&w->out, frequency == '\0' ? 'A' : frequency);
    else if (c->content == TFLOW_I_PERIOD_PLAIN && frequency == 'M') {
        tflow_i_text_add_n(&w->out, label, 4);
        tflow_i_text_add(&w->out, label + 5);
    } else
        tflow_i_text_add(&w->out, label);
    return TFLOW_OK;
}

/* ---- statuses ---- */

static char status_of(const tflow_table *table, const char *column, size_t row)
{
    const tflow_i_column *c = tflow_i_table_column(table, column, TFLOW_OBS_STATUS);
    return c == NULL ? '\0' : (char)((const uint8_t *)c->data)[row];
}

static tflow_status put_status(tflow_i_writing *w, const tflow_i_target_column *c,
                               size_t row, tflow_error *error)
{
    char status = status_of(w->table, c->column, row);
    if (c->content == TFLOW_I_STATUS_OF) {
        if (status != '\0')
            tflow_i_text_char(&w->out, status);
        return TFLOW_OK;
    }
    if (status != '\0' && strchr("AEO", status) == NULL) {
        char why[64] = "a status ?, only A and E";
        why[9] = status;
        tflow_status lost = tflow_i_lose(w, c->column, why, row, error);
        if (lost != TFLOW_OK)
            return lost;
        status = 'A';
    }
    int estimated = status == 'E' && !tflow_i_drops(w, c->column);
    tflow_i_text_add(
        &w->out, estimated == (c->content == TFLOW_I_IS_ESTIMATED) ? "true" : "false");
    return TFLOW_OK;
}

/* ---- Eurostat ---- */

static void put_indicated(tflow_i_writing *w, size_t row, int indicator)
{
    if (indicator == 0)
        put_number(w, w->value, row, value_shift(w));
    else if (indicator == 1)
        put_number(w, w->weight, row, w->weight_power - 2);
    else
        put_number(w, w->quantity, row, 0);
}

tflow_status tflow_i_write_field(tflow_i_writing *w, const tflow_i_target_column *c,
                                 size_t row, int indicator, tflow_error *error)
{
    static const char *const indicators[] = {"VALUE_IN_EUROS", "QUANTITY_IN_100KG",
                                             "SUPPLEMENTARY_QUANTITY"};
    const char *text;
    switch (c->content) {
    case TFLOW_I_TEXT_OF:
        text = tflow_i_key_text(w->table, c->column, row);
        put_text(w, text == NULL ? c->text : text);
        return TFLOW_OK;
    case TFLOW_I_AREA_OF:
    case TFLOW_I_AREA_NUMBER:
    case TFLOW_I_AREA_ALPHA2:
        return put_area(w, c, row, error);
    case TFLOW_I_HS6_NUMBER:
        return put_hs6(w, c, row, error);
    case TFLOW_I_FLOW_NUMBER:
        text = tflow_i_key_text(w->table, c->column, row);
        put_text(w, text != NULL && strcmp(text, "X") == 0 ? "2" : "1");
        return TFLOW_OK;
    case TFLOW_I_PERIOD_LABEL:
    case TFLOW_I_PERIOD_PLAIN:
    case TFLOW_I_FREQUENCY:
        return put_period(w, c, row, error);
    case TFLOW_I_NUMBER_OF:
        put_number(w, strcmp(c->column, "quantity") == 0 ? w->quantity : w->weight, row,
                   strcmp(c->column, "quantity") == 0 ? 0 : w->weight_power);
        return TFLOW_OK;
    case TFLOW_I_VALUE_OF:
        put_number(w, w->value, row, value_shift(w));
        return TFLOW_OK;
    case TFLOW_I_UNIT_OF:
        text = tflow_i_key_text(w->table, "quantity_unit", row);
        put_text(w, isnan(number(w->quantity, row)) ? text
                    : text == NULL                  ? w->unit
                                                    : text);
        return TFLOW_OK;
    case TFLOW_I_STATUS_OF:
        if (indicator == 0)
            return put_status(w, c, row, error);
        return TFLOW_OK;
    case TFLOW_I_IS_ESTIMATED:
    case TFLOW_I_IS_REPORTED:
        return put_status(w, c, row, error);
    case TFLOW_I_FACT_OF:
        text = tflow_i_key_text(w->table, c->column, row);
        put_text(w, text == NULL ? tflow_table_attribute(w->table, c->column) : text);
        return TFLOW_OK;
    case TFLOW_I_INDICATOR:
        tflow_i_text_add(&w->out, indicators[indicator]);
        return TFLOW_OK;
    case TFLOW_I_INDICATED:
        put_indicated(w, row, indicator);
        return TFLOW_OK;
    default:
        put_text(w, c->text);
        return TFLOW_OK;
    }
}
