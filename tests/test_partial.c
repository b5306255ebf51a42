/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Partial sums. What is expected follows from the definition and arithmetic on whole
 * numbers; the stored bytes were made by a few lines of Python with its own CRC-64/XZ
 * (which gives 0x995dc9bbdf1939fa for "123456789", the published check value). */
#include "test.h"
#include "tradeflow/partial.h"

#define NEGATIVE TFLOW_PARTIAL_NEGATIVE

typedef struct row {
    double value;
    char status;
} row;

static tflow_partial of_rows(const row *rows, size_t n)
{
    tflow_partial partial;
    tflow_partial_init(&partial);
    for (size_t i = 0; i < n; i++)
        ck_assert_int_eq(
            tflow_partial_update(&partial, rows[i].value, rows[i].status, NEGATIVE),
            TFLOW_OK);
    return partial;
}

static int same(const tflow_partial *a, const tflow_partial *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

/* ---- the result ---- */

static const struct {
    row rows[5];
    size_t n;
    int64_t absent;
    tflow_missing missing;
    tflow_status status;
    double value, share;
    int n_rows, n_missing;
    char letter;
    const char *why;
} results[] = {
    {{{0, 0}}, 0, 0, TFLOW_MISSING_PROPAGATE, TFLOW_TOO_FEW, NAN, 1, 0, 0, 'M', "none"},
    {{{5, 'M'}},
     1,
     0,
     TFLOW_MISSING_ZERO,
     TFLOW_TOO_FEW,
     NAN,
     1,
     0,
     0,
     'M',
     "what cannot exist takes no part"},
    {{{3, 'A'}, {1, 'E'}},
     2,
     0,
     TFLOW_MISSING_PROPAGATE,
     TFLOW_OK,
     4,
     0.25,
     2,
     0,
     'E',
     "a quarter is estimated"},
    {{{3, 0}, {1, 'P'}, {9, 'M'}},
     3,
     0,
     TFLOW_MISSING_FAIL,
     TFLOW_OK,
     4,
     0.25,
     2,
     0,
     'P',
     "a status that is not said is A"},
    {{{3, 'A'}, {-1, 'F'}},
     2,
     0,
     TFLOW_MISSING_PROPAGATE,
     TFLOW_OK,
     2,
     0.25,
     2,
     0,
     'F',
     "shares are of sizes"},
    {{{0, 'A'}},
     1,
     0,
     TFLOW_MISSING_PROPAGATE,
     TFLOW_OK,
     0,
     0,
     1,
     0,
     'A',
     "nothing traded, observed"},
    {{{0, 'E'}},
     1,
     0,
     TFLOW_MISSING_PROPAGATE,
     TFLOW_OK,
     0,
     1,
     1,
     0,
     'E',
     "nothing traded, estimated"},
    {{{3, 'A'}, {NAN, 0}},
     2,
     0,
     TFLOW_MISSING_PROPAGATE,
     TFLOW_MISSING_VALUE,
     NAN,
     0,
     2,
     1,
     'O',
     "missing stays missing"},
    {{{3, 'A'}, {NAN, 'L'}},
     2,
     0,
     TFLOW_MISSING_SKIP,
     TFLOW_LOWER_BOUND,
     3,
     0,
     2,
     1,
     'L',
     "missing left out"},
    {{{NAN, 'Q'}},
     1,
     0,
     TFLOW_MISSING_SKIP,
     TFLOW_MISSING_VALUE,
     NAN,
     1,
     1,
     1,
     'Q',
     "nothing to leave it out of"},
    {{{3, 'A'}, {NAN, 'Q'}},
     2,
     0,
     TFLOW_MISSING_ZERO,
     TFLOW_OK,
     3,
     0,
     2,
     1,
     'Q',
     "missing is zero"},
    {{{NAN, 'O'}},
     1,
     0,
     TFLOW_MISSING_ZERO,
     TFLOW_OK,
     0,
     1,
     1,
     1,
     'O',
     "all of it is missing and zero"},
    {{{3, 'A'}, {NAN, 'Q'}},
     2,
     0,
     TFLOW_MISSING_FAIL,
     TFLOW_EMISSING,
     NAN,
     0,
     2,
     1,
     'Q',
     "missing is an error"},
    {{{3, 'A'}},
     1,
     2,
     TFLOW_MISSING_SKIP,
     TFLOW_LOWER_BOUND,
     3,
     0,
     1,
     2,
     'O',
     "two cells have no row"},
    {{{0, 0}},
     0,
     1,
     TFLOW_MISSING_SKIP,
     TFLOW_MISSING_VALUE,
     NAN,
     1,
     0,
     1,
     'O',
     "no row at all where one is expected"},
    {{{0, 0}}, 0, 1, TFLOW_MISSING_ZERO, TFLOW_OK, 0, 1, 0, 1, 'O', "the same as zero"},
    {{{1, 'I'}, {1, 'F'}, {1, 'E'}, {1, 'P'}, {1, 'A'}},
     5,
     0,
     TFLOW_MISSING_PROPAGATE,
     TFLOW_OK,
     5,
     0.8,
     5,
     0,
     'F',
     "A < P < E < I < F"},
    {{{1, 'F'}, {1, 'Q'}, {1, 'L'}, {1, 'O'}, {1, 'M'}},
     5,
     0,
     TFLOW_MISSING_PROPAGATE,
     TFLOW_OK,
     4,
     1,
     4,
     0,
     'O',
     "F < Q < L < O"},
    {{{1, 'L'}, {1, 'Q'}},
     2,
     0,
     TFLOW_MISSING_PROPAGATE,
     TFLOW_OK,
     2,
     1,
     2,
     0,
     'L',
     "Q < L"},
    {{{5e27, 'A'}, {0.5, 'A'}, {-5e27, 'A'}},
     3,
     0,
     TFLOW_MISSING_PROPAGATE,
     TFLOW_OK,
     0.5,
     0,
     3,
     0,
     'A',
     "a large number comes and goes"},
};

START_TEST(finished)
{
    for (size_t i = 0; i < sizeof results / sizeof *results; i++) {
        const char *why = results[i].why;
        tflow_partial partial = of_rows(results[i].rows, results[i].n);
        tflow_partial_result got;
        ck_assert_int_eq(tflow_partial_absent(&partial, results[i].absent), TFLOW_OK);
        tflow_partial before = partial;
        tflow_status status = tflow_partial_finish(&partial, results[i].missing, &got);
        ck_assert_msg(status == results[i].status, "%s: %s", why,
                      tflow_status_name(status));
        ck_assert_msg(isnan(results[i].value) ? isnan(got.value)
                                              : got.value == results[i].value,
                      "%s: %g", why, got.value);
        ck_assert_msg(got.share_not_observed == results[i].share, "%s: share %g", why,
                      got.share_not_observed);
        ck_assert_msg(got.n_rows == results[i].n_rows &&
                          got.n_missing == results[i].n_missing &&
                          got.status == results[i].letter &&
                          got.lower_bound == (status == TFLOW_LOWER_BOUND),
                      "%s: %d rows, %d missing, status %c", why, (int)got.n_rows,
                      (int)got.n_missing, got.status);
        ck_assert_msg(same(&partial, &before), "%s: changed", why);
    }
}
END_TEST

/* ---- any split, any order ---- */

static uint64_t draw(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

#define MOST 60

/* What the rows come to in whole numbers of 2^-10, which fit an int64. */
typedef struct whole {
    int64_t value, size, not_observed;
    int64_t n_rows, n_missing;
} whole;

static int64_t size_of_draw(uint64_t *state)
{
    return (int64_t)(draw(state) >> (14 + draw(state) % 40));
}

static whole draw_rows(uint64_t *state, double *values, char *letters, size_t n)
{
    whole sum = {0, 0, 0, 0, 0};
    for (size_t i = 0; i < n; i++) {
        int64_t x = size_of_draw(state);
        int negative = draw(state) % 4 == 0, missing = draw(state) % 8 == 0;
        letters[i] = "APEIFQLOM"[draw(state) % 9];
        values[i] = missing ? NAN : (double)(negative ? -x : x) / 1024.0;
        if (letters[i] == 'M')
            continue;
        sum.n_rows++;
        sum.n_missing += missing;
        if (missing)
            continue;
        sum.value += negative ? -x : x;
        sum.size += x;
        sum.not_observed += letters[i] == 'A' ? 0 : x;
    }
    return sum;
}

static void store_and_read(tflow_partial *partial)
{
    unsigned char bytes[TFLOW_PARTIAL_BYTES + 1];
    tflow_partial back;
    /* From an odd address: nothing may rest on alignment. */
    ck_assert_int_eq(tflow_partial_serialise(partial, bytes + 1, TFLOW_PARTIAL_BYTES),
                     TFLOW_OK);
    ck_assert_int_eq(
        tflow_partial_deserialise(bytes + 1, TFLOW_PARTIAL_BYTES, &back, NULL),
        TFLOW_OK);
    ck_assert(same(&back, partial));
    *partial = back;
}

static void check_whole(const tflow_partial *partial, const whole *sum)
{
    tflow_partial_result got;
    (void)tflow_partial_finish(partial, TFLOW_MISSING_ZERO, &got);
    ck_assert(got.n_rows == sum->n_rows && got.n_missing == sum->n_missing);
    if (sum->n_rows == 0)
        return;
    /* (double) of an int64 rounds to even, and dividing by 1024 is exact. */
    ck_assert(got.value == (double)sum->value / 1024.0);
    if (sum->size > 0)
        ck_assert(got.share_not_observed ==
                  ((double)sum->not_observed / 1024.0) / ((double)sum->size / 1024.0));
}

START_TEST(split_any_way)
{
    uint64_t state = 20240611;
    for (int trial = 0; trial < test_draws(2000); trial++) {
        double values[MOST];
        char letters[MOST];
        tflow_partial parts[8], one, all;
        size_t n = draw(&state) % MOST, k = 1 + draw(&state) % 8;
        whole sum = draw_rows(&state, values, letters, n);

        tflow_partial_init(&one);
        tflow_partial_init(&all);
        for (size_t i = 0; i < k; i++)
            tflow_partial_init(&parts[i]);
        ck_assert_int_eq(tflow_partial_update_n(&one, tflow_vec_of(values, n), letters,
                                                1, NEGATIVE, NULL),
                         TFLOW_OK);
        check_whole(&one, &sum);
        for (size_t i = 0; i < n; i++) {
            tflow_partial *part = &parts[draw(&state) % k];
            if (draw(&state) % 4 == 0)
                store_and_read(part);
            ck_assert_int_eq(
                tflow_partial_update(part, values[i], letters[i], NEGATIVE), TFLOW_OK);
        }
        /* Into each other in any order, until one is left. */
        for (size_t left = k; left > 1; left--) {
            size_t a = draw(&state) % left, b = left - 1;
            if (a == b)
                a = 0;
            store_and_read(&parts[b]);
            ck_assert_int_eq(tflow_partial_merge(&parts[a], &parts[b]), TFLOW_OK);
        }
        ck_assert(same(&parts[0], &one));
        /* And away again: a part taken from the whole leaves the others. */
        size_t half = n / 2;
        tflow_partial tail = of_rows(NULL, 0), head = of_rows(NULL, 0);
        ck_assert_int_eq(tflow_partial_update_n(&head, tflow_vec_of(values, half),
                                                letters, 1, NEGATIVE, NULL),
                         TFLOW_OK);
        ck_assert_int_eq(tflow_partial_update_n(&tail,
                                                tflow_vec_of(values + half, n - half),
                                                letters + half, 1, NEGATIVE, NULL),
                         TFLOW_OK);
        ck_assert_int_eq(tflow_partial_subtract(&one, &tail), TFLOW_OK);
        ck_assert(same(&one, &head));
        ck_assert_int_eq(tflow_partial_subtract(&one, &one), TFLOW_OK);
        ck_assert(same(&one, &all));
    }
}
END_TEST

/* ---- vectors ---- */

START_TEST(strides)
{
    static const double spread[] = {1, 99, 2, 99, 4};
    static const char letters[] = "AxxExxP";
    static const row forward[] = {{1, 'A'}, {2, 'E'}, {4, 'P'}};
    static const row backward[] = {{4, 'A'}, {2, 'E'}, {1, 'P'}};
    static const row repeated[] = {{7, 'F'}, {7, 'F'}, {7, 'F'}};
    static const double seven = 7;
    tflow_vec up = {spread, 3, 2}, down = {spread + 4, 3, -2},
              same_one = {&seven, 3, 0};
    tflow_partial got = of_rows(NULL, 0), want = of_rows(forward, 3);

    ck_assert_int_eq(tflow_partial_update_n(&got, up, letters, 3, 0, NULL), TFLOW_OK);
    ck_assert(same(&got, &want));
    got = of_rows(NULL, 0);
    want = of_rows(backward, 3);
    ck_assert_int_eq(tflow_partial_update_n(&got, down, letters, 3, 0, NULL), TFLOW_OK);
    ck_assert(same(&got, &want));
    got = of_rows(NULL, 0);
    ck_assert_int_eq(tflow_partial_update_n(&got, up, letters + 6, -3, 0, NULL),
                     TFLOW_OK);
    ck_assert(same(&got, &want)); /* 1 P, 2 E, 4 A, in another order */
    ck_assert_int_eq(
        tflow_partial_update_n(&want, tflow_vec_of(NULL, 0), NULL, 0, 0, NULL),
        TFLOW_OK);
    got = of_rows(NULL, 0);
    want = of_rows(repeated, 3);
    ck_assert_int_eq(tflow_partial_update_n(&got, same_one, "F", 0, 0, NULL), TFLOW_OK);
    ck_assert(same(&got, &want));
    static const row not_said[] = {{1, 'A'}, {NAN, 'O'}};
    static const double with_missing[] = {1, NAN};
    got = of_rows(NULL, 0);
    want = of_rows(not_said, 2);
    ck_assert_int_eq(
        tflow_partial_update_n(&got, tflow_vec_of(with_missing, 2), NULL, 1, 0, NULL),
        TFLOW_OK);
    ck_assert(same(&got, &want));
}
END_TEST

/* ---- what is refused ---- */

static const struct {
    double value;
    char status;
    uint32_t flags;
    tflow_status result;
    const char *why;
} refused[] = {
    {-1, 'A', 0, TFLOW_ENEGATIVE, "negative"},
    {-1, 'A', 2, TFLOW_EINVAL, "no such flag"},
    {INFINITY, 'A', 0, TFLOW_EINVAL, "infinite"},
    {-INFINITY, 'A', 1, TFLOW_EINVAL, "infinite below"},
    {1, 'X', 0, TFLOW_EINVAL, "no status"},
    {1, 'a', 0, TFLOW_EINVAL, "no status, lower case"},
    {0x1p94, 'A', 0, TFLOW_ELIMIT, "too large"},
    {0x1p93, 'A', 0, TFLOW_ELIMIT, "the sum is too large: 2^93 is there"},
};

START_TEST(refusals)
{
    static const row there[] = {{0x1p93, 'A'}, {1, 'E'}};
    tflow_partial partial = of_rows(there, 2), before = partial;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        tflow_error error = TFLOW_ERROR_INIT;
        double two[] = {1, refused[i].value};
        char letters[] = {'A', refused[i].status};
        ck_assert_msg(tflow_partial_update(&partial, refused[i].value,
                                           refused[i].status,
                                           refused[i].flags) == refused[i].result,
                      "%s", refused[i].why);
        ck_assert_msg(tflow_partial_update_n(&partial, tflow_vec_of(two, 2), letters, 1,
                                             refused[i].flags,
                                             &error) == refused[i].result &&
                          error.status == refused[i].result && error.message[0] != '\0',
                      "%s", refused[i].why);
        ck_assert_msg(same(&partial, &before), "%s: changed", refused[i].why);
    }
    tflow_error error = TFLOW_ERROR_INIT;
    static const double three[] = {1, 2, -3};
    ck_assert_int_eq(
        tflow_partial_update_n(&partial, tflow_vec_of(three, 3), NULL, 0, 0, &error),
        TFLOW_ENEGATIVE);
    ck_assert_str_eq(error.message, "row 3: found -3, expected a value of 0 or more");
    ck_assert_int_eq(tflow_partial_merge(&partial, &before), TFLOW_ELIMIT);
    ck_assert(same(&partial, &before));
    ck_assert_int_eq(tflow_partial_absent(&partial, -1), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_partial_absent(&partial, INT64_MAX), TFLOW_ELIMIT);
    ck_assert(same(&partial, &before));
}
END_TEST

static const struct {
    row all[3];
    row part[2];
    size_t n_all, n_part;
    const char *why;
} not_there[] = {
    {{{1, 'A'}}, {{1, 'E'}}, 1, 1, "no row of that status"},
    {{{1, 'A'}}, {{2, 'A'}}, 1, 1, "the value is another, and no row is left"},
    {{{1, 'A'}}, {{1, 'A'}, {0, 'A'}}, 1, 2, "more rows than there are"},
    {{{1, 'A'}, {NAN, 'O'}}, {{NAN, 'A'}}, 2, 1, "the missing value had a status"},
    {{{1, 'A'}, {2, 'A'}}, {{4, 'A'}}, 2, 1, "less than nothing would be left"},
    {{{1, 'A'}, {2, 'E'}}, {{1, 'E'}}, 2, 1, "what is left is A, and not observed"},
    {{{1, 'A'}, {NAN, 'A'}}, {{1, 'A'}, {NAN, 'O'}}, 2, 2, "no missing O"},
};

START_TEST(subtract_what_was_not_added)
{
    for (size_t i = 0; i < sizeof not_there / sizeof *not_there; i++) {
        tflow_partial all = of_rows(not_there[i].all, not_there[i].n_all);
        tflow_partial part = of_rows(not_there[i].part, not_there[i].n_part);
        tflow_partial before = all;
        ck_assert_msg(tflow_partial_subtract(&all, &part) == TFLOW_UNDEFINED, "%s",
                      not_there[i].why);
        ck_assert_msg(same(&all, &before), "%s: changed", not_there[i].why);
    }
}
END_TEST

START_TEST(nothing_given)
{
    tflow_partial partial = of_rows(NULL, 0);
    tflow_partial_result result;
    unsigned char bytes[TFLOW_PARTIAL_BYTES] = {0};
    tflow_vec lost = {NULL, 1, 1};

    ck_assert_uint_eq(tflow_partial_size(), sizeof partial);
    tflow_partial_init(NULL);
    ck_assert_int_eq(tflow_partial_update(NULL, 1, 'A', 0), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_partial_update_n(NULL, lost, NULL, 0, 0, NULL),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_partial_update_n(&partial, lost, NULL, 0, 0, NULL),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_partial_absent(NULL, 1), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_partial_merge(NULL, &partial), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_partial_merge(&partial, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_partial_subtract(NULL, &partial), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_partial_subtract(&partial, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_partial_finish(&partial, TFLOW_MISSING_ZERO, NULL),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_partial_finish(NULL, TFLOW_MISSING_ZERO, &result),
                     TFLOW_EINVAL);
    ck_nan(result.value);
    ck_assert_int_eq(tflow_partial_finish(&partial, (tflow_missing)4, &result),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_partial_serialise(NULL, bytes, sizeof bytes), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_partial_serialise(&partial, NULL, sizeof bytes),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_partial_serialise(&partial, bytes, sizeof bytes - 1),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_partial_deserialise(NULL, 0, &partial, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_partial_deserialise(bytes, sizeof bytes, NULL, NULL),
                     TFLOW_EINVAL);
}
END_TEST

/* ---- bytes ---- */

/* 12.5 A, 7.5 E, -3 F, a missing O, a row of status M and two absent cells. */
static const unsigned char stored[TFLOW_PARTIAL_BYTES + 1] =
    "\x54\x46\x50\x41\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
    "\x00\x00\x00\x00\x11\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
    "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x17\x00\x00\x00"
    "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
    "\x00\x00\x00\x80\x0a\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
    "\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
    "\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
    "\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
    "\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00"
    "\x01\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00"
    "\x02\x00\x00\x00\x00\x00\x00\x00\x68\xb9\x8a\xa9\x9b\xa6\x88\x94";

START_TEST(bytes_of_a_state)
{
    static const row rows[] = {
        {12.5, 'A'}, {7.5, 'E'}, {-3, 'F'}, {NAN, 'O'}, {4, 'M'}};
    tflow_partial partial = of_rows(rows, 5), back;
    unsigned char bytes[TFLOW_PARTIAL_BYTES];

    ck_assert_int_eq(tflow_partial_absent(&partial, 2), TFLOW_OK);
    ck_assert_int_eq(tflow_partial_serialise(&partial, bytes, sizeof bytes), TFLOW_OK);
    ck_assert_mem_eq(bytes, stored, sizeof bytes);
    ck_assert_int_eq(tflow_partial_deserialise(stored, sizeof bytes, &back, NULL),
                     TFLOW_OK);
    ck_assert(same(&back, &partial));
}
END_TEST

START_TEST(damaged_bytes)
{
    tflow_partial partial, empty = of_rows(NULL, 0);
    unsigned char bytes[TFLOW_PARTIAL_BYTES];

    for (size_t bit = 0; bit < 8 * sizeof bytes; bit++) {
        tflow_error error = TFLOW_ERROR_INIT;
        memcpy(bytes, stored, sizeof bytes);
        bytes[bit / 8] = (unsigned char)(bytes[bit / 8] ^ 1u << bit % 8);
        tflow_status want =
            bit / 8 >= 4 && bit / 8 < 8 ? TFLOW_EUNSUPPORTED : TFLOW_EPARSE;
        ck_assert_msg(
            tflow_partial_deserialise(bytes, sizeof bytes, &partial, &error) == want,
            "bit %zu", bit);
        ck_assert(error.status == want && error.message[0] != '\0');
        ck_assert(same(&partial, &empty));
    }
    for (size_t n = 0; n < sizeof bytes; n++)
        ck_assert_int_eq(tflow_partial_deserialise(stored, n, &partial, NULL),
                         TFLOW_EPARSE);
    ck_assert_int_eq(tflow_partial_deserialise(stored, sizeof stored, &partial, NULL),
                     TFLOW_EPARSE);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, finished);
    tcase_add_test(tests, split_any_way);
    tcase_add_test(tests, strides);
    tcase_add_test(tests, refusals);
    tcase_add_test(tests, subtract_what_was_not_added);
    tcase_add_test(tests, nothing_given);
    tcase_add_test(tests, bytes_of_a_state);
    tcase_add_test(tests, damaged_bytes);
}

int main(void)
{
    return run_suite("partial", add);
}
