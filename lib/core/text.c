/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/core.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void tflow_i_text_add_n(tflow_i_text *text, const char *bytes, size_t n)
{
    if (text->failed)
        return;
    if (n > SIZE_MAX - text->length - 1 ||
        !tflow_i_reserve(&text->data, &text->capacity, text->length + n + 1, 1)) {
        text->failed = 1;
        return;
    }
    if (n > 0)
        memcpy(text->data + text->length, bytes, n);
    text->length += n;
    text->data[text->length] = '\0';
}

void tflow_i_text_add(tflow_i_text *text, const char *string)
{
    tflow_i_text_add_n(text, string, strlen(string));
}

void tflow_i_text_char(tflow_i_text *text, char c)
{
    tflow_i_text_add_n(text, &c, 1);
}

void tflow_i_text_format(tflow_i_text *text, const char *format, ...)
{
    char small[256];
    va_list args, again;

    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    if (n >= 0 && (size_t)n < sizeof small) {
        tflow_i_text_add_n(text, small, (size_t)n);
    } else if (n >= 0) {
        char *large = tflow_i_alloc((size_t)n + 1, 1);
        if (large == NULL) {
            text->failed = 1;
        } else {
            vsnprintf(large, (size_t)n + 1, format, again);
            tflow_i_text_add_n(text, large, (size_t)n);
            tflow_i_free(large);
        }
    }
    va_end(again);
}

void tflow_i_text_double(tflow_i_text *text, double value)
{
    char buffer[TFLOW_I_DECIMAL_SIZE];
    tflow_i_text_add(text, tflow_i_decimal_format(value, buffer));
}

void tflow_i_text_fixed(tflow_i_text *text, double value, int decimals)
{
    char buffer[400];
    tflow_i_text_add(text,
                     tflow_i_decimal_fixed(value, decimals, buffer, sizeof buffer));
}

void tflow_i_text_grouped(tflow_i_text *text, double value, int decimals)
{
    char buffer[400];
    const char *s = tflow_i_decimal_fixed(value, decimals, buffer, sizeof buffer);

    if (*s == '-')
        tflow_i_text_char(text, *s++);
    size_t whole = strspn(s, "0123456789");
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            tflow_i_text_char(text, ',');
        tflow_i_text_char(text, s[i]);
    }
    tflow_i_text_add(text, s + whole);
}

/* Length of the valid UTF-8 sequence at s, or 0. */
static size_t utf8_length(const unsigned char *s)
{
    size_t n;
    uint32_t c;

    if (s[0] < 0x80)
        return 1;
    if (s[0] >= 0xc2 && s[0] <= 0xdf)
        n = 2, c = s[0] & 0x1fu;
    else if (s[0] >= 0xe0 && s[0] <= 0xef)
        n = 3, c = s[0] & 0x0fu;
    else if (s[0] >= 0xf0 && s[0] <= 0xf4)
        n = 4, c = s[0] & 0x07u;
    else
        return 0;
    for (size_t i = 1; i < n; i++) {
        if ((s[i] & 0xc0) != 0x80)
            return 0;
        c = c << 6 | (s[i] & 0x3fu);
    }
    if ((n == 3 && c < 0x800) || (n == 4 && (c < 0x10000 || c > 0x10ffff)) ||
        (c >= 0xd800 && c <= 0xdfff))
        return 0;
    return n;
}

void tflow_i_text_json(tflow_i_text *text, const char *value)
{
    const unsigned char *s = (const unsigned char *)value;

    tflow_i_text_char(text, '"');
    while (*s != '\0') {
        size_t n = utf8_length(s);
        if (n == 0) {
            tflow_i_text_add(text, "\\ufffd");
            s++;
        } else if (n > 1) {
            tflow_i_text_add_n(text, (const char *)s, n);
            s += n;
        } else {
            if (*s == '"' || *s == '\\')
                tflow_i_text_format(text, "\\%c", *s);
            else if (*s == '\n')
                tflow_i_text_add(text, "\\n");
            else if (*s == '\t')
                tflow_i_text_add(text, "\\t");
            else if (*s < 0x20)
                tflow_i_text_format(text, "\\u%04x", *s);
            else
                tflow_i_text_char(text, (char)*s);
            s++;
        }
    }
    tflow_i_text_char(text, '"');
}

void tflow_i_text_xml(tflow_i_text *text, const char *value)
{
    const unsigned char *s = (const unsigned char *)value;

    while (*s != '\0') {
        size_t n = utf8_length(s);
        if (n == 0 || (*s < 0x20 && *s != '\n' && *s != '\t')) {
            tflow_i_text_add(text, "\xef\xbf\xbd"); /* not allowed in XML: U+FFFD */
            s++;
            continue;
        }
        switch (*s) {
        case '&':
            tflow_i_text_add(text, "&amp;");
            break;
        case '<':
            tflow_i_text_add(text, "&lt;");
            break;
        case '>':
            tflow_i_text_add(text, "&gt;");
            break;
        case '"':
            tflow_i_text_add(text, "&quot;");
            break;
        case '\'':
            tflow_i_text_add(text, "&#39;");
            break;
        default:
            tflow_i_text_add_n(text, (const char *)s, n);
        }
        s += n;
    }
}

char *tflow_i_text_take(tflow_i_text *text)
{
    if (!text->failed && text->data == NULL)
        tflow_i_text_add(text, "");
    if (text->failed) {
        tflow_i_text_clear(text);
        return NULL;
    }
    char *data = text->data;
    memset(text, 0, sizeof *text);
    return data;
}

void tflow_i_text_clear(tflow_i_text *text)
{
    tflow_i_free(text->data);
    memset(text, 0, sizeof *text);
}
