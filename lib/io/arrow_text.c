/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A cell of an Arrow array as the text that a CSV file would have for it. */
#include "io/arrow.h"

#include <math.h>
#include <string.h>

tflow_status tflow_i_arrow_readable(const tflow_i_arrow_column *column,
                                    tflow_error *error)
{
    const char *zone = column->type.timezone;
    switch (column->type.type) {
    case NANOARROW_TYPE_NA:
    case NANOARROW_TYPE_BOOL:
    case NANOARROW_TYPE_UINT8:
    case NANOARROW_TYPE_INT8:
    case NANOARROW_TYPE_UINT16:
    case NANOARROW_TYPE_INT16:
    case NANOARROW_TYPE_UINT32:
    case NANOARROW_TYPE_INT32:
    case NANOARROW_TYPE_UINT64:
    case NANOARROW_TYPE_INT64:
    case NANOARROW_TYPE_HALF_FLOAT:
    case NANOARROW_TYPE_FLOAT:
    case NANOARROW_TYPE_DOUBLE:
    case NANOARROW_TYPE_STRING:
    case NANOARROW_TYPE_LARGE_STRING:
    case NANOARROW_TYPE_STRING_VIEW:
    case NANOARROW_TYPE_DATE32:
    case NANOARROW_TYPE_DATE64:
    case NANOARROW_TYPE_DECIMAL32:
    case NANOARROW_TYPE_DECIMAL64:
    case NANOARROW_TYPE_DECIMAL128:
    case NANOARROW_TYPE_DECIMAL256:
        return TFLOW_OK;
    case NANOARROW_TYPE_TIMESTAMP:
        if (zone == NULL || *zone == '\0' || strcmp(zone, "UTC") == 0)
            return TFLOW_OK;
        /* The instant does not say which month it was there. */
        tflow_i_fail(error, TFLOW_EUNSUPPORTED,
                     "found timestamps of the time zone %.60s, expected dates, or "
                     "timestamps without a zone",
                     zone);
        break;
    default:
        tflow_i_fail(error, TFLOW_EUNSUPPORTED,
                     "found a column of type %.40s, expected numbers, text or dates",
                     ArrowTypeString(column->type.type));
    }
    tflow_i_at(error, NULL, 0, 0, column->name);
    return TFLOW_EUNSUPPORTED;
}

/* ---- kinds of cells ---- */

static tflow_status add_double(double value, char point, tflow_i_text *text,
                               tflow_error *error)
{
    size_t from = text->length;
    if (isinf(value))
        return tflow_i_fail(error, TFLOW_EPARSE,
                            "found an infinity, expected a number");
    tflow_i_text_double(text, value); /* nothing for NaN */
    for (char *s = text->data; s != NULL && from < text->length; from++)
        if (s[from] == '.')
            s[from] = point;
    return TFLOW_OK;
}

static tflow_status add_decimal(const tflow_i_arrow_column *column,
                                const struct ArrowArrayView *view, int64_t row,
                                char point, tflow_i_text *text, tflow_error *error)
{
    struct ArrowDecimal decimal;
    struct ArrowBuffer digits;
    ArrowDecimalInit(&decimal, column->type.decimal_bitwidth,
                     column->type.decimal_precision, column->type.decimal_scale);
    ArrowArrayViewGetDecimalUnsafe(view, row, &decimal);
    ArrowBufferInit(&digits);
    int code = ArrowDecimalAppendStringToBuffer(&decimal, &digits);
    for (int64_t i = 0; code == NANOARROW_OK && i < digits.size_bytes; i++) {
        char c = (char)digits.data[i];
        tflow_i_text_char(text, c == '.' ? point : c);
    }
    ArrowBufferReset(&digits);
    return code == NANOARROW_OK ? TFLOW_OK : tflow_i_nomem(error);
}

/* What can be text in a file: no NUL bytes, and no blanks around it. */
static tflow_status add_string(struct ArrowStringView string, tflow_i_text *text,
                               tflow_error *error)
{
    const char *s = string.data;
    size_t n = (size_t)string.size_bytes;
    if (n > TFLOW_I_FIELD_MAX)
        return tflow_i_fail(error, TFLOW_ELIMIT,
                            "found a text of more than %zu bytes, the most that is "
                            "read",
                            TFLOW_I_FIELD_MAX);
    while (n > 0 && (*s == ' ' || *s == '\t')) {
        s++;
        n--;
    }
    while (n > 0 && (s[n - 1] == ' ' || s[n - 1] == '\t'))
        n--;
    if (n > 0 && memchr(s, '\0', n) != NULL)
        return tflow_i_fail(error, TFLOW_EPARSE,
                            "found a NUL byte, expected text without");
    if (n > 0)
        tflow_i_text_add_n(text, s, n);
    return TFLOW_OK;
}

/* Days since 1970 as a date of the Gregorian calendar, by eras of 400 years, each of
 * which begins on a 1 March. Reference: Hinnant, chrono-Compatible Low-Level Date
 * Algorithms, civil_from_days. */
static void add_date(int64_t days, tflow_i_text *text)
{
    const int64_t of_era = 146097;
    int64_t z = days + 719468;
    int64_t era = (z >= 0 ? z : z - (of_era - 1)) / of_era;
    int64_t in_era = z - era * of_era;
    int64_t years = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int64_t in_year = in_era - (365 * years + years / 4 - years / 100);
    int64_t shifted = (5 * in_year + 2) / 153;
    int64_t day = in_year - (153 * shifted + 2) / 5 + 1;
    int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
    int64_t year = years + era * 400 + (month <= 2);
    tflow_i_text_format(text, "%04lld-%02lld-%02lld", (long long)year, (long long)month,
                        (long long)day);
}

/* Rounded towards the past. */
static int64_t whole(int64_t value, int64_t unit)
{
    return value / unit - (value % unit < 0);
}

static void add_instant(const tflow_i_arrow_column *column, int64_t value,
                        tflow_i_text *text)
{
    int64_t day = 1; /* in units of the column */
    if (column->type.type == NANOARROW_TYPE_DATE64)
        day = INT64_C(86400000);
    else if (column->type.type == NANOARROW_TYPE_TIMESTAMP) {
        static const int64_t seconds[] = {1, 1000, 1000000, 1000000000};
        day = 86400 * seconds[column->type.time_unit];
    }
    int64_t days = whole(value, day);
    /* Beyond any year that is a period; the sum above must not overflow. */
    if (days > 10000000 || days < -10000000)
        tflow_i_text_format(text, "day %lld", (long long)days);
    else
        add_date(days, text);
}

static tflow_status add_value(const tflow_i_arrow_column *column,
                              const struct ArrowArrayView *view, int64_t row,
                              char point, tflow_i_text *text, tflow_error *error)
{
    switch (column->type.type) {
    case NANOARROW_TYPE_BOOL:
        tflow_i_text_add(text,
                         ArrowArrayViewGetIntUnsafe(view, row) ? "true" : "false");
        return TFLOW_OK;
    case NANOARROW_TYPE_UINT64:
        tflow_i_text_format(text, "%llu",
                            (unsigned long long)ArrowArrayViewGetUIntUnsafe(view, row));
        return TFLOW_OK;
    case NANOARROW_TYPE_HALF_FLOAT:
    case NANOARROW_TYPE_FLOAT:
    case NANOARROW_TYPE_DOUBLE:
        return add_double(ArrowArrayViewGetDoubleUnsafe(view, row), point, text, error);
    case NANOARROW_TYPE_STRING:
    case NANOARROW_TYPE_LARGE_STRING:
    case NANOARROW_TYPE_STRING_VIEW:
        return add_string(ArrowArrayViewGetStringUnsafe(view, row), text, error);
    case NANOARROW_TYPE_DATE32:
    case NANOARROW_TYPE_DATE64:
    case NANOARROW_TYPE_TIMESTAMP:
        add_instant(column, ArrowArrayViewGetIntUnsafe(view, row), text);
        return TFLOW_OK;
    case NANOARROW_TYPE_DECIMAL32:
    case NANOARROW_TYPE_DECIMAL64:
    case NANOARROW_TYPE_DECIMAL128:
    case NANOARROW_TYPE_DECIMAL256:
        return add_decimal(column, view, row, point, text, error);
    default: /* the rest of what is readable are whole numbers */
        tflow_i_text_format(text, "%lld",
                            (long long)ArrowArrayViewGetIntUnsafe(view, row));
        return TFLOW_OK;
    }
}

tflow_status tflow_i_arrow_text(const tflow_i_arrow_column *column, int64_t row,
                                char point, tflow_i_text *text, tflow_error *error)
{
    const struct ArrowArrayView *view = column->view;
    if (column->type.type == NANOARROW_TYPE_NA || ArrowArrayViewIsNull(view, row))
        return TFLOW_OK;
    if (column->dictionary) {
        row = ArrowArrayViewGetIntUnsafe(view, row);
        view = view->dictionary;
        if (row < 0 || row >= view->length)
            return tflow_i_fail(error, TFLOW_EPARSE,
                                "found code %lld, which is not in the dictionary",
                                (long long)row);
        if (ArrowArrayViewIsNull(view, row))
            return TFLOW_OK;
    }
    tflow_status status = add_value(column, view, row, point, text, error);
    return status == TFLOW_OK && text->failed ? tflow_i_nomem(error) : status;
}
