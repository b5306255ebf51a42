/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/glyph.h"
#include "plot/plot.h"

#include <string.h>

/* DejaVu Sans is the widest of the fonts a reader is likely to have: what fits there
 * fits elsewhere. */
static double ems(uint32_t c)
{
    if (tflow_i_utf8_combining(c))
        return 0;
    if (tflow_i_utf8_wide(c))
        return 1;
    if (c >= 0x80)
        return 0.65;
    if (strchr("iIjl.,:;'|! ", (int)c) != NULL)
        return 0.33;
    if (strchr("ft()[]-/r\"", (int)c) != NULL)
        return 0.41;
    if (strchr("mMW@%w&+=<>_~#", (int)c) != NULL)
        return 0.86;
    return c >= 'A' && c <= 'Z' ? 0.71 : 0.62;
}

double tflow_i_plot_ems(const char *text)
{
    double width = 0;
    uint32_t c;

    while ((c = tflow_i_utf8_next(&text)) != 0)
        width += ems(c);
    return width;
}

/* Punctuation of titles and the names of countries, as ASCII writes them. */
static const struct {
    uint32_t c;
    char ascii[4];
} folded[] = {
    {0xa0, " "},     {0xab, "\""},   {0xb1, "+-"},   {0xb7, "."},    {0xbb, "\""},
    {0x2010, "-"},   {0x2011, "-"},  {0x2012, "-"},  {0x2013, "-"},  {0x2014, "-"},
    {0x2018, "'"},   {0x2019, "'"},  {0x201c, "\""}, {0x201d, "\""}, {0x2026, "..."},
    {0x20ac, "EUR"}, {0x2190, "<-"}, {0x2192, "->"}, {0x2212, "-"},  {0x2248, "~"},
    {0x2264, "<="},  {0x2265, ">="}, {0x202f, " "},  {0x2009, " "},
};

/* U+00C0 to U+00FF without their accents. */
static const char latin1[] = "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTs"
                             "aaaaaaaceeeeiiiidnooooo/ouuuuyty";

static void fold(uint32_t c, char *glyph)
{
    if (c >= 0xc0 && c <= 0xff) {
        glyph[0] = latin1[c - 0xc0];
        glyph[1] = '\0';
        return;
    }
    for (size_t i = 0; i < sizeof folded / sizeof *folded; i++) {
        if (folded[i].c == c) {
            memcpy(glyph, folded[i].ascii, sizeof folded[i].ascii);
            glyph[sizeof folded[i].ascii] = '\0';
            return;
        }
    }
    memcpy(glyph, "?", 2);
}

size_t tflow_i_plot_glyph(const char **text, int ascii, char *glyph)
{
    const char *start = *text;
    uint32_t c = tflow_i_utf8_next(text);

    glyph[0] = '\0';
    if (c == 0)
        return 0;
    /* A file may hold escape sequences: they do not reach the terminal. */
    if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xfffd ||
        (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069)) {
        memcpy(glyph, c == '\n' || c == '\t' ? " " : "?", 2);
        return 1;
    }
    if (ascii && c >= 0x80) {
        if (tflow_i_utf8_combining(c))
            return 0;
        fold(c, glyph);
        return strlen(glyph);
    }
    size_t n = (size_t)(*text - start);
    memcpy(glyph, start, n);
    glyph[n] = '\0';
    return tflow_i_utf8_combining(c) ? 0 : tflow_i_utf8_wide(c) ? 2 : 1;
}

size_t tflow_i_plot_columns(const char *text, int ascii)
{
    char glyph[8];
    size_t columns = 0;

    while (*text != '\0')
        columns += tflow_i_plot_glyph(&text, ascii, glyph);
    return columns;
}

size_t tflow_i_plot_clip(tflow_i_text *out, const char *text, size_t limit, int ascii)
{
    int whole = tflow_i_plot_columns(text, ascii) <= limit;
    size_t room = whole || limit == 0 ? limit : limit - 1;
    size_t used = 0;
    char glyph[8];

    while (*text != '\0') {
        size_t columns = tflow_i_plot_glyph(&text, ascii, glyph);
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

size_t tflow_i_plot_break(const char *text, double limit, int columns, int ascii)
{
    const char *s = text, *space = NULL;
    double width = 0;
    char glyph[8];

    while (*s != '\0') {
        const char *here = s, *look = s;
        double step = columns ? (double)tflow_i_plot_glyph(&s, ascii, glyph)
                              : ems(tflow_i_utf8_next(&s));
        uint32_t c = tflow_i_utf8_next(&look);
        if (c == '\n')
            return (size_t)(here - text);
        if (c == ' ')
            space = here;
        width += step;
        /* A space may hang over the end of the line. */
        if (width > limit && c != ' ' && here > text)
            return (size_t)((space != NULL && space > text ? space : here) - text);
    }
    return (size_t)(s - text);
}
