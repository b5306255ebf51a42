/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One cell as text: for machines in full, for people rounded. */
#include "io/write.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

int tflow_i_cell_missing(const tflow_table *table, size_t column, size_t row)
{
    switch (tflow_table_type(table, column)) {
    case TFLOW_KEY:
        return tflow_table_codes(table, column)[row] < 0;
    case TFLOW_PERIOD:
        return tflow_table_periods(table, column)[row] == TFLOW_PERIOD_NONE;
    case TFLOW_FLOAT64:
        return isnan(tflow_table_float64(table, column)[row]);
    case TFLOW_OBS_STATUS:
        return tflow_table_bytes(table, column)[row] == 0;
    case TFLOW_INT64:
    case TFLOW_BOOL:
        return 0;
    }
    return 1;
}

void tflow_i_cell_plain(tflow_i_text *out, const tflow_table *table, size_t column,
                        size_t row)
{
    char label[TFLOW_PERIOD_SIZE];
    int32_t code;

    if (tflow_i_cell_missing(table, column, row))
        return;
    switch (tflow_table_type(table, column)) {
    case TFLOW_KEY:
        code = tflow_table_codes(table, column)[row];
        tflow_i_text_add(out, tflow_table_label(table, column, code));
        break;
    case TFLOW_PERIOD:
        tflow_i_text_add(
            out, tflow_period_format(tflow_table_periods(table, column)[row], label));
        break;
    case TFLOW_FLOAT64:
        tflow_i_text_double(out, tflow_table_float64(table, column)[row]);
        break;
    case TFLOW_INT64:
        tflow_i_text_format(out, "%lld",
                            (long long)tflow_table_int64(table, column)[row]);
        break;
    case TFLOW_OBS_STATUS:
        tflow_i_text_char(out, (char)tflow_table_bytes(table, column)[row]);
        break;
    case TFLOW_BOOL:
        tflow_i_text_add(out, tflow_table_bytes(table, column)[row] ? "true" : "false");
        break;
    }
}

/* ---- numbers for people ---- */

#define MOST_DECIMALS 6
/* Beyond this fixed decimals are a row of digits that nobody reads. */
#define HUGE_NUMBER 1e15
/* Powers of ten beyond which no number of decimals suits all of a column. */
#define WIDE_SCALE 5

static int clamp(int value, int least, int most)
{
    return value < least ? least : value > most ? most : value;
}

/* Power of ten of the first digit. */
static int exponent_of(double x)
{
    return (int)floor(log10(x));
}

/* Fewest decimals that write x as exactly as a double holds it, at most the cap. */
static int decimals_of(double x, int cap)
{
    double scale = 1;
    int decimals = 0;

    while (decimals < cap) {
        double scaled = x * scale;
        if (fabs(scaled - round(scaled)) <= 1e-12 * fmax(1, scaled))
            break;
        scale *= 10;
        decimals++;
    }
    return decimals;
}

tflow_i_rounding tflow_i_rounding_of(const tflow_table *table, size_t column,
                                     int per_cent)
{
    tflow_i_rounding rounding = {0, per_cent, 0, 0};
    const double *x = tflow_table_float64(table, column);
    size_t n = 0, rows = tflow_table_rows(table);
    double sum = 0, least = HUGE_VAL, most = 0;
    int exact = 0;

    for (size_t i = 0; x != NULL && i < rows; i++) {
        double size = fabs(x[i]) * (per_cent ? 100 : 1);
        if (!(size > 0 && size < HUGE_VAL))
            continue;
        n++;
        sum += log10(size);
        least = fmin(least, size);
        most = fmax(most, size);
        if (exact < MOST_DECIMALS && size < HUGE_NUMBER) {
            int needs = decimals_of(size, MOST_DECIMALS);
            exact = needs > exact ? needs : exact;
        }
    }
    if (n == 0)
        return rounding;
    if (most < 1e-5 || most >= HUGE_NUMBER) {
        rounding.exponential = 1;
        return rounding;
    }
    if (per_cent) {
        rounding.decimals = clamp(1 - exponent_of(most), 2, MOST_DECIMALS);
        return rounding;
    }
    if (exponent_of(most) - exponent_of(least) >= WIDE_SCALE && least < 1000) {
        rounding.each = 1;
        return rounding;
    }
    int typical = clamp(3 - (int)floor(sum / (double)n), 0, MOST_DECIMALS);
    /* The smallest should not look like nothing, as far as three decimals go. */
    int smallest = clamp(-exponent_of(least), 0, 3);
    rounding.decimals = typical > smallest ? typical : smallest;
    /* One decimal alone is not worth a rounding. */
    if (rounding.decimals > exact || exact == 1)
        rounding.decimals = exact;
    return rounding;
}

/* d.ddde±x, four digits. */
static void exponential(tflow_i_text *out, double x)
{
    int power = exponent_of(fabs(x));
    /* Two steps: 10^-power overflows where x is subnormal. */
    double mantissa = x / pow(10, power / 2) / pow(10, power - power / 2);

    if (fabs(mantissa) >= 9.9995) {
        mantissa /= 10;
        power++;
    }
    tflow_i_text_fixed(out, mantissa, 3);
    tflow_i_text_format(out, "e%d", power);
}

static void number(tflow_i_text *out, double x, const tflow_i_rounding *rounding)
{
    int decimals = rounding->decimals;
    char buffer[400];

    if (rounding->per_cent)
        x *= 100;
    if (x != 0 && rounding->exponential) {
        exponential(out, x);
        return;
    }
    if (x != 0 && rounding->each)
        decimals =
            decimals_of(fabs(x), clamp(3 - exponent_of(fabs(x)), 0, MOST_DECIMALS));
    tflow_i_decimal_fixed(x, decimals, buffer, sizeof buffer);
    if (x != 0 && buffer[strspn(buffer, "0.")] == '\0') {
        /* Not nothing, only smaller than what is shown. */
        buffer[strlen(buffer) - 1] = '1';
        tflow_i_text_format(out, x > 0 ? "<%s" : ">-%s", buffer);
        return;
    }
    tflow_i_text_grouped(out, x, decimals);
}

static void whole_number(tflow_i_text *out, int64_t x)
{
    char buffer[32];
    const char *digits = buffer;

    snprintf(buffer, sizeof buffer, "%lld", (long long)x);
    if (*digits == '-')
        tflow_i_text_char(out, *digits++);
    size_t n = strlen(digits);
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            tflow_i_text_char(out, ',');
        tflow_i_text_char(out, digits[i]);
    }
}

void tflow_i_cell_person(tflow_i_text *out, const tflow_table *table, size_t column,
                         size_t row, const tflow_i_rounding *rounding)
{
    if (tflow_i_cell_missing(table, column, row))
        return;
    switch (tflow_table_type(table, column)) {
    case TFLOW_FLOAT64:
        number(out, tflow_table_float64(table, column)[row], rounding);
        break;
    case TFLOW_INT64:
        whole_number(out, tflow_table_int64(table, column)[row]);
        break;
    case TFLOW_BOOL:
        tflow_i_text_add(out, tflow_table_bytes(table, column)[row] ? "yes" : "no");
        break;
    default:
        tflow_i_cell_plain(out, table, column, row);
    }
}
