/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kernels whose results are arrays of a length that the caller chooses. */
#include "call.h"

#include <R_ext/Memory.h>

static const word intervals[] = {{"default", TFLOW_INTERVAL_DEFAULT},
                                 {"t", TFLOW_INTERVAL_T},
                                 {"normal", TFLOW_INTERVAL_NORMAL},
                                 {NULL, 0}};
static const word bounds[] = {
    {"zero", TFLOW_BOUND_ZERO}, {"none", TFLOW_BOUND_NONE}, {NULL, 0}};
static const word points[] = {
    {"median", TFLOW_POINT_MEDIAN}, {"mean", TFLOW_POINT_MEAN}, {NULL, 0}};

/* A count that R has checked. */
static void set_count(SEXP list, const char *name, size_t *count)
{
    SEXP value = member(list, name);
    if (value != R_NilValue)
        *count = size_of(value, name);
}

static tflow_projection_opts projection_options(SEXP list)
{
    tflow_projection_opts opts = TFLOW_PROJECTION_OPTS_INIT;
    SEXP value;

    set_count(list, "horizon", &opts.horizon);
    set_count(list, "season", &opts.season);
    if ((value = member(list, "step")) != R_NilValue)
        opts.step = number_of(value, "step");
    if ((value = member(list, "interval")) != R_NilValue)
        opts.interval = (tflow_interval)word_of(value, intervals, "interval");
    if ((value = member(list, "bound")) != R_NilValue)
        opts.bound = (tflow_bound)word_of(value, bounds, "bound");
    value = member(list, "levels");
    opts.levels = REAL(value);
    opts.n_levels = (size_t)XLENGTH(value);
    return opts;
}

static SEXP coefficients(const tflow_projection *p)
{
    R_xlen_t n = (R_xlen_t)p->n_coefficients;
    SEXP out = PROTECT(Rf_allocVector(REALSXP, n));
    SEXP names = PROTECT(Rf_allocVector(STRSXP, n));

    for (R_xlen_t i = 0; i < n; i++) {
        REAL(out)[i] = p->coefficients[i].value;
        SET_STRING_ELT(names, i, Rf_mkChar(p->coefficients[i].name));
    }
    Rf_setAttrib(out, R_NamesSymbol, names);
    UNPROTECT(2);
    return out;
}

/* Numbers of the answer, NaN until the library writes them. */
static double *numbers_at(SEXP list, int i, size_t rows, size_t columns)
{
    SEXP out = columns == 1 ? Rf_allocVector(REALSXP, (R_xlen_t)rows)
                            : Rf_allocMatrix(REALSXP, (int)rows, (int)columns);
    SET_VECTOR_ELT(list, i, out);
    for (R_xlen_t k = 0; k < XLENGTH(out); k++)
        REAL(out)[k] = R_NaN;
    return REAL(out);
}

SEXP project_series(SEXP method, SEXP times, SEXP y, SEXP missing, SEXP options)
{
    static const char *const names[] = {"time",  "mean",  "median",    "se",
                                        "lower", "upper", "fitted",    "coefficients",
                                        "sigma", "df",    "n",         "n_missing",
                                        "first", "last",  "n_floored", "interval"};
    tflow_projection_opts opts = projection_options(options);
    tflow_projection p = TFLOW_PROJECTION_INIT;
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_vec values = vec_of(y);
    size_t h = opts.horizon;
    SEXP answer = PROTECT(answer_new(1, 1));
    SEXP list = named_list(names, 16);

    answer_value(answer, 0, list);
    p.time = numbers_at(list, 0, h, 1);
    p.mean = numbers_at(list, 1, h, 1);
    p.median = numbers_at(list, 2, h, 1);
    p.se = numbers_at(list, 3, h, 1);
    /* Interval by interval, which is column by column. */
    p.lower = numbers_at(list, 4, h, opts.n_levels);
    p.upper = numbers_at(list, 5, h, opts.n_levels);
    p.fitted = numbers_at(list, 6, values.n, 1);
    answer_status(answer, 0,
                  tflow_project(text_of(method, "method"), vec_of(times), values,
                                (tflow_missing)Rf_asInteger(missing), &opts, &p,
                                &error),
                  &error);
    SET_VECTOR_ELT(list, 7, coefficients(&p));
    SET_VECTOR_ELT(list, 8, Rf_ScalarReal(p.sigma));
    SET_VECTOR_ELT(list, 9, Rf_ScalarReal(p.df));
    SET_VECTOR_ELT(list, 10, Rf_ScalarReal((double)p.n));
    SET_VECTOR_ELT(list, 11, Rf_ScalarReal((double)p.n_missing));
    SET_VECTOR_ELT(list, 12, Rf_ScalarReal(p.first));
    SET_VECTOR_ELT(list, 13, Rf_ScalarReal(p.last));
    SET_VECTOR_ELT(list, 14, Rf_ScalarReal((double)p.n_floored));
    SET_VECTOR_ELT(list, 15, word_out((int)p.interval, intervals));
    UNPROTECT(1);
    return answer;
}

SEXP project_backtest_series(SEXP method, SEXP times, SEXP y, SEXP missing,
                             SEXP options, SEXP backtest)
{
    static const char *const names[] = {"mae",       "rmse",      "mape",     "n_pairs",
                                        "n_origins", "n_refused", "forecast", "actual"};
    tflow_projection_opts opts = projection_options(options);
    tflow_backtest_opts how = TFLOW_BACKTEST_OPTS_INIT;
    tflow_backtest b = TFLOW_BACKTEST_INIT;
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_vec values = vec_of(y);
    SEXP answer = PROTECT(answer_new(1, 1)), point = member(backtest, "point");
    SEXP list = named_list(names, 8);

    answer_value(answer, 0, list);
    set_count(backtest, "first", &how.first);
    set_count(backtest, "window", &how.window);
    if (point != R_NilValue)
        how.point = (tflow_point)word_of(point, points, "point");
    /* Origin by origin: a column each. */
    b.forecast = numbers_at(list, 6, opts.horizon, values.n);
    b.actual = numbers_at(list, 7, opts.horizon, values.n);
    answer_status(answer, 0,
                  tflow_project_backtest(text_of(method, "method"), vec_of(times),
                                         values, (tflow_missing)Rf_asInteger(missing),
                                         &opts, &how, &b, &error),
                  &error);
    SET_VECTOR_ELT(list, 0, Rf_ScalarReal(b.mae));
    SET_VECTOR_ELT(list, 1, Rf_ScalarReal(b.rmse));
    SET_VECTOR_ELT(list, 2, Rf_ScalarReal(b.mape));
    SET_VECTOR_ELT(list, 3, Rf_ScalarReal((double)b.n_pairs));
    SET_VECTOR_ELT(list, 4, Rf_ScalarReal((double)b.n_origins));
    SET_VECTOR_ELT(list, 5, Rf_ScalarReal((double)b.n_refused));
    UNPROTECT(1);
    return answer;
}

/* prices and quantities: matrices, a row a product, a column a period. */
SEXP price_index_series(SEXP prices, SEXP quantities, SEXP options)
{
    tflow_price_opts opts = TFLOW_PRICE_OPTS_INIT;
    tflow_error error = TFLOW_ERROR_INIT;
    SEXP value;
    tflow_price_panel panel = {REAL(prices), REAL(quantities), (size_t)Rf_nrows(prices),
                               (size_t)Rf_ncols(prices)};
    SEXP answer = PROTECT(answer_new(1, 1));
    SEXP out = Rf_allocVector(REALSXP, (R_xlen_t)panel.n_periods);

    answer_value(answer, 0, out);
    opts.formula = text_of(member(options, "formula"), "formula");
    if ((value = member(options, "splice")) != R_NilValue)
        opts.splice = text_of(value, "splice");
    opts.chained = number_of(member(options, "chained"), "chained") != 0;
    set_count(options, "base", &opts.base);
    set_count(options, "window", &opts.window);
    size_t size = tflow_price_index_work(panel.n_products, panel.n_periods);
    answer_status(
        answer, 0,
        tflow_price_index_series(&panel, &opts, working(size), REAL(out), &error),
        &error);
    UNPROTECT(1);
    return answer;
}
