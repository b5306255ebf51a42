/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The terminal writer, sparklines, and the axis that both writers share. */
#include "plot/plot.h"
#include "test.h"

#include <float.h>

static tflow_chart_series line_of(const double *values)
{
    tflow_chart_series series = {NULL, values, TFLOW_CHART_LINE, TFLOW_CHART_OBSERVED,
                                 0,    NULL};
    return series;
}

static tflow_chart chart_of(const tflow_chart_series *series, size_t n_series, size_t n)
{
    tflow_chart chart = TFLOW_CHART_INIT;

    chart.n = n;
    chart.n_series = n_series;
    chart.series = series;
    return chart;
}

/* The chart as text: lines within the width, no trailing space, no control character,
 * nothing but ASCII when asked. */
static char *draw(const tflow_chart *chart, size_t width, unsigned flags)
{
    char *text = NULL;
    tflow_error error = TFLOW_ERROR_INIT;

    ck_assert_msg(tflow_chart_text(chart, width, flags, &text, &error) == TFLOW_OK,
                  "%s", error.message);
    for (const char *s = text; *s != '\0';) {
        char line[8192];
        size_t n = strcspn(s, "\n");
        ck_assert_msg(s[n] == '\n' && n < sizeof line, "line of %zu bytes", n);
        memcpy(line, s, n);
        line[n] = '\0';
        ck_assert_msg(tflow_i_plot_columns(line, 0) <= width, "wider than %zu: %s",
                      width, line);
        ck_assert_msg(n == 0 || line[n - 1] != ' ', "trailing space: %s|", line);
        for (size_t i = 0; i < n; i++) {
            unsigned char c = (unsigned char)line[i];
            ck_assert_msg(c >= 0x20 && c != 0x7f, "control character: %s", line);
            ck_assert_msg(c < 0x80 || flags == 0, "not ASCII: %s", line);
        }
        s += n + 1;
    }
    ck_assert_msg(strstr(text, "nan") == NULL && strstr(text, "inf") == NULL, "%s",
                  text);
    return text;
}

static size_t count(const char *text, const char *what)
{
    size_t n = 0;
    for (; (text = strstr(text, what)) != NULL; text += strlen(what))
        n++;
    return n;
}

/* ---- sparklines ---- */

static const struct {
    double values[9];
    size_t n;
    ptrdiff_t stride;
    unsigned flags;
    const char *line;
    const char *why;
} sparks[] = {
    {{1, 2, 3, 4, 5, 6, 7, 8}, 8, 1, 0, "▁▂▃▄▅▆▇█", "all eight in order"},
    {{8, 7, 6, 5, 4, 3, 2, 1}, 8, 1, 0, "█▇▆▅▄▃▂▁", "downwards"},
    {{1, 9, 8, 9, 2, 9, 5, 9, 1}, 5, 2, 0, "▁█▂▅▁", "every other: 1 8 2 5 1"},
    {{1, 2, 3, 4, 5, 6, 7}, 7, 1, TFLOW_TEXT_ASCII, "_.-=+*#", "all seven"},
    {{0, 100, 50}, 3, 1, 0, "▁█▅", "half way is the fifth of eight"},
    {{0, 100, 50}, 3, 1, TFLOW_TEXT_ASCII, "_#=", "half way is the fourth of seven"},
    {{1, NAN, 2}, 3, 1, 0, "▁ █", "missing is a space"},
    {{1, INFINITY, 2, -INFINITY}, 4, 1, 0, "▁ █ ", "so is what is not finite"},
    {{0, NAN, 5}, 3, 1, TFLOW_TEXT_ASCII, "_ #", "zero is a value"},
    {{3, 3, 3}, 3, 1, 0, "▅▅▅", "constant"},
    {{3}, 1, 1, 0, "▅", "one"},
    {{3, 9}, 3, 0, 0, "▅▅▅", "stride 0 repeats the first"},
    {{NAN, NAN}, 2, 1, 0, "  ", "all missing"},
    {{0}, 0, 1, 0, "", "none"},
    {{-DBL_MAX, DBL_MAX, 0}, 3, 1, 0, "▁█▅", "a range that overflows"},
    {{0, 5e-324}, 2, 1, 0, "▁█", "the smallest step"},
    {{-2, -1}, 2, 1, 0, "▁█", "negative"},
};

START_TEST(sparklines)
{
    for (size_t i = 0; i < sizeof sparks / sizeof *sparks; i++) {
        tflow_vec values = {sparks[i].values, sparks[i].n, sparks[i].stride};
        char *line = NULL;
        ck_assert_int_eq(tflow_sparkline(values, sparks[i].flags, &line, NULL),
                         TFLOW_OK);
        ck_assert_msg(strcmp(line, sparks[i].line) == 0, "%s: %s", sparks[i].why, line);
        tflow_text_free(line);
    }
}
END_TEST

START_TEST(sparklines_backwards)
{
    const double values[] = {1, 9, 2, 9, 8};
    tflow_vec back = {values + 4, 3, -2};
    char *line = NULL;
    ck_assert_int_eq(tflow_sparkline(back, 0, &line, NULL), TFLOW_OK);
    ck_assert_str_eq(line, "█▂▁"); /* 8 2 1 */
    tflow_text_free(line);
    ck_assert_int_eq(tflow_sparkline(back, 2, &line, NULL), TFLOW_EINVAL);
    ck_assert_ptr_null(line);
    ck_assert_int_eq(tflow_sparkline(tflow_vec_of(NULL, 1), 0, &line, NULL),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_sparkline(tflow_vec_of(NULL, 0), 0, &line, NULL), TFLOW_OK);
    ck_assert_str_eq(line, "");
    tflow_text_free(line);
    ck_assert_int_eq(tflow_sparkline(back, 0, NULL, NULL), TFLOW_EINVAL);
}
END_TEST

/* ---- columns ---- */

START_TEST(columns_by_hand)
{
    /* Ticks every 5 from 0 to 20, three rows each; 24 columns less the labels and the
     * edge leave five a position, four of them filled. Zero has an axis, missing none.
     */
    static const char want[] = "20 +     ####\n"
                               "   |     ####\n"
                               "   |     ####\n"
                               "15 +     ####\n"
                               "   |     ####\n"
                               "   |     ####\n"
                               "10 +#### ####\n"
                               "   |#### ####\n"
                               "   |#### ####\n"
                               " 5 +#### ####\n"
                               "   |#### ####\n"
                               "   |#### ####\n"
                               " 0 +----------     -----\n"
                               "     a    b    c    d\n"
                               "no value: c\n";
    const double values[] = {10, 20, NAN, 0};
    const char *const labels[] = {"a", "b", "c", "d"};
    tflow_chart_series series = line_of(values);
    tflow_chart chart = chart_of(&series, 1, 4);
    chart.labels = labels;
    char *text = draw(&chart, 24, TFLOW_TEXT_ASCII);
    ck_assert_str_eq(text, want);
    tflow_text_free(text);
}
END_TEST

START_TEST(eighths_and_negatives)
{
    /* Ticks from -1.0 to 1.0 by 0.5, three rows each. 30 columns less the labels and
     * the edge leave six a position, five of them filled: 6 * 5 full blocks above and
     * as many below. What is not zero shows, however small. */
    const double values[] = {1, -1, 0.001, -0.001};
    tflow_chart_series series = line_of(values);
    tflow_chart chart = chart_of(&series, 1, 4);
    char *text = draw(&chart, 30, 0);
    ck_assert_uint_eq(count(text, "▁"), 5);
    ck_assert_uint_eq(count(text, "▀"), 5);
    ck_assert_uint_eq(count(text, "█"), 60);
    ck_assert_ptr_nonnull(strstr(text, "┼─"));
    ck_assert_ptr_nonnull(strstr(text, "−1.0 ┤      █████\n"));
    ck_assert_ptr_nonnull(strstr(text, " 1.0 ┤█████\n"));
    tflow_text_free(text);
}
END_TEST

START_TEST(forecasts_and_doubts)
{
    const double past[] = {1, 4, NAN}, next[] = {NAN, NAN, 5};
    const double low[] = {NAN, NAN, 2}, high[] = {NAN, NAN, 8};
    const char *const labels[] = {"2021", "2022", "2023"};
    tflow_chart_band bands[] = {{0.8, low, high}};
    tflow_chart_series series[] = {line_of(past), line_of(next)};
    tflow_chart_mark mark = {0, 0, "too low"};
    tflow_chart chart = chart_of(series, 2, 3);
    series[0].name = "Past";
    series[1].name = "Next";
    series[1].role = TFLOW_CHART_FORECAST;
    series[1].n_bands = 1;
    series[1].bands = bands;
    chart.labels = labels;
    chart.marks = &mark;
    chart.n_marks = 1;
    char *text = draw(&chart, 40, 0);
    /* 0 to 8 by 2, three rows each: 2 to 8 touches ten rows, one of them the point's;
     * the edge has no tick in eight rows; the legend shows one. */
    ck_assert_uint_eq(count(text, "│"), 9 + 8 + 1);
    ck_assert_uint_eq(count(text, "│ 80 %"), 1);
    ck_assert_uint_eq(count(text, "○ Next"), 1);
    ck_assert_uint_eq(count(text, "█ Past"), 1);
    ck_assert_uint_eq(count(text, "○"), 2);
    ck_assert_ptr_nonnull(strstr(text, "\n! 2021, Past: too low\n"));
    ck_assert_uint_eq(count(text, "!"), 2);
    ck_assert_ptr_null(strstr(text, "no value"));
    tflow_text_free(text);
}
END_TEST

START_TEST(several_series_are_points)
{
    const double a[] = {1, 2, 3, NAN, 5}, b[] = {2, NAN, NAN, NAN, 1};
    const char *const labels[] = {"2001", "2002", "2003", "2004", "2005"};
    tflow_chart_series series[] = {line_of(a), line_of(b)};
    tflow_chart chart = chart_of(series, 2, 5);
    series[0].kind = series[1].kind = TFLOW_CHART_POINTS;
    series[0].name = "A";
    series[1].name = "B";
    chart.labels = labels;
    char *text = draw(&chart, 60, 0);
    ck_assert_uint_eq(count(text, "●"), 5); /* four values and the legend */
    ck_assert_uint_eq(count(text, "■"), 3);
    ck_assert_uint_eq(count(text, "█"), 0);
    ck_assert_ptr_nonnull(strstr(text, "no value, A: 2004\n"));
    ck_assert_ptr_nonnull(strstr(text, "no value, B: 2002 to 2004\n"));
    tflow_text_free(text);
}
END_TEST

START_TEST(more_positions_than_columns)
{
    double values[1000];
    for (size_t i = 0; i < 1000; i++)
        values[i] = 4;
    tflow_chart_series series = line_of(values);
    tflow_chart chart = chart_of(&series, 1, 1000);
    char *text = draw(&chart, 54, TFLOW_TEXT_ASCII);
    /* "4 +" and a column leave 51: 20 positions each, 50 columns. */
    ck_assert_ptr_nonnull(strstr(text, "a column is the mean of 20 positions\n"));
    ck_assert_ptr_eq(strstr(text, "4 +#########################"
                                  "#########################\n"),
                     text); /* the first line */
    tflow_text_free(text);
}
END_TEST

/* ---- rankings ---- */

START_TEST(bars_by_hand)
{
    /* 32 columns less 6 for the names, 4 for the values and 4 between leave 18: the
     * largest fills them, a half fills 9, a quarter 4.5, rounded away from zero. */
    static const char want[] = "Russia  4.00  ##################\n"
                               "China   2.00  #########\n"
                               "Cuba    1.00  #####\n"
                               "Chad    0.00\n"
                               "Mali     n/a\n";
    static const char fine[] = "Russia  4.00  ██████████████████\n"
                               "China   2.00  █████████\n"
                               "Cuba    1.00  ████▌\n"
                               "Chad    0.00\n"
                               "Mali     n/a\n";
    const double values[] = {4, 2, 1, 0, NAN};
    const char *const labels[] = {"Russia", "China", "Cuba", "Chad", "Mali"};
    tflow_chart_series series = line_of(values);
    tflow_chart chart = chart_of(&series, 1, 5);
    chart.labels = labels;
    chart.flags = TFLOW_CHART_RANKING;
    char *text = draw(&chart, 32, TFLOW_TEXT_ASCII);
    ck_assert_str_eq(text, want);
    tflow_text_free(text);
    text = draw(&chart, 32, 0);
    ck_assert_str_eq(text, fine);
    tflow_text_free(text);
}
END_TEST

START_TEST(balances_by_hand)
{
    /* 30 columns less 1 for the names, 5 for the values and 4 between leave 20: ten on
     * each side of zero. */
    static const char want[] = "a   10.0!           ##########\n"
                               "b  -10.0  ##########\n"
                               "c   -5.0       #####\n";
    const double values[] = {10, -10, -5};
    const char *const labels[] = {"a", "b", "c"};
    tflow_chart_series series = line_of(values);
    tflow_chart chart = chart_of(&series, 1, 3);
    tflow_chart_mark mark = {0, 0, NULL};
    chart.labels = labels;
    chart.flags = TFLOW_CHART_RANKING;
    chart.marks = &mark;
    chart.n_marks = 1;
    char *text = draw(&chart, 30, TFLOW_TEXT_ASCII);
    ck_assert_str_eq(text, want);
    tflow_text_free(text);
}
END_TEST

/* ---- hostile and wide text ---- */

START_TEST(text_is_tamed)
{
    const double values[] = {1, 2};
    const char *const labels[] = {"Côte d’Ivoire\x1b[2J", "中华人民共和国"};
    tflow_chart_series series = line_of(values);
    tflow_chart chart = chart_of(&series, 1, 2);
    chart.labels = labels;
    chart.title = "Belarus → China\n\x07 and a title so long that it must be broken";
    chart.unit = "€ million";
    chart.source = "Sources: \xff\xfe…";
    series.name = "Näme";
    for (unsigned ranking = 0; ranking < 2; ranking++) {
        chart.flags = ranking;
        for (size_t width = 24; width < 120; width++) {
            tflow_text_free(draw(&chart, width, 0));
            char *text = draw(&chart, width, TFLOW_TEXT_ASCII);
            ck_assert_ptr_nonnull(strstr(text, "Belarus -> China"));
            ck_assert_ptr_nonnull(strstr(text, "EUR million"));
            ck_assert_ptr_nonnull(strstr(text, "Name"));
            tflow_text_free(text);
        }
    }
}
END_TEST

static const struct {
    const char *text;
    size_t unicode, ascii;
    const char *why;
} widths[] = {
    {"abc", 3, 3, "plain"},
    {"é", 1, 1, "one column, e in ASCII"},
    {"e\xcc\x81", 1, 1, "a combining accent takes none"},
    {"中", 2, 1, "wide; one question mark"},
    {"→", 1, 2, "an arrow is two signs in ASCII"},
    {"\xff", 1, 1, "not UTF-8: a question mark"},
    {"\xe4\xb8", 2, 2, "cut off: one for each byte"},
    {"", 0, 0, "nothing"},
};

START_TEST(columns_of_text)
{
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        ck_assert_msg(tflow_i_plot_columns(widths[i].text, 0) == widths[i].unicode,
                      "%s", widths[i].why);
        ck_assert_msg(tflow_i_plot_columns(widths[i].text, 1) == widths[i].ascii, "%s",
                      widths[i].why);
    }
}
END_TEST

/* ---- any data, any width ---- */

static const struct {
    double values[3];
    size_t n;
    const char *why;
} edges[] = {
    {{0, 0, 0}, 3, "all zero"},
    {{5, 5, 5}, 3, "constant"},
    {{5, 0, 0}, 1, "one position"},
    {{-1, -2, -3}, 3, "negative"},
    {{-1, 0, 1}, 3, "both signs"},
    {{DBL_MAX, -DBL_MAX, 0}, 3, "a range that overflows"},
    {{DBL_MAX, DBL_MAX, DBL_MAX}, 3, "the largest, constant"},
    {{5e-324, 0, 5e-324}, 3, "the smallest"},
    {{1e15, 1e15 + 1, 1e15 + 2}, 3, "a small range far from zero"},
    {{1e-9, 2e-9, NAN}, 3, "tiny"},
    {{123456789012, 2e14, -1e14}, 3, "long labels"},
    {{NAN, NAN, INFINITY}, 3, "nothing"},
    {{0, 0, 0}, 0, "no positions"},
};

START_TEST(any_magnitude)
{
    static const size_t columns[] = {24, 25, 31, 80, 1000};
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
        for (unsigned flags = 0; flags < 8; flags++) {
            for (unsigned k = 0; k < 10; k++) {
                tflow_chart_band band = {0.8, edges[i].values, edges[i].values};
                tflow_chart_series series[2];
                tflow_chart chart = chart_of(series, 1 + k % 2, edges[i].n);
                series[0] = series[1] = line_of(edges[i].values);
                series[0].n_bands = 1;
                series[0].bands = &band;
                chart.flags = flags;
                chart.decimals = k % 3 == 0 ? 15 : -1;
                char *text = draw(&chart, columns[k / 2], k % 2);
                int none = edges[i].n == 0 || isnan(edges[i].values[0]);
                ck_assert_msg((strstr(text, "no data") != NULL) == none, "%s",
                              edges[i].why);
                tflow_text_free(text);
            }
        }
    }
}
END_TEST

START_TEST(wrong_calls)
{
    const double values[] = {1};
    tflow_chart_series series = line_of(values);
    tflow_chart chart = chart_of(&series, 1, 1);
    char text[] = "not NULL", *out = text;
    ck_assert_int_eq(tflow_chart_text(NULL, 80, 0, &out, NULL), TFLOW_EINVAL);
    ck_assert_ptr_null(out);
    ck_assert_int_eq(tflow_chart_text(&chart, 80, 0, NULL, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_chart_text(&chart, 23, 0, &out, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_chart_text(&chart, 1001, 0, &out, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_chart_text(&chart, 80, 2, &out, NULL), TFLOW_EINVAL);
    chart.n_series = 33;
    ck_assert_int_eq(tflow_chart_text(&chart, 80, 0, &out, NULL), TFLOW_ELIMIT);
    ck_assert_ptr_null(out);
}
END_TEST

/* ---- the axis ---- */

/* Ticks by hand: the range over five, rounded to the nearest of 1, 2, 5 times a power
 * of ten by ratio; then the multiples around the data. */
static const struct {
    double lo, hi;
    unsigned flags;
    double first, last;
    const char *label; /* of the last tick */
    const char *why;
} axes[] = {
    {0, 10, 0, 0, 10, "10", "2 by 2"},
    {474, 1811.6, 0, 0, 2000, "2,000", "flows stand on zero"},
    {474, 1811.6, TFLOW_CHART_FREE_AXIS, 400, 2000, "2,000", "267 a step: 200"},
    {-0.569, 0.663, TFLOW_CHART_PERCENT, -0.6, 0.8, "80 %", "0.246 a step: 0.2"},
    {-3, -1, 0, -3, 0, "0", "negative: zero is the top; 0.6 a step: 0.5"},
    {0, 0, 0, 0, 1, "1.0", "nothing but zero"},
    {0, 0.0004, 0, 0, 0.0004, "0.0004", "decimals of the step"},
    {0, 2e15, 0, 0, 2e15, "2e15", "too long to group"},
    {0, 3e-9, 0, 0, 3e-9, "3e-9", "too small for decimals"},
    {99, 101, TFLOW_CHART_FREE_AXIS, 99, 101, "101.0", "an index; 0.4 a step: 0.5"},
};

START_TEST(ticks)
{
    for (size_t i = 0; i < sizeof axes / sizeof *axes; i++) {
        tflow_i_plot plot;
        tflow_i_text label = {0};
        memset(&plot, 0, sizeof plot);
        plot.lo = axes[i].lo;
        plot.hi = axes[i].hi;
        plot.chart.flags = axes[i].flags;
        tflow_i_axis axis = tflow_i_axis_of(&plot, 5);
        double first = tflow_i_axis_tick(&axis, axis.first);
        double last = tflow_i_axis_tick(&axis, axis.last);
        ck_assert_msg(fabs(first - axes[i].first) <= 1e-12 * fabs(first) &&
                          fabs(last - axes[i].last) <= 1e-12 * fabs(last),
                      "%s: ticks from %.17g to %.17g", axes[i].why, first, last);
        tflow_i_axis_label(&label, &axis, axis.last,
                           (axes[i].flags & TFLOW_CHART_PERCENT) != 0, 0);
        ck_assert_msg(strcmp(label.data, axes[i].label) == 0, "%s: %s", axes[i].why,
                      label.data);
        tflow_i_text_clear(&label);
    }
}
END_TEST

static const struct {
    const char *format;
    int start, n;
    double need;
    size_t every, shown; /* step, and the first position shown */
    const char *why;
} thins[] = {
    {"%d", 1992, 31, 1, 1, 0, "room for all"},
    {"%d", 1992, 31, 1.2, 2, 0, "even years"},
    {"%d", 1992, 31, 3.1, 5, 3, "years divisible by five: 1995"},
    {"%d", 1992, 31, 6, 10, 8, "decades: 2000"},
    {"%d", 2011, 3, 4, 5, 0, "no round year among them: the first"},
    {"2021-%02d", 1, 12, 3.5, 4, 0, "months: January, May, September"},
    {"2021-%02d", 2, 10, 2.5, 3, 2, "quarters begin in April"},
    {"2021-Q%d", 1, 4, 1.5, 2, 0, "half-years"},
    {"item %d", 7, 20, 3, 5, 0, "no periods: from the first"},
};

START_TEST(labels_fall_on_round_periods)
{
    for (size_t i = 0; i < sizeof thins / sizeof *thins; i++) {
        char text[31][16];
        const char *labels[31];
        tflow_chart chart = TFLOW_CHART_INIT;
        size_t shown = 0;
        for (int k = 0; k < thins[i].n; k++) {
            const char *format = thins[i].format;
            size_t digits = strcspn(format, "%");
            int wide = strstr(format, "%02d") != NULL;
            snprintf(text[k], sizeof *text, "%.*s%0*d", (int)digits, format,
                     wide ? 2 : 1, thins[i].start + k);
            labels[k] = text[k];
        }
        chart.n = (size_t)thins[i].n;
        chart.labels = labels;
        tflow_i_thin thin = tflow_i_plot_thin(&chart, thins[i].need);
        ck_assert_msg(thin.every == thins[i].every, "%s: %zu", thins[i].why,
                      thin.every);
        while (shown < chart.n && !tflow_i_thin_shows(thin, shown))
            shown++;
        ck_assert_msg(shown == thins[i].shown, "%s: %zu first", thins[i].why, shown);
    }
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, sparklines);
    tcase_add_test(tests, sparklines_backwards);
    tcase_add_test(tests, columns_by_hand);
    tcase_add_test(tests, eighths_and_negatives);
    tcase_add_test(tests, forecasts_and_doubts);
    tcase_add_test(tests, several_series_are_points);
    tcase_add_test(tests, more_positions_than_columns);
    tcase_add_test(tests, bars_by_hand);
    tcase_add_test(tests, balances_by_hand);
    tcase_add_test(tests, text_is_tamed);
    tcase_add_test(tests, columns_of_text);
    tcase_add_test(tests, any_magnitude);
    tcase_add_test(tests, wrong_calls);
    tcase_add_test(tests, ticks);
    tcase_add_test(tests, labels_fall_on_round_periods);
}

int main(void)
{
    return run_suite("plot_text", add);
}
