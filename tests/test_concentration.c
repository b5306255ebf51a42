/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lines.h"

#define MAX_LINES 512

/* ---- every index behind one signature ---- */

typedef struct query {
    tflow_vec x;
    size_t n;
    size_t k;
    tflow_missing missing;
} query;

static double scratch[MAX_LINES];

typedef tflow_status index_call(query q, double *out, tflow_error *error);

#define PLAIN(name)                                                                    \
    static tflow_status name(query q, double *out, tflow_error *error)                 \
    {                                                                                  \
        return tflow_##name(q.x, q.missing, out, error);                               \
    }
#define WITH_N(name)                                                                   \
    static tflow_status name(query q, double *out, tflow_error *error)                 \
    {                                                                                  \
        return tflow_##name(q.x, q.n, q.missing, out, error);                          \
    }
#define SORTED(name)                                                                   \
    static tflow_status name(query q, double *out, tflow_error *error)                 \
    {                                                                                  \
        return tflow_##name(q.x, q.n, q.missing, scratch, out, error);                 \
    }

PLAIN(hhi)
PLAIN(hirschman)
PLAIN(equivalent_number)
WITH_N(hhi_normalised)
WITH_N(hhi_normalised_unctad)
PLAIN(shannon)
WITH_N(theil_t)
WITH_N(theil_l)
SORTED(gini)
SORTED(gini_corrected)

static tflow_status concentration_ratio(query q, double *out, tflow_error *error)
{
    return tflow_concentration_ratio(q.x, q.k == 0 ? 3 : q.k, q.missing, out, error);
}

enum {
    HHI,
    HIRSCHMAN,
    EQUIVALENT,
    NORMALISED,
    UNCTAD,
    RATIO,
    SHANNON,
    THEIL_T,
    THEIL_L,
    GINI,
    GINI_CORRECTED,
    N_INDICES
};

/* Each index and its value where k lines of n are equal and the others 0, which is
 * plain algebra: s = 1/k, so H = 1/k and so on. */
static const struct {
    const char *name;
    index_call *call;
    int uses_n;
} indices[N_INDICES] = {
    {"hhi", hhi, 0},
    {"hirschman", hirschman, 0},
    {"equivalent_number", equivalent_number, 0},
    {"hhi_normalised", hhi_normalised, 1},
    {"hhi_normalised_unctad", hhi_normalised_unctad, 1},
    {"concentration_ratio", concentration_ratio, 0},
    {"shannon", shannon, 0},
    {"theil_t", theil_t, 1},
    {"theil_l", theil_l, 1},
    {"gini", gini, 1},
    {"gini_corrected", gini_corrected, 1},
};

static double equal_lines(int index, double k, double n)
{
    switch (index) {
    case HHI:
        return 1 / k;
    case HIRSCHMAN:
        return 1 / sqrt(k);
    case EQUIVALENT:
        return k;
    case NORMALISED:
        return n == 1 ? NAN : (n / k - 1) / (n - 1);
    case UNCTAD:
        return n == 1 ? NAN : (sqrt(n / k) - 1) / (sqrt(n) - 1);
    case RATIO:
        return fmin(1, 3 / k);
    case SHANNON:
        return log(k);
    case THEIL_T:
        return log(n / k);
    case THEIL_L:
        return k < n ? NAN : 0;
    case GINI:
        return (n - k) / n;
    default:
        return n == 1 ? NAN : (n - k) / (n - 1);
    }
}

START_TEST(equal)
{
    static const double levels[] = {1, 0.1, 5e-324, 1e-310, 1e300, DBL_MAX, 1.0 / 3};
    double x[40];

    for (size_t v = 0; v < sizeof levels / sizeof *levels; v++)
        for (size_t n = 1; n <= 40; n++)
            for (size_t k = 1; k <= n; k++) {
                for (size_t i = 0; i < n; i++)
                    x[i] = i % n < k ? levels[v] : 0;
                query q = {tflow_vec_of(x, n), 0, 0, TFLOW_MISSING_FAIL};
                for (int f = 0; f < N_INDICES; f++) {
                    double out = 99;
                    double want = equal_lines(f, (double)k, (double)n);
                    tflow_status status = indices[f].call(q, &out, NULL);
                    ck_assert_msg(status == (isnan(want) ? TFLOW_UNDEFINED : TFLOW_OK),
                                  "%s of %zu lines among %zu: %s", indices[f].name, k,
                                  n, tflow_status_name(status));
                    ck_close(out, want, 1e-14);
                }
            }
}
END_TEST

/* Lines beyond the vector are lines of 0, written out or not. */
START_TEST(explicit_n)
{
    const double x[] = {3, 0, 5, 1, 0, 0, 0, 0, 0, 0};

    for (int f = 0; f < N_INDICES; f++) {
        double spelt = 99, counted = 99;
        query all = {tflow_vec_of(x, 10), 0, 0, TFLOW_MISSING_FAIL};
        query some = {tflow_vec_of(x, 4), 10, 0, TFLOW_MISSING_FAIL};
        ck_assert_int_eq(indices[f].call(all, &spelt, NULL),
                         indices[f].call(some, &counted, NULL));
        ck_close(counted, spelt, 1e-15);
        query active = {tflow_vec_of(x, 10), 3, 0, TFLOW_MISSING_FAIL};
        const double packed[] = {3, 5, 1};
        query three = {tflow_vec_of(packed, 3), 0, 0, TFLOW_MISSING_FAIL};
        ck_assert_int_eq(indices[f].call(active, &counted, NULL), TFLOW_OK);
        ck_assert_int_eq(indices[f].call(three, &spelt, NULL), TFLOW_OK);
        ck_close(counted, spelt, 1e-15);
        if (!indices[f].uses_n)
            continue;
        tflow_error error = TFLOW_ERROR_INIT;
        query few = {tflow_vec_of(x, 10), 2, 0, TFLOW_MISSING_FAIL};
        ck_assert_int_eq(indices[f].call(few, &counted, &error), TFLOW_EINVAL);
        ck_nan(counted);
        ck_assert_str_eq(error.message, "found 3 lines above 0, expected 2 at most");
    }
}
END_TEST

START_TEST(no_answer)
{
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        for (int f = 0; f < N_INDICES; f++) {
            tflow_error error = TFLOW_ERROR_INIT;
            double out = 99;
            query q = {tflow_vec_of(refused[i].x, refused[i].n), 0, 0,
                       refused[i].missing};
            tflow_status status = indices[f].call(q, &out, &error);
            ck_assert_msg(status == refused[i].status, "%s, %s: %s", indices[f].name,
                          refused[i].why, tflow_status_name(status));
            ck_nan(out);
            ck_assert_msg((error.message[0] != '\0') == (status < 0), "%s: '%s'",
                          refused[i].why, error.message);
        }
}
END_TEST

START_TEST(bad_calls)
{
    const double x[] = {1, 2};
    query good = {tflow_vec_of(x, 2), 0, 0, P}, none = {tflow_vec_of(NULL, 2), 0, 0, P};
    double out = 99;

    for (int f = 0; f < N_INDICES; f++) {
        ck_assert_int_eq(indices[f].call(good, NULL, NULL), TFLOW_EINVAL);
        ck_assert_int_eq(indices[f].call(none, &out, NULL), TFLOW_EINVAL);
        ck_nan(out);
    }
    out = 99;
    ck_assert_int_eq(tflow_concentration_ratio(good.x, 0, P, &out, NULL), TFLOW_EINVAL);
    ck_nan(out);
    out = 99;
    ck_assert_int_eq(tflow_gini(good.x, 0, P, NULL, &out, NULL), TFLOW_EINVAL);
    ck_nan(out);
    ck_assert_int_eq(tflow_gini_corrected(good.x, 0, P, NULL, &out, NULL),
                     TFLOW_EINVAL);
    tflow_error error = TFLOW_ERROR_INIT;
    const double bad[] = {1, -2.5};
    ck_assert_int_eq(tflow_hhi(tflow_vec_of(bad, 2), P, &out, &error), TFLOW_ENEGATIVE);
    ck_assert_str_eq(error.message, "line 2 is -2.5, expected a flow of 0 or more");
}
END_TEST

/* SKIP is the index of the lines that are known, ZERO that with zeros in their place.
 */
START_TEST(missing_lines)
{
    const double gaps[] = {NAN, 3, NAN, 5, 1}, known[] = {3, 5, 1},
                 zeros[] = {0, 3, 0, 5, 1};

    for (int f = 0; f < N_INDICES; f++) {
        double got = 99, want = 99;
        query q = {tflow_vec_of(gaps, 5), 0, 0, S};
        query k = {tflow_vec_of(known, 3), 0, 0, F};
        ck_assert_int_eq(indices[f].call(q, &got, NULL), TFLOW_LOWER_BOUND);
        ck_assert_int_eq(indices[f].call(k, &want, NULL), TFLOW_OK);
        ck_close(got, want, 0);
        q.missing = Z;
        k.x = tflow_vec_of(zeros, 5);
        ck_assert_int_eq(indices[f].call(q, &got, NULL),
                         indices[f].call(k, &want, NULL));
        ck_close(got, want, 0);
    }
}
END_TEST

START_TEST(strides)
{
    const double wide[] = {1, 9, 5, 9, 3, 9}, same = 4;
    const double three[] = {1, 5, 3}, equal3[] = {4, 4, 4};

    for (int f = 0; f < N_INDICES; f++) {
        double got = 99, want = 99;
        query forward = {{wide, 3, 2}, 0, 0, P}, back = {{wide + 4, 3, -2}, 0, 0, P};
        query constant = {{&same, 3, 0}, 0, 0, P};
        query plain = {tflow_vec_of(three, 3), 0, 0, P};
        indices[f].call(plain, &want, NULL);
        ck_assert_int_eq(indices[f].call(forward, &got, NULL), TFLOW_OK);
        ck_close(got, want, 1e-15);
        ck_assert_int_eq(indices[f].call(back, &got, NULL), TFLOW_OK);
        ck_close(got, want, 1e-15);
        plain.x = tflow_vec_of(equal3, 3);
        indices[f].call(plain, &want, NULL);
        ck_assert_int_eq(indices[f].call(constant, &got, NULL), TFLOW_OK);
        ck_close(got, want, 0);
    }
}
END_TEST

/* Magnitudes that do not fit together: the largest line is all there is, and nothing
 * becomes Inf or NaN on the way. */
START_TEST(extremes)
{
    const double x[] = {DBL_MAX, 5e-324, 1, DBL_MAX};
    static const double two_of_four[N_INDICES] = {0.5,
                                                  0.70710678118654752,
                                                  2,
                                                  1.0 / 3,
                                                  0.41421356237309505,
                                                  1,
                                                  0.69314718055994531,
                                                  0.69314718055994531,
                                                  0 /* below */,
                                                  0.5,
                                                  2.0 / 3};
    query q = {tflow_vec_of(x, 4), 0, 0, P};

    for (int f = 0; f < N_INDICES; f++) {
        double out = 99;
        if (f == THEIL_L) /* a line below the smallest share a double can hold */
            continue;
        ck_assert_msg(indices[f].call(q, &out, NULL) == TFLOW_OK, "%s",
                      indices[f].name);
        ck_close(out, two_of_four[f], 1e-14);
    }
    double out = 99;
    ck_assert_int_eq(theil_l(q, &out, NULL), TFLOW_UNDEFINED);
    ck_nan(out);
}
END_TEST

/* Near equality the normalised indices are tiny, and right: lines 1 + d and 1 - d have
 * n H - 1 = d^2, T = L = d^2 / 2 up to d^4. */
START_TEST(nearly_equal)
{
    const double d = 0x1p-24, x[] = {1 + d, 1 - d};
    query q = {tflow_vec_of(x, 2), 0, 0, P};
    double out;

    hhi_normalised(q, &out, NULL);
    ck_assert_double_eq(out, d * d);
    theil_t(q, &out, NULL);
    ck_assert_msg(fabs(out / (d * d / 2) - 1) < 1e-6, "T is %g", out);
    theil_l(q, &out, NULL);
    ck_assert_msg(fabs(out / (d * d / 2) - 1) < 1e-6, "L is %g", out);
    gini(q, &out, NULL);
    ck_close(out / (d / 2), 1, 1e-14);
}
END_TEST

static void shuffle(double *x, size_t n, uint64_t *state)
{
    for (size_t i = n; i > 1; i--) {
        size_t j = (size_t)(draw(state) * (double)i);
        double swap = x[i - 1];
        x[i - 1] = x[j];
        x[j] = swap;
    }
}

/* On random lines: order and unit do not matter, indices keep their bounds and their
 * relations to one another, replication changes what it should. */
START_TEST(algebra)
{
    uint64_t state = 2024;
    for (int round = 0; round < test_draws(400); round++) {
        double x[60], twice[120], v[N_INDICES], w;
        size_t n = 2 + (size_t)(draw(&state) * 58);
        for (size_t i = 0; i < n; i++)
            x[i] = exp(20 * draw(&state) - 10);
        query q = {tflow_vec_of(x, n), 0, 0, F};
        for (int f = 0; f < N_INDICES; f++)
            ck_assert_int_eq(indices[f].call(q, &v[f], NULL), TFLOW_OK);

        double lines = (double)n;
        ck_assert(v[HHI] >= 1 / lines * (1 - 1e-15) && v[HHI] <= 1);
        ck_close(v[HIRSCHMAN] * v[HIRSCHMAN], v[HHI], 1e-15);
        ck_close(v[EQUIVALENT] * v[HHI], 1, 1e-15);
        ck_close(v[NORMALISED], (v[HHI] - 1 / lines) / (1 - 1 / lines), 1e-14);
        ck_close(v[UNCTAD], (v[HIRSCHMAN] - sqrt(1 / lines)) / (1 - sqrt(1 / lines)),
                 1e-14);
        ck_close(v[THEIL_T] + v[SHANNON], log(lines), 1e-13);
        ck_close(v[GINI_CORRECTED], v[GINI] * lines / (lines - 1), 1e-14);
        ck_assert(v[GINI] >= 0 && v[GINI] <= (lines - 1) / lines);
        ck_assert(v[THEIL_L] >= 0 && v[RATIO] > 0 && v[RATIO] <= 1);

        shuffle(x, n, &state);
        for (size_t i = 0; i < n; i++) {
            twice[i] = twice[n + i] = x[i];
            x[i] *= 0x1p40;
        }
        for (int f = 0; f < N_INDICES; f++) {
            ck_assert_int_eq(indices[f].call(q, &w, NULL), TFLOW_OK);
            ck_close(w, v[f], 1e-14);
        }
        query q2 = {tflow_vec_of(twice, 2 * n), 0, 6, F}; /* every line twice */
        static const double factor[N_INDICES] = {
            0.5, 0.70710678118654752, 2, 0, 0, 1, 0, 1, 1, 1, 0};
        for (int f = 0; f < N_INDICES; f++) {
            if (factor[f] == 0)
                continue;
            ck_assert_int_eq(indices[f].call(q2, &w, NULL), TFLOW_OK);
            ck_close(w, v[f] * factor[f], 1e-13);
        }
    }
}
END_TEST

START_TEST(ratios_of_every_length)
{
    const double x[] = {2, 7, 2, 0, 7, 1, 1}, want[] = {7, 14, 16, 18, 19, 20, 20, 20};
    double out;

    for (size_t k = 1; k <= 8; k++) {
        ck_assert_int_eq(
            tflow_concentration_ratio(tflow_vec_of(x, 7), k, P, &out, NULL), TFLOW_OK);
        ck_close(out, want[k - 1] / 20, 1e-15);
    }
}
END_TEST

/* ---- what others computed ---- */

START_TEST(peers)
{
    grid vectors_file = grid_read("tests/data/concentration/vectors.csv");
    grid expected = grid_read("tests/data/concentration/expected.csv");

    for (size_t r = 1; r < expected.n; r++) {
        char **field = expected.row[r].field;
        double x[MAX_LINES], out = 99;
        double want = grid_number(field[2]), tolerance = grid_number(field[3]);
        size_t n = 0;
        int f = 0;
        for (size_t i = 1; i < vectors_file.n; i++)
            if (strcmp(vectors_file.row[i].field[0], field[0]) == 0)
                x[n++] = grid_number(vectors_file.row[i].field[1]);
        while (f < N_INDICES && strcmp(indices[f].name, field[1]) != 0)
            f++;
        ck_assert_msg(n > 0 && f < N_INDICES, "%s %s", field[0], field[1]);
        query q = {tflow_vec_of(x, n), 0, 0, F};
        ck_assert_int_eq(indices[f].call(q, &out, NULL), TFLOW_OK);
        ck_assert_msg(fabs(out - want) <= tolerance * fabs(want),
                      "%s of %s is %.17g, %s has %.17g", field[1], field[0], out,
                      field[4], want);
    }
    grid_free(&expected);
    grid_free(&vectors_file);
}
END_TEST

/* To the last digit of figures given independently of this project; where none was,
 * computed from the file in exact rational arithmetic and with 40 digits (Python's
 * fractions, mpmath). */
START_TEST(belarus)
{
    static const struct {
        const char *year;
        size_t partners;
        size_t n;
        double value[N_INDICES];
    } years[] = {
        {"2000",
         128,
         0,
         {0.26444650323388809, 0.51424362245329606, 3.7814831649165582,
          0.2586547434168321, 0.4671454930467378, 0.63661609278330983,
          2.337124614762325, 2.5149056491572922, 3.0424667532950899,
          0.90461813869259444, 0.91174111616261487}},
        {"2020",
         172,
         0,
         {0.23050296408264592, 0.48010724227264675, 4.3383390056600486,
          0.22600298141646256, 0.43719366125638208, 0.61412711458591604,
          2.5007828552268697, 2.6467116215865833, 3.7637588343045104,
          0.91535616756411899, 0.92070912760835361}},
        {"2020",
         172,
         200,
         {0.23050296408264592, 0.48010724227264675, 4.3383390056600486,
          0.22663614480667932, 0.44054801288921418, 0.61412711458591604,
          2.5007828552268697, 2.7975345113211669, NAN, 0.92720630410514233,
          0.93186563226647471}},
    };
    double x[MAX_LINES];
    size_t china, russia;

    for (size_t y = 0; y < sizeof years / sizeof *years; y++) {
        size_t n = belarus_exports(years[y].year, x, &china, &russia);
        query q = {tflow_vec_of(x, n), years[y].n, 0, F};
        ck_assert_uint_eq(n, years[y].partners);
        for (int f = 0; f < N_INDICES; f++) {
            double value = 99;
            tflow_status want = isnan(years[y].value[f]) ? TFLOW_UNDEFINED : TFLOW_OK;
            ck_assert_int_eq(indices[f].call(q, &value, NULL), want);
            ck_close(value, years[y].value[f], 1e-13);
        }
    }

    size_t n = belarus_exports("2020", x, &china, &russia);
    tflow_vec v = tflow_vec_of(x, n);
    double value;
    ck_assert_int_eq(tflow_hhi(v, F, &value, NULL), TFLOW_OK);
    ck_close(value, 0.2305030, 5e-8);
    ck_assert_int_eq(tflow_equivalent_number(v, F, &value, NULL), TFLOW_OK);
    ck_close(value, 4.338339, 5e-7);
    ck_assert_int_eq(tflow_concentration_ratio(v, 3, F, &value, NULL), TFLOW_OK);
    ck_close(value, 0.6141271, 5e-8);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, equal);
    tcase_add_test(tests, explicit_n);
    tcase_add_test(tests, no_answer);
    tcase_add_test(tests, bad_calls);
    tcase_add_test(tests, missing_lines);
    tcase_add_test(tests, strides);
    tcase_add_test(tests, extremes);
    tcase_add_test(tests, nearly_equal);
    tcase_add_test(tests, algebra);
    tcase_add_test(tests, ratios_of_every_length);
    tcase_add_test(tests, peers);
    tcase_add_test(tests, belarus);
}

int main(void)
{
    return run_suite("concentration", add);
}
