/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "codes/tables.h"

#include <string.h>

/* One character of UTF-8 at text[0..n): its code point and length. A byte that is not
 * UTF-8 is taken for Latin-1, in which older downloads come. */
static uint32_t decode(const unsigned char *text, size_t n, size_t *length)
{
    uint32_t c = text[0];
    size_t more = c >= 0xF0 && c < 0xF5   ? 3
                  : c >= 0xE0 && c < 0xF0 ? 2
                  : c >= 0xC2 && c < 0xE0 ? 1
                                          : 0;

    *length = 1;
    if (more == 0 || more >= n)
        return text[0];
    c &= 0x3FU >> more;
    for (size_t i = 1; i <= more; i++) {
        if ((text[i] & 0xC0U) != 0x80)
            return text[0];
        c = c << 6 | (text[i] & 0x3FU);
    }
    *length = more + 1;
    return c;
}

/* Signs, blanks and accents on their own, which separate or decorate words. */
static int is_sign(uint32_t c)
{
    return c < 0xC0 || (c >= 0x300 && c < 0x370) || (c >= 0x2000 && c < 0x2070) ||
           c == 0xFEFF;
}

static int starts_incl(const char *text, size_t n)
{
    return n >= 6 && text[0] == '(' && (text[1] | 32) == 'i' && (text[2] | 32) == 'n' &&
           (text[3] | 32) == 'c' && (text[4] | 32) == 'l' && text[5] == '.';
}

/* Bytes of "(incl. ... )", parentheses inside included; to the end if it stays open. */
static size_t parenthesis(const char *text, size_t n)
{
    size_t depth = 0;

    for (size_t i = 0; i < n; i++) {
        if (text[i] == '(')
            depth++;
        else if (text[i] == ')' && --depth == 0)
            return i + 1;
    }
    return n;
}

typedef struct key_writer {
    char *key;
    size_t n;
    size_t word; /* where the word being written starts */
    int full;
} key_writer;

static void put(key_writer *w, const char *bytes, size_t n)
{
    if (n >= TFLOW_I_NAME_KEY - w->n) {
        w->full = 1;
        return;
    }
    for (size_t i = 0; i < n; i++)
        w->key[w->n++] = bytes[i];
}

static void end_word(key_writer *w)
{
    if (w->n - w->word == 2 && w->key[w->word] == 's' && w->key[w->word + 1] == 't') {
        w->n = w->word;
        put(w, "saint", 5);
    }
    w->word = w->n;
}

static void put_ascii(key_writer *w, char c)
{
    char small = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);

    if ((small >= 'a' && small <= 'z') || (small >= '0' && small <= '9')) {
        put(w, &small, 1);
        return;
    }
    end_word(w);
    if (c == '&')
        put(w, "and", 3);
    w->word = w->n;
}

size_t tflow_i_name_key(const char *text, size_t n, char key[TFLOW_I_NAME_KEY])
{
    key_writer w = {key, 0, 0, 0};

    for (size_t i = 0; i < n && !w.full;) {
        size_t length;
        uint32_t c;
        if (starts_incl(text + i, n - i)) {
            end_word(&w);
            i += parenthesis(text + i, n - i);
            continue;
        }
        c = decode((const unsigned char *)text + i, n - i, &length);
        if (c < 0x80) {
            put_ascii(&w, (char)c);
        } else if (c >= 0xC0 && c < 0x180) {
            const char *ascii = tflow_i_latin[c - 0xC0];
            put(&w, ascii, strlen(ascii));
        } else if (!is_sign(c)) {
            put(&w, text + i, length);
        } else if (c < 0x300 || c >= 0x370) {
            end_word(&w);
        }
        i += length;
    }
    end_word(&w);
    if (w.full)
        w.n = 0;
    key[w.n] = '\0';
    return w.n;
}
