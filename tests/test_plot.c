/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SVG writer. */
#include "plot/plot.h"
#include "test.h"
#include "xml_judge.h"

#include <float.h>
#include <locale.h>

static char *draw(const tflow_chart *chart)
{
    char *svg = NULL;
    judged found;
    tflow_error error = TFLOW_ERROR_INIT;

    ck_assert_msg(tflow_chart_svg(chart, &svg, &error) == TFLOW_OK, "%s",
                  error.message);
    judge(svg, &found);
    return svg;
}

/* China's reported imports from Belarus, CIF, US$ million, 2010 to 2022: IMF, Direction
 * of Trade Statistics. */
static const double imports[] = {
    473.951116, 599.088879, 662.389375, 580.768852, 738.805131, 1010.510156, 435.06,
    515.380094, 570.98148,  914.62827,  894.84143,  1089.64636, 1811.6094};
static const char *const years[] = {"2010", "2011", "2012", "2013", "2014",
                                    "2015", "2016", "2017", "2018", "2019",
                                    "2020", "2021", "2022"};

static tflow_chart chart_of(const tflow_chart_series *series, size_t n)
{
    tflow_chart chart = TFLOW_CHART_INIT;

    chart.n = n;
    chart.n_series = 1;
    chart.series = series;
    return chart;
}

static tflow_chart_series line_of(const double *values)
{
    tflow_chart_series series = {NULL, values, TFLOW_CHART_LINE, TFLOW_CHART_OBSERVED,
                                 0,    NULL};
    return series;
}

START_TEST(for_all_readers)
{
    tflow_chart_series series = line_of(imports);
    tflow_chart chart = chart_of(&series, 13);
    series.name = "Reported by China";
    chart.id = "first";
    chart.title = "Belarus to China";
    chart.unit = "US$ million";
    chart.labels = years;
    char *svg = draw(&chart);
    ck_assert_ptr_nonnull(strstr(svg, "role=\"img\""));
    ck_assert_ptr_nonnull(strstr(svg, "aria-labelledby=\"first-title first-desc\""));
    ck_assert_ptr_nonnull(strstr(svg, "<title id=\"first-title\">Belarus to China<"));
    ck_assert_ptr_nonnull(strstr(svg, "<desc id=\"first-desc\">Chart of US$ million, "
                                      "13 positions from 2010 to 2022. Reported by "
                                      "China: 474 in 2010 to 1,812 in 2022, lowest 435 "
                                      "in 2016, highest 1,812 in 2022.</desc>"));
    ck_assert_ptr_nonnull(strstr(svg, "viewBox=\"0 0 760 "));
    ck_assert_ptr_nonnull(strstr(svg, ">1,812</text>")); /* the last value */
    ck_assert_ptr_nonnull(strstr(svg, ">2,000</text>")); /* ticks are grouped */
    ck_assert_ptr_null(strstr(svg, "<script"));
    ck_assert_ptr_nonnull(strstr(svg, "prefers-color-scheme: dark"));
    tflow_text_free(svg);
    chart.flags = TFLOW_CHART_LIGHT | TFLOW_CHART_NO_VALUES;
    chart.description = "As told";
    svg = draw(&chart);
    ck_assert_ptr_null(strstr(svg, "prefers-color-scheme"));
    ck_assert_ptr_null(strstr(svg, ">1,812</text>"));
    ck_assert_ptr_nonnull(strstr(svg, "<desc id=\"first-desc\">As told</desc>"));
    tflow_text_free(svg);
}
END_TEST

START_TEST(ids_do_not_meet_on_a_page)
{
    tflow_chart_series series[2] = {line_of(imports), line_of(imports)};
    tflow_chart chart = chart_of(series, 13);
    judged a, b;
    series[0].kind = series[1].kind = TFLOW_CHART_BAR; /* patterns have ids too */
    chart.n_series = 2;
    chart.id = "a";
    char *first = draw(&chart);
    chart.id = "b";
    char *second = draw(&chart);
    judge(first, &a);
    judge(second, &b);
    ck_assert_uint_eq(a.n_ids, 4);
    for (size_t i = 0; i < a.n_ids; i++)
        for (size_t k = 0; k < b.n_ids; k++)
            ck_assert_str_ne(a.ids[i], b.ids[k]);
    ck_assert_ptr_nonnull(strstr(second, "url(#b-h2)"));
    ck_assert_ptr_null(strstr(second, "#a"));
    tflow_text_free(first);
    tflow_text_free(second);
}
END_TEST

START_TEST(text_is_escaped)
{
    static const char evil[] = "<b>&\"'\x1b[31m \xff ok";
    const char *labels[] = {evil, NULL};
    double values[] = {1, 2};
    tflow_chart_series series = line_of(values);
    tflow_chart_mark mark = {0, 1, evil};
    tflow_chart chart = chart_of(&series, 2);
    series.name = evil;
    chart.title = chart.unit = chart.source = chart.description = evil;
    chart.labels = labels;
    chart.n_marks = 1;
    chart.marks = &mark;
    for (unsigned flags = 0; flags < 2; flags++) {
        chart.flags = flags; /* a line, a ranking */
        char *svg = draw(&chart);
        ck_assert_ptr_null(strstr(svg, "<b>"));
        ck_assert_ptr_null(strchr(svg, '\x1b'));
        ck_assert_uint_ge(count(svg, "&lt;b&gt;&amp;&quot;&#39;"), 6);
        tflow_text_free(svg);
    }
}
END_TEST

/* The d of the line; its points into x and y. Returns the number of pieces. */
static size_t line_points(const char *svg, double *x, double *y, size_t *n)
{
    const char *path = strstr(svg, "<path class=\"line\" d=\"");
    size_t pieces = 0;

    *n = 0;
    if (path == NULL)
        return 0;
    path += strlen("<path class=\"line\" d=\"");
    while (*path == 'M' || *path == 'L') {
        char *after;
        pieces += *path == 'M';
        x[*n] = strtod(path + 1, &after);
        ck_assert_msg(after > path + 1 && *after == ' ', "no x at %.20s", path);
        path = after + 1;
        y[*n] = strtod(path, &after);
        ck_assert_msg(after > path, "no y at %.20s", path);
        path = after;
        ++*n;
    }
    ck_assert_msg(*path == '"', "path goes on with %.20s", path);
    return pieces;
}

static const struct {
    double values[5];
    size_t pieces, points;
    const char *why;
} gaps[] = {
    {{1, 2, 3, 2, 1}, 1, 5, "no gap"},
    {{1, 2, NAN, 2, 1}, 2, 4, "a gap in the middle"},
    {{1, 2, 0, 2, 1}, 1, 5, "zero is a value"},
    {{NAN, 2, 3, 2, NAN}, 1, 3, "missing ends are no gap"},
    {{1, NAN, 3, NAN, 1}, 3, 3, "points alone"},
    {{1, 2, INFINITY, 2, -INFINITY}, 2, 3, "what is not finite is missing"},
    {{1, NAN, NAN, NAN, 1}, 2, 2, "a long gap is one gap"},
    {{NAN, NAN, NAN, NAN, NAN}, 0, 0, "nothing"},
};

START_TEST(missing_is_a_gap)
{
    for (size_t i = 0; i < sizeof gaps / sizeof *gaps; i++) {
        tflow_chart_series series = line_of(gaps[i].values);
        tflow_chart chart = chart_of(&series, 5);
        double x[5], y[5];
        size_t n;
        char *svg = draw(&chart);
        ck_assert_msg(line_points(svg, x, y, &n) == gaps[i].pieces, "%s", gaps[i].why);
        ck_assert_msg(n == gaps[i].points, "%s", gaps[i].why);
        ck_assert_msg(count(svg, "<circle") == gaps[i].points, "%s", gaps[i].why);
        ck_assert_int_eq(strstr(svg, "no data") != NULL, gaps[i].points == 0);
        tflow_text_free(svg);
    }
}
END_TEST

START_TEST(heights_are_proportional)
{
    /* Zero to ten over the whole height, five half way, equal steps across. */
    const double values[] = {0, 10, 5};
    tflow_chart_series series = line_of(values);
    tflow_chart chart = chart_of(&series, 3);
    double x[3], y[3];
    size_t n;
    char *svg = draw(&chart);
    ck_assert_uint_eq(line_points(svg, x, y, &n), 1);
    ck_close(y[0] - y[1], 290, 1e-9); /* the height of the area */
    ck_close(y[2], (y[0] + y[1]) / 2, 1e-9);
    ck_assert_msg(fabs(x[2] - 2 * x[1] + x[0]) <= 0.21, "unequal steps");
    ck_assert(x[0] < x[1] && x[0] > 0 && x[2] < 760);
    tflow_text_free(svg);
}
END_TEST

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
    {{1e-310, 2e-310, 1e-308}, 3, "subnormal"},
    {{1e15, 1e15 + 1, 1e15 + 2}, 3, "a small range far from zero"},
    {{1e-9, 2e-9, NAN}, 3, "tiny"},
    {{1.5e12, 2e12, 1e12}, 3, "in dollars"},
};

START_TEST(any_magnitude)
{
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
        for (unsigned flags = 0; flags < 8; flags++) {
            for (int kind = TFLOW_CHART_LINE; kind <= TFLOW_CHART_POINTS; kind++) {
                tflow_chart_band band = {0.8, edges[i].values, edges[i].values};
                tflow_chart_series series = line_of(edges[i].values);
                tflow_chart chart = chart_of(&series, edges[i].n);
                double x[3], y[3];
                size_t n;
                series.kind = (tflow_chart_kind)kind;
                series.n_bands = 1;
                series.bands = &band;
                chart.flags = flags;
                chart.height = 400;
                char *svg = draw(&chart);
                line_points(svg, x, y, &n);
                for (size_t k = 0; k < n; k++)
                    ck_assert_msg(y[k] >= 0 && y[k] <= 400 && x[k] > 0 && x[k] < 760,
                                  "%s: (%g, %g) is off the sheet", edges[i].why, x[k],
                                  y[k]);
                tflow_text_free(svg);
            }
        }
    }
}
END_TEST

START_TEST(nothing_to_draw)
{
    tflow_chart_series series = line_of(NULL);
    tflow_chart chart = chart_of(&series, 0);
    char *svg = draw(&chart);
    ck_assert_uint_eq(count(svg, ">no data<"), 1);
    ck_assert_uint_eq(count(svg, ">No data.</desc>"), 1);
    tflow_text_free(svg);
    chart.n_series = 0;
    chart.series = NULL;
    chart.n = 3;
    chart.flags = TFLOW_CHART_RANKING;
    svg = draw(&chart);
    ck_assert_uint_eq(count(svg, ">no data<"), 1);
    tflow_text_free(svg);
}
END_TEST

START_TEST(bars_say_what_is_missing)
{
    const double values[] = {3, NAN, 0, -2};
    tflow_chart_series series = line_of(values);
    tflow_chart chart = chart_of(&series, 4);
    series.kind = TFLOW_CHART_BAR;
    for (unsigned flags = 0; flags < 2; flags++) {
        chart.flags = flags;
        char *svg = draw(&chart);
        ck_assert_uint_eq(count(svg, ">n/a<"), 1);
        ck_assert_uint_eq(count(svg, "fill=\"currentColor\""), 3);
        ck_assert_ptr_nonnull(strstr(svg, ">0.00<")); /* zero is a number */
        ck_assert_ptr_nonnull(strstr(svg, ">\xe2\x88\x92"
                                          "2.00<"));
        tflow_text_free(svg);
    }
}
END_TEST

START_TEST(forecasts_differ_without_colour)
{
    const double past[] = {1, 2, 3, NAN, NAN}, next[] = {NAN, NAN, 3, 4, 5};
    const double low[] = {NAN, NAN, 3, 3, 3}, high[] = {NAN, NAN, 3, 5, 7};
    const char *const labels[] = {"2020", "2021", "2022", "2023", "2024"};
    tflow_chart_band bands[] = {{0.8, low, high}, {0.95, low, high}};
    tflow_chart_series series[] = {line_of(past), line_of(next)};
    tflow_chart chart = chart_of(series, 5);
    tflow_chart_mark mark = {0, 2, "too good"};
    series[0].name = "Past";
    series[1].name = "Next";
    series[1].role = TFLOW_CHART_FORECAST;
    series[1].n_bands = 2;
    series[1].bands = bands;
    chart.n_series = 2;
    chart.labels = labels;
    chart.n_marks = 1;
    chart.marks = &mark;
    char *svg = draw(&chart);
    ck_assert_uint_eq(count(svg, "class=\"band\""), 2);
    ck_assert_uint_eq(count(svg, ">80 % interval<"), 1);
    ck_assert_uint_eq(count(svg, ">95 % interval<"), 1);
    ck_assert_uint_eq(count(svg, ">forecast<"), 1);
    ck_assert_uint_eq(count(svg, "stroke-linecap=\"round\" stroke-dasharray"), 2);
    ck_assert_ptr_nonnull(strstr(svg, ">!</text>"));
    ck_assert_ptr_nonnull(strstr(svg, ">! 2022, Past: too good</text>"));
    ck_assert_uint_eq(count(svg, "class=\"c2\""), 0); /* the colour of its past */
    /* What is not observed yet is not missing. */
    ck_assert_ptr_null(strstr(svg, "without a value"));
    tflow_text_free(svg);
}
END_TEST

START_TEST(styles_differ_pairwise)
{
    enum { N = 32 };
    tflow_chart_series series[N];
    tflow_chart chart = chart_of(series, 0);
    chart.n_series = N;
    for (size_t s = 0; s < N; s++) {
        series[s] = line_of(NULL);
        /* Two observed, then two forecasts of the second. */
        series[s].role = s % 4 > 1 ? TFLOW_CHART_FORECAST : TFLOW_CHART_OBSERVED;
    }
    for (size_t a = 0; a < N; a++) {
        tflow_i_style x = tflow_i_plot_style(&chart, a);
        for (size_t b = 0; b < a; b++) {
            tflow_i_style y = tflow_i_plot_style(&chart, b);
            ck_assert_msg(x.shape != y.shape || x.dash != y.dash ||
                              x.forecast != y.forecast,
                          "%zu and %zu look the same but for their colour", a, b);
        }
    }
}
END_TEST

START_TEST(shares_per_cent)
{
    const double shares[] = {0.4572369, 0.0301734};
    const char *const partners[] = {"Russia", "China"};
    tflow_chart_series series = line_of(shares);
    tflow_chart chart = chart_of(&series, 2);
    chart.labels = partners;
    chart.flags = TFLOW_CHART_RANKING | TFLOW_CHART_PERCENT;
    char *svg = draw(&chart);
    ck_assert_ptr_nonnull(strstr(svg, ">45.7 %<"));
    ck_assert_ptr_nonnull(strstr(svg, ">3.0 %<"));
    ck_assert_ptr_nonnull(strstr(svg, ">Russia<"));
    ck_assert_ptr_nonnull(strstr(svg, "Russia 45.7 %, China 3.0 %.</desc>"));
    tflow_text_free(svg);
    chart.decimals = 3;
    svg = draw(&chart);
    ck_assert_ptr_nonnull(strstr(svg, ">45.724 %<"));
    tflow_text_free(svg);
}
END_TEST

START_TEST(same_in_any_locale)
{
    tflow_chart_series series = line_of(imports);
    tflow_chart chart = chart_of(&series, 13);
    chart.labels = years;
    chart.decimals = 2;
    char *plain = draw(&chart);
    ck_assert_ptr_nonnull(setlocale(LC_ALL, "de_DE.UTF-8"));
    char *german = draw(&chart);
    setlocale(LC_ALL, "C");
    ck_assert_str_eq(plain, german);
    tflow_text_free(plain);
    tflow_text_free(german);
}
END_TEST

/* ---- wrong calls ---- */

enum fault {
    NO_SIZE,
    BAD_ID,
    EMPTY_ID,
    LONG,
    MANY_SERIES,
    NO_SERIES,
    NO_VALUES,
    MANY_BANDS,
    NO_BANDS,
    NO_END,
    BAD_LEVEL,
    NO_MARKS,
    MARK_OUTSIDE,
    BAD_FLAGS,
    DECIMALS,
    NARROW,
    LOW
};

static const struct {
    enum fault fault;
    tflow_status status;
    const char *why;
} faults[] = {
    {NO_SIZE, TFLOW_EINVAL, "not started from TFLOW_CHART_INIT"},
    {BAD_ID, TFLOW_EINVAL, "an id that would need escaping"},
    {EMPTY_ID, TFLOW_EINVAL, "an empty id"},
    {LONG, TFLOW_ELIMIT, "too many positions"},
    {MANY_SERIES, TFLOW_ELIMIT, "too many series"},
    {NO_SERIES, TFLOW_EINVAL, "series promised, none given"},
    {NO_VALUES, TFLOW_EINVAL, "values promised, none given"},
    {MANY_BANDS, TFLOW_ELIMIT, "too many intervals"},
    {NO_BANDS, TFLOW_EINVAL, "intervals promised, none given"},
    {NO_END, TFLOW_EINVAL, "an interval without an end"},
    {BAD_LEVEL, TFLOW_EINVAL, "80 for 0.8"},
    {NO_MARKS, TFLOW_EINVAL, "marks promised, none given"},
    {MARK_OUTSIDE, TFLOW_EINVAL, "a mark beside the chart"},
    {BAD_FLAGS, TFLOW_EINVAL, "a flag that does not exist"},
    {DECIMALS, TFLOW_EINVAL, "decimals out of range"},
    {NARROW, TFLOW_EINVAL, "too narrow"},
    {LOW, TFLOW_EINVAL, "too low"},
};

static tflow_status call_with(enum fault fault, tflow_error *error, char **out)
{
    tflow_chart_band band = {0.8, imports, imports};
    tflow_chart_series series = line_of(imports);
    tflow_chart_mark mark = {0, 13, NULL};
    tflow_chart chart = chart_of(&series, 13);

    series.bands = &band;
    chart.size = fault == NO_SIZE ? 0 : chart.size;
    chart.id = fault == BAD_ID ? "a\"b" : fault == EMPTY_ID ? "" : NULL;
    chart.n = fault == LONG ? 100001 : chart.n;
    chart.n_series = fault == MANY_SERIES ? 33 : 1;
    chart.series = fault == NO_SERIES ? NULL : chart.series;
    series.values = fault == NO_VALUES ? NULL : series.values;
    series.n_bands = fault == MANY_BANDS ? 9 : 1;
    series.bands = fault == NO_BANDS ? NULL : series.bands;
    band.upper = fault == NO_END ? NULL : band.upper;
    band.level = fault == BAD_LEVEL ? 80 : band.level;
    chart.n_marks = fault == NO_MARKS || fault == MARK_OUTSIDE;
    chart.marks = fault == MARK_OUTSIDE ? &mark : NULL;
    chart.flags = fault == BAD_FLAGS ? 1u << 30 : 0;
    chart.decimals = fault == DECIMALS ? 16 : -1;
    chart.width = fault == NARROW ? 100 : 0;
    chart.height = fault == LOW ? 10 : 0;
    return tflow_chart_svg(&chart, out, error);
}

START_TEST(wrong_calls)
{
    char text[] = "not NULL", *out;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        tflow_error error = TFLOW_ERROR_INIT;
        out = text;
        ck_assert_msg(call_with(faults[i].fault, &error, &out) == faults[i].status,
                      "%s", faults[i].why);
        ck_assert_msg(out == NULL, "%s", faults[i].why);
        ck_assert_int_eq(error.status, faults[i].status);
        ck_assert_msg(error.message[0] != '\0', "%s", faults[i].why);
    }
    out = text;
    ck_assert_int_eq(tflow_chart_svg(NULL, &out, NULL), TFLOW_EINVAL);
    ck_assert_ptr_null(out);
    tflow_chart chart = TFLOW_CHART_INIT;
    ck_assert_int_eq(tflow_chart_svg(&chart, NULL, NULL), TFLOW_EINVAL);
}
END_TEST

START_TEST(many_positions)
{
    enum { N = 100000 };
    double *values = malloc(N * sizeof *values);
    ck_assert_ptr_nonnull(values);
    for (size_t i = 0; i < N; i++)
        values[i] = (double)(i % 1000);
    tflow_chart_series series = line_of(values);
    tflow_chart chart = chart_of(&series, N);
    for (int kind = TFLOW_CHART_LINE; kind <= TFLOW_CHART_BAR; kind++) {
        series.kind = (tflow_chart_kind)kind;
        tflow_text_free(draw(&chart));
    }
    free(values);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, for_all_readers);
    tcase_add_test(tests, ids_do_not_meet_on_a_page);
    tcase_add_test(tests, text_is_escaped);
    tcase_add_test(tests, missing_is_a_gap);
    tcase_add_test(tests, heights_are_proportional);
    tcase_add_test(tests, any_magnitude);
    tcase_add_test(tests, nothing_to_draw);
    tcase_add_test(tests, bars_say_what_is_missing);
    tcase_add_test(tests, forecasts_differ_without_colour);
    tcase_add_test(tests, styles_differ_pairwise);
    tcase_add_test(tests, shares_per_cent);
    tcase_add_test(tests, same_in_any_locale);
    tcase_add_test(tests, wrong_calls);
    tcase_add_test(tests, many_positions);
}

int main(void)
{
    return run_suite("plot", add);
}
