/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tradeflow/period.h"
#include "core/core.h"

#include <stdio.h>
#include <string.h>

#define LENGTHS 4096 /* months a period may last, plus one */
#define LAST_MONTH (9999 * 12 + 11)

static tflow_period pack(int32_t start, int32_t months)
{
    if (start < 0 || start > LAST_MONTH || months < 1 || months >= LENGTHS)
        return TFLOW_PERIOD_NONE;
    return start * LENGTHS + months;
}

tflow_status tflow_period_make(int year, int month, int months, tflow_period *out)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = TFLOW_PERIOD_NONE;
    if (year < 0 || year > 9999 || month < 1 || month > 12)
        return TFLOW_EINVAL;
    *out = pack(year * 12 + month - 1, months);
    return *out == TFLOW_PERIOD_NONE ? TFLOW_EINVAL : TFLOW_OK;
}

int32_t tflow_period_start(tflow_period period)
{
    return period <= 0 ? -1 : period / LENGTHS;
}

int32_t tflow_period_months(tflow_period period)
{
    return period <= 0 ? 0 : period % LENGTHS;
}

char tflow_period_frequency(tflow_period period)
{
    int32_t start = tflow_period_start(period);

    switch (tflow_period_months(period)) {
    case 0:
        return 0;
    case 1:
        return 'M';
    case 3:
        return start % 3 == 0 ? 'Q' : 'R';
    case 6:
        return start % 6 == 0 ? 'H' : 'R';
    case 12:
        return start % 12 == 0 ? 'A' : 'R';
    default:
        return 'R';
    }
}

tflow_period tflow_period_shift(tflow_period period, int32_t months)
{
    if (period <= 0 || months > LAST_MONTH || months < -LAST_MONTH)
        return TFLOW_PERIOD_NONE;
    return pack(tflow_period_start(period) + months, tflow_period_months(period));
}

tflow_period tflow_period_within(tflow_period period, char frequency)
{
    int32_t length = frequency == 'A'   ? 12
                     : frequency == 'H' ? 6
                     : frequency == 'Q' ? 3
                     : frequency == 'M' ? 1
                                        : 0;
    if (period <= 0 || length == 0)
        return TFLOW_PERIOD_NONE;
    int32_t start = tflow_period_start(period);
    int32_t end = start + tflow_period_months(period);
    int32_t first = start - start % length;
    return end <= first + length ? pack(first, length) : TFLOW_PERIOD_NONE;
}

const char *tflow_period_format(tflow_period period, char *buffer)
{
    int32_t start = tflow_period_start(period);
    int32_t end = start + tflow_period_months(period) - 1;
    int year = (int)(start / 12), month = (int)(start % 12);

    switch (tflow_period_frequency(period)) {
    case 0:
        buffer[0] = '\0';
        break;
    case 'A':
        snprintf(buffer, TFLOW_PERIOD_SIZE, "%04d", year);
        break;
    case 'H':
        snprintf(buffer, TFLOW_PERIOD_SIZE, "%04d-H%d", year, month / 6 + 1);
        break;
    case 'Q':
        snprintf(buffer, TFLOW_PERIOD_SIZE, "%04d-Q%d", year, month / 3 + 1);
        break;
    case 'M':
        snprintf(buffer, TFLOW_PERIOD_SIZE, "%04d-%02d", year, month + 1);
        break;
    default:
        snprintf(buffer, TFLOW_PERIOD_SIZE, "%04d-%02d..%04d-%02d", year, month + 1,
                 (int)(end / 12), (int)(end % 12) + 1);
    }
    return buffer;
}

/* ---- reading ---- */

struct reader {
    const char *s;
    const char *end;
};

static int digits(struct reader *r, int n, int *out)
{
    if (r->end - r->s < n)
        return 0;
    *out = 0;
    for (int i = 0; i < n; i++) {
        if (r->s[i] < '0' || r->s[i] > '9')
            return 0;
        *out = *out * 10 + (r->s[i] - '0');
    }
    r->s += n;
    return 1;
}

static int letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int accept(struct reader *r, const char *set)
{
    if (r->s >= r->end || *r->s == '\0' || strchr(set, *r->s) == NULL)
        return 0;
    r->s++;
    return 1;
}

/* An English month name or its first three letters, with or without a full stop. */
static int month_name(struct reader *r, int *month)
{
    static const char *const names[] = {
        "january", "february", "march",     "april",   "may",      "june",
        "july",    "august",   "september", "october", "november", "december"};
    const char *s = r->s;
    size_t n = 0;

    while (s + n < r->end && letter(s[n]))
        n++;
    for (int m = 0; m < 12; m++) {
        if (n != 3 && n != strlen(names[m]) && !(m == 8 && n == 4))
            continue;
        size_t i = 0;
        while (i < n && (s[i] | 0x20) == names[m][i])
            i++;
        if (i == n) {
            r->s += n;
            accept(r, ".");
            *month = m + 1;
            return 1;
        }
    }
    return 0;
}

/* "Mar 2022", "Jan.-Dec. 2022" */
static tflow_period named(struct reader *r)
{
    int first, last, year;

    if (!month_name(r, &first))
        return TFLOW_PERIOD_NONE;
    last = first;
    if (accept(r, "-") && r->s < r->end && letter(*r->s) && !month_name(r, &last))
        return TFLOW_PERIOD_NONE;
    accept(r, " -");
    if (!digits(r, 4, &year) || last < first)
        return TFLOW_PERIOD_NONE;
    return pack(year * 12 + first - 1, last - first + 1);
}

/* One label without ".."; TFLOW_PERIOD_NONE when it is none. */
static tflow_period single(struct reader *r)
{
    int year, number;

    if (r->s < r->end && letter(*r->s))
        return named(r);
    if (!digits(r, 4, &year))
        return TFLOW_PERIOD_NONE;
    if (r->s == r->end || *r->s == '.')
        return pack(year * 12, 12);
    int dashed = accept(r, "-");
    if (accept(r, "qQ"))
        return digits(r, 1, &number) && number >= 1 && number <= 4
                   ? pack(year * 12 + 3 * (number - 1), 3)
                   : TFLOW_PERIOD_NONE;
    if (accept(r, "hHsS"))
        return digits(r, 1, &number) && number >= 1 && number <= 2
                   ? pack(year * 12 + 6 * (number - 1), 6)
                   : TFLOW_PERIOD_NONE;
    int lettered = accept(r, "mM"); /* the IMF writes 2022M3 as well as 2022M03 */
    int length = lettered && r->end - r->s == 1 ? 1 : 2;
    if (!digits(r, length, &number) || number < 1 || number > 12)
        return TFLOW_PERIOD_NONE;
    int day;
    if (dashed && accept(r, "-") && (!digits(r, 2, &day) || day < 1 || day > 31))
        return TFLOW_PERIOD_NONE;
    return pack(year * 12 + number - 1, 1);
}

tflow_status tflow_period_parse(const char *text, size_t n, tflow_period *out,
                                tflow_error *error)
{
    if (out == NULL)
        return TFLOW_EINVAL;
    *out = TFLOW_PERIOD_NONE;
    if (text == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "no period text");

    struct reader r = {text, text + n};
    tflow_period first = single(&r);
    if (first != TFLOW_PERIOD_NONE && r.end - r.s > 2 && r.s[0] == '.' &&
        r.s[1] == '.') {
        r.s += 2;
        tflow_period last = single(&r);
        int32_t start = tflow_period_start(first);
        int32_t months = tflow_period_start(last) + tflow_period_months(last) - start;
        first = last == TFLOW_PERIOD_NONE || tflow_period_start(last) < start
                    ? TFLOW_PERIOD_NONE
                    : pack(start, months);
    }
    if (first == TFLOW_PERIOD_NONE || r.s != r.end)
        return tflow_i_fail(error, TFLOW_EPARSE,
                            "found \"%.*s\", expected a period such as 2022, 2022-Q1, "
                            "2022-03 or 2022-01..2022-07",
                            (int)(n < 40 ? n : 40), text);
    *out = first;
    return TFLOW_OK;
}
