/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text to double and back, whatever the locale says of decimal points. */
#include "core/core.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* 10^0 .. 10^22 are exact doubles (Clinger's fast path). */
static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

struct scan {
    uint64_t mantissa; /* first 19 significant digits */
    int digits;        /* significant digits seen, at most counted to 20 */
    long exponent;     /* power of ten that goes with the mantissa */
    int negative;
};

/* Split text into sign, digits and exponent; 0 when it is not a number. */
static int scan_number(const char *s, const char *end, struct scan *out)
{
    int any = 0, point = 0;

    memset(out, 0, sizeof *out);
    if (s < end && (*s == '-' || *s == '+'))
        out->negative = *s++ == '-';
    for (; s < end; s++) {
        if (*s == '.' && !point) {
            point = 1;
            continue;
        }
        if (*s < '0' || *s > '9')
            break;
        any = 1;
        if (out->digits > 0 || *s != '0') {
            if (out->digits < 19)
                out->mantissa = out->mantissa * 10 + (uint64_t)(*s - '0');
            else
                out->exponent++;
            if (out->digits < 20)
                out->digits++;
        }
        if (point)
            out->exponent--;
    }
    if (!any)
        return 0;
    if (s < end && (*s == 'e' || *s == 'E')) {
        s++;
        int minus = 0;
        long power = 0;
        if (s < end && (*s == '-' || *s == '+'))
            minus = *s++ == '-';
        if (s == end)
            return 0;
        for (; s < end && *s >= '0' && *s <= '9'; s++)
            if (power < 100000)
                power = power * 10 + (*s - '0');
        out->exponent += minus ? -power : power;
    }
    return s == end;
}

/* More digits than tell any two doubles and their midpoint apart (767). */
#define DIGITS_MOST 800

/* All digits as "DIGITSeEXP": no point left for a locale to dispute, and no memory. */
static double parse_slow(const char *s, const char *end)
{
    char copy[DIGITS_MOST + 32];
    long shift = 0;
    size_t k = 0;
    int point = 0, rest = 0; /* is there more than nothing behind the last digit? */

    s += *s == '-' || *s == '+';
    for (; s < end && *s != 'e' && *s != 'E'; s++) {
        if (*s == '.') {
            point = 1;
            continue;
        }
        shift -= point;
        if (k == 0 && *s == '0')
            continue;
        if (k < DIGITS_MOST)
            copy[k++] = *s;
        else {
            rest = rest || *s != '0';
            shift++;
        }
    }
    if (rest) {
        copy[k++] = '1';
        shift--;
    }
    if (s < end) {
        int minus = s[1] == '-';
        long power = 0;
        for (s += 1 + (s[1] == '-' || s[1] == '+'); s < end; s++)
            if (power < 100000)
                power = power * 10 + (*s - '0');
        shift += minus ? -power : power;
    }
    snprintf(copy + k, sizeof copy - k, "e%ld", shift);
    return strtod(copy, NULL);
}

int tflow_i_decimal_parse(const char *text, size_t n, double *value, int *overflow)
{
    struct scan scan;

    *value = NAN;
    *overflow = 0;
    if (!scan_number(text, text + n, &scan))
        return 0;

    double x;
    if (scan.mantissa == 0)
        x = 0;
    else if (scan.digits <= 19 && scan.mantissa <= (UINT64_C(1) << 53) &&
             scan.exponent >= -22 && scan.exponent <= 22)
        x = scan.exponent < 0 ? (double)scan.mantissa / powers[-scan.exponent]
                              : (double)scan.mantissa * powers[scan.exponent];
    else {
        x = parse_slow(text, text + n);
        if (isinf(x)) {
            *overflow = 1;
            return 1;
        }
    }
    *value = scan.negative ? -x : x;
    return !isnan(x);
}

/* snprintf writes the locale's point, which may be several bytes: put a '.' there. */
static void neutral_point(char *s)
{
    char *point = s;
    while (*point != '\0' && ((*point >= '0' && *point <= '9') || *point == '-'))
        point++;
    if (*point == '\0' || *point == 'e')
        return;
    char *rest = point;
    while (*rest != '\0' && *rest != 'e' && !(*rest >= '0' && *rest <= '9'))
        rest++;
    *point = '.';
    memmove(point + 1, rest, strlen(rest) + 1);
}

/* "1e+06" to "1000000" and "1e-05" to "1e-5": plain where it stays short. */
static void plain_exponent(char *s)
{
    char *e = strchr(s, 'e');
    if (e == NULL)
        return;
    int power = (int)strtol(e + 1, NULL, 10);
    size_t digits = (size_t)(e - s) - (s[0] == '-');
    if (power > 0 && power < 21 && digits == 1) {
        memset(e, '0', (size_t)power);
        e[power] = '\0';
        return;
    }
    snprintf(e, 8, "e%d", power);
}

/* Most numbers of trade are whole numbers of a thousandth or so: at most 15 digits that
 * read back to the value are the shortest that do, without trying others. */
static int format_decimal(double value, char *buffer)
{
    double size = fabs(value);
    char digits[TFLOW_I_DECIMAL_SIZE];

    /* Below, the exponent takes fewer characters. */
    for (int places = 1; places <= 6 && size >= 1e-4; places++) {
        double scaled = size * powers[places];
        if (scaled >= 1e15)
            return 0;
        if (scaled != floor(scaled) || scaled / powers[places] != size)
            continue;
        uint64_t n = (uint64_t)scaled;
        int at = TFLOW_I_DECIMAL_SIZE;
        digits[--at] = '\0';
        for (; places > 1 && n % 10 == 0; places--) /* scaling may have missed it */
            n /= 10;
        for (int k = 0; k < places; k++, n /= 10)
            digits[--at] = (char)('0' + n % 10);
        digits[--at] = '.';
        do
            digits[--at] = (char)('0' + n % 10);
        while ((n /= 10) > 0);
        if (value < 0)
            digits[--at] = '-';
        memcpy(buffer, digits + at, (size_t)(TFLOW_I_DECIMAL_SIZE - at));
        return 1;
    }
    return 0;
}

const char *tflow_i_decimal_format(double value, char *buffer)
{
    if (isnan(value) || isinf(value)) {
        buffer[0] = '\0';
        return buffer;
    }
    if (value == 0)
        value = 0; /* no "-0" in output */
    if (fabs(value) < 1e15 && value == floor(value)) {
        snprintf(buffer, TFLOW_I_DECIMAL_SIZE, "%lld", (long long)value);
        return buffer;
    }
    if (format_decimal(value, buffer))
        return buffer;
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(buffer, TFLOW_I_DECIMAL_SIZE, "%.*g", digits, value);
        neutral_point(buffer);
        double back;
        int overflow;
        if (tflow_i_decimal_parse(buffer, strlen(buffer), &back, &overflow) &&
            back == value)
            break;
    }
    plain_exponent(buffer);
    return buffer;
}

const char *tflow_i_decimal_fixed(double value, int decimals, char *buffer, size_t size)
{
    if (isnan(value) || isinf(value)) {
        buffer[0] = '\0';
        return buffer;
    }
    snprintf(buffer, size, "%.*f", decimals, value);
    neutral_point(buffer);
    if (buffer[0] == '-' && strspn(buffer + 1, "0.") == strlen(buffer + 1))
        memmove(buffer, buffer + 1, strlen(buffer)); /* no "-0.0" for people */
    return buffer;
}
