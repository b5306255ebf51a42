/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every test program shares: one main, closeness of numbers, files of tests/data.
 */
#ifndef TFLOW_TEST_H
#define TFLOW_TEST_H

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* |got - want| <= tolerance * max(1, |want|); NaN is close to NaN alone. */
#define ck_close(got, want, tolerance)                                                 \
    do {                                                                               \
        double got_ = (got), want_ = (want);                                           \
        double scale_ = fabs(want_) > 1 ? fabs(want_) : 1;                             \
        int close_ =                                                                   \
            isnan(want_) ? isnan(got_) : fabs(got_ - want_) <= (tolerance)*scale_;     \
        ck_assert_msg(close_, "%s is %.17g, expected %.17g within %g", #got, got_,     \
                      want_, (double)(tolerance));                                     \
    } while (0)

#define ck_nan(got)                                                                    \
    do {                                                                               \
        double nan_ = (got);                                                           \
        ck_assert_msg(isnan(nan_), "%s is %.17g, expected NaN", #got, nan_);           \
    } while (0)

/* A path below the source tree, for data files: a missing file fails the test. */
static inline const char *source_path(const char *name)
{
    static char path[1024];
    const char *dir = getenv("SRCDIR");
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", dir == NULL ? "." : dir, name);
    file = fopen(path, "r");
    ck_assert_msg(file != NULL, "%s is missing", path);
    fclose(file);
    return path;
}

/* How many random draws to make: a hundredth where every step is slow (valgrind). */
static inline int test_draws(int n)
{
    return getenv("TFLOW_QUICK") == NULL ? n : n / 100;
}

/* Run a suite made of one test case; the exit status of main. */
static inline int run_suite(const char *name, void (*add)(TCase *))
{
    Suite *suite = suite_create(name);
    TCase *tests = tcase_create(name);
    SRunner *runner;
    int failed;

    tcase_set_timeout(tests, 300);
    add(tests);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
