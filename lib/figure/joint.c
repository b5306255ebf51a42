/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements together: what they imply, which contradict, what would reconcile them. */
#include "figure/figure.h"

#include <math.h>
#include <string.h>

/* Domains of what all functions here take. */
static tflow_status check_statements(const tflow_figure *statements, size_t n,
                                     tflow_error *error)
{
    tflow_range bounds;

    if (statements == NULL || n == 0)
        return tflow_i_fail(error, TFLOW_EINVAL, "found no statements");
    if (n > TFLOW_FIGURE_MAX)
        return tflow_i_fail(error, TFLOW_ELIMIT,
                            "found %zu statements, expected at most %d", n,
                            TFLOW_FIGURE_MAX);
    for (size_t i = 0; i < n; i++) {
        if ((unsigned)statements[i].kind > TFLOW_FIGURE_DIFFERENCE)
            return tflow_i_fail(error, TFLOW_EINVAL,
                                "found a statement of unknown kind at position %zu", i);
        if (!tflow_i_range_bounds(statements[i].interval, &bounds))
            return tflow_i_fail(error, TFLOW_EINVAL,
                                "found an empty interval at position %zu", i);
    }
    return TFLOW_OK;
}

static tflow_status check_currency(const tflow_figure *statements, size_t n,
                                   tflow_error *error)
{
    const char *first = "";

    for (size_t i = 0; i < n; i++) {
        const char *currency = statements[i].currency;
        if (currency[0] == '\0' || statements[i].kind == TFLOW_FIGURE_RATIO)
            continue;
        if (first[0] == '\0')
            first = currency;
        else if (strncmp(first, currency, sizeof statements[i].currency) != 0)
            return tflow_i_fail(error, TFLOW_EMIXED,
                                "found amounts in %.8s and in %.8s, expected one "
                                "currency",
                                first, currency);
    }
    return TFLOW_OK;
}

/* Add one statement; 0 when it contradicts those of its kind before it. */
static int add(tflow_i_region *region, const tflow_figure *statement)
{
    tflow_range bounds;

    tflow_i_range_bounds(statement->interval, &bounds);
    return tflow_i_region_add(region, statement->kind, bounds);
}

/* Whether the members can all be true. */
static int possible(const tflow_figure *statements, const size_t *member, size_t n)
{
    tflow_i_region region;

    tflow_i_region_start(&region);
    for (size_t i = 0; i < n; i++)
        if (!add(&region, &statements[member[i]]))
            return 0;
    return tflow_i_region_cut(&region);
}

/* Whether the members contradict each other, but not when one is left out. */
static int conflicting(const tflow_figure *statements, const size_t *member, size_t n)
{
    if (possible(statements, member, n))
        return 0;
    for (size_t out = 0; n > 1 && out < n; out++) {
        size_t rest[3] = {0, 0, 0}, m = 0;
        for (size_t i = 0; i < n; i++)
            if (i != out)
                rest[m++] = member[i];
        if (!possible(statements, rest, m))
            return 0;
    }
    return 1;
}

/* The next n positions of `of` in ascending order; 0 when there is none. */
static int next_members(size_t *member, size_t n, size_t of)
{
    for (size_t i = n; i-- > 0;)
        if (member[i] < of - (n - i)) {
            member[i]++;
            for (size_t j = i + 1; j < n; j++)
                member[j] = member[j - 1] + 1;
            return 1;
        }
    return 0;
}

/* Three statements of fewer than three kinds never are a smallest contradiction: two of
 * a kind are intervals for one quantity, the third leaves an interval for it too, and
 * three intervals that meet in pairs have a number in common. */
static int worth_trying(const tflow_figure *statements, const size_t *member, size_t n)
{
    return n < 3 || (statements[member[0]].kind != statements[member[1]].kind &&
                     statements[member[0]].kind != statements[member[2]].kind &&
                     statements[member[1]].kind != statements[member[2]].kind);
}

/* Count the smallest contradictions, writing the first ones; stop at `most`. */
static size_t search(const tflow_figure *statements, size_t n,
                     tflow_figure_conflict *out, size_t capacity, size_t most)
{
    size_t count = 0;

    for (size_t size = 1; size <= 3 && size <= n; size++) {
        size_t member[3] = {0, 1, 2};
        do {
            if (!worth_trying(statements, member, size) ||
                !conflicting(statements, member, size))
                continue;
            if (count < capacity) {
                memset(&out[count], 0, sizeof out[count]);
                out[count].n = size;
                memcpy(out[count].member, member, size * sizeof *member);
            }
            if (++count == most)
                return count;
        } while (next_members(member, size, n));
    }
    return count;
}

tflow_status tflow_figure_conflicts(const tflow_figure *statements, size_t n,
                                    tflow_figure_conflict *out, size_t capacity,
                                    size_t *count)
{
    if (count == NULL)
        return TFLOW_EINVAL;
    *count = 0;
    if (out == NULL && capacity > 0)
        return TFLOW_EINVAL;
    tflow_status status = check_statements(statements, n, NULL);
    if (status != TFLOW_OK)
        return status;
    *count = search(statements, n, out, capacity, SIZE_MAX);
    return *count > 0 ? TFLOW_CONTRADICTION : TFLOW_OK;
}

/* The region of all statements but one; 0 when nothing is left. */
static int region_without(const tflow_figure *statements, size_t n, size_t which,
                          tflow_i_region *region)
{
    tflow_i_region_start(region);
    for (size_t i = 0; i < n; i++)
        if (i != which && !add(region, &statements[i]))
            return 0;
    return tflow_i_region_cut(region);
}

tflow_status tflow_figure_joint_solve(const tflow_figure *statements, size_t n,
                                      tflow_figure_joint *out, tflow_error *error)
{
    tflow_i_region region;
    tflow_figure_conflict conflict;

    if (out == NULL)
        return tflow_i_fail(error, TFLOW_EINVAL, "found no place for the result");
    memset(out, 0, sizeof *out);
    out->level = out->base = out->ratio = out->difference = tflow_i_range_nan();
    tflow_status status = check_statements(statements, n, error);
    if (status == TFLOW_OK)
        status = check_currency(statements, n, error);
    if (status != TFLOW_OK)
        return status;

    if (region_without(statements, n, n, &region)) {
        out->level = tflow_i_region_extent(&region, TFLOW_FIGURE_LEVEL);
        out->base = tflow_i_region_extent(&region, TFLOW_FIGURE_BASE);
        out->ratio = tflow_i_region_extent(&region, TFLOW_FIGURE_RATIO);
        out->difference = tflow_i_region_extent(&region, TFLOW_FIGURE_DIFFERENCE);
        return TFLOW_OK;
    }
    if (search(statements, n, &conflict, 1, 1) > 0) {
        out->n_conflict = conflict.n;
        memcpy(out->conflict, conflict.member, sizeof out->conflict);
    }
    return TFLOW_CONTRADICTION;
}

tflow_status tflow_figure_break_even(const tflow_figure *statements, size_t n,
                                     size_t which, double *out)
{
    tflow_i_region region;
    tflow_range others;

    if (out == NULL)
        return TFLOW_EINVAL;
    *out = NAN;
    tflow_status status = check_statements(statements, n, NULL);
    if (status != TFLOW_OK)
        return status;
    if (which >= n)
        return TFLOW_EINVAL;
    double figure = statements[which].figure;
    if (!isfinite(figure))
        return TFLOW_UNDEFINED;
    if (!region_without(statements, n, which, &region))
        return TFLOW_CONTRADICTION;

    others = tflow_i_region_extent(&region, statements[which].kind);
    *out = 0;
    if (figure < others.low) /* false without a bound */
        *out = others.low - figure;
    else if (figure > others.high)
        *out = figure - others.high;
    if (isfinite(*out))
        return TFLOW_OK;
    *out = NAN; /* too large to hold */
    return TFLOW_UNDEFINED;
}
