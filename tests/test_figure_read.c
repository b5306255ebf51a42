/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test_figure.h"

static const struct {
    const char *text;
    tflow_figure_kind kind;
    tflow_range want;
    const char *currency;
} readings[] = {
#define L TFLOW_FIGURE_LEVEL
#define R TFLOW_FIGURE_RATIO
#define D TFLOW_FIGURE_DIFFERENCE
    {"1.6bn", L, {1.55e9, 1.65e9, 1, 0}, ""},
    {"1.61 billion", L, {1.605e9, 1.615e9, 1, 0}, ""},
    {"$1.6bn", L, {1.55e9, 1.65e9, 1, 0}, "USD"},
    {"US$ 540 million", L, {539.5e6, 540.5e6, 1, 0}, "USD"},
    {"USD1.6bn", L, {1.55e9, 1.65e9, 1, 0}, "USD"},
    {"1.6 bn US dollars", L, {1.55e9, 1.65e9, 1, 0}, "USD"},
    {"\xe2\x82\xac"
     "7 tn",
     L,
     {6.5e12, 7.5e12, 1, 0},
     "EUR"},
    {"1.6bn BYN", L, {1.55e9, 1.65e9, 1, 0}, "BYN"},
    {"\xc2\xa5"
     "3k",
     L,
     {2500, 3500, 1, 0},
     "\xc2\xa5"},
    {"1,089.6 mn", L, {1089.55e6, 1089.65e6, 1, 0}, ""},
    {"1 089.6 mln", L, {1089.55e6, 1089.65e6, 1, 0}, ""},
    {"1\xc2\xa0"
     "089.6 mn",
     L,
     {1089.55e6, 1089.65e6, 1, 0},
     ""},
    {"1,234,567", L, {1234566.5, 1234567.5, 1, 0}, ""},
    {"0.540bn", L, {0.5395e9, 0.5405e9, 1, 0}, ""},
    {".7 thousand", L, {650, 750, 1, 0}, ""},
    {"0", L, {0, 0.5, 1, 0}, ""},
    {"reached \xe2\x80\x9c"
     "1.6BN\xe2\x80\x9d.",
     L,
     {1.55e9, 1.65e9, 1, 0},
     ""},
    {"from 0.91bn", TFLOW_FIGURE_BASE, {0.905e9, 0.915e9, 1, 0}, ""},
    {"nearly 6bn", L, {5.2e9, 6.5e9, 1, 0}, ""}, /* 5.5 - 0.05 * 6 */
    {"about 6bn", L, {5.2e9, 6.8e9, 1, 0}, ""},
    {"over 8bn", L, {8e9, 10.5e9, 0, 0}, ""},     /* 8.5 + 0.25 * 8 */
    {"less than 8bn", L, {5.5e9, 8e9, 1, 0}, ""}, /* 7.5 - 2 */
    {"at least 1.6bn", L, {1.6e9, NONE, 1, 0}, ""},
    {"up to 1.6bn", L, {0, 1.6e9, 1, 1}, ""},
    {"doubled", R, {1.95, 2.05, 1, 0}, ""},
    {"exports doubled", R, {1.95, 2.05, 1, 0}, ""},
    {"Tripled", R, {2.95, 3.05, 1, 0}, ""},
    {"quadrupled", R, {3.95, 4.05, 1, 0}, ""},
    {"halved", R, {0.45, 0.55, 1, 0}, ""},
    {"unchanged", R, {0.95, 1.05, 1, 0}, ""},
    {"practically doubled", R, {1.85, 2.05, 1, 0}, ""}, /* 1.95 - 0.05 * 2 */
    {"nearly halved", R, {0.45, 0.575, 1, 0}, ""},      /* short of the change: above */
    {"about doubled", R, {1.85, 2.15, 1, 0}, ""},
    {"more than doubled", R, {2, 2.55, 0, 0}, ""},   /* 2.05 + 0.25 * 2 */
    {"more than halved", R, {0.325, 0.5, 1, 0}, ""}, /* 0.45 - 0.25 * 0.5 */
    {"at least doubled", R, {2, NONE, 1, 0}, ""},
    {"almost unchanged", R, {0.9, 1.1, 1, 0}, ""},
    {"+77 %", R, {1.765, 1.775, 1, 0}, ""},
    {"up 77%", R, {1.765, 1.775, 1, 0}, ""},
    {"increased by 77 per cent", R, {1.765, 1.775, 1, 0}, ""},
    {"77% growth", R, {1.765, 1.775, 1, 0}, ""},
    {"growth of 77 pct y/y", R, {1.765, 1.775, 1, 0}, ""},
    {"+77.0 %", R, {1.7695, 1.7705, 1, 0}, ""},
    {"+40.2%", R, {1.4015, 1.4025, 1, 0}, ""},
    {"fell 4 %", R, {0.955, 0.965, 0, 1}, ""}, /* a fall in [3.5, 4.5) */
    {"down 4 percent", R, {0.955, 0.965, 0, 1}, ""},
    {"\xe2\x88\x92"
     "25.6%",
     R,
     {0.7435, 0.7445, 0, 1},
     ""},
    {"down 100 %", R, {0, 0.005, 1, 1}, ""},
    {"up 0 %", R, {1, 1.005, 1, 0}, ""},
    {"fell by more than 4 %", R, {0.945, 0.96, 0, 0}, ""}, /* a fall in (4, 5.5) */
    {"down at least 4 %", R, {0, 0.96, 1, 1}, ""},
    {"up about 80 %", R, {1.755, 1.845, 1, 0}, ""}, /* 79.5 - 4, 80.5 + 4 */
    {"1.8-fold", R, {1.75, 1.85, 1, 0}, ""},
    {"1.8\xe2\x80\x91"
     "fold",
     R,
     {1.75, 1.85, 1, 0},
     ""}, /* no-break hyphen */
    {"grew 1.8 times", R, {1.75, 1.85, 1, 0}, ""},
    {"x1.8", R, {1.75, 1.85, 1, 0}, ""},
    {"\xc3\x97 1.8", R, {1.75, 1.85, 1, 0}, ""},
    {"1.8x", R, {1.75, 1.85, 1, 0}, ""},
    {"by a factor of 2.4", R, {2.35, 2.45, 1, 0}, ""},
    {"2-fold", R, {1.5, 2.5, 1, 0}, ""},
    {"two-fold", R, {1.95, 2.05, 1, 0}, ""},
    {"twofold", R, {1.95, 2.05, 1, 0}, ""},
    {"fell 2.5-fold", R, {1 / 2.55, 1 / 2.45, 0, 1}, ""},
    {"down by half", R, {0.45, 0.55, 1, 0}, ""},
    {"up by a third", R, {4.0 / 3 - 0.05, 4.0 / 3 + 0.05, 1, 0}, ""},
    {"+0.7bn", D, {0.65e9, 0.75e9, 1, 0}, ""},
    {"up 700 million", D, {699.5e6, 700.5e6, 1, 0}, ""},
    {"+$700m", D, {699.5e6, 700.5e6, 1, 0}, "USD"},
    {"fell by 0.7bn dollars", D, {-0.75e9, -0.65e9, 0, 1}, "USD"},
    {"a 0.7bn drop", D, {-0.75e9, -0.65e9, 0, 1}, ""},
    {"up nearly 8bn", D, {7.1e9, 8.5e9, 1, 0}, ""}, /* 7.5 - 0.4 */
};

START_TEST(reads)
{
    for (size_t i = 0; i < COUNT(readings); i++) {
        tflow_figure f;
        tflow_error error = TFLOW_ERROR_INIT;
        const char *text = readings[i].text;
        int change = readings[i].kind >= TFLOW_FIGURE_RATIO;
        tflow_status status = change ? tflow_figure_change_parse(text, NULL, &f, &error)
                                     : tflow_figure_value_parse(text, NULL, &f, &error);
        ck_assert_msg(status == TFLOW_OK, "%s: %s", text, error.message);
        ck_assert_msg(f.kind == readings[i].kind, "%s is a %s", text,
                      tflow_figure_kind_name(f.kind));
        ck_interval(f.interval, readings[i].want, text);
        ck_assert_str_eq(f.currency, readings[i].currency);
        status = change ? tflow_figure_value_parse(text, NULL, &f, &error)
                        : tflow_figure_change_parse(text, NULL, &f, &error);
        ck_assert_msg(status == TFLOW_EPARSE, "%s is not both", text);
        ck_nan(f.figure);
    }
}
END_TEST

START_TEST(reads_details)
{
    tflow_figure f;
    tflow_figure_opts opts = TFLOW_FIGURE_OPTS_INIT;

    ck_assert_int_eq(tflow_figure_value_parse("$1.60bn", NULL, &f, NULL), TFLOW_OK);
    ck_assert_double_eq(f.figure, 1.6e9);
    ck_assert_double_eq(f.interval.low, 1.595e9); /* exactly the double of the text */
    ck_assert_double_eq(f.interval.high, 1.605e9);
    ck_assert_double_eq(f.tolerance, 5e6);
    ck_assert_double_eq(f.unit, 1e9);
    ck_assert_int_eq(f.decimals, 2);
    ck_assert_int_eq(f.form, TFLOW_FORM_AMOUNT);

    opts.word_tolerance = 0.1;
    ck_assert_int_eq(tflow_figure_change_parse("nearly doubled", &opts, &f, NULL), 0);
    ck_interval(f.interval, iv(1.8, 2.1, 1, 0), "1.9 - 0.1");
    ck_assert_double_eq(f.tolerance, 0.1);
    ck_assert_int_eq(f.qualifier, TFLOW_QUALIFIER_NEARLY);
    opts.doubled = 0.225;
    opts.qualifier_width = 0;
    ck_assert_int_eq(tflow_figure_change_parse("nearly doubled", &opts, &f, NULL), 0);
    ck_interval(f.interval, iv(1.775, 2.225, 1, 0), "its own tolerance");
    ck_assert_int_eq(tflow_figure_change_parse("tripled", &opts, &f, NULL), 0);
    ck_interval(f.interval, iv(2.9, 3.1, 1, 0), "that of the other words");
    opts.doubled = 0;
    ck_assert_int_eq(tflow_figure_change_parse("doubled", &opts, &f, NULL), 0);
    ck_interval(f.interval, iv(2, 2, 1, 1), "exactly 2");
    opts.bound_reach = -1;
    ck_assert_int_eq(tflow_figure_change_parse("over 77 % growth", &opts, &f, NULL), 0);
    ck_interval(f.interval, iv(1.77, NONE, 0, 0), "no limit above");
    opts.zeros = TFLOW_ZEROS_ROUNDED;
    ck_assert_int_eq(tflow_figure_change_parse("+700 million", &opts, &f, NULL), 0);
    ck_interval(f.interval, iv(650e6, 750e6, 1, 0), "zeros are rounding");
    ck_assert_int_eq(tflow_figure_value_parse("1,089.60mn", &opts, &f, NULL), 0);
    ck_interval(f.interval, iv(1089.595e6, 1089.605e6, 1, 0), "not behind a point");

    opts.qualifier_width = -1;
    ck_assert_int_eq(tflow_figure_change_parse("doubled", &opts, &f, NULL),
                     TFLOW_EINVAL);
    opts.qualifier_width = 0.05;
    opts.word_tolerance = NAN;
    ck_assert_int_eq(tflow_figure_change_parse("doubled", &opts, &f, NULL),
                     TFLOW_EINVAL);
    opts.size = 0;
    ck_assert_int_eq(tflow_figure_change_parse("doubled", &opts, &f, NULL),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_figure_value_parse(NULL, NULL, &f, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_figure_value_parse("1.6bn", NULL, NULL, NULL), TFLOW_EINVAL);
}
END_TEST

static const struct {
    const char *text;
    const char *message; /* how it begins */
} refusals[] = {
    {"dubbled",
     "found \"dubbled\", expected a figure such as \"1.6bn\" or a change such "
     "as \"doubled\", \"+77 %\", \"1.8-fold\", \"+0.7bn\""},
    {"", "found nothing, expected a figure"},
    {"   ", "found the end of \"   \", expected a figure"},
    {"rose from 0.9 to 1.6bn",
     "found \"rose from 0.9\" without a unit beside \"to 1.6bn\""},
    {"from $0.9 to $1.6bn", "found \"from $0.9\" without a unit"},
    {"rose 1 to 2bn", "found \"rose 1\" without a unit beside \"to 2bn\""},
    {"grew 1.5 to 2 times", "found \"to 2 times\" behind a number without a unit"},
    {"grew 10 or 12 %", "found \"12 %\" behind a number without a unit"},
    {"1.2.3", "found \"1.2.3\", expected a figure"},
    {"1,6bn", "found \"1,6\", expected a figure"},
    {"1.089,6mn", "found \"1.089,6\", expected a figure"},
    {"1234,567", "found \"1234,567\", expected a figure"},
    {"1234567890123456", "found \"1234567890123456\", expected a figure"},
    {"1.6 parsecs", "found \"parsecs\", expected a figure"},
    {"77 %", "found \"77 %\", expected a direction"},
    {"to 77 %", "found \"to 77 %\", a share rather than a change, expected"},
    {"by 700 million", "found \"by 700 million\", expected a direction"},
    {"down 120 %", "found \"down 120 %\", expected a fall of at most 100 %"},
    {"down doubled", "found \"down doubled\", expected a figure"},
    {"0-fold", "found \"0-fold\", expected a ratio above 0"},
    {"less than 0", "found \"less than 0\", which no flow can be, expected a figure"},
    {"up 2 percentage points", "found \"percentage\", expected a figure"},
    {"doubled 1.6bn", "found \"1.6\", expected a figure"},
    {"1.5-1.6bn", "found \"-\", expected a figure"},
    {"up", "found the end of \"up\", expected a figure"},
    {"1.6bn \xff\xfe", "found \"\xff\xfe\", expected a figure"},
    {"nan", "found \"nan\", expected a figure"},
    {"1e9", "found \"e\", expected a figure"},
    {"-", "found the end of \"-\", expected a figure"},
};

START_TEST(refuses)
{
    tflow_figure f[4];
    size_t n;
    tflow_error error = TFLOW_ERROR_INIT;

    for (size_t i = 0; i < COUNT(refusals); i++) {
        tflow_status status =
            tflow_figure_phrase_parse(refusals[i].text, NULL, f, 4, &n, &error);
        ck_assert_msg(status == TFLOW_EPARSE, "\"%s\" was read", refusals[i].text);
        ck_assert_msg(strncmp(error.message, refusals[i].message,
                              strlen(refusals[i].message)) == 0,
                      "%s: %s", refusals[i].text, error.message);
        ck_assert_uint_eq(n, 0);
        ck_nan(f[0].figure);
        ck_nan(f[0].interval.low);
    }
    tflow_figure_value_parse("1.6bn, +77 %", NULL, f, &error);
    ck_assert_str_eq(error.message,
                     "found \"+77 %\" as well, expected a figure such as "
                     "\"1.6bn\", \"$540 million\", \"1,089.6 mn\"");
    tflow_figure_change_parse("1.6bn", NULL, f, &error);
    ck_assert_str_eq(error.message, "found \"1.6bn\", expected a change such as "
                                    "\"doubled\", \"+77 %\", \"1.8-fold\", \"+0.7bn\"");

    char words[1201] = "";
    for (size_t i = 0; i < 300; i++)
        memcpy(words + 4 * i, "the ", 4);
    ck_assert_int_eq(tflow_figure_phrase_parse(words, NULL, f, 4, &n, &error),
                     TFLOW_ELIMIT);
    ck_assert_int_eq(tflow_figure_phrase_parse("1, 2, 3, 4, 5", NULL, f, 4, &n, &error),
                     TFLOW_ELIMIT);
    ck_assert_int_eq(tflow_figure_phrase_parse("1", NULL, f, 0, &n, &error),
                     TFLOW_EINVAL);
    memset(words, 'z', 200); /* a long word is cut in the message */
    words[200] = '\0';
    ck_assert_int_eq(tflow_figure_phrase_parse(words, NULL, f, 4, &n, &error),
                     TFLOW_EPARSE);
    ck_assert_uint_lt(strlen(error.message), 220);
}
END_TEST

static const struct {
    const char *text;
    size_t n;
    tflow_figure_kind kind[4];
    double figure[4];
    const char *last; /* its place in the text */
} phrases[] = {
    {"practically doubled and reached 1.6bn", 2, {R, L}, {2, 1.6e9}, "reached 1.6bn"},
    {"from $900,000,000 to $1.6bn",
     2,
     {TFLOW_FIGURE_BASE, L},
     {0.9e9, 1.6e9},
     "to $1.6bn"},
    {"fell to 0 from 1.6bn", 2, {L, TFLOW_FIGURE_BASE}, {0, 1.6e9}, "from 1.6bn"},
    {"rose 100 to 1600", 2, {D, L}, {100, 1600}, "to 1600"},
    {"doubled to $1.6bn", 2, {R, L}, {2, 1.6e9}, "to $1.6bn"},
    {"1.61bn, +77 %, 1.8-fold, +0.7bn",
     4,
     {L, R, R, D},
     {1.61e9, 1.77, 1.8, 0.7e9},
     "+0.7bn"},
    {"to China grew 1.8-fold", 0, {L}, {0}, ""},
    {"grew 1.8-fold or by 700 million USD",
     2,
     {R, D},
     {1.8, 0.7e9},
     "by 700 million USD"},
    {"+40% or 6.6bn", 2, {R, D}, {1.4, 6.6e9}, "6.6bn"},
    {"fell 4 % or 0.5bn", 2, {R, D}, {0.96, -0.5e9}, "0.5bn"},
    {"1.61bn or 1.6bn", 2, {L, L}, {1.61e9, 1.6e9}, "1.6bn"},
    {"5.79bn (+13% y/y)", 2, {L, R}, {5.79e9, 1.13}, "+13%"},
    {"exports of 1.61bn up 77 % on last year",
     2,
     {L, R},
     {1.61e9, 1.77},
     "up 77 % on last year"},
    {"up 77 % from 0.91bn to 1.61bn",
     3,
     {R, TFLOW_FIGURE_BASE, L},
     {1.77, 0.91e9, 1.61e9},
     "to 1.61bn"},
    {"rose by 700 million to 1.6bn", 2, {D, L}, {0.7e9, 1.6e9}, "to 1.6bn"},
#undef L
#undef R
#undef D
};

START_TEST(reads_phrases)
{
    for (size_t i = 0; i < COUNT(phrases); i++) {
        tflow_figure f[4];
        size_t n;
        tflow_error error = TFLOW_ERROR_INIT;
        const char *text = phrases[i].text;
        tflow_status status = tflow_figure_phrase_parse(text, NULL, f, 4, &n, &error);
        ck_assert_msg(status == (phrases[i].n == 0 ? TFLOW_EPARSE : TFLOW_OK), "%s: %s",
                      text, error.message);
        ck_assert_msg(n == phrases[i].n, "%s: %zu", text, n);
        for (size_t k = 0; k < n; k++) {
            ck_assert_msg(f[k].kind == phrases[i].kind[k], "%s: %s", text,
                          tflow_figure_kind_name(f[k].kind));
            ck_close(f[k].figure, phrases[i].figure[k], 1e-15);
        }
        if (n > 0) {
            ck_assert_uint_eq(f[n - 1].length, strlen(phrases[i].last));
            ck_assert_int_eq(
                memcmp(text + f[n - 1].start, phrases[i].last, f[n - 1].length), 0);
        }
    }
}
END_TEST

/* Every word of the table, read from the source, is found: the table is sorted. */
START_TEST(words_are_sorted)
{
    FILE *file = fopen(source_path("lib/figure/words.c"), "r");
    char line[256];
    double value;
    const char *currency;
    int words = 0;

    while (fgets(line, sizeof line, file) != NULL) {
        for (char *p = line; strncmp(line, "    ", 4) == 0 && (p = strchr(p, '('));
             p++) {
            char word[12];
            if (sscanf(p, "(\"%11[a-z]\"", word) != 1)
                continue;
            words++;
            ck_assert_msg(tflow_i_word_find(word, &value, &currency) !=
                              TFLOW_I_WORD_UNKNOWN,
                          "%s", word);
        }
    }
    fclose(file);
    ck_assert_int_gt(words, 150);
    ck_assert_int_eq(tflow_i_word_find("dubbled", &value, &currency),
                     TFLOW_I_WORD_UNKNOWN);
}
END_TEST

void add_reading(TCase *tests)
{
    tcase_add_test(tests, reads);
    tcase_add_test(tests, reads_details);
    tcase_add_test(tests, refuses);
    tcase_add_test(tests, reads_phrases);
    tcase_add_test(tests, words_are_sorted);
}
