/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exponential smoothing against R's forecast 8.20: see tests/data/ets/README.md. */
#include "projection/ets.h"

#include "csv_grid.h"
#include "numeric/distributions.h"
#include "tradeflow.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_VALUES 300
#define MOST_NUMBERS 32

typedef struct model {
    tflow_i_ets ets;
    double y[MOST_VALUES], numbers[MOST_NUMBERS];
    double trail[3 * MOST_VALUES], end[MOST_NUMBERS];
    size_t n;
    double loglik, sse;
} model;

enum {
    NAME,
    SERIES,
    CYCLE,
    ERROR,
    TREND,
    DAMPED,
    SEASON,
    LOGLIK,
    SSE,
    ALPHA,
    SLOPE = 14,
    SEASONS
};

static grid series, models, expected;

static void read_all(void)
{
    series = grid_read("tests/data/ets/series.csv");
    models = grid_read("tests/data/ets/models.csv");
    expected = grid_read("tests/data/ets/expected.csv");
}

static void free_all(void)
{
    grid_free(&series);
    grid_free(&models);
    grid_free(&expected);
}

static void read_model(const grid_row *row, model *m)
{
    memset(m, 0, sizeof *m);
    m->ets = (tflow_i_ets){row->field[ERROR][0],
                           row->field[TREND][0],
                           row->field[SEASON][0],
                           row->field[DAMPED][0] == '1',
                           (size_t)strtoul(row->field[CYCLE], NULL, 10),
                           0};
    m->loglik = strtod(row->field[LOGLIK], NULL);
    m->sse = strtod(row->field[SSE], NULL);
    for (size_t i = 0; i < 6; i++)
        m->numbers[i] = strtod(row->field[ALPHA + i], NULL);
    char *text = row->field[SEASONS];
    for (size_t j = 0; m->ets.season != 'N' && j < m->ets.cycle; j++)
        m->numbers[TFLOW_I_ETS_SEASON + j] = strtod(text, &text);
    for (size_t i = 1; i < series.n; i++)
        if (strcmp(series.row[i].field[0], row->field[SERIES]) == 0)
            m->y[m->n++] = strtod(series.row[i].field[3], NULL);
    ck_assert_uint_ge(m->n, 70);
}

/* The rows of one model in expected.csv. For ETS(M,Ad,M) forecast 8.20 starts from
 * level plus slope, undamped, against its own one-step forecasts: left out. Returns how
 * many were checked. */
static size_t check_rows(const char *name, const model *m, const double *mean,
                         const double *spread)
{
    size_t checked = 0;

    for (size_t i = 1; i < expected.n; i++) {
        char *const *f = expected.row[i].field;
        size_t at = (size_t)strtoul(f[2], NULL, 10) - 1;
        double want = strtod(f[3], NULL), found;
        if (strcmp(f[0], name) != 0)
            continue;
        if (strcmp(f[1], "fitted") == 0)
            found = tflow_i_ets_forecast(&m->ets, m->trail + 3 * at,
                                         m->numbers[TFLOW_I_ETS_PHI]);
        else if (m->ets.trend != 'M' && !(m->ets.season == 'M' && m->ets.damped))
            found = mean[at];
        else
            continue;
        ck_assert_msg(fabs(found - want) <= 1e-8 * fabs(want),
                      "%s %s %zu: %.17g, want %.17g", name, f[1], at + 1, found, want);
        checked++;
        if (strcmp(f[1], "fitted") == 0 || f[4][0] == '\0' || f[4][0] == 'N')
            continue;
        /* Without a trend, forecast 8.20 lets a surprise move the season of one period
         * sooner than its own: its G has gamma in row 3, which is that of the trend. */
        if (m->ets.trend == 'N' && m->ets.season == 'A' && at + 1 >= m->ets.cycle)
            continue;
        want = strtod(f[4], NULL);
        found += -tflow_i_normal_quantile(0.025) * sqrt(spread[at]);
        ck_assert_msg(fabs(found - want) <= 1e-8 * fabs(want),
                      "%s upper %zu: %.17g, want %.17g", name, at + 1, found, want);
    }
    return checked;
}

START_TEST(given_numbers)
{
    model m;
    double mean[12], spread[12], sse;
    size_t checked = 0;

    read_all();
    ck_assert_uint_eq(models.n, 88);
    for (size_t i = 1; i < models.n; i++) {
        const char *name = models.row[i].field[NAME];
        read_model(&models.row[i], &m);
        double found =
            -tflow_i_ets_pass(&m.ets, m.y, m.n, m.numbers, m.trail, m.end, &sse, NULL);
        ck_assert_msg(fabs(found - m.loglik) <= 1e-8 * fabs(m.loglik),
                      "%s: log-likelihood %.17g, want %.17g", name, found, m.loglik);
        ck_assert_msg(fabs(sse - m.sse) <= 1e-8 * m.sse, "%s: residuals", name);
        double df = (double)(m.n + 1 - tflow_i_ets_parameters(&m.ets));
        if (m.ets.trend != 'M') {
            tflow_i_ets_ahead(&m.ets, m.end, m.n, sse / df, 12, mean, spread);
            const double state[] = {m.end[TFLOW_I_ETS_LEVEL], m.end[TFLOW_I_ETS_SLOPE],
                                    m.end[TFLOW_I_ETS_SEASON + m.n % m.ets.cycle]};
            double next = tflow_i_ets_forecast(&m.ets, state, m.end[TFLOW_I_ETS_PHI]);
            ck_assert_msg(fabs(mean[0] - next) <= 1e-12 * fabs(next), "%s", name);
        }
        checked += check_rows(name, &m, mean, spread);
    }
    ck_assert_uint_ge(checked, 1500);
    free_all();
}
END_TEST

/* The gradient of a pass against differences of two passes. */
START_TEST(gradient)
{
    model m;
    double slopes[MOST_NUMBERS], up, down, sse;
    size_t checked = 0;

    read_all();
    for (size_t i = 1; i < models.n; i++) {
        read_model(&models.row[i], &m);
        m.y[20] = NAN; /* a gap has its own way through */
        m.numbers[TFLOW_I_ETS_ALPHA] *= 0.9;
        m.numbers[TFLOW_I_ETS_BETA] *= 0.5;
        if (m.ets.season != 'N')
            m.numbers[TFLOW_I_ETS_GAMMA] = 0.05;
        double here =
            tflow_i_ets_pass(&m.ets, m.y, m.n, m.numbers, m.trail, m.end, &sse, slopes);
        if (!isfinite(here)) /* a season below zero */
            continue;
        checked++;
        for (size_t k = 0; k < TFLOW_I_ETS_SEASON + m.ets.cycle; k++) {
            double old = m.numbers[k], step = 1e-6 * fmax(fabs(old), 1e-2);
            if ((k == TFLOW_I_ETS_BETA || k == TFLOW_I_ETS_SLOPE) && m.ets.trend == 'N')
                continue;
            if ((k == TFLOW_I_ETS_GAMMA || k >= TFLOW_I_ETS_SEASON) &&
                m.ets.season == 'N')
                continue;
            if (k == TFLOW_I_ETS_PHI && !m.ets.damped)
                continue;
            m.numbers[k] = old + step;
            up = tflow_i_ets_pass(&m.ets, m.y, m.n, m.numbers, m.trail, m.end, &sse,
                                  NULL);
            m.numbers[k] = old - step;
            down = tflow_i_ets_pass(&m.ets, m.y, m.n, m.numbers, m.trail, m.end, &sse,
                                    NULL);
            m.numbers[k] = old;
            double want = (up - down) / (2 * step);
            ck_assert_msg(fabs(slopes[k] - want) <=
                              1e-4 * fabs(want) + 1e-9 * fabs(here) / step,
                          "%s: by number %zu %.10g, want %.10g",
                          models.row[i].field[NAME], k, slopes[k], want);
        }
    }
    ck_assert_uint_ge(checked, 80);
    free_all();
}
END_TEST

/* A fit reaches the likelihood that R's does, or more. */
START_TEST(estimates)
{
    model m;
    size_t fitted = 0;

    read_all();
    for (size_t i = 1; i < models.n; i++) {
        read_model(&models.row[i], &m);
        if (m.ets.trend == 'M') /* no method fits these */
            continue;
        m.ets.strict = 1;
        tflow_i_ets_fit fit = {m.ets, 0, 0, m.numbers};
        double *work = malloc(tflow_i_ets_work(m.n, m.ets.cycle) * sizeof *work);
        ck_assert_ptr_nonnull(work);
        ck_assert_msg(tflow_i_ets_estimate(&fit, m.y, m.n, work) == TFLOW_OK, "%s",
                      models.row[i].field[NAME]);
        free(work);
        ck_assert_msg(fit.likelihood >= m.loglik - 0.05,
                      "%s: log-likelihood %.8g, R reaches %.8g",
                      models.row[i].field[NAME], fit.likelihood, m.loglik);
        fitted++;
    }
    ck_assert_uint_eq(fitted, 63);
    free_all();
}
END_TEST

/* A season that repeats, with a gap: the forecasts are the season. */
START_TEST(through_a_gap)
{
    double y[24], mean[4], lower[8], upper[8];
    tflow_projection_opts o = TFLOW_PROJECTION_OPTS_INIT;
    tflow_projection p = TFLOW_PROJECTION_INIT;
    static const double season[] = {10, 20, 30, 40};
    static const char *const methods[] = {"ets", "holt_winters_additive",
                                          "holt_winters_multiplicative"};

    for (size_t i = 0; i < 24; i++)
        y[i] = season[i % 4] * (1 + 0.01 * ((double)(i * 7 % 5) - 2));
    y[9] = y[14] = NAN;
    o.horizon = 4;
    o.season = 4;
    p.mean = mean;
    p.lower = lower;
    p.upper = upper;
    for (size_t k = 0; k < 3; k++) {
        tflow_error error = TFLOW_ERROR_INIT;
        ck_assert_msg(tflow_project(methods[k], tflow_vec_of(NULL, 0),
                                    tflow_vec_of(y, 24), TFLOW_MISSING_SKIP, &o, &p,
                                    &error) == TFLOW_OK,
                      "%s: %s", methods[k], error.message);
        for (size_t h = 0; h < 4; h++) {
            ck_assert_double_eq_tol(mean[h], season[h], 0.05 * season[h]);
            ck_assert(lower[h] < mean[h] && mean[h] < upper[h]);
            ck_assert(lower[4 + h] < lower[h] && upper[h] < upper[4 + h]);
        }
        ck_assert_uint_eq(p.n, 22);
        ck_assert_int_eq(p.model[0], 'E');
    }
}
END_TEST

/* What does not change goes on; a unit of money changes nothing else. */
START_TEST(constants_and_units)
{
    static const double y[] = {3, 5, 4, 6, 8, 7, 9, 11, 10, 12};
    static const char *const methods[] = {"ses", "holt", "damped_holt", "ets"};
    double zeros[10] = {0}, fives[10], large[10], se[3], mean[3], other[3];
    tflow_projection_opts o = TFLOW_PROJECTION_OPTS_INIT;
    tflow_projection p = TFLOW_PROJECTION_INIT;

    for (size_t i = 0; i < 10; i++) {
        fives[i] = 5;
        large[i] = 1024 * 1024 * y[i];
    }
    o.horizon = 3;
    p.se = se;
    for (size_t k = 0; k < 4; k++) {
        p.mean = mean;
        ck_assert_int_eq(tflow_project(methods[k], tflow_vec_of(NULL, 0),
                                       tflow_vec_of(zeros, 10), TFLOW_MISSING_FAIL, &o,
                                       &p, NULL),
                         TFLOW_OK);
        ck_assert_double_eq_tol(mean[2], 0, 1e-12);
        ck_assert_int_eq(tflow_project(methods[k], tflow_vec_of(NULL, 0),
                                       tflow_vec_of(fives, 10), TFLOW_MISSING_FAIL, &o,
                                       &p, NULL),
                         TFLOW_OK);
        ck_assert_double_eq_tol(mean[2], 5, 1e-6);
        ck_assert_double_eq_tol(se[2], 0, 1e-6);
        ck_assert_int_eq(tflow_project(methods[k], tflow_vec_of(NULL, 0),
                                       tflow_vec_of(y, 10), TFLOW_MISSING_FAIL, &o, &p,
                                       NULL),
                         TFLOW_OK);
        double likelihood = p.log_likelihood;
        p.mean = other;
        ck_assert_int_eq(tflow_project(methods[k], tflow_vec_of(NULL, 0),
                                       tflow_vec_of(large, 10), TFLOW_MISSING_FAIL, &o,
                                       &p, NULL),
                         TFLOW_OK);
        ck_assert_double_eq_tol(other[2], 1024 * 1024 * mean[2], 1e-3 * mean[2]);
        ck_assert_double_eq_tol(p.log_likelihood, likelihood - 10 * log(1024 * 1024),
                                1e-8);
    }
}
END_TEST

START_TEST(refusals)
{
    static const double y[] = {3, 5, 4, 6, 8, 7, 9, 11, 10, 12};
    tflow_projection_opts o = TFLOW_PROJECTION_OPTS_INIT;
    tflow_projection p = TFLOW_PROJECTION_INIT;
    static const struct {
        const char *method, *model;
        size_t n;
        tflow_status status;
        const char *why;
    } cases[] = {
        {"ets", "AAM", 10, TFLOW_EUNKNOWN, "no finite variance"},
        {"ets", "XNN", 10, TFLOW_EUNKNOWN, "no such error"},
        {"ets", "ANNN", 10, TFLOW_EUNKNOWN, "a letter too many"},
        {"ets", "", 10, TFLOW_EUNKNOWN, "no letter"},
        {"ets", "A", 10, TFLOW_EUNKNOWN, "one letter"},
        {"ets", "AAdN", 10, TFLOW_OK, "as forecast's names are"},
        {"ets", "ANN", 4, TFLOW_TOO_FEW, "no freedom left for the variance"},
        {"ets", NULL, 5, TFLOW_OK, "only the smallest models fit"},
        {"ets", "ANA", 10, TFLOW_TOO_FEW, "no season"},
        {"holt_winters_additive", NULL, 10, TFLOW_TOO_FEW, "no season"},
        {"holt", NULL, 6, TFLOW_TOO_FEW, "five numbers want seven values"},
        {"holt", NULL, 10, TFLOW_OK, "enough"},
        {"damped_holt", NULL, 10, TFLOW_OK, "enough"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        o.model = cases[i].model;
        tflow_status status = tflow_project(cases[i].method, tflow_vec_of(NULL, 0),
                                            tflow_vec_of(y, cases[i].n),
                                            TFLOW_MISSING_FAIL, &o, &p, NULL);
        ck_assert_msg(status == cases[i].status, "%s: %d", cases[i].why, (int)status);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ets");
    TCase *cases = tcase_create("all");

    tcase_add_test(cases, given_numbers);
    tcase_add_test(cases, gradient);
    tcase_add_test(cases, estimates);
    tcase_add_test(cases, through_a_gap);
    tcase_add_test(cases, constants_and_units);
    tcase_add_test(cases, refusals);
    tcase_set_timeout(cases, 120);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
