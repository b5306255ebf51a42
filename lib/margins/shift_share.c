/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "margins/lines.h"
#include "numeric/elementary.h"
#include "tradeflow/margins.h"

#include <math.h>

enum { X0, X1, W0, W1 };

typedef struct sums {
    tflow_i_sum change, unmatched, x0, x1, w0, w1;
} sums;

/* A line that is traded where the world trades nothing has no growth to be held
 * against. */
static int no_base(const double at[TFLOW_I_LINES])
{
    return at[X0] > 0 && at[W0] == 0;
}

static void add(sums *s, const double at[TFLOW_I_LINES], int unmatched)
{
    tflow_i_sum_add(&s->change, at[X1]);
    tflow_i_sum_add(&s->change, -at[X0]);
    if (unmatched) {
        tflow_i_sum_add(&s->unmatched, at[X1]);
        tflow_i_sum_add(&s->unmatched, -at[X0]);
        return;
    }
    tflow_i_sum_add(&s->x0, at[X0]);
    tflow_i_sum_add(&s->x1, at[X1]);
    tflow_i_sum_add(&s->w0, at[W0]);
    tflow_i_sum_add(&s->w1, at[W1]);
}

/* ---- shift-share ---- */

typedef struct shifts {
    tflow_i_sum mix, regional, competitive, allocation;
    int undefined; /* a growth rate from nothing is needed */
} shifts;

/* x0 and w0 of all lines make what the line would be in the world's structure. */
static void add_shift(shifts *s, const double at[TFLOW_I_LINES], double x0, double w0,
                      double rate, tflow_new_lines new_lines)
{
    double line = at[W0] > 0 ? (at[W1] - at[W0]) / at[W0] : 0;
    double regional = at[X1] - at[X0] - line * at[X0];
    double even = x0 * (at[W0] / w0);
    tflow_i_sum_add(&s->mix, (line - rate) * at[X0]);
    tflow_i_sum_add(&s->regional, at[X1] - at[X0]);
    tflow_i_sum_add(&s->regional, -line * at[X0]);
    if (at[X0] > 0) {
        double ahead = (at[X1] - at[X0]) / at[X0] - line;
        tflow_i_sum_add(&s->competitive, even * ahead);
        tflow_i_sum_add(&s->allocation, (at[X0] - even) * ahead);
    } else {
        s->undefined |= even > 0 && new_lines == TFLOW_NEW_LINES_UNDEFINED;
        tflow_i_sum_add(&s->allocation, regional);
    }
}

tflow_status tflow_shift_share(tflow_vec from, tflow_vec to, tflow_vec world_from,
                               tflow_vec world_to, tflow_new_lines new_lines,
                               tflow_missing missing, tflow_shift_share_parts *out,
                               tflow_error *error)
{
    static const tflow_shift_share_parts none = {NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    tflow_i_lines lines = {{from, to, world_from, world_to}, missing, 0};
    sums s = {.change = {0, 0}};
    shifts parts = {.undefined = 0};
    double at[TFLOW_I_LINES];
    if (out == NULL || (int)new_lines < TFLOW_NEW_LINES_UNDEFINED ||
        (int)new_lines > TFLOW_NEW_LINES_ALLOCATION)
        return tflow_i_fail(error, TFLOW_EINVAL,
                            "expected a place for the result and a rule that exists");
    *out = none;
    tflow_status status = tflow_i_lines_open(&lines, error);
    if (status != TFLOW_OK)
        return status;
    for (size_t i = 0; i < from.n; i++)
        if (tflow_i_lines_at(&lines, i, at))
            add(&s, at, no_base(at));
    double x0 = tflow_i_sum_value(&s.x0), w0 = tflow_i_sum_value(&s.w0);
    double rate = (tflow_i_sum_value(&s.w1) - w0) / w0;
    if (w0 == 0)
        return TFLOW_ZERO_BASE;
    for (size_t i = 0; i < from.n; i++)
        if (tflow_i_lines_at(&lines, i, at) && !no_base(at))
            add_shift(&parts, at, x0, w0, rate, new_lines);
    tflow_shift_share_parts p = {
        .change = tflow_i_sum_value(&s.change),
        .national = rate * x0,
        .mix = tflow_i_sum_value(&parts.mix),
        .regional = tflow_i_sum_value(&parts.regional),
        .competitive = tflow_i_sum_value(&parts.competitive),
        .allocation = tflow_i_sum_value(&parts.allocation),
        .unmatched = tflow_i_sum_value(&s.unmatched),
    };
    if (!isfinite(p.change) || !isfinite(p.national) || !isfinite(p.mix) ||
        !isfinite(p.regional))
        return TFLOW_UNDEFINED;
    *out = p;
    status = tflow_i_lines_status(&lines);
    if (parts.undefined || !isfinite(p.competitive) || !isfinite(p.allocation)) {
        out->competitive = out->allocation = NAN;
        status = parts.undefined ? TFLOW_ZERO_BASE : TFLOW_UNDEFINED;
    }
    return status;
}

/* ---- logarithmic mean Divisia index ---- */

typedef struct divisia {
    tflow_i_sum activity, structure, intensity;
} divisia;

/* The limit of L(x0, x1) ln(ratio) as what is 0 goes to it: a line that comes or goes
 * does so by its intensity where it has activity, else by its place in the structure.
 */
static void add_divisia(divisia *d, const double at[TFLOW_I_LINES], double w0,
                        double w1)
{
    double mean = tflow_i_log_mean(at[X0], at[X1]);
    if (mean == 0) {
        int comes = at[X1] > 0;
        tflow_i_sum_add(at[comes ? W0 : W1] > 0 ? &d->intensity : &d->structure,
                        at[X1] - at[X0]);
        return;
    }
    double all = tflow_i_log_ratio(w0, w1), line = tflow_i_log_ratio(at[W0], at[W1]);
    double value = tflow_i_log_ratio(at[X0], at[X1]);
    tflow_i_sum_add(&d->activity, mean * all);
    tflow_i_sum_add(&d->structure, mean * line);
    tflow_i_sum_add(&d->structure, -mean * all);
    tflow_i_sum_add(&d->intensity, mean * value);
    tflow_i_sum_add(&d->intensity, -mean * line);
}

static void set_ratios(tflow_lmdi_parts *p, double x0, double x1)
{
    double mean = tflow_i_log_mean(x0, x1);
    if (mean == 0)
        return;
    p->ratio = x1 / x0;
    p->activity_ratio = exp(p->activity / mean);
    p->structure_ratio = exp(p->structure / mean);
    p->intensity_ratio = exp(p->intensity / mean);
    if (!isfinite(p->ratio) || !isfinite(p->activity_ratio) ||
        !isfinite(p->structure_ratio) || !isfinite(p->intensity_ratio))
        p->ratio = p->activity_ratio = p->structure_ratio = p->intensity_ratio = NAN;
}

tflow_status tflow_lmdi(tflow_vec from, tflow_vec to, tflow_vec activity_from,
                        tflow_vec activity_to, tflow_missing missing,
                        tflow_lmdi_parts *out, tflow_error *error)
{
    static const tflow_lmdi_parts none = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    tflow_i_lines lines = {{from, to, activity_from, activity_to}, missing, 0};
    sums s = {.change = {0, 0}};
    divisia d = {.activity = {0, 0}};
    double at[TFLOW_I_LINES];
    if (out == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "nowhere to put the result");
    *out = none;
    tflow_status status = tflow_i_lines_open(&lines, error);
    if (status != TFLOW_OK)
        return status;
#define LOOSE(at) (no_base(at) || ((at)[X1] > 0 && (at)[W1] == 0))
    for (size_t i = 0; i < from.n; i++)
        if (tflow_i_lines_at(&lines, i, at))
            add(&s, at, LOOSE(at));
    double w0 = tflow_i_sum_value(&s.w0), w1 = tflow_i_sum_value(&s.w1);
    if (!isfinite(w0) || !isfinite(w1))
        return TFLOW_UNDEFINED;
    if (w0 == 0 || w1 == 0)
        return TFLOW_ZERO_BASE;
    for (size_t i = 0; i < from.n; i++)
        if (tflow_i_lines_at(&lines, i, at) && !LOOSE(at))
            add_divisia(&d, at, w0, w1);
#undef LOOSE
    tflow_lmdi_parts p = none;
    p.change = tflow_i_sum_value(&s.change);
    p.activity = tflow_i_sum_value(&d.activity);
    p.structure = tflow_i_sum_value(&d.structure);
    p.intensity = tflow_i_sum_value(&d.intensity);
    p.unmatched = tflow_i_sum_value(&s.unmatched);
    if (!isfinite(p.change) || !isfinite(p.activity) || !isfinite(p.structure) ||
        !isfinite(p.intensity))
        return TFLOW_UNDEFINED;
    set_ratios(&p, tflow_i_sum_value(&s.x0), tflow_i_sum_value(&s.x1));
    *out = p;
    if (isnan(p.ratio))
        return TFLOW_ZERO_BASE;
    return tflow_i_lines_status(&lines);
}
