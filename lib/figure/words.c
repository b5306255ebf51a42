/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/figure.h"

#include <stdlib.h>
#include <string.h>

/* Arrays instead of pointers: a table of pointers is writable until it is relocated. */
typedef struct entry {
    char word[12];
    char currency[4];
    tflow_i_word class;
    double value;
} entry;

#define FILL(word)                                                                     \
    {                                                                                  \
        word, "", TFLOW_I_WORD_FILLER, 0                                               \
    }
#define RISE(word)                                                                     \
    {                                                                                  \
        word, "", TFLOW_I_WORD_UP, 0                                                   \
    }
#define FALL(word)                                                                     \
    {                                                                                  \
        word, "", TFLOW_I_WORD_DOWN, 0                                                 \
    }
#define TO(word)                                                                       \
    {                                                                                  \
        word, "", TFLOW_I_WORD_LEVEL, 0                                                \
    }
#define SAY(word, class)                                                               \
    {                                                                                  \
        word, "", TFLOW_I_WORD_##class, 0                                              \
    }
#define MEAN(word, class, value)                                                       \
    {                                                                                  \
        word, "", TFLOW_I_WORD_##class, value                                          \
    }
#define PAY(word, currency)                                                            \
    {                                                                                  \
        word, currency, TFLOW_I_WORD_MONEY, 0                                          \
    }

/* Sorted, so that it can be searched by halves; a test reads every entry. */
/* clang-format off */
static const entry entries[] = {
    FILL("a"), RISE("add"), RISE("added"), SAY("against", BASE), TO("amounted"),
    TO("amounting"), TO("amounts"), FILL("an"), SAY("and", JOIN), FILL("annually"),
    FILL("are"), TO("at"), MEAN("b", UNIT, 9), FILL("been"), MEAN("billion", UNIT, 9),
    MEAN("billions", UNIT, 9), MEAN("bln", UNIT, 9), MEAN("bn", UNIT, 9),
    SAY("but", JOIN), SAY("by", BY), TO("came"), SAY("climb", GROWTH), RISE("climbed"),
    PAY("cny", "CNY"), FALL("contract"), FALL("contracted"), FALL("cut"),
    SAY("decline", DECLINE), FALL("declined"), FALL("declines"), FALL("declining"),
    SAY("decrease", DECLINE), FALL("decreased"), FALL("decreases"), FALL("decreasing"),
    PAY("dollar", "USD"), PAY("dollars", "USD"), MEAN("double", RATIO, 2),
    MEAN("doubled", RATIO, 2), MEAN("doubles", RATIO, 2), MEAN("doubling", RATIO, 2),
    FALL("down"), SAY("drop", DECLINE), FALL("dropped"), FALL("dropping"),
    FALL("drops"), MEAN("eight", NUMERAL, 8), MEAN("eightfold", FOLDED, 8),
    PAY("eur", "EUR"), PAY("euro", "EUR"), PAY("euros", "EUR"), RISE("expand"),
    RISE("expanded"), FILL("exports"), SAY("factor", FACTOR), SAY("fall", DECLINE),
    FALL("fallen"), FALL("falling"), FALL("falls"), FALL("fell"),
    MEAN("five", NUMERAL, 5), MEAN("fivefold", FOLDED, 5), MEAN("flat", RATIO, 1),
    SAY("fold", FOLD), MEAN("four", NUMERAL, 4), MEAN("fourfold", FOLDED, 4),
    SAY("from", BASE), SAY("gain", GROWTH), RISE("gained"), RISE("gaining"),
    RISE("gains"), PAY("gbp", "GBP"), FILL("goods"), RISE("grew"), RISE("grow"),
    RISE("growing"), RISE("grown"), RISE("grows"), SAY("growth", GROWTH), FILL("had"),
    MEAN("half", FRACTION, 0.5), MEAN("halved", RATIO, 0.5),
    MEAN("halving", RATIO, 0.5), FILL("has"), FILL("have"), SAY("higher", MORE),
    TO("hit"), FILL("imports"), SAY("increase", GROWTH), RISE("increased"),
    RISE("increases"), RISE("increasing"), FILL("is"), FILL("it"), PAY("jpy", "JPY"),
    SAY("jump", GROWTH), RISE("jumped"), FILL("just"), MEAN("k", UNIT, 3),
    SAY("larger", MORE), FILL("last"), SAY("less", LESS), FALL("lose"), FALL("lost"),
    SAY("lower", LESS), MEAN("m", UNIT, 6), MEAN("milliard", UNIT, 9),
    MEAN("million", UNIT, 6), MEAN("millions", UNIT, 6), FALL("minus"),
    MEAN("mio", UNIT, 6), MEAN("mln", UNIT, 6), MEAN("mlrd", UNIT, 9),
    MEAN("mn", UNIT, 6), SAY("more", MORE), MEAN("nine", NUMERAL, 9),
    MEAN("ninefold", FOLDED, 9), FILL("now"), FILL("of"), FILL("on"),
    MEAN("one", NUMERAL, 1), SAY("or", OR), SAY("pct", PERCENT), SAY("per", PER),
    SAY("percent", PERCENT), FALL("plummeted"), FALL("plunged"), RISE("plus"),
    FILL("previous"), MEAN("quadruple", RATIO, 4), MEAN("quadrupled", RATIO, 4),
    MEAN("quadrupling", RATIO, 4), MEAN("quarter", FRACTION, 0.25),
    MEAN("quintupled", RATIO, 5), TO("reach"), TO("reached"), TO("reaches"),
    TO("reaching"), FILL("record"), FALL("reduced"), SAY("reduction", DECLINE),
    PAY("renminbi", "CNY"), SAY("rise", GROWTH), RISE("risen"), RISE("rises"),
    RISE("rising"), PAY("rmb", "CNY"), RISE("rose"), MEAN("seven", NUMERAL, 7),
    MEAN("sevenfold", FOLDED, 7), FALL("shrank"), FALL("shrink"), FALL("shrunk"),
    MEAN("six", NUMERAL, 6), MEAN("sixfold", FOLDED, 6), FALL("slid"), FALL("slumped"),
    SAY("smaller", LESS), RISE("soar"), RISE("soared"), MEAN("stable", RATIO, 1),
    PAY("sterling", "GBP"), TO("stood"), SAY("surge", GROWTH), RISE("surged"),
    MEAN("ten", NUMERAL, 10), MEAN("tenfold", FOLDED, 10), FILL("the"),
    MEAN("third", FRACTION, 1.0 / 3), MEAN("thousand", UNIT, 3),
    MEAN("three", NUMERAL, 3), MEAN("threefold", FOLDED, 3), MEAN("thsd", UNIT, 3),
    SAY("times", TIMES), MEAN("tn", UNIT, 12), TO("to"), FILL("total"), TO("totaled"),
    TO("totaling"), TO("totalled"), TO("totalling"), FILL("trade"),
    MEAN("trebled", RATIO, 3), MEAN("trillion", UNIT, 12), MEAN("trillions", UNIT, 12),
    MEAN("triple", RATIO, 3), MEAN("tripled", RATIO, 3), MEAN("tripling", RATIO, 3),
    MEAN("trln", UNIT, 12), MEAN("trn", UNIT, 12), FILL("turnover"),
    MEAN("twice", RATIO, 2), MEAN("two", NUMERAL, 2), MEAN("twofold", FOLDED, 2),
    MEAN("unchanged", RATIO, 1), RISE("up"), PAY("usd", "USD"), FILL("value"),
    SAY("versus", BASE), SAY("vs", BASE), FILL("was"), FILL("were"), SAY("while", JOIN),
    FILL("worth"), SAY("x", X), FILL("year"), PAY("yen", "JPY"), FILL("yoy"),
    PAY("yuan", "CNY"),
};
/* clang-format on */

static int by_word(const void *key, const void *member)
{
    const entry *e = member;
    return strcmp(key, e->word);
}

tflow_i_word tflow_i_word_find(const char *word, double *value, const char **currency)
{
    const entry *e = bsearch(word, entries, sizeof entries / sizeof *entries,
                             sizeof *entries, by_word);

    *value = e == NULL ? 0 : e->value;
    *currency = e == NULL || e->currency[0] == '\0' ? NULL : e->currency;
    return e == NULL ? TFLOW_I_WORD_UNKNOWN : e->class;
}
