/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/figure.h"

#include <string.h>

/* Fifteen digits and one more for half a unit still are exact in a double. */
#define DIGITS 15

/* Signs as UTF-8. END marks what is passed over: spaces, quotes, full stops. */
static const struct {
    char bytes[4];
    char currency[4];
    tflow_i_token_kind kind;
} signs[] = {
    {" ", "", TFLOW_I_TOKEN_END},
    {"\t", "", TFLOW_I_TOKEN_END},
    {"\n", "", TFLOW_I_TOKEN_END},
    {"\r", "", TFLOW_I_TOKEN_END},
    {"\xc2\xa0", "", TFLOW_I_TOKEN_END},     /* no-break space */
    {"\xe2\x80\xaf", "", TFLOW_I_TOKEN_END}, /* narrow no-break space */
    {"\xe2\x80\x89", "", TFLOW_I_TOKEN_END}, /* thin space */
    {".", "", TFLOW_I_TOKEN_END},
    {"\"", "", TFLOW_I_TOKEN_END},
    {"'", "", TFLOW_I_TOKEN_END},
    {"\xe2\x80\x98", "", TFLOW_I_TOKEN_END}, /* single quotes */
    {"\xe2\x80\x99", "", TFLOW_I_TOKEN_END},
    {"\xe2\x80\x9c", "", TFLOW_I_TOKEN_END}, /* double quotes */
    {"\xe2\x80\x9d", "", TFLOW_I_TOKEN_END},
    {"+", "", TFLOW_I_TOKEN_PLUS},
    {"-", "", TFLOW_I_TOKEN_MINUS},
    {"\xe2\x80\x90", "", TFLOW_I_TOKEN_MINUS}, /* hyphen */
    {"\xe2\x80\x91", "", TFLOW_I_TOKEN_MINUS}, /* no-break hyphen */
    {"\xe2\x80\x93", "", TFLOW_I_TOKEN_MINUS}, /* en dash */
    {"\xe2\x80\x94", "", TFLOW_I_TOKEN_MINUS}, /* em dash */
    {"\xe2\x88\x92", "", TFLOW_I_TOKEN_MINUS}, /* minus */
    {"%", "", TFLOW_I_TOKEN_PERCENT},
    {"*", "", TFLOW_I_TOKEN_TIMES},
    {"\xc3\x97", "", TFLOW_I_TOKEN_TIMES},
    {"$", "USD", TFLOW_I_TOKEN_MONEY},
    {"\xe2\x82\xac", "EUR", TFLOW_I_TOKEN_MONEY},
    {"\xc2\xa3", "GBP", TFLOW_I_TOKEN_MONEY},
    {"\xc2\xa5", "\xc2\xa5", TFLOW_I_TOKEN_MONEY}, /* yen or yuan: as printed */
    {",", "", TFLOW_I_TOKEN_JOIN},
    {";", "", TFLOW_I_TOKEN_JOIN},
    {":", "", TFLOW_I_TOKEN_JOIN},
    {"(", "", TFLOW_I_TOKEN_JOIN},
    {")", "", TFLOW_I_TOKEN_JOIN},
    {"~", "", TFLOW_I_TOKEN_ABOUT},
    {"\xe2\x89\x88", "", TFLOW_I_TOKEN_ABOUT},
    {">", "", TFLOW_I_TOKEN_OVER},
    {"<", "", TFLOW_I_TOKEN_UNDER},
    {"\xe2\x89\xa5", "", TFLOW_I_TOKEN_AT_LEAST},
    {"\xe2\x89\xa4", "", TFLOW_I_TOKEN_AT_MOST},
};

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Whether text begins with a prefix; byte by byte, so that it stops at the end. */
static int begins(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* Length of the sign at p, 0 when there is none; which it is. */
static size_t sign_at(const char *p, size_t *which)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (begins(p, signs[i].bytes)) {
            *which = i;
            return strlen(signs[i].bytes);
        }
    return 0;
}

/* Length of what sets thousands apart at p: a comma or a space before exactly three
 * digits; 0 when there is none. */
static size_t separator_at(const char *p)
{
    static const char separators[][4] = {
        ",", " ", "\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x89",
    };

    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
        size_t n = strlen(separators[i]);
        if (begins(p, separators[i]) && is_digit(p[n]) && is_digit(p[n + 1]) &&
            is_digit(p[n + 2]) && !is_digit(p[n + 3]))
            return n;
    }
    return 0;
}

/* Add the digits at p to the number; its end. Too many leave a mantissa of -1. */
static const char *digits(const char *p, tflow_i_token *token)
{
    for (; is_digit(*p); p++) {
        if (token->mantissa < 0)
            continue;
        token->mantissa = token->mantissa * 10 + (*p - '0');
        if (token->mantissa > INT64_C(999999999999999))
            token->mantissa = -1;
    }
    return p;
}

/* Read the number at p: "1.6", "1,089.6", ".7"; BAD for "1.2.3" and "1,6". */
static void number(const char *p, tflow_i_token *token)
{
    const char *end = digits(p, token);
    int bad = 0;

    if (end > p && end - p <= 3) {
        size_t first = separator_at(end);
        char mark = *end;
        for (size_t n = first; n > 0 && *end == mark; n = separator_at(end))
            end = digits(end + n, token);
    }
    if (*end == '.' && is_digit(end[1])) {
        const char *point = end + 1;
        end = digits(point, token);
        bad = end - point > DIGITS;
        token->decimals = bad ? 0 : (int)(end - point);
    }
    while ((*end == '.' || *end == ',') && is_digit(end[1])) {
        bad = 1;
        end = digits(end + 1, token);
    }
    token->kind = bad || token->mantissa < 0 ? TFLOW_I_TOKEN_BAD : TFLOW_I_TOKEN_NUMBER;
    token->length = (size_t)(end - p);
}

/* Read the word at p. Three capitals that mean nothing else are a currency. */
static void word(const char *p, tflow_i_token *token)
{
    const char *currency;
    size_t n = 0;
    int capitals = 1;

    while (is_letter(p[n])) {
        if (p[n] >= 'a')
            capitals = 0;
        n++;
    }
    token->kind = TFLOW_I_TOKEN_WORD;
    token->length = n;
    if (n >= sizeof token->text)
        return;
    for (size_t i = 0; i < n; i++)
        token->text[i] = p[i] >= 'a' ? p[i] : (char)(p[i] - 'A' + 'a');
    token->word = tflow_i_word_find(token->text, &token->value, &currency);
    if (currency != NULL)
        memcpy(token->currency, currency, sizeof token->currency);
    if (token->word == TFLOW_I_WORD_UNKNOWN && capitals && n == 3) {
        token->word = TFLOW_I_WORD_MONEY;
        memcpy(token->currency, p, 3);
    }
}

/* What nobody knows, up to the next thing that can be read. */
static void unknown(const char *p, tflow_i_token *token)
{
    size_t n = 0, which;

    while (p[n] != '\0' && !is_digit(p[n]) && !is_letter(p[n]) &&
           (n == 0 || sign_at(p + n, &which) == 0))
        n++;
    token->kind = TFLOW_I_TOKEN_BAD;
    token->length = n;
}

/* Pass over spaces, quotes, full stops and "y/y" (year on year). */
static const char *skip(const char *p)
{
    for (;;) {
        size_t which, n = sign_at(p, &which);
        if ((begins(p, "y/y") || begins(p, "Y/Y")) && !is_letter(p[3]))
            p += 3;
        else if (n > 0 && signs[which].kind == TFLOW_I_TOKEN_END &&
                 !(*p == '.' && is_digit(p[1])))
            p += n;
        else
            return p;
    }
}

size_t tflow_i_tokens(const char *text, tflow_i_token *tokens)
{
    const char *p = text;

    for (size_t n = 0; n < TFLOW_I_TOKENS; n++) {
        tflow_i_token *token = &tokens[n];
        size_t which;

        p = skip(p);
        memset(token, 0, sizeof *token);
        token->start = p;
        if (*p == '\0')
            return n + 1;
        if (is_digit(*p) || *p == '.') {
            number(p, token);
        } else if (is_letter(*p)) {
            word(p, token);
        } else if ((token->length = sign_at(p, &which)) > 0) {
            token->kind = signs[which].kind;
            memcpy(token->currency, signs[which].currency, sizeof token->currency);
        } else {
            unknown(p, token);
        }
        p += token->length;
    }
    return 0;
}
