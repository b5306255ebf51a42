/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/field.h"
#include "table/table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Texts that stand for a missing number, and what they say of it. */
static const struct {
    const char *text;
    char status;
} missing[] = {
    {"", 'O'},    {"NA", 'O'},   {"N/A", 'O'},          {"n/a", 'O'}, {"NaN", 'O'},
    {"nan", 'O'}, {"null", 'O'}, {"NULL", 'O'},         {"..", 'O'},  {"...", 'O'},
    {":", 'O'},   {"-", 'O'},    {"\xe2\x80\x93", 'O'}, {":c", 'Q'},  {": c", 'Q'},
    {"c", 'Q'}};

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* How many bytes of s separate thousands: the character that was named, or where that
 * is a blank, one of the blanks that do not break a line. */
static size_t separator(const char *s, char thousands)
{
    if (thousands == 0)
        return 0;
    if (*s == thousands)
        return 1;
    if (thousands != ' ')
        return 0;
    return strncmp(s, "\xc2\xa0", 2) == 0       ? 2
           : strncmp(s, "\xe2\x80\xaf", 3) == 0 ? 3
           : strncmp(s, "\xe2\x80\x89", 3) == 0 ? 3
                                                : 0;
}

/* Digits up to the next separator or the end of the whole part. */
static size_t digits_at(const char *s)
{
    size_t n = 0;
    while (is_digit(s[n]))
        n++;
    return n;
}

/* The text without thousands separators and with a point: what decimal.c reads. Groups
 * have three digits (in South Asia two, but for the last), the first one to three: in
 * "1234,567" the comma is a decimal one. 0: it is no such text. */
static size_t neutral(const char *text, const tflow_read_opts *opts, char *out,
                      size_t size)
{
    char point = opts->decimal == 0 ? '.' : opts->decimal;
    int whole = 1; /* before the point */
    int grouped = 0;
    size_t n = 0;

    for (const char *s = text; *s != '\0';) {
        size_t skip = whole ? separator(s, opts->thousands) : 0;
        if (skip > 0) {
            size_t group = digits_at(s + skip);
            int last = separator(s + skip + group, opts->thousands) == 0;
            if (n == 0 || !is_digit(out[n - 1]) || (group != 3 && (last || group != 2)))
                return 0;
            if (!grouped && n > (is_digit(out[0]) ? 3U : 4U))
                return 0;
            grouped = 1;
            s += skip;
            continue;
        }
        if (n + 16 >= size || (*s == '.' && point != '.'))
            return 0; /* longer than any number is, or a point beside a comma */
        whole = whole && (is_digit(*s) || *s == '-' || *s == '+');
        out[n++] = *s == point ? '.' : *s;
        s++;
    }
    return n;
}

static tflow_status no_number(const char *text, const tflow_read_opts *opts,
                              tflow_error *error)
{
    const char *hint = "";
    if (opts->thousands == 0 && opts->decimal != ',' && strchr(text, ',') != NULL)
        hint = "; if the comma separates thousands or is the decimal point, say so";
    return tflow_i_fail(error, TFLOW_EPARSE, "found \"%.60s\", expected a number%s",
                        text, hint);
}

tflow_status tflow_i_field_number(const char *text, const tflow_read_opts *opts,
                                  int shift, double *value, char *status,
                                  tflow_error *error)
{
    char digits[512];
    int overflow;

    *value = NAN;
    *status = '\0';
    for (size_t i = 0; !is_digit(*text) && i < sizeof missing / sizeof *missing; i++)
        if (strcmp(text, missing[i].text) == 0) {
            *status = missing[i].status;
            return TFLOW_OK;
        }
    size_t n = neutral(text, opts, digits, sizeof digits);
    /* Shifted in the text, so that it is rounded once. */
    int plain = memchr(digits, 'e', n) == NULL && memchr(digits, 'E', n) == NULL;
    if (shift != 0 && plain && n > 0)
        n += (size_t)snprintf(digits + n, sizeof digits - n, "e%d", shift);
    if (n == 0 || !tflow_i_decimal_parse(digits, n, value, &overflow))
        return no_number(text, opts, error);
    if (!overflow && !plain && shift != 0) {
        *value = shift > 0 ? *value * pow(10, shift) : *value / pow(10, -shift);
        overflow = isinf(*value);
    }
    if (overflow) {
        *value = NAN;
        return tflow_i_fail(error, TFLOW_EPARSE,
                            "found \"%.60s\", a number too large to hold", text);
    }
    if (*value < 0 && !opts->allow_negative) {
        *value = NAN;
        return tflow_i_fail(error, TFLOW_ENEGATIVE,
                            "found \"%.60s\", expected a flow of 0 or more", text);
    }
    if (*value == 0)
        *value = 0; /* "-0" is 0 */
    return TFLOW_OK;
}

/* ---- flows ---- */

/* Equal in lower case; a blank or underscore is a dash. */
static int same_word(const char *a, const char *b)
{
    for (; *a != '\0' && *b != '\0'; a++, b++) {
        char x = *a >= 'A' && *a <= 'Z' ? (char)(*a | 0x20) : *a;
        if (x != *b && !(*b == '-' && (x == ' ' || x == '_')))
            return 0;
    }
    return *a == '\0' && *b == '\0';
}

const char *tflow_i_field_flow(const char *text, int numbers)
{
    static const struct {
        const char *word;
        const char *code;
    } words[] = {
        {"x", "X"},           {"m", "M"},           {"rx", "RX"},
        {"rm", "RM"},         {"dx", "DX"},         {"fm", "FM"},
        {"mip", "MIP"},       {"mop", "MOP"},       {"xip", "XIP"},
        {"xop", "XOP"},       {"export", "X"},      {"exports", "X"},
        {"import", "M"},      {"imports", "M"},     {"re-export", "RX"},
        {"re-exports", "RX"}, {"re-import", "RM"},  {"re-imports", "RM"},
        {"reexport", "RX"},   {"reexports", "RX"},  {"reimport", "RM"},
        {"reimports", "RM"},  {"exportation", "X"}, {"importation", "M"},
        {"gross-exp.", "X"},  {"gross-imp.", "M"},  {"domestic-export", "DX"},
        {"txg-fob-usd", "X"}, {"tmg-cif-usd", "M"}, {"foreign-import", "FM"},
        {"xg-fob-usd", "X"},  {"mg-cif-usd", "M"},
    };
    static const char *const by_number[] = {NULL, "M", "X", "RX", "RM"};

    if (numbers && text[0] >= '1' && text[0] <= '4' &&
        (text[1] == '\0' || text[1] == '-'))
        return by_number[text[0] - '0'];
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (same_word(text, words[i].word))
            return words[i].code;
    return NULL;
}

/* ---- periods and statuses ---- */

tflow_status tflow_i_field_period(const char *text, int labelled, tflow_period *period,
                                  tflow_error *error)
{
    const char *dash = strchr(text, '-');
    *period = TFLOW_PERIOD_NONE;
    if (*text == '\0')
        return tflow_i_fail(
            error, TFLOW_EPARSE,
            "the period is empty, expected one such as 2022 or 2022-03");
    if (labelled && dash != NULL && dash - text == 6 && strspn(text, "0123456789") == 6)
        text = dash + 1;
    return tflow_period_parse(text, strlen(text), period, error);
}

/* Flags that have no letter of their own here: of breaks, definitions and doubts, which
 * leave an observation what it is; and small letters, as Eurostat writes them. */
static char status_of(char flag)
{
    static const char flags[] = "BDGNRSUKVCZHJ", means[] = "AAAAAAAAPQMMO";
    char letter = flag >= 'a' && flag <= 'z' ? (char)(flag - 'a' + 'A') : flag;
    if (flag == 's')
        return 'E'; /* Eurostat's own estimate */
    if (tflow_i_status_valid(letter))
        return letter;
    const char *at = letter == '\0' ? NULL : strchr(flags, letter);
    return at == NULL ? '\0' : means[at - flags];
}

tflow_status tflow_i_field_status(const char *text, char *status, tflow_error *error)
{
    char weakest = '\0';
    for (const char *s = text; *s != '\0'; s++) {
        char letter = status_of(*s);
        if (letter == '\0' || s - text >= 4)
            return tflow_i_fail(error, TFLOW_EPARSE,
                                "found \"%.20s\", expected an SDMX observation status: "
                                "one of A P E I F Q L O M",
                                text);
        weakest = weakest == '\0' ? letter : tflow_i_status_weaker(weakest, letter);
    }
    *status = weakest;
    return TFLOW_OK;
}

int tflow_i_field_true(const char *text)
{
    return same_word(text, "true") || strcmp(text, "1") == 0;
}

int tflow_i_field_utf8(const char *text, size_t n)
{
    const unsigned char *s = (const unsigned char *)text;
    for (size_t i = 0; i < n;) {
        size_t more = s[i] < 0x80             ? 0
                      : (s[i] & 0xe0) == 0xc0 ? 1
                      : (s[i] & 0xf0) == 0xe0 ? 2
                      : (s[i] & 0xf8) == 0xf0 ? 3
                                              : n;
        if (more >= n - i)
            return 0;
        uint32_t c = more == 0 ? s[i] : s[i] & (0x3fu >> more);
        for (size_t k = 1; k <= more; k++) {
            if ((s[i + k] & 0xc0) != 0x80)
                return 0;
            c = c << 6 | (s[i + k] & 0x3fu);
        }
        static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
        if (c < least[more] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
            return 0;
        i += more + 1;
    }
    return 1;
}
