/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Price levels of several periods at once: GEKS, Geary-Khamis, time-product dummy. */
#include "numeric/elementary.h"
#include "price/price.h"

#include <math.h>

typedef struct window {
    const tflow_price_panel *panel;
    size_t first, n;
    double *links; /* n x n, how strongly two periods are tied */
    double *value; /* n: value of a period, or its share taken out */
    double *right; /* n */
    double *spare; /* n */
} window;

static double price_of(const window *w, size_t t, size_t k)
{
    return w->panel->prices[(w->first + t) * w->panel->n_products + k];
}

static double quantity_of(const window *w, size_t t, size_t k)
{
    return w->panel->quantities[(w->first + t) * w->panel->n_products + k];
}

static int there(const window *w, size_t t, size_t k)
{
    return !isnan(price_of(w, t, k)) && !isnan(quantity_of(w, t, k));
}

static double value_of(const window *w, size_t t, size_t k)
{
    return there(w, t, k) ? price_of(w, t, k) * quantity_of(w, t, k) : 0;
}

static tflow_status fill(double *out, size_t n, tflow_status status)
{
    for (size_t t = 0; t < n; t++)
        out[t] = NAN;
    return status;
}

/* ---- GEKS ---- */

static tflow_status pair(const window *w, tflow_i_formula formula, size_t a, size_t b,
                         double *log_index)
{
    double index;
    const tflow_price_panel *p = w->panel;
    tflow_i_two_periods two = {tflow_i_panel_row(p->prices, p, w->first + a),
                               tflow_i_panel_row(p->quantities, p, w->first + a),
                               tflow_i_panel_row(p->prices, p, w->first + b),
                               tflow_i_panel_row(p->quantities, p, w->first + b)};
    tflow_status status = tflow_i_price_pair(formula, &two, &index);
    if (status == TFLOW_OK && index == 0)
        status = TFLOW_UNDEFINED;
    *log_index = status == TFLOW_OK ? log(index) : NAN;
    return status;
}

/* Fisher and Tornqvist turn round with the periods, so that half the pairs will do. */
static tflow_status geks(const window *w, tflow_i_formula formula, double *out)
{
    tflow_status worst = TFLOW_OK;
    double start = 0;
    for (size_t a = 0; a < w->n; a++) {
        w->links[a * w->n + a] = 0;
        for (size_t b = a + 1; b < w->n; b++) {
            double x;
            tflow_status status = pair(w, formula, a, b, &x);
            worst = worst == TFLOW_OK ? status : worst;
            w->links[a * w->n + b] = x;
            w->links[b * w->n + a] = -x;
        }
    }
    for (size_t t = 0; t < w->n; t++) {
        tflow_i_sum sum = {0, 0};
        for (size_t l = 0; l < w->n; l++)
            tflow_i_sum_add(&sum, w->links[l * w->n + t]);
        double level = tflow_i_sum_value(&sum) / (double)w->n;
        start = t == 0 ? level : start;
        out[t] = t == 0 && !isnan(level) ? 1 : exp(level - start);
    }
    return worst;
}

/* ---- Geary-Khamis: x = value deflated, the stationary weights of a chain ---- */

/* links[t][s]: the part of the value of period s at the prices of t's quantities. */
static tflow_status khamis_links(const window *w)
{
    size_t n = w->n;
    for (size_t t = 0; t < n * n; t++)
        w->links[t] = 0;
    for (size_t t = 0; t < n; t++) {
        tflow_i_sum sum = {0, 0};
        for (size_t k = 0; k < w->panel->n_products; k++)
            tflow_i_sum_add(&sum, value_of(w, t, k));
        w->value[t] = tflow_i_sum_value(&sum);
        if (w->value[t] == 0)
            return TFLOW_NO_OVERLAP;
        if (!isfinite(w->value[t]))
            return TFLOW_UNDEFINED;
    }
    for (size_t k = 0; k < w->panel->n_products; k++) {
        double all = 0;
        for (size_t t = 0; t < n; t++)
            all += there(w, t, k) ? quantity_of(w, t, k) : 0;
        if (all == 0)
            continue;
        if (isinf(all))
            return TFLOW_UNDEFINED;
        for (size_t s = 0; s < n; s++) {
            double share = value_of(w, s, k) / w->value[s];
            for (size_t t = 0; share > 0 && t < n; t++)
                if (there(w, t, k))
                    w->links[t * n + s] += quantity_of(w, t, k) / all * share;
        }
    }
    return TFLOW_OK;
}

/* The stationary distribution of a chain with these moves from s to t, by elimination
 * without a subtraction (Grassmann, Taksar and Heyman 1985), so that no digit is lost.
 * 0 if some periods cannot be reached from others. */
static int stationary(double *move, size_t n, double *x)
{
    for (size_t m = n - 1; m > 0; m--) {
        double out = 0;
        for (size_t t = 0; t < m; t++)
            out += move[t * n + m];
        if (!(out > 0))
            return 0;
        for (size_t s = 0; s < m; s++)
            move[m * n + s] /= out; /* visits to m a move from s brings */
        for (size_t t = 0; t < m; t++)
            for (size_t s = 0; s < m; s++)
                move[t * n + s] += move[t * n + m] * move[m * n + s];
    }
    x[0] = 1;
    for (size_t m = 1; m < n; m++) {
        x[m] = 0;
        for (size_t s = 0; s < m; s++)
            x[m] += move[m * n + s] * x[s];
        if (!(x[m] > 0) || isinf(x[m]))
            return 0;
    }
    return 1;
}

static tflow_status geary_khamis(const window *w, double *out)
{
    tflow_status status = khamis_links(w);
    if (status != TFLOW_OK)
        return fill(out, w->n, status);
    /* Column s of the links sums to 1: value_s spread over the periods. Stationary is
     * what each period's value is at the average prices. */
    if (!stationary(w->links, w->n, w->right))
        return fill(out, w->n, TFLOW_NO_OVERLAP);
    for (size_t t = 0; t < w->n; t++) {
        double level = (w->value[t] / w->value[0]) / w->right[t]; /* right[0] is 1 */
        out[t] = isfinite(level) ? level : NAN;
    }
    return TFLOW_OK;
}

/* ---- time-product dummy: the products taken out, periods are a weighted graph ---- */

static double dummy_weight(const window *w, int weighted, size_t t, size_t k)
{
    if (!there(w, t, k))
        return 0;
    return weighted ? value_of(w, t, k) / w->value[t] : 1;
}

/* links: the weights between periods; right: what their prices say. */
static tflow_status dummy_links(const window *w, int weighted)
{
    size_t n = w->n;
    for (size_t t = 0; t < n * n; t++)
        w->links[t] = 0;
    for (size_t t = 0; t < n; t++) {
        w->value[t] = 0;
        w->right[t] = 0;
        for (size_t k = 0; k < w->panel->n_products; k++)
            w->value[t] += weighted ? value_of(w, t, k) : there(w, t, k);
        if (w->value[t] == 0)
            return TFLOW_NO_OVERLAP;
        if (!isfinite(w->value[t]))
            return TFLOW_UNDEFINED;
    }
    for (size_t k = 0; k < w->panel->n_products; k++) {
        double all = 0, reference = 0;
        for (size_t t = 0; t < n; t++) {
            w->spare[t] = dummy_weight(w, weighted, t, k);
            all += w->spare[t];
            if (w->spare[t] > 0 && price_of(w, t, k) == 0)
                return TFLOW_UNDEFINED;
            if (w->spare[t] > 0 && reference == 0)
                reference = price_of(w, t, k);
        }
        if (all == 0)
            continue;
        for (size_t t = 0; t < n; t++)
            for (size_t s = 0; s < t; s++) {
                double tie = w->spare[t] * w->spare[s] / all;
                if (tie == 0)
                    continue;
                double push =
                    tie * tflow_i_log_ratio(price_of(w, s, k), price_of(w, t, k));
                w->links[t * n + s] += tie;
                w->links[s * n + t] += tie;
                w->right[t] += push;
                w->right[s] -= push;
            }
    }
    return TFLOW_OK;
}

/* Solve sum_s links[t][s] (x_t - x_s) = right_t with x_0 = 0: the last period is taken
 * out and its ties handed to the others, again without a subtraction. */
static int balance(double *tie, double *right, size_t n, double *x)
{
    for (size_t m = n - 1; m > 0; m--) {
        double out = 0;
        for (size_t t = 0; t < m; t++)
            out += tie[m * n + t];
        if (!(out > 0))
            return 0;
        for (size_t t = 0; t < m; t++) {
            double part = tie[m * n + t] / out;
            right[t] += part * right[m];
            for (size_t s = 0; s < m; s++)
                if (s != t)
                    tie[t * n + s] += part * tie[m * n + s];
        }
        right[m] /= out;
        for (size_t t = 0; t < m; t++)
            tie[m * n + t] /= out;
    }
    x[0] = 0;
    for (size_t m = 1; m < n; m++) {
        x[m] = right[m];
        for (size_t t = 0; t < m; t++)
            x[m] += tie[m * n + t] * x[t];
    }
    return 1;
}

static tflow_status time_product(const window *w, int weighted, double *out)
{
    tflow_status status = dummy_links(w, weighted);
    if (status == TFLOW_OK && !balance(w->links, w->right, w->n, out))
        status = TFLOW_NO_OVERLAP;
    if (status != TFLOW_OK)
        return fill(out, w->n, status);
    for (size_t t = 0; t < w->n; t++) {
        out[t] = exp(out[t]);
        if (!isfinite(out[t])) {
            out[t] = NAN;
            status = TFLOW_UNDEFINED;
        }
    }
    return status;
}

tflow_status tflow_i_price_window(tflow_i_formula formula,
                                  const tflow_price_panel *panel, size_t first,
                                  size_t n, double *work, double *out)
{
    window w = {.panel = panel, .first = first, .n = n};
    w.links = work;
    w.value = w.links + n * n;
    w.right = w.value + n;
    w.spare = w.right + n;
    switch (formula) {
    case TFLOW_I_GEARY_KHAMIS:
        return geary_khamis(&w, out);
    case TFLOW_I_TIME_PRODUCT:
    case TFLOW_I_TIME_PRODUCT_UNWEIGHTED:
        return time_product(&w, formula == TFLOW_I_TIME_PRODUCT, out);
    default:
        return geks(&w, formula, out);
    }
}
