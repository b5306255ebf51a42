/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether text is JSON. The libraries at hand lose bytes, end the process or say
 * nothing where they run out of memory inside of a string; this allocates nothing. */
#include "io/field.h"
#include "io/json.h"
#include "io/write.h"

#include <string.h>

#define NEAR 20 /* bytes of what was found, in a message */

typedef struct scan {
    const char *s, *end;
    const char *wrong; /* what was expected, or what is not allowed; NULL: all well */
} scan;

static int refuse(scan *c, const char *wrong)
{
    c->wrong = wrong;
    return 0;
}

/* The byte that comes next; -1 at the end. */
static int byte(const scan *c)
{
    return c->s < c->end ? (unsigned char)*c->s : -1;
}

static int space(scan *c)
{
    while (byte(c) == ' ' || byte(c) == '\t' || byte(c) == '\r' || byte(c) == '\n')
        c->s++;
    return byte(c);
}

/* What follows \u; leaves the last digit. */
static int unicode(scan *c)
{
    int32_t high = tflow_i_json_hex(c->s + 1, (size_t)(c->end - c->s - 1));
    if (high < 0)
        return refuse(c, "expected four hexadecimal digits");
    c->s += 4;
    if (high == 0)
        return refuse(c, "U+0000 is not allowed in text");
    if (high < 0xd800 || high > 0xdfff)
        return 1;
    int32_t low =
        high > 0xdbff || c->end - c->s < 3 || c->s[1] != '\\' || c->s[2] != 'u'
            ? -1
            : tflow_i_json_hex(c->s + 3, (size_t)(c->end - c->s - 3));
    if (low < 0xdc00 || low > 0xdfff)
        return refuse(c, "half of a surrogate pair is no character");
    c->s += 6;
    return 1;
}

static int string(scan *c)
{
    const char *start = ++c->s;
    for (; byte(c) != '"'; c->s++) {
        if (byte(c) < 0)
            return refuse(c, "expected the closing quote of a string");
        if (byte(c) < 0x20)
            return refuse(c, "control characters are not allowed in text");
        if (byte(c) != '\\')
            continue;
        c->s++;
        if (byte(c) == 'u') {
            if (!unicode(c))
                return 0;
        } else if (byte(c) <= 0 || strchr("\"\\/bfnrt", byte(c)) == NULL)
            return refuse(c, "expected an escape such as \\n or \\u00e9");
    }
    if (!tflow_i_field_utf8(start, (size_t)(c->s - start)))
        return refuse(c, "text that is not UTF-8");
    c->s++;
    return 1;
}

static int digits(scan *c)
{
    const char *start = c->s;
    while (byte(c) >= '0' && byte(c) <= '9')
        c->s++;
    return c->s > start ? 1 : refuse(c, "expected a digit");
}

static int number(scan *c)
{
    c->s += byte(c) == '-';
    if (byte(c) == '0')
        c->s++;
    else if (!digits(c))
        return 0;
    if (byte(c) == '.') {
        c->s++;
        if (!digits(c))
            return 0;
    }
    if (byte(c) == 'e' || byte(c) == 'E') {
        c->s++;
        c->s += byte(c) == '-' || byte(c) == '+';
        return digits(c);
    }
    return 1;
}

/* A value that is no list and no object. */
static int scalar(scan *c)
{
    static const char *const words[] = {"null", "true", "false"};
    int first = byte(c);

    if (first == '"')
        return string(c);
    if (first == '-' || (first >= '0' && first <= '9'))
        return number(c);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i]);
        if ((size_t)(c->end - c->s) >= n && memcmp(c->s, words[i], n) == 0) {
            c->s += n;
            return 1;
        }
    }
    return refuse(c, "expected a value");
}

/* Up to the value of an item; in an object its name and colon come before. */
static int item(scan *c, char open)
{
    if (open == '[') {
        space(c);
        return 1;
    }
    if (space(c) != '"')
        return refuse(c, "expected a name in quotes");
    if (!string(c))
        return 0;
    if (space(c) != ':')
        return refuse(c, "expected a colon");
    c->s++;
    space(c);
    return 1;
}

static int document(scan *c)
{
    char open[TFLOW_I_JSON_DEPTH];
    size_t depth = 0;

    do {
        int closing = 0; /* an empty list or object ends */
        if (byte(c) == '{' || byte(c) == '[') {
            if (depth == TFLOW_I_JSON_DEPTH)
                return refuse(c, "lists and objects are nested too deep");
            open[depth++] = *c->s++;
            closing = space(c) == '}' || byte(c) == ']';
            if (!closing && !item(c, open[depth - 1]))
                return 0;
            if (!closing)
                continue;
        } else if (!scalar(c))
            return 0;
        while (depth > 0) {
            if (space(c) == ',' && !closing) {
                c->s++;
                if (!item(c, open[depth - 1]))
                    return 0;
                break;
            }
            if (byte(c) != (open[depth - 1] == '{' ? '}' : ']'))
                return refuse(c, open[depth - 1] == '{' ? "expected a comma or a }"
                                                        : "expected a comma or a ]");
            closing = 0;
            depth--;
            c->s++;
        }
    } while (depth > 0);
    return space(c) < 0 ? 1 : refuse(c, "expected nothing more");
}

uint64_t tflow_i_json_line(const char *bytes, const char *place)
{
    uint64_t line = 1;
    for (; bytes < place; bytes++)
        line += *bytes == '\n';
    return line;
}

const char *tflow_i_json_check(const char *bytes, size_t n, tflow_error *error)
{
    scan c = {bytes, bytes + n, NULL};
    int first = space(&c);
    const char *value = c.s;

    if (first != '{' && first != '[')
        refuse(&c, "expected an object or a list");
    else if (document(&c))
        return value;
    size_t near = (size_t)(c.end - c.s);
    /* Not into the middle of a character, and not beyond the line. */
    for (size_t i = 0; i < near; i++)
        if (i == NEAR || (unsigned char)c.s[i] < 0x20 || (unsigned char)c.s[i] >= 0x7f)
            near = i;
    if (near == 0)
        tflow_i_fail(error, TFLOW_EPARSE, "%s%s", c.wrong,
                     c.s == c.end ? ", found the end" : "");
    else
        tflow_i_fail(error, TFLOW_EPARSE, "%s at \"%.*s\"", c.wrong, (int)near, c.s);
    tflow_i_at(error, NULL, tflow_i_json_line(bytes, c.s), 0, NULL);
    return NULL;
}

int tflow_i_json_object(const char *text)
{
    return tflow_i_json_is(tflow_i_json_check(text, strlen(text), NULL), '{');
}
