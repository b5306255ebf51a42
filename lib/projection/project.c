/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projection/projection.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double default_levels[] = {0.80, 0.95};

static tflow_status unknown(const char *method, tflow_error *error)
{
    char names[384] = "";
    size_t used = 0;

    for (size_t i = 0; tflow_projection_method(i) != NULL && used < sizeof names; i++)
        used += (size_t)snprintf(names + used, sizeof names - used, "%s%s",
                                 i > 0 ? ", " : "", tflow_projection_method(i));
    return tflow_i_fail(error, TFLOW_EUNKNOWN, "'%s' is not a method; there are %s",
                        method == NULL ? "" : method, names);
}

/* Fill in the defaults and check each option. */
static tflow_status resolve(const tflow_projection_opts *opts,
                            tflow_projection_opts *out, tflow_error *error)
{
    *out = (tflow_projection_opts)TFLOW_PROJECTION_OPTS_INIT;
    if (opts != NULL && opts->size < sizeof *out)
        return tflow_i_fail(error, TFLOW_EINVAL, "size of the options is not set");
    if (opts != NULL)
        memcpy(out, opts, sizeof *out);
    if (out->levels == NULL) {
        out->levels = default_levels;
        out->n_levels = sizeof default_levels / sizeof *default_levels;
    }

    if (out->horizon == 0)
        return tflow_i_fail(error, TFLOW_EINVAL, "horizon is 0, wants at least 1");
    if (out->n_levels > SIZE_MAX / sizeof(double) / out->horizon)
        return tflow_i_fail(error, TFLOW_EINVAL, "horizon times levels is too large");
    for (size_t i = 0; i < out->n_levels; i++)
        if (!(out->levels[i] > 0 && out->levels[i] < 1))
            return tflow_i_fail(error, TFLOW_EINVAL, "level %zu is not between 0 and 1",
                                i + 1);
    if (out->bound != TFLOW_BOUND_ZERO && out->bound != TFLOW_BOUND_NONE)
        return tflow_i_fail(error, TFLOW_EINVAL, "no such bound");
    if (out->season == 0 || out->season > INT32_MAX)
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "season is %zu periods, wants 1 to 2^31 - 1", out->season);
    if (!(isfinite(out->step) && out->step > 0))
        return tflow_i_fail(error, TFLOW_EINVAL, "step is not finite and above 0");
    if (out->criterion < TFLOW_CRITERION_AICC || out->criterion > TFLOW_CRITERION_BIC)
        return tflow_i_fail(error, TFLOW_EINVAL, "no such criterion");
    if (out->transform < TFLOW_TRANSFORM_NONE ||
        out->transform > TFLOW_TRANSFORM_GUERRERO)
        return tflow_i_fail(error, TFLOW_EINVAL, "no such transform");
    if (!(out->lambda >= -1 && out->lambda <= 2))
        return tflow_i_fail(error, TFLOW_EINVAL, "lambda is not between -1 and 2");
    if (out->paths < 100 || out->paths > 1000000)
        return tflow_i_fail(error, TFLOW_EINVAL, "paths are %zu, want 100 to 1000000",
                            out->paths);
    return TFLOW_OK;
}

static tflow_status choose_interval(const tflow_i_method *m, tflow_interval *interval,
                                    tflow_error *error)
{
    if (*interval == TFLOW_INTERVAL_DEFAULT)
        *interval = m->intervals[0];
    for (size_t i = 0; i < sizeof m->intervals / sizeof *m->intervals; i++)
        if (m->intervals[i] == *interval)
            return TFLOW_OK;
    return tflow_i_fail(error, TFLOW_EUNSUPPORTED, "%s has no such interval", m->name);
}

static void fill_nan(double *array, size_t n)
{
    for (size_t i = 0; array != NULL && i < n; i++)
        array[i] = NAN;
}

/* Nothing known: every output but the name and the interval of the method. */
static void blank(tflow_projection *r, const tflow_projection_opts *o, size_t n)
{
    fill_nan(r->time, o->horizon);
    fill_nan(r->mean, o->horizon);
    fill_nan(r->median, o->horizon);
    fill_nan(r->se, o->horizon);
    fill_nan(r->lower, o->horizon * o->n_levels);
    fill_nan(r->upper, o->horizon * o->n_levels);
    fill_nan(r->fitted, n);
    r->n = r->n_missing = r->n_floored = r->n_coefficients = 0;
    r->first = r->last = r->sigma = r->df = NAN;
    for (size_t i = 0; i < TFLOW_COEFFICIENTS_MAX; i++)
        r->coefficients[i] = (tflow_coefficient){NULL, NAN, NAN};
    r->log_likelihood = r->aic = r->aicc = r->bic = r->lambda = NAN;
    r->model[0] = r->reason[0] = '\0';
}

static void describe(tflow_projection *r, const tflow_i_series *s,
                     const tflow_projection_opts *o)
{
    r->n = s->n_used;
    r->n_missing = s->n_missing;
    if (s->n_used == 0)
        return;
    r->first = tflow_i_series_label(s, s->first);
    r->last = tflow_i_series_label(s, s->last);

    double end = tflow_i_series_label(s, s->y.n - 1);
    for (size_t k = 0; r->time != NULL && k < o->horizon; k++) {
        double label = end + (double)(k + 1) * o->step;
        r->time[k] = isfinite(label) ? label : NAN;
    }
}

static tflow_status project(const tflow_i_method *m, const tflow_i_series *s,
                            tflow_i_forecast *f, tflow_error *error)
{
    if (s->n_used < m->minimum)
        return tflow_i_fail(error, TFLOW_TOO_FEW,
                            "%s wants %zu observed values, found %zu", m->name,
                            m->minimum, s->n_used);
    if (f->opts.bound == TFLOW_BOUND_ZERO && s->lowest < 0)
        return tflow_i_fail(error, TFLOW_ENEGATIVE,
                            "a value is negative; flows are bounded by zero");

    return m->project(s, f, error);
}

tflow_status tflow_project(const char *method, tflow_vec times, tflow_vec y,
                           tflow_missing missing, const tflow_projection_opts *opts,
                           tflow_projection *result, tflow_error *error)
{
    if (result == NULL || result->size < sizeof *result)
        return tflow_i_fail(error, TFLOW_EINVAL, "no result, or its size is not set");

    tflow_i_forecast forecast = {0};
    tflow_projection_opts *o = &forecast.opts;
    tflow_i_series series;
    const tflow_i_method *m = tflow_i_method_find(method);

    forecast.result = result;
    result->method = NULL;
    result->interval = TFLOW_INTERVAL_DEFAULT;
    tflow_status status = resolve(opts, o, error);
    if (status != TFLOW_OK)
        *o = (tflow_projection_opts){0}; /* no room is known: blank the scalars alone */
    blank(result, o, status == TFLOW_OK ? y.n : 0);
    if (status != TFLOW_OK)
        return status;
    if (m == NULL)
        return unknown(method, error);
    status = choose_interval(m, &o->interval, error);
    if (status != TFLOW_OK)
        return status;
    status = tflow_i_series_read(&series, times, y, missing, o->step, error);
    if (status < 0)
        return status;

    result->method = m->name;
    result->interval = o->interval;
    describe(result, &series, o);
    if (status == TFLOW_OK)
        status = project(m, &series, &forecast, error);
    if (status != TFLOW_OK) {
        blank(result, o, y.n);
        describe(result, &series, o);
        return status;
    }
    if (forecast.overflow)
        return tflow_i_fail(error, TFLOW_UNDEFINED, "a forecast is too large to hold");
    return TFLOW_OK;
}
