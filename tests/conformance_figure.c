/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of data/conformance.csv on intervals and on figures as published. */
#include "conformance.h"

static tflow_range range_of(const call *c, size_t argument)
{
    const double *x = c->argument[argument].data;
    ck_assert_uint_eq(c->argument[argument].n, 4);
    tflow_range a = {x[0], x[1], x[2] != 0, x[3] != 0};
    return a;
}

/* Low, high and whether they belong to it, which nothing says of a failure. */
static size_t put(call *c, size_t at, tflow_range a, tflow_status status)
{
    c->out[at] = a.low;
    c->out[at + 1] = a.high;
    if (status != TFLOW_OK)
        return at + 2;
    c->out[at + 2] = a.low_closed;
    c->out[at + 3] = a.high_closed;
    return at + 4;
}

#define RUN_RANGE(name, ...)                                                           \
    tflow_status run_range_##name(call *c)                                             \
    {                                                                                  \
        tflow_range out;                                                               \
        tflow_status status = tflow_range_##name(__VA_ARGS__, &out);                   \
        c->n_out = put(c, 0, out, status);                                             \
        return status;                                                                 \
    }

RUN_RANGE(rounded, first(c, 0), first(c, 1))
RUN_RANGE(add, range_of(c, 0), range_of(c, 1))
RUN_RANGE(subtract, range_of(c, 0), range_of(c, 1))
RUN_RANGE(multiply, range_of(c, 0), range_of(c, 1))
RUN_RANGE(divide, range_of(c, 0), range_of(c, 1))
RUN_RANGE(scale, range_of(c, 0), first(c, 1))
RUN_RANGE(intersect, range_of(c, 0), range_of(c, 1))
RUN_RANGE(widen, range_of(c, 0), first(c, 1), first(c, 2))

/* The interval, the figure and its tolerance. */
static tflow_status put_figure(call *c, const tflow_figure *figure, tflow_status status)
{
    size_t n = put(c, 0, figure->interval, status);
    c->out[n++] = figure->figure;
    c->out[n++] = figure->tolerance;
    c->n_out = n;
    return status;
}

tflow_status run_figure_given(call *c)
{
    tflow_figure out;
    tflow_status status = tflow_figure_given(c->kind, range_of(c, 0), &out);
    return put_figure(c, &out, status);
}

tflow_status run_figure_value_parse(call *c)
{
    tflow_figure out;
    tflow_status status = tflow_figure_value_parse(c->text, NULL, &out, NULL);
    return put_figure(c, &out, status);
}

tflow_status run_figure_change_parse(call *c)
{
    tflow_figure out;
    tflow_status status = tflow_figure_change_parse(c->text, NULL, &out, NULL);
    return put_figure(c, &out, status);
}

/* Of each statement: its kind and its figure. */
tflow_status run_figure_phrase_parse(call *c)
{
    tflow_figure out[8];
    size_t n;
    tflow_status status = tflow_figure_phrase_parse(c->text, NULL, out, 8, &n, NULL);
    for (size_t i = 0; i < n; i++) {
        c->out[2 * i] = out[i].kind;
        c->out[2 * i + 1] = out[i].figure;
    }
    c->n_out = 2 * n;
    return status;
}

static size_t statements(const call *c, tflow_figure out[8])
{
    size_t n;
    ck_assert_int_eq(tflow_figure_phrase_parse(c->text, NULL, out, 8, &n, NULL),
                     TFLOW_OK);
    return n;
}

tflow_status run_figure_base(call *c)
{
    tflow_figure s[8];
    tflow_range out;
    ck_assert_uint_eq(statements(c, s), 2);
    tflow_status status = tflow_figure_base(&s[0], &s[1], &out);
    c->n_out = put(c, 0, out, status);
    return status;
}

/* Level, base, ratio, difference; or how many statements contradict, and which. */
tflow_status run_figure_joint_solve(call *c)
{
    tflow_figure s[8];
    tflow_figure_joint out;
    tflow_status status = tflow_figure_joint_solve(s, statements(c, s), &out, NULL);
    if (status == TFLOW_CONTRADICTION) {
        c->out[0] = (double)out.n_conflict;
        for (size_t i = 0; i < out.n_conflict; i++)
            c->out[1 + i] = (double)out.conflict[i];
        c->n_out = 1 + out.n_conflict;
        return status;
    }
    size_t n = put(c, 0, out.level, status);
    n = put(c, n, out.base, status);
    n = put(c, n, out.ratio, status);
    c->n_out = put(c, n, out.difference, status);
    return status;
}

/* How many there are; of each, its members. */
tflow_status run_figure_conflicts(call *c)
{
    tflow_figure s[8];
    tflow_figure_conflict out[8];
    size_t count;
    tflow_status status = tflow_figure_conflicts(s, statements(c, s), out, 8, &count);
    c->out[0] = (double)count;
    c->n_out = 1;
    for (size_t i = 0; i < count && i < 8; i++)
        for (size_t k = 0; k < out[i].n; k++)
            c->out[c->n_out++] = (double)out[i].member[k];
    return status;
}

tflow_status run_figure_break_even(call *c)
{
    tflow_figure s[8];
    return tflow_figure_break_even(s, statements(c, s), c->which, c->out);
}

/* Level|base|band: the verdict, what is observed, its factor and its gap. */
tflow_status run_figure_check(call *c)
{
    tflow_figure s[8];
    tflow_figure_finding out;
    ck_assert_uint_eq(statements(c, s), 1);
    tflow_status status =
        tflow_figure_check(&s[0], first(c, 0), first(c, 1), range_of(c, 2), &out);
    const double all[] = {out.observed, out.factor, out.gap, out.verdict};
    memcpy(c->out, all, sizeof all);
    c->n_out = status == TFLOW_OK ? 4 : 3;
    return status;
}

/* Part|months|whole|threshold: the members of the result in order. */
tflow_status run_figure_part_year(call *c)
{
    tflow_figure_part out;
    tflow_status status = tflow_figure_part_year(first(c, 0), (int)first(c, 1),
                                                 first(c, 2), first(c, 3), &out);
    const double all[] = {out.rest,  out.part_per_month, out.rest_per_month,
                          out.ratio, out.whole_at_pace,  out.below};
    memcpy(c->out, all, sizeof all);
    c->n_out = status == TFLOW_OK ? 6 : 5;
    return status;
}
