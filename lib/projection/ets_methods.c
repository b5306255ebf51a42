/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exponential smoothing as methods of projection: the named ones, and the choice. */
#include "projection/ets.h"

#include <math.h>
#include <string.h>

/* Longest cycle a season is fitted for: each of its periods is a number to estimate. */
#define MOST_CYCLE 60

typedef struct contest {
    const tflow_i_series *series;
    tflow_i_forecast *forecast;
    double *grid; /* values of regular periods, divided by unit */
    size_t *at;   /* where value i of the series is there */
    size_t n, seen, trailing;
    double unit;
    int positive;
    double *work;          /* of a fit; then what the winner's pass leaves */
    double *best, *next;   /* numbers of the best model so far, and of the next */
    double *end;           /* the best at the end of the series */
    double *mean, *spread; /* of each period ahead */
    tflow_i_ets_fit fit;
    double score;
    size_t tried;
} contest;

static void free_contest(contest *c)
{
    tflow_i_free(c->grid);
    tflow_i_free(c->at);
    tflow_i_free(c->work);
}

static tflow_status open_contest(contest *c, tflow_error *error)
{
    size_t season = c->forecast->opts.season;
    size_t cycle = season <= MOST_CYCLE ? season : 1;
    size_t horizon = c->forecast->opts.horizon;

    c->at = tflow_i_alloc(c->series->y.n, sizeof *c->at);
    if (c->at == NULL)
        return tflow_i_nomem(error);
    tflow_status status =
        tflow_i_series_grid(c->series, &c->grid, &c->n, c->at, &c->trailing, error);
    if (status == TFLOW_OK)
        status = tflow_i_forecast_transform(c->forecast, c->grid, c->n, error);
    if (status != TFLOW_OK)
        return status;
    if (c->trailing > TFLOW_I_GRID_MOST || horizon > TFLOW_I_GRID_MOST)
        return tflow_i_fail(error, TFLOW_EINVAL, "more than %d periods ahead",
                            TFLOW_I_GRID_MOST);
    c->unit = c->forecast->transformed ? 1 : c->series->scale;
    c->positive = 1;
    for (size_t i = 0; i < c->n; i++) {
        c->grid[i] /= c->unit;
        c->seen += isnan(c->grid[i]) ? 0u : 1u;
        c->positive &= !(c->grid[i] <= 0);
    }
    size_t numbers = TFLOW_I_ETS_SEASON + cycle;
    c->work = tflow_i_alloc(tflow_i_ets_work(c->n, cycle) + 3 * numbers +
                                2 * (c->trailing + horizon),
                            sizeof *c->work);
    if (c->work == NULL)
        return tflow_i_nomem(error);
    c->best = c->work + tflow_i_ets_work(c->n, cycle);
    c->next = c->best + numbers;
    c->end = c->next + numbers;
    c->mean = c->end + numbers;
    c->spread = c->mean + c->trailing + horizon;
    return TFLOW_OK;
}

/* Can the model be fitted to these values at all? */
static int possible(const contest *c, const tflow_i_ets *ets)
{
    if ((ets->error == 'M' || ets->season == 'M') && !c->positive)
        return 0;
    if (ets->season != 'N' && c->n < 2 * ets->cycle)
        return 0;
    return c->seen > tflow_i_ets_parameters(ets) + 1;
}

static double score(const contest *c, const tflow_i_ets_fit *fit)
{
    double k = (double)tflow_i_ets_parameters(&fit->ets), n = (double)c->seen;
    double aic = 2 * k - 2 * fit->likelihood;

    if (c->forecast->opts.criterion == TFLOW_CRITERION_AIC)
        return aic;
    if (c->forecast->opts.criterion == TFLOW_CRITERION_BIC)
        return aic + k * (log(n) - 2);
    return aic + 2 * k * (k + 1) / (n - k - 1);
}

static void enter(contest *c, const tflow_i_ets *ets)
{
    tflow_i_ets_fit fit = {*ets, 0, 0, c->next};

    if (!possible(c, ets) ||
        tflow_i_ets_estimate(&fit, c->grid, c->n, c->work) != TFLOW_OK)
        return;
    double found = score(c, &fit);
    c->tried++;
    if (c->tried > 1 && !(found < c->score))
        return;
    c->score = found;
    c->fit = fit;
    c->next = c->best;
    c->best = fit.numbers;
}

static void name_model(contest *c)
{
    const tflow_i_ets *e = &c->fit.ets;
    tflow_i_forecast *f = c->forecast;
    const double *p = c->best;

    tflow_i_forecast_model(f, "ETS(%c,%c%s,%c)", e->error, e->trend,
                           e->damped ? "d" : "", e->season);
    tflow_i_forecast_likelihood(f, c->fit.likelihood - (double)c->seen * log(c->unit),
                                tflow_i_ets_parameters(e), c->seen);
    tflow_i_forecast_coefficient(f, "alpha", p[TFLOW_I_ETS_ALPHA], NAN);
    if (e->trend != 'N')
        tflow_i_forecast_coefficient(f, "beta", p[TFLOW_I_ETS_BETA], NAN);
    if (e->season != 'N')
        tflow_i_forecast_coefficient(f, "gamma", p[TFLOW_I_ETS_GAMMA], NAN);
    if (e->damped)
        tflow_i_forecast_coefficient(f, "phi", p[TFLOW_I_ETS_PHI], NAN);
    tflow_i_forecast_coefficient(f, "level", p[TFLOW_I_ETS_LEVEL] * c->unit, NAN);
    if (e->trend != 'N')
        tflow_i_forecast_coefficient(f, "slope", p[TFLOW_I_ETS_SLOPE] * c->unit, NAN);
}

/* The winner's forecasts. */
static void carry_on(contest *c)
{
    const tflow_i_ets *e = &c->fit.ets;
    tflow_i_forecast *f = c->forecast;
    size_t all = c->trailing + f->opts.horizon;
    double *trail = c->work, phi = c->best[TFLOW_I_ETS_PHI], sse;
    double df = (double)(c->seen + 1 - tflow_i_ets_parameters(e));

    tflow_i_ets_pass(e, c->grid, c->n, c->best, trail, c->end, &sse, NULL);
    double sigma = sqrt(sse / df);
    for (size_t i = 0; f->result->fitted != NULL && i < c->series->y.n; i++)
        if (c->at[i] != SIZE_MAX && !isnan(c->grid[c->at[i]]))
            tflow_i_forecast_fitted(
                f, i, tflow_i_ets_forecast(e, trail + 3 * c->at[i], phi) * c->unit);
    tflow_i_ets_ahead(e, c->end, c->n, sigma * sigma, all, c->mean, c->spread);
    tflow_i_forecast_begin(f, e->error == 'M' ? sigma : sigma * c->unit, df);
    for (size_t k = 0; k < f->opts.horizon; k++)
        tflow_i_forecast_step(f, k, c->mean[c->trailing + k] * c->unit,
                              sqrt(c->spread[c->trailing + k]) * c->unit);
}

/* Which models are let in: each part is a letter, or Z for any. */
typedef struct filter {
    char error, trend, season;
    int damped; /* -1: either */
} filter;

static int one_of(char letter, const char *letters)
{
    return letter != '\0' && strchr(letters, letter) != NULL;
}

/* "ZZZ", "MAdM", "AAN" and so on. */
static tflow_status read_filter(const char *model, filter *out, tflow_error *error)
{
    *out = (filter){'Z', 'Z', 'Z', -1};
    if (model == NULL)
        return TFLOW_OK;
    const char *season = model;
    if (one_of(model[0], "AMZ") && one_of(model[1], "NAZ")) {
        out->damped = model[1] == 'Z' ? -1 : model[1] == 'A' && model[2] == 'd';
        season = model + (out->damped == 1 ? 3 : 2);
        if (one_of(season[0], "NAMZ") && season[1] == '\0' &&
            !(model[0] == 'A' && season[0] == 'M')) {
            out->error = model[0];
            out->trend = model[1];
            out->season = season[0];
            return TFLOW_OK;
        }
    }
    return tflow_i_fail(error, TFLOW_EUNKNOWN,
                        "'%s' is no model: want error A, M or Z, trend N, A, Ad or Z, "
                        "season N, A, M or Z, such as MAdM; no M season with error A",
                        model);
}

static int lets_in(const filter *f, const tflow_i_ets *e)
{
    return (f->error == 'Z' || f->error == e->error) &&
           (f->trend == 'Z' || f->trend == e->trend) &&
           (f->season == 'Z' || f->season == e->season) &&
           (f->damped < 0 || f->damped == e->damped);
}

static void enter_all(contest *c, const filter *allowed)
{
    static const struct {
        char letter;
        int damped;
    } trends[] = {{'N', 0}, {'A', 0}, {'A', 1}};
    size_t season = c->forecast->opts.season;
    size_t cycle = season <= MOST_CYCLE ? season : 1;

    for (const char *error = "AM"; *error != '\0'; error++)
        for (size_t i = 0; i < 3; i++)
            for (const char *letter = "NAM"; *letter != '\0'; letter++) {
                tflow_i_ets ets = {
                    *error,           trends[i].letter,           *letter,
                    trends[i].damped, *letter == 'N' ? 1 : cycle, 1};
                /* Additive errors around a multiplicative season have no finite
                 * variance in general. */
                if ((*letter == 'M' && *error == 'A') || (*letter != 'N' && cycle == 1))
                    continue;
                if (lets_in(allowed, &ets))
                    enter(c, &ets);
            }
}

static tflow_status smooth(const tflow_i_series *series, tflow_i_forecast *forecast,
                           const filter *allowed, int choice, tflow_error *error)
{
    static const char *const criteria[] = {"AICc", "AIC", "BIC"};
    contest c = {.series = series, .forecast = forecast};
    tflow_status status = open_contest(&c, error);

    if (status == TFLOW_OK) {
        enter_all(&c, allowed);
        if (c.tried == 0)
            status = tflow_i_fail(error, TFLOW_TOO_FEW,
                                  "no such model can be fitted to %zu values", c.seen);
    }
    if (status == TFLOW_OK) {
        name_model(&c);
        if (choice)
            tflow_i_forecast_reason(forecast, "lowest %s of %zu models",
                                    criteria[forecast->opts.criterion], c.tried);
        carry_on(&c);
    }
    free_contest(&c);
    return status;
}

tflow_status tflow_i_project_ets(const tflow_i_series *series,
                                 tflow_i_forecast *forecast, tflow_error *error)
{
    filter allowed;
    tflow_status status = read_filter(forecast->opts.model, &allowed, error);

    return status == TFLOW_OK ? smooth(series, forecast, &allowed, 1, error) : status;
}

static tflow_status named(const tflow_i_series *series, tflow_i_forecast *forecast,
                          char error_letter, char trend, int damped, char season,
                          tflow_error *error)
{
    const filter allowed = {error_letter, trend, season, damped};

    if (season != 'N' && forecast->opts.season < 2)
        return tflow_i_fail(error, TFLOW_TOO_FEW, "there is no season to smooth");
    return smooth(series, forecast, &allowed, 0, error);
}

tflow_status tflow_i_project_ses(const tflow_i_series *series,
                                 tflow_i_forecast *forecast, tflow_error *error)
{
    return named(series, forecast, 'A', 'N', 0, 'N', error);
}

tflow_status tflow_i_project_holt(const tflow_i_series *series,
                                  tflow_i_forecast *forecast, tflow_error *error)
{
    return named(series, forecast, 'A', 'A', 0, 'N', error);
}

tflow_status tflow_i_project_damped_holt(const tflow_i_series *series,
                                         tflow_i_forecast *forecast, tflow_error *error)
{
    return named(series, forecast, 'A', 'A', 1, 'N', error);
}

tflow_status tflow_i_project_holt_winters_additive(const tflow_i_series *series,
                                                   tflow_i_forecast *forecast,
                                                   tflow_error *error)
{
    return named(series, forecast, 'A', 'A', 0, 'A', error);
}

tflow_status tflow_i_project_holt_winters_multiplicative(const tflow_i_series *series,
                                                         tflow_i_forecast *forecast,
                                                         tflow_error *error)
{
    return named(series, forecast, 'M', 'A', 0, 'M', error);
}
