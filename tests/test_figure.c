/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test_figure.h"

/* ---- intervals ---- */

static const struct {
    const char *operation;
    tflow_range a, b, want;
    tflow_status status;
    const char *why;
} arithmetic[] = {
    {"+", {1, 2, 1, 0}, {10, 20, 1, 1}, {11, 22, 1, 0}, TFLOW_OK, "sum"},
    {"+", {1, NONE, 1, 0}, {1, 2, 1, 1}, {2, NONE, 1, 0}, TFLOW_OK, "half-line"},
    {"+", {1, 2, 1, 1}, {2, 1, 1, 1}, {NONE, NONE, 0, 0}, TFLOW_EINVAL, "empty"},
    {"+", {1, 1, 1, 0}, {1, 2, 1, 1}, {NONE, NONE, 0, 0}, TFLOW_EINVAL, "empty [1,1)"},
    {"+",
     {1e308, 1.5e308, 1, 1},
     {0, 1e308, 1, 1},
     {1e308, NONE, 1, 0},
     TFLOW_OK,
     "an end too large to hold is no bound"},
    {"+",
     {-INFINITY, 2, 1, 1},
     {1, 1, 1, 1},
     {NONE, 3, 0, 1},
     TFLOW_OK,
     "infinity is no bound"},
    {"+",
     {INFINITY, NONE, 1, 1},
     {1, 1, 1, 1},
     {NONE, NONE, 0, 0},
     TFLOW_EINVAL,
     "nothing is above infinity"},
    {"-",
     {1.605, 1.615, 1, 0},
     {0.65, 0.75, 1, 0},
     {0.855, 0.965, 0, 0},
     TFLOW_OK,
     "1.61bn less +0.7bn: 0.75 and 1.615 are not reached"},
    {"-", {1, 2, 1, 1}, {0, NONE, 1, 0}, {NONE, 2, 0, 1}, TFLOW_OK, "from a half-line"},
    {"*", {2, 3, 1, 0}, {-5, 7, 0, 1}, {-15, 21, 0, 0}, TFLOW_OK, "signs"},
    {"*", {-3, -2, 1, 1}, {-5, -4, 0, 1}, {8, 15, 1, 0}, TFLOW_OK, "both below zero"},
    {"*", {0, 1, 1, 1}, {2, 3, 0, 0}, {0, 3, 1, 0}, TFLOW_OK, "zero is reached"},
    {"*", {0, 1, 0, 1}, {2, 3, 1, 1}, {0, 3, 0, 1}, TFLOW_OK, "zero is not reached"},
    {"*", {0, 0, 1, 1}, {1, NONE, 1, 0}, {0, 0, 1, 1}, TFLOW_OK, "zero times anything"},
    {"*", {-1, 2, 1, 1}, {1, NONE, 1, 0}, {NONE, NONE, 0, 0}, TFLOW_OK, "both signs"},
    {"/",
     {1.55, 1.65, 1, 0},
     {1.95, 2.05, 1, 0},
     {1.55 / 2.05, 1.65 / 1.95, 0, 0},
     TFLOW_OK,
     "1.6 over doubled"},
    {"/",
     {1, 2, 1, 1},
     {-4, -2, 1, 0},
     {-1, -0.25, 0, 1},
     TFLOW_OK,
     "negative divisor"},
    {"/", {1, 2, 1, 1}, {0, 4, 1, 1}, {0.25, NONE, 1, 0}, TFLOW_OK, "zero at an end"},
    {"/", {1, 2, 1, 1}, {-4, 0, 1, 0}, {NONE, -0.25, 0, 1}, TFLOW_OK, "and from below"},
    {"/", {0, 2, 1, 1}, {0, 4, 0, 1}, {0, NONE, 1, 0}, TFLOW_OK, "zero over anything"},
    {"/", {1, NONE, 1, 0}, {1, NONE, 1, 0}, {0, NONE, 0, 0}, TFLOW_OK, "half-lines"},
    {"/", {1, 2, 1, 1}, {-1, 1, 1, 1}, {NONE, NONE, 0, 0}, TFLOW_UNDEFINED, "a hole"},
    {"/", {1, 2, 1, 1}, {0, 0, 1, 1}, {NONE, NONE, 0, 0}, TFLOW_ZERO_BASE, "by zero"},
    {"&",
     {1.765, 1.775, 1, 0},
     {1.75, 1.85, 1, 0},
     {1.765, 1.775, 1, 0},
     TFLOW_OK,
     "+77 % and 1.8-fold"},
    {"&", {1, 2, 1, 1}, {2, 3, 1, 0}, {2, 2, 1, 1}, TFLOW_OK, "touching, closed"},
    {"&",
     {1, 2, 1, 0},
     {2, 3, 1, 0},
     {NONE, NONE, 0, 0},
     TFLOW_CONTRADICTION,
     "touching, open"},
    {"&", {1, 2, 0, 1}, {1, 2, 1, 0}, {1, 2, 0, 0}, TFLOW_OK, "the stricter end"},
    {"&", {NONE, NONE, 0, 0}, {1, 2, 1, 0}, {1, 2, 1, 0}, TFLOW_OK, "the whole line"},
    {"&",
     {1.95, 2.05, 1, 0},
     {1.765, 1.775, 1, 0},
     {NONE, NONE, 0, 0},
     TFLOW_CONTRADICTION,
     "doubled and +77 %"},
};

START_TEST(interval_arithmetic)
{
    for (size_t i = 0; i < COUNT(arithmetic); i++) {
        tflow_range out = {7, 7, 1, 1}, a = arithmetic[i].a, b = arithmetic[i].b;
        char op = arithmetic[i].operation[0];
        tflow_status status = op == '+'   ? tflow_range_add(a, b, &out)
                              : op == '-' ? tflow_range_subtract(a, b, &out)
                              : op == '*' ? tflow_range_multiply(a, b, &out)
                              : op == '/' ? tflow_range_divide(a, b, &out)
                                          : tflow_range_intersect(a, b, &out);
        ck_assert_msg(status == arithmetic[i].status, "%s: status %d",
                      arithmetic[i].why, status);
        ck_interval(out, arithmetic[i].want, arithmetic[i].why);
    }
    ck_assert_int_eq(tflow_range_add(iv(1, 2, 1, 1), iv(1, 2, 1, 1), NULL),
                     TFLOW_EINVAL);
}
END_TEST

START_TEST(interval_rest)
{
    tflow_range a = iv(1.55, 1.65, 1, 0), out;

    ck_assert_int_eq(tflow_range_contains(a, 1.55), 1);
    ck_assert_int_eq(tflow_range_contains(a, 1.65), 0);
    ck_assert_int_eq(tflow_range_contains(a, 1.6), 1);
    ck_assert_int_eq(tflow_range_contains(a, NAN), 0);
    ck_assert_int_eq(tflow_range_contains(iv(1, NONE, 0, 0), 1), 0);
    ck_assert_int_eq(tflow_range_contains(iv(1, NONE, 0, 0), 1e300), 1);
    ck_assert_int_eq(tflow_range_contains(iv(2, 1, 1, 1), 1.5), 0);

    ck_assert_int_eq(tflow_range_scale(a, -2, &out), TFLOW_OK);
    ck_interval(out, iv(-3.3, -3.1, 0, 1), "turned round");
    ck_assert_int_eq(tflow_range_scale(a, INFINITY, &out), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_range_widen(a, 0.1, 0, &out), TFLOW_OK);
    ck_interval(out, iv(1.45, 1.65, 1, 0), "widened below");
    ck_assert_int_eq(tflow_range_widen(a, -0.1, 0, &out), TFLOW_EINVAL);
    ck_nan(out.low);
    ck_assert_int_eq(tflow_range_rounded(1.6, 0.1, &out), TFLOW_OK);
    ck_interval(out, iv(1.55, 1.65, 1, 0), "rounded");
    ck_assert_int_eq(tflow_range_rounded(1.6, 0, &out), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_range_rounded(1e300, 1, &out), TFLOW_OK);
    ck_interval(out, iv(1e300, 1e300, 1, 1), "a step below the figure's precision");
}
END_TEST

/* ---- together ---- */

/* Read a phrase that must be readable; how many statements it has. */
static size_t statements(const char *text, tflow_figure *f)
{
    size_t n;
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_status status =
        tflow_figure_phrase_parse(text, NULL, f, TFLOW_FIGURE_MAX, &n, &error);

    ck_assert_msg(status == TFLOW_OK, "%s: %s", text, error.message);
    return n;
}

START_TEST(implied_base)
{
    tflow_figure f[TFLOW_FIGURE_MAX];
    tflow_figure_joint joint;
    tflow_range base;

    /* 1.55 / 2.05 = 0.756098, 1.65 / 1.95 = 0.846154 */
    size_t n = statements("1.6bn, doubled", f);
    ck_assert_int_eq(tflow_figure_base(&f[0], &f[1], &base), TFLOW_OK);
    ck_interval(base, iv(1.55e9 / 2.05, 1.65e9 / 1.95, 0, 0), "1.6bn, doubled");
    ck_assert(base.low > 0.7560e9 && base.low < 0.7561e9);
    ck_assert(base.high > 0.8461e9 && base.high < 0.8462e9);
    ck_assert_int_eq(tflow_figure_joint_solve(f, n, &joint, NULL), TFLOW_OK);
    ck_interval(joint.base, base, "corners and arithmetic agree");

    /* 1.605 / 1.775 = 0.904225, 1.615 / 1.765 = 0.915014 */
    n = statements("1.61bn, +77 %", f);
    ck_assert_int_eq(tflow_figure_base(&f[0], &f[1], &base), TFLOW_OK);
    ck_interval(base, iv(1.605e9 / 1.775, 1.615e9 / 1.765, 0, 0), "1.61bn, +77 %");
    ck_close(base.low, 0.904e9, 5e-4);
    ck_close(base.high, 0.915e9, 5e-4);
    ck_assert_int_eq(tflow_figure_joint_solve(f, n, &joint, NULL), TFLOW_OK);
    ck_interval(joint.base, base, "corners and arithmetic agree");

    n = statements("1.61bn, +0.7bn", f);
    ck_assert_int_eq(tflow_figure_base(&f[0], &f[1], &base), TFLOW_OK);
    ck_interval(base, iv(0.855e9, 0.965e9, 0, 0), "1.61bn, +0.7bn");
    ck_assert_int_eq(tflow_figure_joint_solve(f, n, &joint, NULL), TFLOW_OK);
    ck_interval(joint.base, base, "corners and arithmetic agree");

    statements("1bn, +2bn", f); /* [0.5, 1.5) - [1.5, 2.5) */
    ck_assert_int_eq(tflow_figure_base(&f[0], &f[1], &base), TFLOW_CONTRADICTION);
    ck_nan(base.low);
    statements("1bn, down 100 %", f); /* 0.5 / 0.005 or more */
    ck_assert_int_eq(tflow_figure_base(&f[0], &f[1], &base), TFLOW_OK);
    ck_interval(base, iv(100e9, NONE, 1, 0), "the end of a flow");
    ck_assert_int_eq(tflow_figure_base(&f[1], &f[0], &base), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_figure_base(&f[0], &f[0], &base), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_figure_base(&f[0], NULL, &base), TFLOW_EINVAL);
    f[1].interval = iv(0, 0, 1, 1);
    ck_assert_int_eq(tflow_figure_base(&f[0], &f[1], &base), TFLOW_ZERO_BASE);
}
END_TEST

START_TEST(consistent)
{
    tflow_figure f[TFLOW_FIGURE_MAX];
    tflow_figure_joint joint;
    tflow_error error = TFLOW_ERROR_INIT;
    size_t n = statements("1.61bn, +77 %, 1.8-fold, +0.7bn", f);

    ck_assert_int_eq(tflow_figure_joint_solve(f, n, &joint, &error), TFLOW_OK);
    ck_interval(joint.level, iv(1.605e9, 1.615e9, 1, 0), "level");
    ck_interval(joint.base, iv(1.605e9 / 1.775, 1.615e9 / 1.765, 0, 0), "base");
    ck_interval(joint.ratio, iv(1.765, 1.775, 1, 0), "ratio");
    /* level * (1 - 1 / ratio): 1.605 * (1 - 1 / 1.765), 1.615 * (1 - 1 / 1.775) */
    ck_interval(joint.difference,
                iv(1.605e9 * 0.765 / 1.765, 1.615e9 * 0.775 / 1.775, 1, 0),
                "difference");
    ck_assert_double_eq(joint.ratio.low, 1.765); /* as asked for, to the bit */
    ck_assert_double_eq(joint.ratio.high, 1.775);
    ck_assert_double_eq(joint.level.low, 1.605e9);
    ck_assert_uint_eq(joint.n_conflict, 0);
    ck_assert_int_eq(tflow_figure_conflicts(f, n, NULL, 0, &n), TFLOW_OK);
    ck_assert_uint_eq(n, 0);
    ck_assert_int_eq(error.status, TFLOW_OK);
}
END_TEST

START_TEST(contradictions)
{
    tflow_figure f[TFLOW_FIGURE_MAX];
    tflow_figure_joint joint;
    tflow_figure_conflict found[8];
    size_t count;
    double width;

    size_t n = statements("1.6bn, doubled, 1.61bn, +77 %, 1.8-fold, +0.7bn", f);
    ck_assert_int_eq(tflow_figure_joint_solve(f, n, &joint, NULL), TFLOW_CONTRADICTION);
    ck_assert_uint_eq(joint.n_conflict, 2);
    ck_assert_uint_eq(joint.conflict[0], 1); /* doubled */
    ck_assert_uint_eq(joint.conflict[1], 3); /* +77 % */
    ck_nan(joint.base.low);

    /* Doubled also contradicts 1.8-fold, and neither level goes with doubled and
     * +0.7bn: 1.55 - 1.55 / 1.95 = 0.7551 and 1.605 - 1.605 / 1.95 = 0.7819 exceed
     * 0.75. */
    const size_t want[4][4] = {{2, 1, 3, 0}, {2, 1, 4, 0}, {3, 0, 1, 5}, {3, 1, 2, 5}};
    ck_assert_int_eq(tflow_figure_conflicts(f, n, found, 8, &count),
                     TFLOW_CONTRADICTION);
    ck_assert_uint_eq(count, 4);
    for (size_t i = 0; i < 4; i++) {
        ck_assert_uint_eq(found[i].n, want[i][0]);
        for (size_t k = 0; k < found[i].n; k++)
            ck_assert_uint_eq(found[i].member[k], want[i][k + 1]);
    }
    ck_assert_int_eq(tflow_figure_conflicts(f, n, found, 1, &count),
                     TFLOW_CONTRADICTION);
    ck_assert_uint_eq(count, 4);

    n = statements("doubled, +77 %", f);
    ck_assert_int_eq(tflow_figure_break_even(f, n, 0, &width), TFLOW_OK);
    ck_close(width, 0.225, 1e-15);
    ck_assert_int_eq(tflow_figure_break_even(f, n, 1, &width), TFLOW_OK);
    ck_close(width, 1.95 - 1.77, 1e-15);

    /* With the break-even tolerance borders touch and one is open; a hair more helps.
     */
    tflow_figure_opts opts = TFLOW_FIGURE_OPTS_INIT;
    opts.doubled = 0.225;
    ck_assert_int_eq(tflow_figure_change_parse("doubled", &opts, &f[0], NULL),
                     TFLOW_OK);
    ck_assert_int_eq(tflow_figure_joint_solve(f, 2, &joint, NULL), TFLOW_CONTRADICTION);
    opts.doubled = 0.22500001;
    ck_assert_int_eq(tflow_figure_change_parse("doubled", &opts, &f[0], NULL),
                     TFLOW_OK);
    ck_assert_int_eq(tflow_figure_joint_solve(f, 2, &joint, NULL), TFLOW_OK);

    /* In a triple: 1.6bn and +0.7bn leave a base in (0.8, 1), so a ratio above 1.65 /
     * (1.65 - 0.65) = 1.65 and below 1.55 / (1.55 - 0.75) = 1.9375. */
    n = statements("1.6bn, doubled, +0.7bn", f);
    ck_assert_int_eq(tflow_figure_joint_solve(f, n, &joint, NULL), TFLOW_CONTRADICTION);
    ck_assert_uint_eq(joint.n_conflict, 3);
    ck_assert_int_eq(tflow_figure_break_even(f, n, 1, &width), TFLOW_OK);
    ck_close(width, 0.0625, 1e-14);
    n = statements("unchanged, +77 %, tripled", f); /* nothing meets both others */
    ck_assert_int_eq(tflow_figure_break_even(f, n, 0, &width), TFLOW_CONTRADICTION);
    ck_nan(width);
    n = statements("unchanged, 1.6bn", f);
    ck_assert_int_eq(tflow_figure_break_even(f, n, 0, &width), TFLOW_OK);
    ck_assert_double_eq(width, 0);
    ck_assert_int_eq(tflow_figure_break_even(f, n, 2, &width), TFLOW_EINVAL);
}
END_TEST

START_TEST(joint_edges)
{
    tflow_figure f[TFLOW_FIGURE_MAX + 1];
    tflow_figure_joint joint;
    tflow_error error = TFLOW_ERROR_INIT;
    size_t count;

    statements("$1.6bn, from 0.9bn EUR", f);
    ck_assert_int_eq(tflow_figure_joint_solve(f, 2, &joint, &error), TFLOW_EMIXED);
    ck_assert_str_eq(error.message,
                     "found amounts in USD and in EUR, expected one currency");
    ck_nan(joint.level.high);

    statements("1.6bn", f); /* one statement: everything else is open */
    ck_assert_int_eq(tflow_figure_joint_solve(f, 1, &joint, NULL), TFLOW_OK);
    ck_interval(joint.level, iv(1.55e9, 1.65e9, 1, 0), "level");
    ck_interval(joint.base, iv(0, NONE, 0, 0), "base");
    ck_interval(joint.ratio, iv(0, NONE, 0, 0), "ratio");
    ck_interval(joint.difference, iv(NONE, 1.65e9, 0, 0), "difference");

    ck_assert_int_eq(tflow_figure_joint_solve(f, 0, &joint, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_figure_joint_solve(NULL, 1, &joint, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_figure_joint_solve(f, 1, NULL, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_figure_conflicts(f, 1, NULL, 1, &count), TFLOW_EINVAL);
    for (size_t i = 1; i <= TFLOW_FIGURE_MAX; i++)
        f[i] = f[0];
    ck_assert_int_eq(tflow_figure_joint_solve(f, TFLOW_FIGURE_MAX, &joint, NULL),
                     TFLOW_OK);
    ck_assert_int_eq(tflow_figure_joint_solve(f, TFLOW_FIGURE_MAX + 1, &joint, NULL),
                     TFLOW_ELIMIT);
    f[1].interval = iv(2, 1, 1, 1);
    ck_assert_int_eq(tflow_figure_joint_solve(f, 2, &joint, NULL), TFLOW_EINVAL);
    f[1].kind = (tflow_figure_kind)4;
    ck_assert_int_eq(tflow_figure_conflicts(f, 2, NULL, 0, &count), TFLOW_EINVAL);

    /* Exact at any size, and 15 printed digits are not too thin to be true. */
    const double sizes[] = {1e-300, 1e-9, 1, 1e15, 1e300};
    for (size_t i = 0; i < COUNT(sizes); i++) {
        double s = sizes[i];
        tflow_figure_given(TFLOW_FIGURE_LEVEL, iv(2 * s, 3 * s, 1, 0), &f[0]);
        tflow_figure_given(TFLOW_FIGURE_RATIO, iv(2, 4, 1, 1), &f[1]);
        ck_assert_int_eq(tflow_figure_joint_solve(f, 2, &joint, NULL), TFLOW_OK);
        ck_interval(joint.base, iv(2 * s / 4, 3 * s / 2, 1, 0), "scale");
    }
    statements("1.23456789012345bn", f);
    ck_assert_int_eq(tflow_figure_joint_solve(f, 1, &joint, NULL), TFLOW_OK);

    tflow_figure_given(TFLOW_FIGURE_BASE, tflow_range_of(0, 0), &f[0]);
    ck_assert_int_eq(tflow_figure_joint_solve(f, 1, &joint, NULL), TFLOW_CONTRADICTION);
    ck_assert_uint_eq(joint.n_conflict, 1);
}
END_TEST

/* The next number of a file; `more` becomes 0 at its end. */
static double next_number(FILE *file, int *more)
{
    char text[40], *end;

    if (fscanf(file, "%39s", text) != 1) {
        *more = 0;
        return NAN;
    }
    double number = strtod(text, &end);
    ck_assert_msg(*end == '\0', "%s", text);
    return number;
}

static tflow_range next_range(FILE *file, int *more)
{
    double low = next_number(file, more), high = next_number(file, more);
    int low_closed = next_number(file, more) != 0;

    return iv(low, high, low_closed, next_number(file, more) != 0);
}

/* Cases of tests/data/figure/joint.py: exact fractions, another method. */
START_TEST(joint_against_elimination)
{
    FILE *file = fopen(source_path("tests/data/figure/joint.txt"), "r");
    int cases = 0, more = 1;

    for (;;) {
        tflow_figure f[8];
        tflow_figure_joint joint;
        char why[32];
        size_t n = (size_t)next_number(file, &more);

        if (!more)
            break;
        snprintf(why, sizeof why, "line %d", ++cases);
        ck_assert_uint_le(n, COUNT(f));
        for (size_t i = 0; i < n; i++) {
            tflow_figure_kind kind = (tflow_figure_kind)next_number(file, &more);
            ck_assert_int_eq(tflow_figure_given(kind, next_range(file, &more), &f[i]),
                             TFLOW_OK);
        }
        tflow_status status = tflow_figure_joint_solve(f, n, &joint, NULL);
        if (next_number(file, &more) != 0) {
            ck_assert_msg(status == TFLOW_OK, "%s", why);
            ck_interval(joint.level, next_range(file, &more), why);
            ck_interval(joint.base, next_range(file, &more), why);
            ck_interval(joint.ratio, next_range(file, &more), why);
            ck_interval(joint.difference, next_range(file, &more), why);
        } else {
            ck_assert_msg(status == TFLOW_CONTRADICTION, "%s", why);
            size_t size = (size_t)next_number(file, &more);
            ck_assert_msg(joint.n_conflict == size, "%s: %zu", why, joint.n_conflict);
            for (size_t i = 0; i < size; i++)
                ck_assert_msg(joint.conflict[i] == (size_t)next_number(file, &more),
                              "%s", why);
        }
        ck_assert_msg(more, "%s", why);
    }
    fclose(file);
    ck_assert_int_eq(cases, 600);
}
END_TEST

/* ---- against data ---- */

/* Belarus to China: China's reported imports, CIF, 1.0896464 and 1.8116094 bn in 2021
 * and 2022 (IMF DOTS); Belarus' own report for 2021, 0.5561 bn (UN Comtrade). */
#define MIRROR_2021 1.08964636e9
#define MIRROR_2022 1.8116094e9
#define REPORT_2021 0.5561e9

static const struct {
    const char *text;
    double level, base, band_low, band_high;
    tflow_figure_verdict verdict;
    double factor, gap;
} verdicts[] = {
#define HOLDS TFLOW_VERDICT_HOLDS
#define FALSE TFLOW_VERDICT_CONTRADICTED
    /* the ratio is 1.662566: none of the three bands */
    {"doubled", MIRROR_2022, MIRROR_2021, 1, 1.2, FALSE, 1.662566 / 2, 1.662566 - 1.95},
    {"+77 %", MIRROR_2022, MIRROR_2021, 1, 1.2, FALSE, 1.662566 / 1.77,
     1.662566 - 1.765},
    {"1.8-fold", MIRROR_2022, MIRROR_2021, 1, 1.2, FALSE, 1.662566 / 1.8,
     1.662566 - 1.75},
    {"1.7-fold", MIRROR_2022, MIRROR_2021, 1, 1.2, HOLDS, 1.662566 / 1.7, 0},
    {"1.61bn", MIRROR_2022, MIRROR_2021, 1, 1.2, HOLDS, 1.8116094 / 1.61,
     0}, /* 1.125 */
    {"1.61bn", MIRROR_2022, NAN, 1, 1.1, FALSE, 1.8116094 / 1.61,
     1.8116094e9 - 1.615e9 * 1.1},
    {"1.61bn", MIRROR_2022, NAN, 1, 1, FALSE, 1.8116094 / 1.61, 1.8116094e9 - 1.615e9},
    {"1.8bn", MIRROR_2022, NAN, 1, 1, HOLDS, 1.8116094 / 1.8, 0},
    {"+0.7bn", MIRROR_2022, MIRROR_2021, 1, 1.2, HOLDS, 0.72196304 / 0.7, 0},
    {"from 0.91bn", NAN, REPORT_2021, 1, 1, FALSE, 0.5561 / 0.91, 0.5561e9 - 0.905e9},
    {"unchanged", 0, 5, 1, 1, FALSE, 0, -0.95},
};

START_TEST(verdict_on_data)
{
    tflow_figure f[TFLOW_FIGURE_MAX];
    tflow_figure_finding finding;
    tflow_figure_joint joint;

    for (size_t i = 0; i < COUNT(verdicts); i++) {
        statements(verdicts[i].text, f);
        tflow_range band = tflow_range_of(verdicts[i].band_low, verdicts[i].band_high);
        ck_assert_int_eq(tflow_figure_check(&f[0], verdicts[i].level, verdicts[i].base,
                                            band, &finding),
                         TFLOW_OK);
        ck_assert_msg(finding.verdict == verdicts[i].verdict, "%s %s", verdicts[i].text,
                      tflow_figure_verdict_name(finding.verdict));
        ck_close(finding.factor, verdicts[i].factor, 1e-6);
        ck_close(finding.gap, verdicts[i].gap, 1e-6);
    }

    /* the base implied by 1.61bn and +77 % against Belarus' own report */
    size_t n = statements("1.61bn, +77 %", f);
    ck_assert_int_eq(tflow_figure_joint_solve(f, n, &joint, NULL), TFLOW_OK);
    tflow_figure_given(TFLOW_FIGURE_BASE, joint.base, &f[0]);
    ck_assert_int_eq(
        tflow_figure_check(&f[0], NAN, REPORT_2021, tflow_range_of(1, 1), &finding),
        TFLOW_OK);
    ck_assert_int_eq(finding.verdict, TFLOW_VERDICT_CONTRADICTED);
    ck_close(finding.factor, 0.5561 / 0.90962, 1e-4);
}
END_TEST

START_TEST(verdict_edges)
{
    tflow_figure f[TFLOW_FIGURE_MAX];
    tflow_figure_finding finding;
    tflow_range one = tflow_range_of(1, 1);

    statements("doubled, 1.6bn", f);
    ck_assert_int_eq(tflow_figure_check(&f[0], 1, NAN, one, &finding),
                     TFLOW_MISSING_VALUE);
    ck_assert_int_eq(finding.verdict, TFLOW_VERDICT_UNDECIDED);
    ck_interval(finding.allowed, iv(1.95, 2.05, 1, 0), "still shown");
    ck_nan(finding.observed);
    ck_assert_int_eq(tflow_figure_check(&f[0], 1, 0, one, &finding), TFLOW_ZERO_BASE);
    ck_assert_int_eq(tflow_figure_check(&f[0], 0, 0, one, &finding), TFLOW_ZERO_BASE);
    ck_assert_int_eq(tflow_figure_check(&f[0], -1, 1, one, &finding), TFLOW_ENEGATIVE);
    ck_assert_int_eq(tflow_figure_check(&f[1], 1.6e9, -1, one, &finding), TFLOW_OK);
    ck_assert_int_eq(tflow_figure_check(&f[0], INFINITY, 1, one, &finding),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_figure_check(&f[0], 1e308, 1e-308, one, &finding),
                     TFLOW_UNDEFINED);
    ck_nan(finding.observed);
    ck_assert_int_eq(tflow_figure_check(&f[0], 1, 1, iv(0, 1, 1, 1), &finding),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_figure_check(NULL, 1, 1, one, &finding), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_figure_check(&f[0], 1, 1, one, NULL), TFLOW_EINVAL);

    ck_assert_int_eq(tflow_figure_given(TFLOW_FIGURE_BASE, iv(1, NONE, 1, 0), &f[0]),
                     TFLOW_OK);
    ck_assert_double_eq(f[0].figure, 1);
    ck_assert_int_eq(tflow_figure_given(TFLOW_FIGURE_BASE, iv(2, 1, 1, 1), &f[0]),
                     TFLOW_EINVAL);
    ck_nan(f[0].figure);
    ck_assert_str_eq(tflow_figure_kind_name(TFLOW_FIGURE_DIFFERENCE), "difference");
    ck_assert_str_eq(tflow_figure_kind_name((tflow_figure_kind)9), "unknown");
    ck_assert_str_eq(tflow_figure_verdict_name(TFLOW_VERDICT_HOLDS), "holds");
    ck_assert_str_eq(tflow_figure_verdict_name((tflow_figure_verdict)9), "unknown");
}
END_TEST

START_TEST(part_of_a_year)
{
    tflow_figure_part part;

    /* 0.0161 / 4 = 0.004025 against 0.540 / 8 = 0.0675: 0.0596296 */
    ck_assert_int_eq(tflow_figure_part_year(0.540, 8, 0.5561, 0.5, &part), TFLOW_OK);
    ck_close(part.rest, 0.0161, 1e-15);
    ck_close(part.part_per_month, 0.0675, 1e-15);
    ck_close(part.rest_per_month, 0.004025, 1e-15);
    ck_close(part.ratio, 0.161 / 2.7, 1e-14);
    ck_close(part.whole_at_pace, 0.81, 1e-15);
    ck_assert_int_eq(part.below, 1);

    ck_assert_int_eq(tflow_figure_part_year(0.540, 8, 0.81, 0.5, &part), TFLOW_OK);
    ck_close(part.ratio, 1, 1e-14);
    ck_assert_int_eq(part.below, 0);
    ck_assert_int_eq(tflow_figure_part_year(2, 6, 1, 0, &part), TFLOW_OK);
    ck_close(part.ratio, -0.5, 1e-15); /* more in the part than in the year */
    ck_assert_int_eq(part.below, 1);
    ck_assert_int_eq(tflow_figure_part_year(0, 6, 1, 0, &part), TFLOW_ZERO_BASE);
    ck_nan(part.ratio);
    ck_close(part.rest, 1, 0);
    ck_assert_int_eq(part.below, 0);
    ck_assert_int_eq(tflow_figure_part_year(NAN, 6, 1, 0, &part), TFLOW_MISSING_VALUE);
    ck_nan(part.rest);
    ck_assert_int_eq(tflow_figure_part_year(-1, 6, 1, 0, &part), TFLOW_ENEGATIVE);
    ck_assert_int_eq(tflow_figure_part_year(1, 12, 1, 0, &part), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_figure_part_year(1, 0, 1, 0, &part), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_figure_part_year(INFINITY, 6, 1, 0, &part), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_figure_part_year(1, 6, 1, NAN, &part), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_figure_part_year(5e-324, 6, 1e308, 1, &part), TFLOW_OK);
    ck_nan(part.ratio); /* too large to hold */
    ck_assert_int_eq(tflow_figure_part_year(1.7e308, 1, 1, 0, &part), TFLOW_OK);
    ck_nan(part.whole_at_pace);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, interval_arithmetic);
    tcase_add_test(tests, interval_rest);
    add_reading(tests);
    tcase_add_test(tests, implied_base);
    tcase_add_test(tests, consistent);
    tcase_add_test(tests, contradictions);
    tcase_add_test(tests, joint_edges);
    tcase_add_test(tests, joint_against_elimination);
    tcase_add_test(tests, verdict_on_data);
    tcase_add_test(tests, verdict_edges);
    tcase_add_test(tests, part_of_a_year);
}

int main(void)
{
    return run_suite("figure", add);
}
