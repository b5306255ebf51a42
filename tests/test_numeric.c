/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/least_squares.h"
#include "csv_grid.h"

#include <gsl/gsl_errno.h>

/* The library must never reach GSL's error handler: in this program it fails the test.
 */
static void gsl_reached(const char *reason, const char *file, int line, int number)
{
    ck_abort_msg("GSL error %d: %s (%s:%d)", number, reason, file, line);
}

/* ---- NIST StRD ---- */

static double certified(const grid *g, const char *dataset, const char *term,
                        const char *statistic)
{
    for (size_t i = 1; i < g->n; i++) {
        char **f = g->row[i].field;
        if (strcmp(f[0], dataset) == 0 && strcmp(f[1], term) == 0 &&
            strcmp(f[2], statistic) == 0)
            return grid_number(f[3]);
    }
    ck_abort_msg("no certified value of %s %s %s", dataset, term, statistic);
    return NAN;
}

/* Correct digits, at least: certified values carry 15. */
static void ck_digits(double got, double want, double digits, const char *what)
{
    double error = want == 0 ? fabs(got) : fabs(got - want) / fabs(want);
    ck_assert_msg(error <= pow(10, -digits), "%s is %.17g, certified %.15g", what, got,
                  want);
}

#define MAX_N 64

static size_t column(const grid *g, size_t j, double *out)
{
    ck_assert_uint_le(g->n - 1, MAX_N);
    for (size_t i = 1; i < g->n; i++)
        out[i - 1] = grid_number(g->row[i].field[j]);
    return g->n - 1;
}

START_TEST(nist_line)
{
    grid known = grid_read("tests/data/nist/certified_linear.csv");
    grid data = grid_read("tests/data/nist/norris.csv");
    double y[MAX_N], x[MAX_N];
    tflow_i_line line;
    size_t n = column(&data, 0, y);

    column(&data, 1, x);
    ck_assert_int_eq(tflow_i_line_fit(tflow_vec_of(x, n), tflow_vec_of(y, n), &line),
                     TFLOW_OK);
    ck_assert_uint_eq(line.n, 36);
    ck_digits(line.intercept, certified(&known, "norris", "B0", "estimate"), 12, "B0");
    ck_digits(line.slope, certified(&known, "norris", "B1", "estimate"), 13, "B1");
    ck_digits(line.intercept_se, certified(&known, "norris", "B0", "sd"), 12, "sd B0");
    ck_digits(line.slope_se, certified(&known, "norris", "B1", "sd"), 12, "sd B1");
    ck_digits(line.residual_sd, certified(&known, "norris", "", "residual_sd"), 12,
              "residual sd");
    ck_digits(line.r_squared, certified(&known, "norris", "", "r_squared"), 14, "r2");
    grid_free(&data);
    grid_free(&known);
}
END_TEST

/* What each dataset can give in double precision: Longley's columns are nearly
 * collinear and Wampler1 is a polynomial of degree 5 that fits exactly. */
static const struct {
    const char *dataset;
    const char *file;
    size_t p;       /* regressors, the constant included */
    int constant;   /* with a constant */
    int polynomial; /* powers of the one regressor */
    double estimate_digits;
    double sd_digits;
} models[] = {
    {"norris", "tests/data/nist/norris.csv", 2, 1, 0, 12, 12},
    {"pontius", "tests/data/nist/pontius.csv", 3, 1, 1, 11, 11},
    {"noint1", "tests/data/nist/noint1.csv", 1, 0, 0, 14, 13},
    {"wampler1", "tests/data/nist/wampler1.csv", 6, 1, 1, 11, 9},
    {"longley", "tests/data/nist/longley.csv", 7, 1, 0, 11, 11},
};

static double regressor(const grid *data, size_t row, size_t j, int constant,
                        int polynomial)
{
    if (constant && j == 0)
        return 1;
    if (polynomial)
        return pow(grid_number(data->row[row].field[1]), (double)j);
    return grid_number(data->row[row].field[constant ? j : j + 1]);
}

START_TEST(nist_regressions)
{
    grid known = grid_read("tests/data/nist/certified_linear.csv");

    for (size_t m = 0; m < sizeof models / sizeof *models; m++) {
        grid data = grid_read(models[m].file);
        double y[MAX_N], rows[MAX_N * 7], work[MAX_N * 7 + 2 * MAX_N + 35];
        double coefficients[7], covariance[49];
        size_t n = column(&data, 0, y), p = models[m].p, order[7];
        tflow_i_fit fit;

        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < p; j++)
                rows[i * p + j] = regressor(&data, i + 1, j, models[m].constant,
                                            models[m].polynomial);
        tflow_i_design design = {rows, y, n, p, models[m].constant};
        ck_assert_uint_le(tflow_i_least_squares_work(n, p), sizeof work / sizeof *work);
        ck_assert_int_eq(
            tflow_i_least_squares(&design, work, order, coefficients, covariance, &fit),
            TFLOW_OK);
        ck_assert_uint_eq(fit.rank, p);
        const char *name = models[m].dataset;
        for (size_t j = 0; j < p; j++) {
            char term[8], what[64];
            snprintf(term, sizeof term, "B%zu", j + !models[m].constant);
            snprintf(what, sizeof what, "%s %s", name, term);
            ck_digits(coefficients[j], certified(&known, name, term, "estimate"),
                      models[m].estimate_digits, what);
            ck_digits(sqrt(covariance[j * p + j]), certified(&known, name, term, "sd"),
                      models[m].sd_digits, what);
        }
        ck_digits(fit.residual_sd, certified(&known, name, "", "residual_sd"),
                  models[m].sd_digits, name);
        ck_digits(fit.r_squared, certified(&known, name, "", "r_squared"), 13, name);
        grid_free(&data);
    }
    grid_free(&known);
}
END_TEST

/* ---- the line: edges ---- */

/* y = 3 + 2 x with residuals 1, -2, 1 at x = 0, 1, 2, so by hand: slope 2 (the
 * residuals are orthogonal to x), intercept 3, s^2 = 6 / 1, sxx = 2, var slope 3, var
 * intercept 6 (1/3 + 1/2) = 5, tss = (1, 0, ...) about the mean 5: y = 4, 3, 8 -> 14,
 * r2 = 4/7. */
static const double hand_x[] = {0, 1, 2};
static const double hand_y[] = {4, 3, 8};

static void hand_line(tflow_vec x, tflow_vec y, double unit)
{
    tflow_i_line line;
    tflow_i_line_value value;

    ck_assert_int_eq(tflow_i_line_fit(x, y, &line), TFLOW_OK);
    ck_close(line.slope / unit, 2, 1e-15);
    ck_close(line.intercept / unit, 3, 1e-15);
    ck_close(line.residual_sd / unit, sqrt(6), 1e-15);
    ck_close(line.slope_se / unit, sqrt(3), 1e-15);
    ck_close(line.intercept_se / unit, sqrt(5), 1e-15);
    ck_close(line.r_squared, 4.0 / 7, 1e-15);
    /* at x = 4: leverage 1/3 + 9/2 = 29/6, variance of the line 29, of a new one 35 */
    tflow_i_line_at(&line, 4, &value);
    ck_close(value.mean / unit, 11, 1e-15);
    ck_close(value.mean_se / unit, sqrt(29), 1e-15);
    ck_close(value.new_se / unit, sqrt(35), 1e-15);
}

START_TEST(line_by_hand)
{
    hand_line(tflow_vec_of(hand_x, 3), tflow_vec_of(hand_y, 3), 1);
}
END_TEST

START_TEST(line_scales_and_strides)
{
    static const double units[] = {1e-300, 1e-160, 1e160, 1e307};
    for (size_t k = 0; k < sizeof units / sizeof *units; k++) {
        double y[3] = {4 * units[k], 3 * units[k], 8 * units[k]};
        hand_line(tflow_vec_of(hand_x, 3), tflow_vec_of(y, 3), units[k]);
    }
    const double both[] = {2, 8, 1, 3, 0, 4}; /* x, y backwards, interleaved */
    tflow_vec x = {both + 4, 3, -2}, y = {both + 5, 3, -2};
    hand_line(x, y, 1);
    const double gaps_x[] = {0, 7, 1, 2}, gaps_y[] = {4, NAN, 3, 8};
    hand_line(tflow_vec_of(gaps_x, 4), tflow_vec_of(gaps_y, 4), 1);
}
END_TEST

START_TEST(line_far_from_zero)
{
    /* The same line at 1e15 + x: every x is exact, the mean of x is not. */
    const double x[] = {1e15, 1e15 + 1, 1e15 + 2, 1e15 + 3};
    const double y[] = {4, 3, 8, 9}; /* slope (-1.5*4-.5*3+.5*8+1.5*9)/5 = 2 */
    tflow_i_line line;
    ck_assert_int_eq(tflow_i_line_fit(tflow_vec_of(x, 4), tflow_vec_of(y, 4), &line),
                     TFLOW_OK);
    ck_close(line.slope, 2, 1e-14);
    /* residuals 4-3, 3-5, 8-7, 9-9: rss 6, s^2 3, sxx 5 */
    ck_close(line.slope_se, sqrt(0.6), 1e-14);
}
END_TEST

START_TEST(line_of_logs)
{
    /* y = e^(1 + x / 2) exactly on the line, with pairs that have no logarithm */
    const double x[] = {0, 1, 1.5, 2, 5, 6};
    const double y[] = {exp(1), exp(1.5), 0, exp(2), NAN, -3};
    tflow_i_line line;
    ck_assert_int_eq(
        tflow_i_line_fit_log(tflow_vec_of(x, 6), tflow_vec_of(y, 6), &line), TFLOW_OK);
    ck_assert_uint_eq(line.n, 3);
    ck_close(line.slope, 0.5, 1e-15);
    ck_close(line.intercept, 1, 1e-15);
    ck_close(line.residual_sd, 0, 1e-15);
}
END_TEST

static const double missing = NAN;

static const struct {
    double x[3];
    double y[3];
    size_t n;
    tflow_status status;
    const char *why;
} odd_lines[] = {
    {{0}, {0}, 0, TFLOW_TOO_FEW, "nothing"},
    {{1}, {1}, 1, TFLOW_TOO_FEW, "one pair"},
    {{1, 1, 1}, {1, 2, 3}, 3, TFLOW_UNDEFINED, "x does not vary"},
    {{1, 2, 3}, {1, INFINITY, 3}, 3, TFLOW_UNDEFINED, "y infinite"},
    {{1, 2, -INFINITY}, {1, 2, 3}, 3, TFLOW_UNDEFINED, "x infinite"},
    {{0, 5e-324, 1e-323}, {0, 1e308, 1e307}, 3, TFLOW_UNDEFINED, "slope overflows"},
};

START_TEST(line_edges)
{
    tflow_i_line line;
    for (size_t i = 0; i < sizeof odd_lines / sizeof *odd_lines; i++) {
        size_t n = odd_lines[i].n;
        ck_assert_msg(tflow_i_line_fit(tflow_vec_of(odd_lines[i].x, n),
                                       tflow_vec_of(odd_lines[i].y, n),
                                       &line) == odd_lines[i].status,
                      "%s", odd_lines[i].why);
        ck_nan(line.slope);
        ck_nan(line.intercept);
        ck_nan(line.slope_se);
        ck_nan(line.r_squared);
    }
    const double x[] = {1, 2, NAN}, y[] = {1, 2, 3}, gone[] = {NAN, NAN, NAN};
    ck_assert_int_eq(tflow_i_line_fit(tflow_vec_of(x, 3), tflow_vec_of(y, 3), &line),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_i_line_fit(tflow_vec_of(x, 3), tflow_vec_of(y, 2), &line),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_i_line_fit(tflow_vec_of(NULL, 3), tflow_vec_of(y, 3), &line),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_i_line_fit(tflow_vec_of(x, 3), tflow_vec_of(y, 3), NULL),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_i_line_fit(tflow_vec_of(y, 3), tflow_vec_of(gone, 3), &line),
                     TFLOW_TOO_FEW);
    tflow_vec same = {&missing, 3, 0};
    ck_assert_int_eq(tflow_i_line_fit(tflow_vec_of(y, 3), same, &line), TFLOW_TOO_FEW);
}
END_TEST

START_TEST(line_without_errors)
{
    tflow_i_line line;
    const double x[] = {2000, 2010}, y[] = {5, 7}, level[] = {0.1, 0.1, 0.1};
    ck_assert_int_eq(tflow_i_line_fit(tflow_vec_of(x, 2), tflow_vec_of(y, 2), &line),
                     TFLOW_OK);
    ck_close(line.slope, 0.2, 1e-15);
    ck_close(line.intercept, -395, 1e-15);
    ck_close(line.r_squared, 1, 0);
    ck_nan(line.residual_sd);
    ck_nan(line.slope_se);

    ck_assert_int_eq(
        tflow_i_line_fit(tflow_vec_of(hand_x, 3), tflow_vec_of(level, 3), &line),
        TFLOW_OK);
    ck_assert_double_eq(line.slope, 0);
    ck_assert_double_eq(line.intercept, 0.1);
    ck_assert_double_eq(line.slope_se, 0);
    ck_nan(line.r_squared); /* nothing varies that could be explained */
}
END_TEST

/* ---- several regressors: edges ---- */

START_TEST(collinear)
{
    /* the third column is twice the first plus the second */
    const double rows[] = {1, 0, 2, 1, 1, 3, 1, 2, 4, 1, 3, 5, 1, 4, 6};
    const double y[] = {1, 2, 2, 3, 5};
    double work[5 * 3 + 10 + 15], coefficients[3], covariance[9];
    size_t order[3];
    tflow_i_fit fit;
    tflow_i_design design = {rows, y, 5, 3, 1};

    ck_assert_uint_le(tflow_i_least_squares_work(5, 3), sizeof work / sizeof *work);
    ck_assert_int_eq(
        tflow_i_least_squares(&design, work, order, coefficients, covariance, &fit),
        TFLOW_UNDEFINED);
    ck_assert_uint_eq(fit.rank, 2);
    for (size_t j = 0; j < 3; j++)
        ck_nan(coefficients[j]);
    ck_nan(covariance[4]);

    const double zeros[15] = {0};
    design.rows = zeros;
    ck_assert_int_eq(
        tflow_i_least_squares(&design, work, order, coefficients, NULL, &fit),
        TFLOW_UNDEFINED);
    ck_assert_uint_eq(fit.rank, 0);
}
END_TEST

START_TEST(few_rows)
{
    const double rows[] = {1, 1, 1, 2}, y[] = {3, 5};
    double work[4 + 4 + 10], coefficients[2], covariance[4];
    size_t order[2];
    tflow_i_fit fit;
    tflow_i_design design = {rows, y, 2, 2, 1};

    ck_assert_int_eq(
        tflow_i_least_squares(&design, work, order, coefficients, covariance, &fit),
        TFLOW_OK);
    ck_close(coefficients[0], 1, 1e-15);
    ck_close(coefficients[1], 2, 1e-15);
    ck_nan(fit.residual_sd);
    ck_nan(covariance[0]);
    ck_close(fit.r_squared, 1, 1e-15);

    design.n = 1;
    ck_assert_int_eq(
        tflow_i_least_squares(&design, work, order, coefficients, covariance, &fit),
        TFLOW_TOO_FEW);
    ck_nan(coefficients[0]);
    design.n = 0;
    ck_assert_int_eq(
        tflow_i_least_squares(&design, work, order, coefficients, covariance, &fit),
        TFLOW_TOO_FEW);
    design.p = 0;
    ck_assert_int_eq(
        tflow_i_least_squares(&design, work, order, coefficients, covariance, &fit),
        TFLOW_EINVAL);
    ck_assert_uint_eq(tflow_i_least_squares_work(SIZE_MAX / 8, 3), 0);
    ck_assert_uint_eq(tflow_i_least_squares_work(3, SIZE_MAX / 8), 0);
    ck_assert_uint_eq(tflow_i_least_squares_work(3, 0), 0);
}
END_TEST

/* Regressors of wildly different units give the hand-made line and its covariance
 * (-sxx mean: s^2 = 6, cov(intercept, slope) = -6 * 1 / 2 = -3). */
START_TEST(units_do_not_matter)
{
    static const double units[] = {1e-150, 1, 1e150};
    for (size_t k = 0; k < 3; k++) {
        double u = units[k], rows[] = {1, 0, 1, u, 1, 2 * u};
        double work[6 + 6 + 10], coefficients[2], covariance[4];
        size_t order[2];
        tflow_i_fit fit;
        tflow_i_design design = {rows, hand_y, 3, 2, 1};
        ck_assert_int_eq(
            tflow_i_least_squares(&design, work, order, coefficients, covariance, &fit),
            TFLOW_OK);
        ck_close(coefficients[0], 3, 1e-14);
        ck_close(coefficients[1] * u, 2, 1e-14);
        ck_close(covariance[0], 5, 1e-14);
        ck_close(covariance[1] * u, -3, 1e-14);
        ck_close(covariance[2] * u, -3, 1e-14);
        ck_close(covariance[3] * u * u, 3, 1e-14);
        ck_close(fit.residual_sd, sqrt(6), 1e-14);
        ck_close(fit.r_squared, 4.0 / 7, 1e-14);
    }
}
END_TEST

START_TEST(not_finite)
{
    const double rows[] = {1, 1, 1, 2, 1, NAN}, y[] = {3, 5, 7};
    const double good[] = {1, 1, 1, 2, 1, 3}, gap[] = {3, INFINITY, 7};
    double work[6 + 6 + 10], coefficients[2];
    size_t order[2];
    tflow_i_fit fit;
    tflow_i_design design = {rows, y, 3, 2, 1};

    ck_assert_int_eq(
        tflow_i_least_squares(&design, work, order, coefficients, NULL, &fit),
        TFLOW_UNDEFINED);
    design = (tflow_i_design){good, gap, 3, 2, 1};
    ck_assert_int_eq(
        tflow_i_least_squares(&design, work, order, coefficients, NULL, &fit),
        TFLOW_UNDEFINED);
    ck_nan(coefficients[0]);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, nist_line);
    tcase_add_test(tests, nist_regressions);
    tcase_add_test(tests, line_by_hand);
    tcase_add_test(tests, line_scales_and_strides);
    tcase_add_test(tests, line_far_from_zero);
    tcase_add_test(tests, line_of_logs);
    tcase_add_test(tests, line_edges);
    tcase_add_test(tests, line_without_errors);
    tcase_add_test(tests, collinear);
    tcase_add_test(tests, few_rows);
    tcase_add_test(tests, units_do_not_matter);
    tcase_add_test(tests, not_finite);
}

int main(void)
{
    gsl_set_error_handler(gsl_reached);
    return run_suite("numeric", add);
}
