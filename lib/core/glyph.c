/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/glyph.h"

#include <string.h>

uint32_t tflow_i_utf8_next(const char **text)
{
    const unsigned char *s = (const unsigned char *)*text;
    size_t n;
    uint32_t c, least;

    if (s[0] == 0)
        return 0;
    *text += 1;
    if (s[0] < 0x80)
        return s[0];
    if (s[0] >= 0xc2 && s[0] <= 0xdf)
        n = 2, c = s[0] & 0x1fu, least = 0x80;
    else if (s[0] >= 0xe0 && s[0] <= 0xef)
        n = 3, c = s[0] & 0x0fu, least = 0x800;
    else if (s[0] >= 0xf0 && s[0] <= 0xf4)
        n = 4, c = s[0] & 0x07u, least = 0x10000;
    else
        return 0xfffd;
    for (size_t i = 1; i < n; i++) {
        if ((s[i] & 0xc0) != 0x80)
            return 0xfffd;
        c = c << 6 | (s[i] & 0x3fu);
    }
    if (c < least || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
        return 0xfffd;
    *text += n - 1;
    return c;
}

int tflow_i_utf8_combining(uint32_t c)
{
    return (c >= 0x300 && c <= 0x36f) || (c >= 0x200b && c <= 0x200f) ||
           (c >= 0x20d0 && c <= 0x20ff) || (c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff;
}

int tflow_i_utf8_wide(uint32_t c)
{
    return (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0x303e) ||
           (c >= 0x3041 && c <= 0xa4cf) || (c >= 0xac00 && c <= 0xd7a3) ||
           (c >= 0xf900 && c <= 0xfaff) || (c >= 0xfe30 && c <= 0xfe6f) ||
           (c >= 0xff00 && c <= 0xff60) || (c >= 0xffe0 && c <= 0xffe6) ||
           (c >= 0x1f300 && c <= 0x1faff) || (c >= 0x20000 && c <= 0x3fffd);
}

/* Controls, and what would turn the direction of the line round. */
static int unsafe(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xfffd ||
           (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* Punctuation and mathematics, as ASCII writes them. */
static const struct {
    uint32_t c;
    char ascii[TFLOW_I_GLYPH_SIZE];
} folded[] = {
    {0xa0, " "},      {0xab, "\""},   {0xb1, "+-"},       {0xb2, "^2"},
    {0xb7, "."},      {0xbb, "\""},   {0xbd, "1/2"},      {0xd7, "x"},
    {0x152, "OE"},    {0x153, "oe"},  {0x3a0, "PRODUCT"}, {0x3a3, "SUM"},
    {0x394, "d"},     {0x3bc, "mu"},  {0x3c3, "sigma"},   {0x2009, " "},
    {0x2010, "-"},    {0x2011, "-"},  {0x2012, "-"},      {0x2013, "-"},
    {0x2014, "-"},    {0x2018, "'"},  {0x2019, "'"},      {0x201c, "\""},
    {0x201d, "\""},   {0x2022, "*"},  {0x2026, "..."},    {0x202f, " "},
    {0x20ac, "EUR"},  {0x2190, "<-"}, {0x2192, "->"},     {0x2212, "-"},
    {0x221a, "sqrt"}, {0x2248, "~"},  {0x2260, "!="},     {0x2264, "<="},
    {0x2265, ">="},
};

/* U+00C0 to U+00FF and U+0100 to U+017F without their accents. */
static const char latin[] = "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTs"
                            "aaaaaaaceeeeiiiidnooooo/ouuuuyty"
                            "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGg"
                            "GgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlL"
                            "lLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSs"
                            "SsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

static size_t fold(uint32_t c, char *glyph)
{
    for (size_t i = 0; i < sizeof folded / sizeof *folded; i++) {
        if (folded[i].c == c) {
            memcpy(glyph, folded[i].ascii, sizeof folded[i].ascii);
            return strlen(glyph);
        }
    }
    glyph[0] = c >= 0xc0 && c <= 0x17f ? latin[c - 0xc0] : '?';
    glyph[1] = '\0';
    return 1;
}

size_t tflow_i_glyph_next(const char **text, int ascii, char *glyph)
{
    const char *start = *text;
    uint32_t c = tflow_i_utf8_next(text);

    glyph[0] = '\0';
    if (c == 0)
        return 0;
    if (unsafe(c)) {
        memcpy(glyph, c == '\n' || c == '\t' ? " " : "?", 2);
        return 1;
    }
    if (ascii && c >= 0x80)
        return tflow_i_utf8_combining(c) ? 0 : fold(c, glyph);
    size_t n = (size_t)(*text - start);
    memcpy(glyph, start, n);
    glyph[n] = '\0';
    return tflow_i_utf8_combining(c) ? 0 : tflow_i_utf8_wide(c) ? 2 : 1;
}

size_t tflow_i_glyph_columns(const char *text, int ascii)
{
    char glyph[TFLOW_I_GLYPH_SIZE];
    size_t columns = 0;

    while (*text != '\0')
        columns += tflow_i_glyph_next(&text, ascii, glyph);
    return columns;
}

size_t tflow_i_glyph_clip(tflow_i_text *out, const char *text, size_t limit, int ascii)
{
    int whole = tflow_i_glyph_columns(text, ascii) <= limit;
    size_t room = whole || limit == 0 ? limit : limit - 1;
    size_t used = 0;
    char glyph[TFLOW_I_GLYPH_SIZE];

    while (*text != '\0') {
        size_t columns = tflow_i_glyph_next(&text, ascii, glyph);
        if (used + columns > room)
            break;
        tflow_i_text_add(out, glyph);
        used += columns;
    }
    if (!whole && limit > 0) {
        tflow_i_text_add(out, ascii ? "~" : "\xe2\x80\xa6");
        used++;
    }
    return used;
}

/* Columns up to the next space or the end. */
static size_t word_columns(const char *text, int ascii)
{
    char glyph[TFLOW_I_GLYPH_SIZE];
    size_t columns = 0;

    while (*text != '\0' && *text != ' ' && *text != '\n')
        columns += tflow_i_glyph_next(&text, ascii, glyph);
    return columns;
}

void tflow_i_glyph_wrap(tflow_i_text *out, const char *text, size_t width,
                        const char *indent, int ascii)
{
    size_t margin = tflow_i_glyph_columns(indent, ascii), used = 0;
    char glyph[TFLOW_I_GLYPH_SIZE];
    int first = 1;

    while (*text != '\0') {
        if (*text == ' ' || *text == '\n') {
            text++;
            continue;
        }
        size_t columns = word_columns(text, ascii);
        if (!first && width > 0 && used + 1 + columns > width) {
            tflow_i_text_char(out, '\n');
            tflow_i_text_add(out, indent);
            used = margin;
        } else if (!first) {
            tflow_i_text_char(out, ' ');
            used++;
        }
        while (*text != '\0' && *text != ' ' && *text != '\n') {
            tflow_i_glyph_next(&text, ascii, glyph);
            tflow_i_text_add(out, glyph);
        }
        used += columns;
        first = 0;
    }
}
