/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether text is a JSON object, without allocating: jansson ends the process where it
 * runs out of memory inside of a string. */
#include "io/write.h"

#include <string.h>

#define DEPTH_MAX 64

static const char *skip_space(const char *s)
{
    return s + strspn(s, " \t\r\n");
}

/* The end of a string whose opening quote is behind us; NULL when it is broken. */
static const char *string_end(const char *s)
{
    for (; *s != '"'; s++) {
        if ((unsigned char)*s < 0x20)
            return NULL;
        if (*s != '\\')
            continue;
        s++;
        if (*s == 'u') {
            if (strspn(s + 1, "0123456789abcdefABCDEF") < 4)
                return NULL;
            s += 4;
        } else if (*s == '\0' || strchr("\"\\/bfnrt", *s) == NULL)
            return NULL;
    }
    return s + 1;
}

static const char *digits_end(const char *s)
{
    size_t n = strspn(s, "0123456789");
    return n == 0 ? NULL : s + n;
}

static const char *number_end(const char *s)
{
    s += *s == '-';
    s = *s == '0' ? s + 1 : digits_end(s);
    if (s != NULL && *s == '.')
        s = digits_end(s + 1);
    if (s != NULL && (*s == 'e' || *s == 'E')) {
        s++;
        s = digits_end(s + (*s == '-' || *s == '+'));
    }
    return s;
}

/* The end of a value that is no list and no object. */
static const char *scalar_end(const char *s)
{
    static const char *const words[] = {"null", "true", "false"};

    if (*s == '"')
        return string_end(s + 1);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncmp(s, words[i], strlen(words[i])) == 0)
            return s + strlen(words[i]);
    return number_end(s);
}

/* The value behind a key and its colon; in a list there is neither. */
static const char *member(const char *s, char open)
{
    s = skip_space(s);
    if (open == '[')
        return s;
    s = *s == '"' ? string_end(s + 1) : NULL;
    if (s == NULL)
        return NULL;
    s = skip_space(s);
    return *s == ':' ? skip_space(s + 1) : NULL;
}

int tflow_i_json_object(const char *text)
{
    char open[DEPTH_MAX];
    size_t depth = 0;
    const char *s = skip_space(text);

    if (*s != '{')
        return 0;
    while (s != NULL) {
        int closing = 0;
        if (*s == '{' || *s == '[') {
            if (depth == DEPTH_MAX)
                return 0;
            open[depth++] = *s;
            s = skip_space(s + 1);
            closing = *s == '}' || *s == ']';
            if (!closing)
                s = member(s, open[depth - 1]);
            if (!closing)
                continue;
        } else
            s = scalar_end(s);
        /* After a value, or before the end of an empty list or object. */
        while (s != NULL && depth > 0) {
            s = skip_space(s);
            if (*s == ',' && !closing) {
                s = member(s + 1, open[depth - 1]);
                break;
            }
            if (*s != (open[depth - 1] == '{' ? '}' : ']'))
                return 0;
            closing = 0;
            depth--;
            s++;
        }
        if (s != NULL && depth == 0)
            return *skip_space(s) == '\0';
    }
    return 0;
}
