/* SPDX-License-Identifier: GPL-3.0-or-later */
/* data/conformance.csv through the public API: each row is one call of one function.
 *
 * inputs      arguments separated by '|', each one number or several separated by ';';
 *             nan is a missing value
 * parameters  name=number separated by ';', or missing=propagate|skip|zero|fail,
 *             method=name, interval=t|normal, bound=zero|none; text=statements in
 * words, which=position of one, kind=level|base|ratio|difference An interval is
 * low;high;low_closed;high_closed expected    numbers separated by ';', with the status
 * before them unless it is TFLOW_OK; a status alone: there is no number tolerance
 * relative to the expected number, absolute where that is 0
 *
 * A room adds its header to `headers` and a line a function to `functions`.
 *
 * What came out goes to the file that TFLOW_CONFORMANCE_OUT names, row by row, for the
 * bindings to be held against to the last bit: id,status,numbers. */
#include "conformance.h"

#include <stdlib.h>

/* clang-format off */
static const char *const headers[] = {
    "include/tradeflow/advantage.h",
    "include/tradeflow/figure.h",
    "include/tradeflow/growth.h",
    "include/tradeflow/industry.h",
    "include/tradeflow/margins.h",
    "include/tradeflow/price.h",
    "include/tradeflow/projection.h",
    "include/tradeflow/share.h",
    "include/tradeflow/structure.h",
};
/* clang-format on */

/* ---- one function each, by shape ---- */

#define RUN(name) static tflow_status run_##name(call *c)

#define RUN_1(name)                                                                    \
    RUN(name)                                                                          \
    {                                                                                  \
        return tflow_##name(first(c, 0), c->out);                                      \
    }
#define RUN_2(name)                                                                    \
    RUN(name)                                                                          \
    {                                                                                  \
        return tflow_##name(first(c, 0), first(c, 1), c->out);                         \
    }
#define RUN_3(name)                                                                    \
    RUN(name)                                                                          \
    {                                                                                  \
        return tflow_##name(first(c, 0), first(c, 1), first(c, 2), c->out);            \
    }
#define RUN_4(name)                                                                    \
    RUN(name)                                                                          \
    {                                                                                  \
        return tflow_##name(first(c, 0), first(c, 1), first(c, 2), first(c, 3),        \
                            c->out);                                                   \
    }
/* A statistic of one vector. */
#define RUN_VEC(name)                                                                  \
    RUN(name)                                                                          \
    {                                                                                  \
        return tflow_##name(c->argument[0], c->missing, c->out, NULL);                 \
    }
/* A statistic of two vectors. */
#define RUN_PAIRS(name)                                                                \
    RUN(name)                                                                          \
    {                                                                                  \
        return tflow_##name(c->argument[0], c->argument[1], c->missing, c->out);       \
    }
/* As many results as the vector is long. */
#define RUN_EACH(name)                                                                 \
    RUN(name)                                                                          \
    {                                                                                  \
        c->n_out = c->argument[0].n;                                                   \
        return tflow_##name(c->argument[0], c->missing, c->out, NULL);                 \
    }
/* A statistic of one vector among n lines. */
#define RUN_LINES(name)                                                                \
    RUN(name)                                                                          \
    {                                                                                  \
        return tflow_##name(c->argument[0], c->n, c->missing, c->out, NULL);           \
    }
#define RUN_SORTED_LINES(name)                                                         \
    RUN(name)                                                                          \
    {                                                                                  \
        return tflow_##name(c->argument[0], c->n, c->missing, c->scratch, c->out,      \
                            NULL);                                                     \
    }

RUN_2(growth_simple)
RUN_2(growth_log)
RUN_2(growth_midpoint)
RUN_3(cagr)
RUN_3(growth_needed)
RUN_1(doubling_time)
RUN_3(time_to_reach)
RUN_2(index)
RUN_3(contribution)

RUN(contribution_fraction)
{
    return tflow_contribution_fraction(first(c, 0), first(c, 1), first(c, 2),
                                       first(c, 3), c->out);
}

RUN(growth_least_squares)
{
    tflow_trend trend;
    tflow_status status = tflow_growth_least_squares(c->argument[0], c->argument[1],
                                                     c->missing, &trend, NULL);
    const double all[] = {trend.b,
                          trend.growth,
                          trend.b_se,
                          trend.intercept,
                          trend.residual_deviation,
                          trend.r_squared,
                          (double)trend.n,
                          (double)trend.n_missing,
                          (double)trend.n_zero};
    memcpy(c->out, all, sizeof all);
    c->n_out = status == TFLOW_OK ? sizeof all / sizeof *all : 1;
    return status;
}

RUN(volatility)
{
    size_t n_rates;
    tflow_status status = tflow_volatility(c->argument[0], c->argument[1], c->missing,
                                           c->out, &n_rates, NULL);
    c->out[1] = (double)n_rates;
    c->n_out = status == TFLOW_OK ? 2 : 1;
    return status;
}

RUN_2(share)
RUN_EACH(shares)
RUN_EACH(shares_cumulative)

RUN(rank_descending)
{
    c->n_out = c->argument[0].n;
    return tflow_rank_descending(c->argument[0], c->missing, c->scratch, c->out, NULL);
}

RUN(lines)
{
    size_t counted, active;
    tflow_status status =
        tflow_lines(c->argument[0], c->n, c->missing, &counted, &active, NULL);
    if (status == TFLOW_OK || status == TFLOW_LOWER_BOUND) {
        c->out[0] = (double)counted;
        c->out[1] = (double)active;
        c->n_out = 2;
    }
    return status;
}

RUN_4(rca_balassa)
RUN_1(rca_symmetric)
RUN_4(rca_normalised)
RUN_4(rca_additive)
RUN_2(rca_weighted)
RUN_4(rca_per_capita)
RUN_4(rca_vollrath)
RUN_2(trade_advantage_vollrath)
RUN_2(competitiveness_vollrath)
RUN_4(lafay)
RUN_4(michaely)

/* k: 0 at least, 1 above. */
RUN(rca_presence)
{
    return tflow_rca_presence(first(c, 0), first(c, 1), (tflow_threshold)c->k, c->out);
}

/* D and the number of the movement. */
RUN(rca_dynamic)
{
    tflow_rca_movement movement;
    tflow_status status = tflow_rca_dynamic(first(c, 0), first(c, 1), first(c, 2),
                                            first(c, 3), c->out, &movement);
    c->out[1] = movement;
    c->n_out = status == TFLOW_OK ? 2 : 1;
    return status;
}

/* A statistic of two vectors, with the detail of a failure. */
#define RUN_SIDES(name)                                                                \
    RUN(name)                                                                          \
    {                                                                                  \
        return tflow_##name(c->argument[0], c->argument[1], c->missing, c->out, NULL); \
    }

RUN_2(grubel_lloyd)
RUN_SIDES(grubel_lloyd_aggregate)
RUN_SIDES(grubel_lloyd_corrected)
RUN_SIDES(aquino)
RUN_2(marginal_iit)
RUN_SIDES(marginal_iit_aggregate)
RUN_2(trade_overlap)

/* k: 0 symmetric bounds, 1 linear; -1 low, 0 horizontal, 1 high. */
RUN(unit_value_difference)
{
    tflow_differentiation kind;
    tflow_status status = tflow_unit_value_difference(
        first(c, 0), first(c, 1), first(c, 2), (tflow_bounds)c->k, &kind);
    c->out[0] = status == TFLOW_OK ? (double)kind : NAN;
    return status;
}

RUN_VEC(hhi)
RUN_VEC(hirschman)
RUN_VEC(equivalent_number)
RUN_LINES(hhi_normalised)
RUN_LINES(hhi_normalised_unctad)

RUN(concentration_ratio)
{
    return tflow_concentration_ratio(c->argument[0], c->k, c->missing, c->out, NULL);
}

RUN_VEC(shannon)
RUN_LINES(theil_t)
RUN_LINES(theil_l)
RUN_SORTED_LINES(gini)
RUN_SORTED_LINES(gini_corrected)

#define LINE(name)                                                                     \
    {                                                                                  \
        "tflow_" #name, run_##name                                                     \
    }

/* y, or labels|y. */
static tflow_vec labels_of(const call *c)
{
    return c->n_arguments > 1 ? c->argument[0] : tflow_vec_of(NULL, 0);
}

/* Of each period: mean, median, se and the limits at 80 and 95 %. */
RUN(project)
{
    enum { MOST = MAX_NUMBERS / 7 };
    double mean[MOST], median[MOST], se[MOST], lower[2 * MOST], upper[2 * MOST];
    tflow_projection p = TFLOW_PROJECTION_INIT;
    size_t h = c->projection.horizon;

    ck_assert_uint_le(h, MOST);
    p.mean = mean;
    p.median = median;
    p.se = se;
    p.lower = lower;
    p.upper = upper;
    tflow_status status =
        tflow_project(c->method, labels_of(c), c->argument[c->n_arguments - 1],
                      c->missing, &c->projection, &p, NULL);
    if (status < 0)
        return status;
    for (size_t k = 0; k < h; k++) {
        const double all[] = {mean[k],  median[k],    se[k],       lower[k],
                              upper[k], lower[h + k], upper[h + k]};
        memcpy(c->out + 7 * k, all, sizeof all);
    }
    c->n_out = 7 * h;
    return status;
}

/* mae, rmse, mape, pairs. */
RUN(project_backtest)
{
    static double actual[MAX_NUMBERS * 16], forecast[MAX_NUMBERS * 16];
    tflow_backtest b = TFLOW_BACKTEST_INIT;

    ck_assert_uint_le(c->projection.horizon, 16);
    b.actual = actual;
    b.forecast = forecast;
    tflow_status status =
        tflow_project_backtest(c->method, labels_of(c), c->argument[c->n_arguments - 1],
                               c->missing, &c->projection, &c->backtest, &b, NULL);
    const double all[] = {b.mae, b.rmse, b.mape, (double)b.n_pairs};
    memcpy(c->out, all, sizeof all);
    c->n_out = status == TFLOW_OK ? 4 : 3;
    return status;
}

RUN_PAIRS(mae)
RUN_PAIRS(rmse)
RUN_PAIRS(mape)
RUN_PAIRS(smape_1)
RUN_PAIRS(smape_200)
RUN_PAIRS(maape)

static const struct {
    const char *name;
    run_call *run;
} functions[] = {
    LINE(growth_simple),
    LINE(growth_log),
    LINE(growth_midpoint),
    LINE(cagr),
    LINE(growth_needed),
    LINE(doubling_time),
    LINE(time_to_reach),
    LINE(index),
    LINE(contribution),
    LINE(contribution_fraction),
    LINE(growth_least_squares),
    LINE(volatility),
    LINE(share),
    LINE(shares),
    LINE(shares_cumulative),
    LINE(rank_descending),
    LINE(lines),
    LINE(hhi),
    LINE(hirschman),
    LINE(equivalent_number),
    LINE(hhi_normalised),
    LINE(hhi_normalised_unctad),
    LINE(concentration_ratio),
    LINE(shannon),
    LINE(theil_t),
    LINE(theil_l),
    LINE(gini),
    LINE(gini_corrected),
    LINE(rca_balassa),
    LINE(rca_symmetric),
    LINE(rca_normalised),
    LINE(rca_additive),
    LINE(rca_weighted),
    LINE(rca_per_capita),
    LINE(rca_vollrath),
    LINE(trade_advantage_vollrath),
    LINE(competitiveness_vollrath),
    LINE(lafay),
    LINE(michaely),
    LINE(rca_presence),
    LINE(rca_dynamic),
    LINE(grubel_lloyd),
    LINE(grubel_lloyd_aggregate),
    LINE(grubel_lloyd_corrected),
    LINE(aquino),
    LINE(marginal_iit),
    LINE(marginal_iit_aggregate),
    LINE(trade_overlap),
    LINE(unit_value_difference),
    LINE(project),
    LINE(project_backtest),
    LINE(mae),
    LINE(rmse),
    LINE(mape),
    LINE(smape_1),
    LINE(smape_200),
    LINE(maape),
    LINE(range_rounded),
    LINE(range_add),
    LINE(range_subtract),
    LINE(range_multiply),
    LINE(range_divide),
    LINE(range_scale),
    LINE(range_intersect),
    LINE(range_widen),
    LINE(figure_given),
    LINE(figure_value_parse),
    LINE(figure_change_parse),
    LINE(figure_phrase_parse),
    LINE(figure_base),
    LINE(figure_joint_solve),
    LINE(figure_conflicts),
    LINE(figure_break_even),
    LINE(figure_check),
    LINE(figure_part_year),
    LINE(unit_value),
    LINE(unit_value_scores),
    LINE(price_index),
    LINE(price_index_series),
    LINE(volume_index),
    LINE(terms_of_trade),
    LINE(income_terms_of_trade),
    LINE(bennet),
    LINE(trade_margins),
    LINE(intensive_margin_price),
    LINE(similarity_finger_kreinin),
    LINE(similarity_cosine),
    LINE(similarity_log_rca),
    LINE(complementarity_michaely),
    LINE(complementarity_drysdale),
    LINE(trade_intensity),
    LINE(intra_regional_share),
    LINE(trade_introversion),
    LINE(openness_sum),
    LINE(openness_mean),
    LINE(trade_balance),
    LINE(trade_balance_normalised),
    LINE(coverage_ratio),
    LINE(prody),
    LINE(expy),
    LINE(change_margins),
    LINE(constant_market_share),
    LINE(shift_share),
    LINE(lmdi),
    LINE(survival),
};

#define N_FUNCTIONS (sizeof functions / sizeof *functions)

static size_t find_function(const char *name)
{
    size_t i = 0;
    while (i < N_FUNCTIONS && strcmp(functions[i].name, name) != 0)
        i++;
    return i;
}

/* ---- reading a row ---- */

enum { ID, FUNCTION, INPUTS, PARAMETERS, EXPECTED, TOLERANCE, SOURCE, N_COLUMNS };

/* The next piece of *text up to any of `ends`, in buffer; *text moves past it and *end
 * is what ended it. */
static char *piece(const char **text, const char *ends, char *end, char *buffer,
                   size_t size)
{
    size_t n = strcspn(*text, ends);

    ck_assert_msg(n < size, "'%s' is too long", *text);
    memcpy(buffer, *text, n);
    buffer[n] = '\0';
    *end = (*text)[n];
    *text += n + (*end != '\0');
    return buffer;
}

static void read_inputs(const char *text, call *c)
{
    char buffer[64], end = *text == '\0' ? '\0' : '|'; /* words alone: no numbers */
    size_t n = 0;

    while (end != '\0') {
        ck_assert_uint_lt(c->n_arguments, MAX_ARGUMENTS);
        ck_assert_uint_lt(n, MAX_NUMBERS);
        c->number[c->n_arguments][n++] =
            grid_number(piece(&text, ";|", &end, buffer, sizeof buffer));
        if (end != ';') {
            c->argument[c->n_arguments] = tflow_vec_of(c->number[c->n_arguments], n);
            c->n_arguments++;
            n = 0;
        }
    }
}

static void read_word(const char *name, const char *value, call *c)
{
    static const char *const policies[] = {"propagate", "skip", "zero", "fail"};

    if (strcmp(name, "method") == 0) {
        snprintf(c->method, sizeof c->method, "%s", value);
        return;
    }
    if (strcmp(name, "text") == 0) {
        snprintf(c->text, sizeof c->text, "%s", value);
        return;
    }
    if (strcmp(name, "kind") == 0) {
        for (c->kind = TFLOW_FIGURE_LEVEL; c->kind < TFLOW_FIGURE_DIFFERENCE; c->kind++)
            if (strcmp(value, tflow_figure_kind_name(c->kind)) == 0)
                break;
        ck_assert_str_eq(value, tflow_figure_kind_name(c->kind));
        return;
    }
    if (strcmp(name, "interval") == 0) {
        int normal = strcmp(value, "normal") == 0;
        ck_assert(normal || strcmp(value, "t") == 0);
        c->projection.interval = normal ? TFLOW_INTERVAL_NORMAL : TFLOW_INTERVAL_T;
        return;
    }
    if (strcmp(name, "bound") == 0) {
        int zero = strcmp(value, "zero") == 0;
        ck_assert(zero || strcmp(value, "none") == 0);
        c->projection.bound = zero ? TFLOW_BOUND_ZERO : TFLOW_BOUND_NONE;
        return;
    }
    ck_assert_msg(strcmp(name, "missing") == 0, "unknown parameter '%s'", name);
    for (int i = 0; i < 4; i++)
        if (strcmp(value, policies[i]) == 0) {
            c->missing = (tflow_missing)i;
            return;
        }
    ck_abort_msg("unknown policy '%s'", value);
}

static void read_parameter(const char *name, const char *value, call *c)
{
    const struct {
        const char *name;
        size_t *count;
    } counts[] = {
        {"n", &c->n},
        {"k", &c->k},
        {"horizon", &c->projection.horizon},
        {"season", &c->projection.season},
        {"first", &c->backtest.first},
        {"window", &c->backtest.window},
        {"which", &c->which},
    };

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (strcmp(name, counts[i].name) == 0) {
            *counts[i].count = (size_t)grid_number(value);
            return;
        }
    if (strcmp(name, "step") == 0)
        c->projection.step = grid_number(value);
    else
        read_word(name, value, c);
}

static void read_parameters(const char *text, call *c)
{
    char name[64], value[128], end = *text;

    while (end != '\0') {
        piece(&text, "=", &end, name, sizeof name);
        ck_assert_msg(end == '=', "'%s' has no value", name);
        piece(&text, ";", &end, value, sizeof value);
        read_parameter(name, value, c);
    }
}

static void check_number(const char *id, double got, double want, double tolerance)
{
    double allowed = tolerance * (want == 0 ? 1 : fabs(want));
    int close = isnan(want) ? isnan(got) : fabs(got - want) <= allowed;

    ck_assert_msg(close, "%s: %.17g, expected %.17g within %g", id, got, want, allowed);
}

static void check_expected(const char *id, const char *text, double tolerance,
                           const call *c, tflow_status got)
{
    const char *want = tflow_status_name(TFLOW_OK);
    char status[64], buffer[64], end = '\0';

    if (strncmp(text, "TFLOW_", 6) == 0)
        want = piece(&text, " ", &end, status, sizeof status);
    ck_assert_msg(strcmp(tflow_status_name(got), want) == 0, "%s: %s, expected %s", id,
                  tflow_status_name(got), want);
    if (*text == '\0') {
        for (size_t i = 0; i < c->n_out; i++)
            check_number(id, c->out[i], NAN, 0);
        return;
    }
    size_t n = 0;
    for (end = ';'; end != '\0'; n++) {
        double value = grid_number(piece(&text, ";", &end, buffer, sizeof buffer));
        ck_assert_msg(n < c->n_out, "%s: %zu numbers, expected more", id, c->n_out);
        check_number(id, c->out[n], value, tolerance);
    }
    ck_assert_msg(n == c->n_out, "%s: %zu numbers, expected %zu", id, c->n_out, n);
}

static void keep(const char *id, const call *c, tflow_status status)
{
    const char *path = getenv("TFLOW_CONFORMANCE_OUT");
    FILE *file = path == NULL ? NULL : fopen(path, "a");

    if (path == NULL)
        return;
    ck_assert_ptr_nonnull(file);
    fprintf(file, "%s,%s,", id, tflow_status_name(status));
    for (size_t i = 0; i < c->n_out && status >= 0; i++)
        fprintf(file, i == 0 ? "%.17g" : ";%.17g", c->out[i]);
    fputc('\n', file);
    ck_assert_int_eq(fclose(file), 0);
}

static void run_row(char **field)
{
    size_t function = find_function(field[FUNCTION]);
    call c = {.projection = TFLOW_PROJECTION_OPTS_INIT,
              .backtest = TFLOW_BACKTEST_OPTS_INIT};

    ck_assert_msg(function < N_FUNCTIONS, "%s: unknown function '%s'", field[ID],
                  field[FUNCTION]);
    ck_assert_msg(strlen(field[SOURCE]) >= 5, "%s has no source", field[ID]);
    c.n_out = 1;
    for (size_t i = 0; i < MAX_NUMBERS; i++)
        c.out[i] = NAN;
    read_inputs(field[INPUTS], &c);
    read_parameters(field[PARAMETERS], &c);
    tflow_status status = functions[function].run(&c);
    keep(field[ID], &c, status);
    check_expected(field[ID], field[EXPECTED], grid_number(field[TOLERANCE]), &c,
                   status);
}

START_TEST(rows)
{
    static const char *const names[N_COLUMNS] = {
        "id", "function", "inputs", "parameters", "expected", "tolerance", "source"};
    grid g = grid_read("data/conformance.csv");

    ck_assert_uint_eq(g.row[0].n, N_COLUMNS);
    for (size_t j = 0; j < N_COLUMNS; j++)
        ck_assert_str_eq(g.row[0].field[j], names[j]);
    for (size_t i = 1; i < g.n; i++) {
        run_row(g.row[i].field);
        for (size_t k = 1; k < i; k++)
            ck_assert_str_ne(g.row[i].field[ID], g.row[k].field[ID]);
    }
    for (size_t f = 0; f < N_FUNCTIONS; f++) {
        size_t uses = 0;
        for (size_t i = 1; i < g.n; i++)
            uses += strcmp(g.row[i].field[FUNCTION], functions[f].name) == 0;
        ck_assert_msg(uses > 0, "%s has no row", functions[f].name);
    }
    grid_free(&g);
}
END_TEST

/* Every statistic that a header declares can be called from the file. */
START_TEST(every_function)
{
    static const char mark[] = "TFLOW_API tflow_status ";
    size_t n = 0;

    for (size_t h = 0; h < sizeof headers / sizeof *headers; h++) {
        FILE *file = fopen(source_path(headers[h]), "r");
        char line[256], name[64], end;

        ck_assert_ptr_nonnull(file);
        while (fgets(line, sizeof line, file) != NULL) {
            const char *text = line + sizeof mark - 1;
            if (strncmp(line, mark, sizeof mark - 1) != 0)
                continue;
            piece(&text, "(", &end, name, sizeof name);
            ck_assert_msg(end == '(', "%s: odd declaration of %s", headers[h], name);
            ck_assert_msg(find_function(name) < N_FUNCTIONS, "%s is not in functions[]",
                          name);
            n++;
        }
        fclose(file);
    }
    ck_assert_uint_eq(n, N_FUNCTIONS);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, rows);
    tcase_add_test(tests, every_function);
}

int main(void)
{
    return run_suite("conformance", add);
}
