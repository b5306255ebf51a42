/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Price indices over many periods: direct, chained, and windows that are spliced. */
#include "price/price.h"

#include <math.h>
#include <string.h>

typedef struct splice {
    const char *name;
    int at;        /* which periods: LAST, FIRST, MIDDLE, ALL */
    int published; /* level of the series so far, else of the window before */
} splice;

enum { LAST, FIRST, MIDDLE, ALL };

static const splice splices[] = {
    {"movement", LAST, 1},
    {"window", FIRST, 0},
    {"half", MIDDLE, 0},
    {"mean", ALL, 0},
    {"window-published", FIRST, 1},
    {"half-published", MIDDLE, 1},
    {"mean-published", ALL, 1},
};

typedef struct plan {
    tflow_i_formula formula;
    int chained;
    size_t base, window;
    const splice *how;
} plan;

size_t tflow_price_index_work(size_t n_products, size_t n_periods)
{
    size_t n = n_periods;
    (void)n_products; /* not needed so far */
    if (n > 0 && (n > SIZE_MAX / sizeof(double) / n ||
                  n * n > SIZE_MAX / sizeof(double) - 5 * n))
        return 0;
    return n * n + 5 * n + 1;
}

/* ---- arguments ---- */

static tflow_status read_opts(const tflow_price_panel *panel,
                              const tflow_price_opts *opts, plan *out,
                              tflow_error *error)
{
    tflow_price_opts o = TFLOW_PRICE_OPTS_INIT;
    if (opts != NULL && opts->size < sizeof o)
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "found options of %zu bytes, expected %zu", opts->size,
                            sizeof o);
    if (opts != NULL)
        o = *opts;
    *out = (plan){tflow_i_formula_of(o.formula), o.chained, o.base, o.window, splices};
    const splice *found = NULL;
    if (out->formula == TFLOW_I_NO_FORMULA)
        return tflow_i_fail(error, TFLOW_EUNKNOWN, "no price index is called %s",
                            o.formula == NULL ? "NULL" : o.formula);
    for (size_t i = 0; i < sizeof splices / sizeof *splices; i++)
        if (o.splice != NULL && strcmp(splices[i].name, o.splice) == 0)
            found = &splices[i];
    if (found == NULL)
        return tflow_i_fail(error, TFLOW_EUNKNOWN, "no splice is called %s",
                            o.splice == NULL ? "NULL" : o.splice);
    out->how = found;
    if (out->chained && out->formula >= TFLOW_I_GEARY_KHAMIS)
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "%s compares all periods at once; it is not chained",
                            o.formula);
    if (o.base >= panel->n_periods && panel->n_periods > 0)
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "the base is period %zu, expected at most %zu", o.base,
                            panel->n_periods - 1);
    if (o.window == 1 || o.window > panel->n_periods)
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "found a window of %zu periods, expected 2 to %zu, or 0",
                            o.window, panel->n_periods);
    return TFLOW_OK;
}

static tflow_status check_panel(const tflow_price_panel *panel, const double *work,
                                const double *out, tflow_error *error)
{
    if (panel == NULL || work == NULL || out == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "a pointer is NULL");
    size_t n = panel->n_products * panel->n_periods;
    if (n > 0 && (panel->prices == NULL || panel->quantities == NULL))
        return tflow_i_fail(error, TFLOW_EINVAL, "the panel has no data");
    for (size_t i = 0; i < n; i++)
        if (panel->prices[i] < 0 || panel->quantities[i] < 0)
            return tflow_i_fail(error, TFLOW_ENEGATIVE,
                                "product %zu in period %zu has a negative %s",
                                i % panel->n_products + 1, i / panel->n_products + 1,
                                panel->prices[i] < 0 ? "price" : "quantity");
    return TFLOW_OK;
}

/* ---- bilateral ---- */

static tflow_status between(const tflow_price_panel *p, tflow_i_formula formula,
                            size_t a, size_t b, double *out)
{
    tflow_i_two_periods two = {
        tflow_i_panel_row(p->prices, p, a), tflow_i_panel_row(p->quantities, p, a),
        tflow_i_panel_row(p->prices, p, b), tflow_i_panel_row(p->quantities, p, b)};
    return tflow_i_price_pair(formula, &two, out);
}

/* What is finite stays; the first that is not says why. */
static void keep(double *level, tflow_status *worst, tflow_status status)
{
    if (status == TFLOW_OK && !isfinite(*level))
        status = TFLOW_UNDEFINED;
    if (status != TFLOW_OK)
        *level = NAN;
    if (*worst == TFLOW_OK)
        *worst = status;
}

static tflow_status direct(const tflow_price_panel *p, const plan *how, double *out)
{
    tflow_status worst = TFLOW_OK;
    for (size_t t = 0; t < p->n_periods; t++) {
        tflow_status status = between(p, how->formula, how->base, t, &out[t]);
        if (t == how->base && status == TFLOW_OK)
            out[t] = 1;
        keep(&out[t], &worst, status);
    }
    return worst;
}

/* Forwards and backwards from the base; where the chain breaks, it ends. */
static tflow_status chain(const tflow_price_panel *p, const plan *how, double *out)
{
    tflow_status worst = TFLOW_OK, status = TFLOW_OK;
    double link;
    for (size_t t = 0; t < p->n_periods; t++)
        out[t] = NAN;
    out[how->base] = 1;
    for (size_t t = how->base + 1; t < p->n_periods && status == TFLOW_OK; t++) {
        status = between(p, how->formula, t - 1, t, &link);
        out[t] = out[t - 1] * link;
        keep(&out[t], &worst, status);
    }
    status = TFLOW_OK;
    for (size_t t = how->base; t > 0 && status == TFLOW_OK; t--) {
        status = between(p, how->formula, t - 1, t, &link);
        if (status == TFLOW_OK && link == 0)
            status = TFLOW_ZERO_BASE;
        out[t - 1] = out[t] / link;
        keep(&out[t - 1], &worst, status);
    }
    return worst;
}

/* ---- windows ---- */

/* ln of the level at t of a series, of the window before and of this one, all indexed
 * from the first period of this window; n periods. */
static double spliced(const splice *how, const double *series, const double *before,
                      const double *now, size_t n)
{
    size_t from = how->at == FIRST || how->at == ALL ? 0
                  : how->at == LAST                  ? n - 2
                                                     : n - 1 - n / 2;
    size_t to = how->at == ALL ? n - 2 : from;
    tflow_i_sum sum = {0, 0};
    for (size_t s = from; s <= to; s++) {
        double level = how->published
                           ? log(series[s])
                           : log(series[n - 2]) + log(before[s]) - log(before[n - 2]);
        tflow_i_sum_add(&sum, level + log(now[n - 1]) - log(now[s]));
    }
    return tflow_i_sum_value(&sum) / (double)(to - from + 1);
}

static tflow_status windows(const tflow_price_panel *p, const plan *how, double *work,
                            double *out)
{
    size_t w = how->window == 0 ? p->n_periods : how->window;
    double *before = work, *now = work + w;
    tflow_status worst = tflow_i_price_window(how->formula, p, 0, w, work + 2 * w, out);
    memcpy(before, out, w * sizeof *out);
    for (size_t t = w; t < p->n_periods; t++) {
        size_t first = t - w + 1;
        tflow_status status =
            tflow_i_price_window(how->formula, p, first, w, work + 2 * w, now);
        /* before[] starts one period earlier. */
        out[t] = exp(spliced(how->how, out + first, before + 1, now, w));
        if (isnan(out[t]) && status == TFLOW_OK)
            status = TFLOW_NO_OVERLAP;
        keep(&out[t], &worst, status);
        memcpy(before, now, w * sizeof *now);
    }
    /* Another base is a change of level. */
    double base = out[how->base];
    for (size_t t = 0; t < p->n_periods; t++)
        out[t] = how->base == t && !isnan(base) ? 1 : out[t] / base;
    return worst;
}

tflow_status tflow_price_index_series(const tflow_price_panel *panel,
                                      const tflow_price_opts *opts, double *work,
                                      double *out, tflow_error *error)
{
    plan how = {TFLOW_I_NO_FORMULA, 0, 0, 0, splices};
    tflow_status status = check_panel(panel, work, out, error);
    if (status != TFLOW_OK)
        return status;
    for (size_t t = 0; t < panel->n_periods; t++)
        out[t] = NAN;
    status = read_opts(panel, opts, &how, error);
    if (status != TFLOW_OK)
        return status;
    if (panel->n_periods == 0)
        return TFLOW_TOO_FEW;
    if (how.formula >= TFLOW_I_GEARY_KHAMIS)
        return windows(panel, &how, work, out);
    return how.chained ? chain(panel, &how, out) : direct(panel, &how, out);
}
