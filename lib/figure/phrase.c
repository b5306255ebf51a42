/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From text to statements: what a figure with its marks is about. */
#include "figure/figure.h"

#include <math.h>
#include <string.h>

static const char any_expected[] =
    "a figure such as \"1.6bn\" or a change such as \"doubled\", \"+77 %\", "
    "\"1.8-fold\", \"+0.7bn\"";
static const char value_expected[] =
    "a figure such as \"1.6bn\", \"$540 million\", \"1,089.6 mn\"";
static const char change_expected[] =
    "a change such as \"doubled\", \"+77 %\", \"1.8-fold\", \"+0.7bn\"";
static const char direction_expected[] =
    "a direction such as \"+\", \"up\" or \"fell\"";

/* What came before a statement in its phrase. */
typedef struct before {
    int direction; /* of the change before it */
    int alike;     /* joined to it by "or" */
    int bare;      /* it was a number that wants a unit */
} before;

/* Nobody trades 0.9: a small number without a unit takes that of another figure. */
static int is_bare(const tflow_figure *figure)
{
    return figure->form == TFLOW_FORM_AMOUNT && figure->unit == 1 &&
           figure->figure != 0 && fabs(figure->figure) < 1000;
}

static tflow_status read_opts(const tflow_figure_opts *opts, tflow_figure_opts *out,
                              tflow_error *error)
{
    tflow_figure_opts all = TFLOW_FIGURE_OPTS_INIT;

    if (opts != NULL) {
        if (opts->size < sizeof opts->size)
            return tflow_i_fail(error, TFLOW_EINVAL,
                                "found options of size 0, expected them to start from "
                                "TFLOW_FIGURE_OPTS_INIT");
        memcpy(&all, opts, opts->size < sizeof all ? opts->size : sizeof all);
    }
    if (!(isfinite(all.word_tolerance) && all.word_tolerance >= 0))
        return tflow_i_fail(
            error, TFLOW_EINVAL,
            "found a word tolerance that is not a number of at least 0");
    if (!(isfinite(all.qualifier_width) && all.qualifier_width >= 0))
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "found a qualifier width that is not a number of at least "
                            "0");
    if (!isfinite(all.bound_reach) || !isfinite(all.doubled) ||
        !isfinite(all.tripled) || !isfinite(all.quadrupled) || !isfinite(all.halved) ||
        !isfinite(all.unchanged))
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "found a reach or tolerance that is not a finite number");
    if (all.zeros != TFLOW_ZEROS_PRINTED && all.zeros != TFLOW_ZEROS_ROUNDED)
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "found an unknown reading of zeros, expected printed or "
                            "rounded");
    *out = all;
    return TFLOW_OK;
}

static void clear(tflow_figure *out)
{
    memset(out, 0, sizeof *out);
    out->interval = tflow_i_range_nan();
    out->figure = out->tolerance = out->unit = NAN;
}

static tflow_status settle_percent(const tflow_i_reader *r, const tflow_i_token *start,
                                   const tflow_i_marks *m, const tflow_i_core *c,
                                   int direction, const tflow_figure_opts *opts,
                                   tflow_figure *out)
{
    int64_t whole = 100;

    if (m->about == TFLOW_I_WORD_LEVEL || m->about == TFLOW_I_WORD_BASE)
        return tflow_i_refused(r, start, ", a share rather than a change", r->expected);
    if (direction == 0)
        return tflow_i_refused(r, start, "", direction_expected);
    for (int i = 0; i < c->decimals; i++)
        whole *= 10;
    if (direction < 0 && c->mantissa > whole)
        return tflow_i_refused(r, start, "", "a fall of at most 100 %");
    out->kind = TFLOW_FIGURE_RATIO;
    tflow_i_band_percent(c->mantissa, c->decimals, direction, m->qualifier, opts, out);
    return TFLOW_OK;
}

static tflow_status settle_fold(const tflow_i_reader *r, const tflow_i_token *start,
                                const tflow_i_marks *m, const tflow_i_core *c,
                                const tflow_figure_opts *opts, tflow_figure *out)
{
    if (c->mantissa == 0)
        return tflow_i_refused(r, start, "", "a ratio above 0");
    out->kind = TFLOW_FIGURE_RATIO;
    tflow_i_band_fold(c->mantissa, c->decimals, m->direction, m->qualifier, opts, out);
    return TFLOW_OK;
}

static tflow_status settle_word(const tflow_i_reader *r, const tflow_i_token *start,
                                const tflow_i_marks *m, const tflow_i_core *c,
                                int direction, const tflow_figure_opts *opts,
                                tflow_figure *out)
{
    double ratio = c->ratio;

    if (c->class == TFLOW_I_WORD_FRACTION) {
        if (direction == 0)
            return tflow_i_refused(r, start, "", direction_expected);
        ratio = 1 + direction * c->ratio;
    } else if (c->class != TFLOW_I_WORD_RATIO && m->direction < 0) {
        ratio = 1 / c->ratio; /* fell twofold */
    } else if (m->direction < 0) {
        return tflow_i_refused(r, start, "", r->expected); /* "fell doubled" */
    }
    out->kind = TFLOW_FIGURE_RATIO;
    tflow_i_band_word(ratio, m->qualifier, opts, out);
    return TFLOW_OK;
}

static tflow_status settle_amount(const tflow_i_reader *r, const tflow_i_token *start,
                                  const tflow_i_marks *m, const tflow_i_core *c,
                                  int direction, const tflow_figure_opts *opts,
                                  tflow_figure *out)
{
    if (m->about == TFLOW_I_WORD_LEVEL) {
        out->kind = TFLOW_FIGURE_LEVEL;
    } else if (m->about == TFLOW_I_WORD_BASE) {
        out->kind = TFLOW_FIGURE_BASE;
    } else if (direction != 0) {
        out->kind = TFLOW_FIGURE_DIFFERENCE;
    } else {
        if (m->about == TFLOW_I_WORD_BY)
            return tflow_i_refused(r, start, "", direction_expected);
        out->kind = TFLOW_FIGURE_LEVEL;
    }
    if (out->kind != TFLOW_FIGURE_DIFFERENCE)
        direction = 0;
    tflow_i_band_amount(c->mantissa, c->decimals, c->exponent, direction, m->qualifier,
                        opts, out);
    memcpy(out->currency, c->currency, sizeof c->currency);
    return TFLOW_OK;
}

static tflow_status statement(tflow_i_reader *r, const tflow_figure_opts *opts,
                              before *b, tflow_figure *out)
{
    const tflow_i_token *start = r->token;
    tflow_i_marks m;
    tflow_i_core c;
    tflow_range bounds;
    tflow_status status = tflow_i_take_statement(r, &m, &c);

    if (status != TFLOW_OK)
        return status;
    int direction = m.direction;
    if (b->bare && c.form != TFLOW_FORM_AMOUNT &&
        (b->alike || m.about == TFLOW_I_WORD_LEVEL))
        return tflow_i_refused(r, start, " behind a number without a unit, as a range",
                               r->expected);
    if (direction == 0 && (b->alike || m.about == TFLOW_I_WORD_BY))
        direction = b->direction;

    if (c.form == TFLOW_FORM_PERCENT)
        status = settle_percent(r, start, &m, &c, direction, opts, out);
    else if (c.form == TFLOW_FORM_FOLD)
        status = settle_fold(r, start, &m, &c, opts, out);
    else if (c.form == TFLOW_FORM_WORD)
        status = settle_word(r, start, &m, &c, direction, opts, out);
    else
        status = settle_amount(r, start, &m, &c, direction, opts, out);
    if (status != TFLOW_OK)
        return status;
    if (!tflow_i_range_bounds(out->interval, &bounds))
        return tflow_i_refused(r, start, ", which no flow can be", r->expected);

    if (out->kind == TFLOW_FIGURE_DIFFERENCE)
        b->direction = out->figure < 0 ? -1 : 1;
    else if (out->kind == TFLOW_FIGURE_RATIO)
        b->direction = out->figure < 1 ? -1 : 1;
    b->bare = is_bare(out) && out->currency[0] == '\0';
    out->start = (size_t)(start->start - r->text);
    out->length = (size_t)(r->end - start->start);
    return TFLOW_OK;
}

/* What joins statements; 1 if there was something. */
static int take_joins(tflow_i_reader *r, before *b)
{
    int any = 0;

    b->alike = 0;
    for (;; any = 1) {
        if (tflow_i_take_class(r, TFLOW_I_WORD_OR))
            b->alike = 1;
        else if (!tflow_i_take_kind(r, TFLOW_I_TOKEN_JOIN) &&
                 !tflow_i_take_class(r, TFLOW_I_WORD_JOIN))
            return any;
    }
}

/* "from 0.9 to 1.6bn" says 0.9bn, and would be read as 0.9. */
static tflow_status check_units(const char *text, const tflow_figure *figures, size_t n,
                                tflow_error *error)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n && is_bare(&figures[i]); j++)
            if (figures[j].form == TFLOW_FORM_AMOUNT && figures[j].unit >= 1000)
                return tflow_i_fail(error, TFLOW_EPARSE,
                                    "found \"%.*s\" without a unit beside \"%.*s\", "
                                    "expected one with each, as in \"from 0.9bn to "
                                    "1.6bn\"",
                                    (int)figures[i].length, text + figures[i].start,
                                    (int)figures[j].length, text + figures[j].start);
    return TFLOW_OK;
}

/* Whether a statement may begin here without anything that joins it: "doubled to". */
static int joins_itself(const tflow_i_token *token)
{
    return token->kind == TFLOW_I_TOKEN_PLUS || token->word == TFLOW_I_WORD_LEVEL ||
           token->word == TFLOW_I_WORD_BASE || token->word == TFLOW_I_WORD_UP ||
           token->word == TFLOW_I_WORD_DOWN;
}

static tflow_status read_phrase(const char *text, const tflow_figure_opts *opts,
                                const char *expected, tflow_figure *out,
                                size_t capacity, size_t *n, tflow_error *error)
{
    tflow_i_token tokens[TFLOW_I_TOKENS];
    tflow_i_reader r = {text, tokens, text, expected, error};
    before b = {0, 0, 0};

    if (tflow_i_tokens(text, tokens) == 0)
        return tflow_i_fail(error, TFLOW_ELIMIT,
                            "found a text of more than %d words and signs, expected %s",
                            TFLOW_I_TOKENS - 1, expected);
    take_joins(&r, &b);
    do {
        if (*n == capacity)
            return tflow_i_fail(error, TFLOW_ELIMIT,
                                "found more than %zu statements in the text", capacity);
        tflow_status status = statement(&r, opts, &b, &out[*n]);
        if (status != TFLOW_OK)
            return status;
        ++*n;
        if (!take_joins(&r, &b) && r.token->kind != TFLOW_I_TOKEN_END &&
            !joins_itself(r.token))
            return tflow_i_unexpected(&r);
    } while (r.token->kind != TFLOW_I_TOKEN_END);
    return check_units(text, out, *n, error);
}

tflow_status tflow_figure_phrase_parse(const char *text, const tflow_figure_opts *opts,
                                       tflow_figure *out, size_t capacity, size_t *n,
                                       tflow_error *error)
{
    tflow_figure_opts all;

    if (n != NULL)
        *n = 0;
    if (text == NULL || out == NULL || capacity == 0 || n == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "found no text or no place for it");
    for (size_t i = 0; i < capacity; i++)
        clear(&out[i]);
    tflow_status status = read_opts(opts, &all, error);
    if (status == TFLOW_OK)
        status = read_phrase(text, &all, any_expected, out, capacity, n, error);
    if (status != TFLOW_OK) {
        for (size_t i = 0; i < capacity; i++)
            clear(&out[i]);
        *n = 0;
    }
    return status;
}

/* One statement of a kind from `first` to `last`. */
static tflow_status read_one(const char *text, const tflow_figure_opts *opts,
                             tflow_figure_kind first, tflow_figure_kind last,
                             const char *expected, tflow_figure *out,
                             tflow_error *error)
{
    tflow_figure_opts all;
    tflow_figure two[2];
    size_t n = 0;

    if (out == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "found no place for the statement");
    clear(out);
    if (text == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "found no text, expected %s",
                            expected);
    clear(&two[0]);
    clear(&two[1]);
    tflow_status status = read_opts(opts, &all, error);
    if (status == TFLOW_OK)
        status = read_phrase(text, &all, expected, two, 2, &n, error);
    if (status == TFLOW_ELIMIT && n == 2)
        status = TFLOW_OK; /* refused below for what it says */
    if (status != TFLOW_OK)
        return status;

    size_t odd = two[0].kind < first || two[0].kind > last ? 0 : 1;
    if (odd < n) {
        tflow_i_token token = {.start = text + two[odd].start};
        tflow_i_reader r = {text, &token, token.start + two[odd].length, expected,
                            error};
        return tflow_i_refused(&r, &token, odd == 1 ? " as well" : "", expected);
    }
    *out = two[0];
    return TFLOW_OK;
}

tflow_status tflow_figure_value_parse(const char *text, const tflow_figure_opts *opts,
                                      tflow_figure *out, tflow_error *error)
{
    return read_one(text, opts, TFLOW_FIGURE_LEVEL, TFLOW_FIGURE_BASE, value_expected,
                    out, error);
}

tflow_status tflow_figure_change_parse(const char *text, const tflow_figure_opts *opts,
                                       tflow_figure *out, tflow_error *error)
{
    return read_one(text, opts, TFLOW_FIGURE_RATIO, TFLOW_FIGURE_DIFFERENCE,
                    change_expected, out, error);
}
