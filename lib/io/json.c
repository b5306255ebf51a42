/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walking through JSON that was checked: it is known to be whole, so that no step looks
 * for an end that might be missing. */
#include "io/json.h"

#include <string.h>

static const char *skip_space(const char *s)
{
    while (*s == ' ' || *s == '\t' || *s == '\r' || *s == '\n')
        s++;
    return s;
}

/* Behind the closing quote. */
static const char *string_end(const char *string)
{
    const char *s = string + 1;
    while (*s != '"')
        s += *s == '\\' ? 2 : 1;
    return s + 1;
}

size_t tflow_i_json_length(const char *value)
{
    const char *s = value;
    while ((*s >= '0' && *s <= '9') || (*s >= 'a' && *s <= 'z') || *s == 'E' ||
           *s == '-' || *s == '+' || *s == '.')
        s++;
    return (size_t)(s - value);
}

static const char *value_end(const char *s)
{
    size_t depth = 0;

    do {
        size_t n = tflow_i_json_length(s);
        if (n > 0)
            s += n;
        else if (*s == '"')
            s = string_end(s);
        else {
            depth += *s == '{' || *s == '[';
            depth -= *s == '}' || *s == ']';
            s++;
        }
    } while (depth > 0);
    return s;
}

int tflow_i_json_is(const char *value, char kind)
{
    return value != NULL && *value == kind;
}

const char *tflow_i_json_first(const char *value)
{
    const char *s = skip_space(value + 1);
    return *s == ']' || *s == '}' ? NULL : s;
}

const char *tflow_i_json_next(const char *value)
{
    const char *s = skip_space(value_end(value));
    return *s == ',' ? skip_space(s + 1) : NULL;
}

const char *tflow_i_json_value(const char *name)
{
    return skip_space(skip_space(string_end(name)) + 1); /* past the colon */
}

const char *tflow_i_json_member(const char *object, const char *name)
{
    if (!tflow_i_json_is(object, '{'))
        return NULL;
    for (const char *at = tflow_i_json_first(object); at != NULL;) {
        const char *value = tflow_i_json_value(at);
        if (tflow_i_json_equal(at, name))
            return value;
        at = tflow_i_json_next(value);
    }
    return NULL;
}

/* ---- what strings say ---- */

int32_t tflow_i_json_hex(const char *digits, size_t n)
{
    int32_t c = 0;

    if (n < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        char d = digits[i];
        int value = d >= '0' && d <= '9'   ? d - '0'
                    : d >= 'a' && d <= 'f' ? d - 'a' + 10
                    : d >= 'A' && d <= 'F' ? d - 'A' + 10
                                           : -1;
        if (value < 0)
            return -1;
        c = c * 16 + value;
    }
    return c;
}

static size_t utf8(uint32_t c, char out[4])
{
    size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

    if (n == 1) {
        out[0] = (char)c;
        return 1;
    }
    for (size_t i = n - 1; i > 0; i--, c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3f));
    out[0] = (char)((0xf00u >> n & 0xff) | c);
    return n;
}

/* The bytes that the next character or escape of a string says; *s moves on. 0: the
 * closing quote. */
static size_t unit(const char **s, char out[4])
{
    static const char letters[] = "bfnrt", controls[] = "\b\f\n\r\t";
    const char *at = *s;

    if (*at == '"')
        return 0;
    if (*at != '\\') {
        out[0] = *at;
        *s = at + 1;
        return 1;
    }
    *s = at + 2;
    if (at[1] == 'u') {
        uint32_t c = (uint32_t)tflow_i_json_hex(at + 2, 4);
        *s = at + 6;
        if (c >= 0xd800 && c <= 0xdfff) {
            uint32_t low = (uint32_t)tflow_i_json_hex(at + 8, 4);
            c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
            *s = at + 12;
        }
        return utf8(c, out);
    }
    const char *letter = strchr(letters, at[1]);
    out[0] = letter == NULL ? at[1] : controls[letter - letters];
    return 1;
}

/* A string byte by byte. */
typedef struct bytes {
    const char *s;
    char unit[4];
    size_t at, n;
} bytes;

/* -1 at the end. */
static int next_byte(bytes *b)
{
    if (b->at == b->n) {
        b->at = 0;
        b->n = unit(&b->s, b->unit);
        if (b->n == 0)
            return -1;
    }
    return (unsigned char)b->unit[b->at++];
}

int tflow_i_json_equal(const char *string, const char *text)
{
    bytes b = {string + 1, {0}, 0, 0};
    int c;

    while ((c = next_byte(&b)) >= 0)
        if (c != (unsigned char)*text++)
            return 0;
    return *text == '\0';
}

int tflow_i_json_same(const char *a, const char *b)
{
    bytes x = {a + 1, {0}, 0, 0}, y = {b + 1, {0}, 0, 0};
    int c;

    do {
        c = next_byte(&x);
        if (c != next_byte(&y))
            return 0;
    } while (c >= 0);
    return 1;
}

void tflow_i_json_text(tflow_i_text *out, const char *string)
{
    char some[4];
    const char *s = string + 1;

    for (;;) {
        size_t plain = 0;
        while (s[plain] != '"' && s[plain] != '\\')
            plain++;
        tflow_i_text_add_n(out, s, plain);
        s += plain;
        size_t n = unit(&s, some);
        if (n == 0)
            return;
        tflow_i_text_add_n(out, some, n);
    }
}
