/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/field.h"
#include "table/table.h"

#include <math.h>
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

/* The text without thousands separators and with a point: what decimal.c reads. */
static size_t neutral(const char *text, const tflow_read_opts *opts, char *out,
                      size_t size)
{
    size_t n = 0;
    for (const char *s = text; *s != '\0'; s++) {
        if (opts->thousands != 0 && *s == opts->thousands)
            continue;
        if (n + 1 >= size)
            return size; /* longer than any number that is one */
        out[n++] = *s == (opts->decimal == 0 ? '.' : opts->decimal) ? '.' : *s;
        if (*s == '.' && opts->decimal == ',')
            out[n - 1] = '?'; /* a point is no decimal comma */
    }
    return n;
}

static tflow_status no_number(const char *text, const tflow_read_opts *opts,
                              tflow_error *error)
{
    const char *hint = "";
    if (opts->thousands == 0 && opts->decimal != ',' && strchr(text, ',') != NULL)
        hint = "; say --thousands , or --decimal , if the comma is one of these";
    return tflow_i_fail(error, TFLOW_EPARSE, "found \"%.60s\", expected a number%s",
                        text, hint);
}

tflow_status tflow_i_field_number(const char *text, const tflow_read_opts *opts,
                                  double *value, char *status, tflow_error *error)
{
    char digits[400];
    int overflow;

    *value = NAN;
    *status = '\0';
    while (*text == ' ')
        text++;
    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++)
        if (strcmp(text, missing[i].text) == 0) {
            *status = missing[i].status;
            return TFLOW_OK;
        }
    size_t n = neutral(text, opts, digits, sizeof digits);
    while (n > 0 && n < sizeof digits && digits[n - 1] == ' ')
        n--;
    if (n >= sizeof digits || !tflow_i_decimal_parse(digits, n, value, &overflow))
        return no_number(text, opts, error);
    if (overflow)
        return tflow_i_fail(error, TFLOW_EPARSE,
                            "found \"%.60s\", a number too large to hold", text);
    if (*value < 0 && !opts->allow_negative)
        return tflow_i_fail(error, TFLOW_ENEGATIVE,
                            "found \"%.60s\", expected a flow of 0 or more", text);
    return TFLOW_OK;
}

/* ---- flows ---- */

static int same_word(const char *a, const char *b)
{
    for (; *a != '\0' && *b != '\0'; a++, b++) {
        char x = *a >= 'A' && *a <= 'Z' ? (char)(*a | 0x20) : *a;
        if (x != *b && !(*b == '-' && x == ' '))
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
        {"exportation", "X"}, {"importation", "M"}, {"domestic-export", "DX"},
        {"txg_fob_usd", "X"}, {"tmg_cif_usd", "M"}, {"tmg_fob_usd", "M"},
        {"xg_fob_usd", "X"},  {"mg_cif_usd", "M"},  {"gross-exp.", "X"},
        {"gross-imp.", "M"},
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

tflow_status tflow_i_field_status(const char *text, char *status, tflow_error *error)
{
    *status = '\0';
    if (text[0] == '\0')
        return TFLOW_OK;
    if (text[1] == '\0' && tflow_i_status_valid(text[0])) {
        *status = text[0];
        return TFLOW_OK;
    }
    if (text[1] == '\0' && strchr("cepms", text[0]) != NULL) { /* Eurostat's flags */
        *status = text[0] == 'c'   ? 'Q'
                  : text[0] == 'm' ? 'O'
                  : text[0] == 'p' ? 'P'
                                   : 'E';
        return TFLOW_OK;
    }
    return tflow_i_fail(
        error, TFLOW_EPARSE,
        "found \"%.20s\", expected an SDMX observation status: one of A "
        "P E I F Q L O M",
        text);
}

int tflow_i_field_true(const char *text)
{
    return same_word(text, "true") || strcmp(text, "1") == 0;
}
