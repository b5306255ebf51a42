/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A statement as put: marks (a direction, a qualifier, what it is
 * about), a
 * core (the figure itself) and perhaps a direction behind it. */
#include "figure/figure.h"

#include <string.h>

static const struct {
    char words[3][14];
    tflow_figure_qualifier qualifier;
} qualifiers[] = {
    {{"practically"}, TFLOW_QUALIFIER_NEARLY},
    {{"nearly"}, TFLOW_QUALIFIER_NEARLY},
    {{"almost"}, TFLOW_QUALIFIER_NEARLY},
    {{"virtually"}, TFLOW_QUALIFIER_NEARLY},
    {{"close", "to"}, TFLOW_QUALIFIER_NEARLY},
    {{"not", "quite"}, TFLOW_QUALIFIER_NEARLY},
    {{"about"}, TFLOW_QUALIFIER_ABOUT},
    {{"around"}, TFLOW_QUALIFIER_ABOUT},
    {{"roughly"}, TFLOW_QUALIFIER_ABOUT},
    {{"approximately"}, TFLOW_QUALIFIER_ABOUT},
    {{"approx"}, TFLOW_QUALIFIER_ABOUT},
    {{"circa"}, TFLOW_QUALIFIER_ABOUT},
    {{"some"}, TFLOW_QUALIFIER_ABOUT},
    {{"over"}, TFLOW_QUALIFIER_OVER},
    {{"above"}, TFLOW_QUALIFIER_OVER},
    {{"exceeding"}, TFLOW_QUALIFIER_OVER},
    {{"exceeded"}, TFLOW_QUALIFIER_OVER},
    {{"more", "than"}, TFLOW_QUALIFIER_OVER},
    {{"in", "excess", "of"}, TFLOW_QUALIFIER_OVER},
    {{"under"}, TFLOW_QUALIFIER_UNDER},
    {{"below"}, TFLOW_QUALIFIER_UNDER},
    {{"less", "than"}, TFLOW_QUALIFIER_UNDER},
    {{"fewer", "than"}, TFLOW_QUALIFIER_UNDER},
    {{"at", "least"}, TFLOW_QUALIFIER_AT_LEAST},
    {{"no", "less", "than"}, TFLOW_QUALIFIER_AT_LEAST},
    {{"not", "less", "than"}, TFLOW_QUALIFIER_AT_LEAST},
    {{"up", "to"}, TFLOW_QUALIFIER_AT_MOST},
    {{"at", "most"}, TFLOW_QUALIFIER_AT_MOST},
    {{"no", "more", "than"}, TFLOW_QUALIFIER_AT_MOST},
    {{"not", "more", "than"}, TFLOW_QUALIFIER_AT_MOST},
};

static void advance(tflow_i_reader *r)
{
    if (r->token->kind != TFLOW_I_TOKEN_END) {
        r->end = r->token->start + r->token->length;
        r->token++;
    }
}

/* Longest start of text[0..n) that fits a message and cuts no UTF-8 sequence. */
static int quotable(const char *text, size_t n)
{
    if (n > 60)
        for (n = 60; n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80;)
            n--;
    return (int)n;
}

static tflow_status found(const tflow_i_reader *r, const char *start, size_t n,
                          const char *remark, const char *expected)
{
    if (r->text[0] == '\0')
        return tflow_i_fail(r->error, TFLOW_EPARSE, "found nothing, expected %s",
                            expected);
    if (n == 0)
        return tflow_i_fail(r->error, TFLOW_EPARSE,
                            "found the end of \"%.*s\", "
                            "expected %s",
                            quotable(r->text, strlen(r->text)), r->text, expected);
    return tflow_i_fail(r->error, TFLOW_EPARSE, "found \"%.*s\"%s, expected %s",
                        quotable(start, n), start, remark, expected);
}

tflow_status tflow_i_unexpected(const tflow_i_reader *r)
{
    return found(r, r->token->start, r->token->length, "", r->expected);
}

tflow_status tflow_i_refused(const tflow_i_reader *r, const tflow_i_token *start,
                             const char *remark, const char *expected)
{
    return found(r, start->start, (size_t)(r->end - start->start), remark, expected);
}

static int is_word(const tflow_i_reader *r, size_t ahead, const char *word)
{
    for (size_t i = 0; i <= ahead; i++) /* nothing is read past the last token */
        if (r->token[i].kind == TFLOW_I_TOKEN_END)
            return 0;
    return r->token[ahead].kind == TFLOW_I_TOKEN_WORD &&
           strcmp(r->token[ahead].text, word) == 0;
}

int tflow_i_take_class(tflow_i_reader *r, tflow_i_word class)
{
    if (r->token->kind != TFLOW_I_TOKEN_WORD || r->token->word != class)
        return 0;
    advance(r);
    return 1;
}

int tflow_i_take_kind(tflow_i_reader *r, tflow_i_token_kind kind)
{
    if (r->token->kind != kind)
        return 0;
    advance(r);
    return 1;
}

static int take_qualifier(tflow_i_reader *r, tflow_figure_qualifier *qualifier)
{
    static const struct {
        tflow_i_token_kind kind;
        tflow_figure_qualifier qualifier;
    } by_sign[] = {
        {TFLOW_I_TOKEN_ABOUT, TFLOW_QUALIFIER_ABOUT},
        {TFLOW_I_TOKEN_OVER, TFLOW_QUALIFIER_OVER},
        {TFLOW_I_TOKEN_UNDER, TFLOW_QUALIFIER_UNDER},
        {TFLOW_I_TOKEN_AT_LEAST, TFLOW_QUALIFIER_AT_LEAST},
        {TFLOW_I_TOKEN_AT_MOST, TFLOW_QUALIFIER_AT_MOST},
    };

    for (size_t i = 0; i < sizeof by_sign / sizeof *by_sign; i++)
        if (tflow_i_take_kind(r, by_sign[i].kind)) {
            *qualifier = by_sign[i].qualifier;
            return 1;
        }
    for (size_t i = 0; i < sizeof qualifiers / sizeof *qualifiers; i++) {
        size_t n = 0;
        while (n < 3 && qualifiers[i].words[n][0] != '\0' &&
               is_word(r, n, qualifiers[i].words[n]))
            n++;
        if (n < 3 && qualifiers[i].words[n][0] != '\0')
            continue;
        while (n-- > 0)
            advance(r);
        *qualifier = qualifiers[i].qualifier;
        return 1;
    }
    return 0;
}

/* One mark in front of the figure; 0 when the current token is none. */
static int take_mark(tflow_i_reader *r, tflow_i_marks *m)
{
    if (m->qualifier == TFLOW_QUALIFIER_NONE && take_qualifier(r, &m->qualifier))
        return 1;
    if (tflow_i_take_kind(r, TFLOW_I_TOKEN_PLUS) ||
        tflow_i_take_class(r, TFLOW_I_WORD_UP) ||
        tflow_i_take_class(r, TFLOW_I_WORD_GROWTH))
        m->direction = 1;
    else if (tflow_i_take_kind(r, TFLOW_I_TOKEN_MINUS) ||
             tflow_i_take_class(r, TFLOW_I_WORD_DOWN) ||
             tflow_i_take_class(r, TFLOW_I_WORD_DECLINE))
        m->direction = -1;
    else if (tflow_i_take_class(r, TFLOW_I_WORD_LEVEL))
        m->about = TFLOW_I_WORD_LEVEL;
    else if (tflow_i_take_class(r, TFLOW_I_WORD_BASE))
        m->about = TFLOW_I_WORD_BASE;
    else if (tflow_i_take_class(r, TFLOW_I_WORD_BY))
        m->about = TFLOW_I_WORD_BY;
    else
        return tflow_i_take_class(r, TFLOW_I_WORD_FILLER);
    return 1;
}

/* "$", "USD", "US$", "US dollars". */
static int take_money(tflow_i_reader *r, tflow_i_core *c)
{
    const tflow_i_token *t = r->token + (is_word(r, 0, "us") ? 1 : 0);

    if (t->kind != TFLOW_I_TOKEN_MONEY &&
        !(t->kind == TFLOW_I_TOKEN_WORD && t->word == TFLOW_I_WORD_MONEY))
        return 0;
    memcpy(c->currency, t->currency, sizeof c->currency);
    while (r->token <= t)
        advance(r);
    return 1;
}

/* "-fold", "fold", "times", "x" behind a number. */
static int take_fold(tflow_i_reader *r)
{
    if (r->token->kind == TFLOW_I_TOKEN_MINUS && is_word(r, 1, "fold"))
        advance(r);
    return tflow_i_take_class(r, TFLOW_I_WORD_FOLD) ||
           tflow_i_take_class(r, TFLOW_I_WORD_TIMES) ||
           tflow_i_take_class(r, TFLOW_I_WORD_X) ||
           tflow_i_take_kind(r, TFLOW_I_TOKEN_TIMES);
}

/* "%", "percent", "pct", "per cent" behind a number. */
static int take_percent(tflow_i_reader *r)
{
    if (r->token->word == TFLOW_I_WORD_PER && is_word(r, 1, "cent")) {
        advance(r);
        advance(r);
        return 1;
    }
    return tflow_i_take_kind(r, TFLOW_I_TOKEN_PERCENT) ||
           tflow_i_take_class(r, TFLOW_I_WORD_PERCENT);
}

static int take_number(tflow_i_reader *r, tflow_i_core *c)
{
    if (r->token->word == TFLOW_I_WORD_NUMERAL)
        c->mantissa = (int64_t)r->token->value;
    else if (r->token->kind == TFLOW_I_TOKEN_NUMBER)
        c->mantissa = r->token->mantissa;
    else
        return 0;
    c->decimals = r->token->decimals;
    advance(r);
    return 1;
}

/* The figure itself. */
static tflow_status take_core(tflow_i_reader *r, tflow_i_core *c)
{
    const tflow_i_token *t = r->token;

    memset(c, 0, sizeof *c);
    c->class = t->word;
    c->ratio = t->value;
    if (tflow_i_take_class(r, TFLOW_I_WORD_RATIO) ||
        tflow_i_take_class(r, TFLOW_I_WORD_FOLDED) ||
        tflow_i_take_class(r, TFLOW_I_WORD_FRACTION)) {
        c->form = TFLOW_FORM_WORD;
        return TFLOW_OK;
    }
    if (tflow_i_take_kind(r, TFLOW_I_TOKEN_TIMES) ||
        tflow_i_take_class(r, TFLOW_I_WORD_X) ||
        tflow_i_take_class(r, TFLOW_I_WORD_FACTOR)) {
        tflow_i_take_class(r, TFLOW_I_WORD_FILLER);
        c->form = TFLOW_FORM_FOLD;
        return take_number(r, c) ? TFLOW_OK : tflow_i_unexpected(r);
    }

    int money = take_money(r, c);
    if (!take_number(r, c))
        return tflow_i_unexpected(r);
    c->form = TFLOW_FORM_AMOUNT;
    if (!money && take_percent(r)) {
        c->form = TFLOW_FORM_PERCENT;
    } else if (!money && take_fold(r)) {
        c->form = c->class == TFLOW_I_WORD_NUMERAL ? TFLOW_FORM_WORD : TFLOW_FORM_FOLD;
    } else {
        c->exponent = (int)r->token->value;
        if (!tflow_i_take_class(r, TFLOW_I_WORD_UNIT))
            c->exponent = 0;
        if (!money)
            take_money(r, c);
    }
    return TFLOW_OK;
}

/* What may follow the figure: "77 % more", "a 4 % drop", "on last year". */
static void take_tail(tflow_i_reader *r, tflow_i_marks *m)
{
    for (;;) {
        int direction = 0;

        if (tflow_i_take_class(r, TFLOW_I_WORD_MORE) ||
            tflow_i_take_class(r, TFLOW_I_WORD_GROWTH))
            direction = 1;
        else if (tflow_i_take_class(r, TFLOW_I_WORD_LESS) ||
                 tflow_i_take_class(r, TFLOW_I_WORD_DECLINE))
            direction = -1;
        if (direction != 0) {
            if (m->direction == 0)
                m->direction = direction;
        } else if (r->token->kind == TFLOW_I_TOKEN_MINUS &&
                   r->token[1].word == TFLOW_I_WORD_FILLER) {
            advance(r); /* year-on-year */
        } else if (!tflow_i_take_class(r, TFLOW_I_WORD_FILLER)) {
            return;
        }
    }
}

tflow_status tflow_i_take_statement(tflow_i_reader *r, tflow_i_marks *marks,
                                    tflow_i_core *core)
{
    memset(marks, 0, sizeof *marks);
    while (take_mark(r, marks))
        continue;

    tflow_status status = take_core(r, core);
    if (status == TFLOW_OK)
        take_tail(r, marks);
    return status;
}
