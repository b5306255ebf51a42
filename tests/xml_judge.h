/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small judge of XML: balanced tags, quoted attributes, known entities. */
#ifndef TFLOW_XML_JUDGE_H
#define TFLOW_XML_JUDGE_H

#include "test.h"

#define MAX_IDS 256

typedef struct judged {
    size_t elements;
    size_t n_ids;
    char ids[MAX_IDS][80];
} judged;

static inline int is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == ':' ||
           (c >= '0' && c <= '9');
}

static inline const char *text_run(const char *s, char end)
{
    static const char *const known[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};

    for (; *s != end && *s != '\0'; s++) {
        ck_assert_msg(*s != '<', "bare < at %.40s", s);
        ck_assert_msg((unsigned char)*s >= 0x20 || *s == '\n', "control character");
        int entity = *s != '&';
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            entity |= strncmp(s, known[i], strlen(known[i])) == 0;
        ck_assert_msg(entity, "unknown entity at %.40s", s);
    }
    return s;
}

static inline const char *attributes(const char *s, judged *found)
{
    while (*s == ' ') {
        const char *name = ++s;
        while (is_name(*s))
            s++;
        ck_assert_msg(s > name && s[0] == '=' && s[1] == '"', "attribute at %.40s",
                      name);
        const char *value = s + 2;
        s = text_run(value, '"');
        ck_assert_msg(*s == '"', "open quote at %.40s", name);
        if (strncmp(name, "id=", 3) == 0) {
            size_t n = (size_t)(s - value);
            ck_assert(found->n_ids < MAX_IDS && n < sizeof *found->ids);
            memcpy(found->ids[found->n_ids], value, n);
            found->ids[found->n_ids++][n] = '\0';
        }
        s++;
    }
    return s;
}

/* Fail unless svg is one well-formed element whose ids differ. */
static inline void judge(const char *svg, judged *found)
{
    char open[32][16];
    size_t depth = 0;
    const char *s = svg;

    memset(found, 0, sizeof *found);
    ck_assert_msg(strstr(svg, "nan") == NULL && strstr(svg, "inf") == NULL,
                  "a number that is none");
    do {
        ck_assert_msg(*s == '<', "text outside the element: %.40s", s);
        int closing = *++s == '/';
        const char *name = s += closing;
        while (is_name(*s))
            s++;
        size_t n = (size_t)(s - name);
        ck_assert_msg(n > 0 && n < 16 && depth < 31, "tag at %.40s", name);
        if (closing) {
            depth--;
            ck_assert_msg(strlen(open[depth]) == n && !strncmp(open[depth], name, n),
                          "</%.*s> closes <%s>", (int)n, name, open[depth]);
        } else {
            memcpy(open[depth], name, n);
            open[depth++][n] = '\0';
            found->elements++;
            s = attributes(s, found);
            if (*s == '/') {
                depth--;
                s++;
            }
        }
        ck_assert_msg(*s == '>', "tag not closed at %.40s", name);
        s = text_run(s + 1, '<');
    } while (depth > 0);
    while (*s == '\n')
        s++;
    ck_assert_msg(*s == '\0', "text after the element: %.40s", s);
    for (size_t i = 0; i < found->n_ids; i++)
        for (size_t k = 0; k < i; k++)
            ck_assert_str_ne(found->ids[i], found->ids[k]);
}

static inline size_t count(const char *text, const char *what)
{
    size_t n = 0;
    for (; (text = strstr(text, what)) != NULL; text += strlen(what))
        n++;
    return n;
}

#endif
