/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operations on the structure of trade. Small cases by hand; those of 22 countries and
 * 50 products as peers have them: tests/data/structure/README.md. */
#include "csv_grid.h"
#include "ops_helper.h"

#define WORLD "tests/data/advantage/trade.csv"

/* The result of an operation on files; b NULL: one. */
static tflow_table *of_files(const char *operation, const char *a, const char *b,
                             const char *const *set)
{
    tflow_table *first = table_in(a, NULL), *out;
    tflow_table *second = b == NULL ? NULL : table_in(b, NULL);
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_status status = call_on(operation, first, second, set, &out, &error);
    ck_assert_msg(status == TFLOW_OK, "%s: %s", operation, error.message);
    tflow_table_free(first);
    tflow_table_free(second);
    return out;
}

/* ---- similarity ---- */

START_TEST(similarity_of_peers)
{
    tflow_table *out = of_files("similarity", WORLD, NULL, SET());
    grid own = grid_read("tests/data/structure/similarity.csv");
    grid peers = grid_read("tests/data/structure/pairs.csv");
    ck_assert_uint_eq(tflow_table_rows(out), 231);
    ck_assert_uint_eq(own.n, 232);
    ck_assert_uint_eq(peers.n, 232);
    for (size_t i = 0; i < 231; i++) {
        char **want = own.row[i + 1].field;
        size_t p = 1;
        while (p < peers.n - 1 && (strcmp(peers.row[p].field[0], want[0]) != 0 ||
                                   strcmp(peers.row[p].field[1], want[1]) != 0))
            p++;
        char **peer = peers.row[p].field;
        ck_assert_str_eq(text_at_row(out, "reporter", i), want[0]);
        ck_assert_str_eq(text_at_row(out, "counterpart", i), want[1]);
        ck_close(number_at(out, "finger_kreinin", i), grid_number(want[2]), 1e-13);
        ck_close(number_at(out, "cosine", i), grid_number(want[3]), 1e-13);
        ck_close(number_at(out, "log_rca", i), grid_number(want[4]), 1e-13);
        ck_assert_str_eq(want[0], peer[0]);
        ck_assert_str_eq(want[1], peer[1]);
        ck_close(number_at(out, "finger_kreinin", i), 1 - grid_number(peer[2]) / 2,
                 1e-13);
    }
    grid_free(&own);
    grid_free(&peers);
    tflow_table_free(out);
}
END_TEST

#define H "reporter,partner,product,flow,period,value,status\n"
#define THREE                                                                          \
    H "BLR,CHN,01,X,2020,1,A\nBLR,CHN,02,X,2020,3,A\nDEU,CHN,01,X,2020,2,A\n"          \
      "DEU,CHN,02,X,2020,1,E\nDEU,USA,03,X,2020,1,A\nPOL,CHN,03,X,2020,5,A\n"

START_TEST(similarity_of_some)
{
    tflow_table *out = result_of("similarity", THREE, SET());
    ck_assert_uint_eq(tflow_table_rows(out), 3);
    COLUMN(out, "finger_kreinin", 1e-15, 0.5, 0, 0.25);
    COLUMN(out, "value", 0, 4, 4, 4);
    COLUMN(out, "counterpart_value", 0, 4, 5, 5);
    COLUMN(out, "n_lines", 0, 3, 3, 3);
    ck_assert_str_eq(text_at_row(out, "status", 0), "E");
    ck_assert_str_eq(text_at_row(out, "status", 1), "A");
    tflow_table_free(out);
    /* One with each of the others; the advantages are those in the world of all three:
     * BLR (1/4)/(3/13), (3/4)/(4/13), 0 and DEU (2/4)/(3/13), (1/4)/(4/13),
     * (1/4)/(6/13); the correlations are by R.
     */
    out = result_of("similarity", THREE, SET("reporter", "DEU", ));
    ck_assert_uint_eq(tflow_table_rows(out), 2);
    ck_assert_str_eq(text_at_row(out, "counterpart", 0), "BLR");
    COLUMN(out, "finger_kreinin", 1e-15, 0.5, 0.25);
    COLUMN(out, "log_rca", 1e-14, 0.53942957986527096, -0.71551445589395890);
    tflow_table_free(out);
    out = result_of("similarity", THREE,
                    SET("reporter", "DEU", "counterpart", "POL", "over", "partner", ));
    ck_assert_uint_eq(tflow_table_rows(out), 1);
    COLUMN(out, "finger_kreinin", 1e-15, 0.75);
    tflow_table_free(out);
    /* To the same market. */
    out = result_of("similarity", THREE, SET("by", "partner", "counterpart", "DEU", ));
    ck_assert_uint_eq(tflow_table_rows(out), 2);
    ck_assert_str_eq(text_at_row(out, "partner", 0), "CHN");
    COLUMN(out, "finger_kreinin", 1e-15, 1 / 4. + 1 / 3., 0);
    tflow_table_free(out);
}
END_TEST

START_TEST(similarity_edges)
{
#define LOST THREE "BLR,CHN,03,X,2020,,Q\n"
    tflow_table *out = result_of("similarity", LOST, SET("counterpart", "BLR", ));
    COLUMN(out, "finger_kreinin", 0, NAN, NAN);
    COLUMN(out, "n_missing", 0, 1, 1);
    ck_assert_str_eq(text_at_row(out, "reason", 0), "a value is missing");
    tflow_table_free(out);
    out = result_of("similarity", LOST,
                    SET("counterpart", "BLR", "missing", "skip", "reporter", "DEU", ));
    COLUMN(out, "finger_kreinin", 1e-15, 1 / 4. + 1 / 3.);
    COLUMN(out, "lower_bound", 0, 1);
    tflow_table_free(out);
    out = result_of("similarity", LOST,
                    SET("counterpart", "BLR", "missing", "zero", "reporter", "DEU", ));
    COLUMN(out, "finger_kreinin", 1e-15, 0.5);
    tflow_table_free(out);
    out = result_of("similarity", H "BLR,CHN,01,X,2020,0,A\nDEU,CHN,01,X,2020,2,A\n",
                    SET());
    COLUMN(out, "cosine", 0, NAN);
    ck_assert_str_eq(text_at_row(out, "reason", 0), tflow_status_text(TFLOW_UNDEFINED));
    tflow_table_free(out);
    out = result_of("similarity", H "BLR,CHN,01,X,2020,1,A\n", SET()); /* alone */
    ck_assert_uint_eq(tflow_table_rows(out), 0);
    tflow_table_free(out);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, similarity_of_peers);
    tcase_add_test(tests, similarity_of_some);
    tcase_add_test(tests, similarity_edges);
}

int main(void)
{
    return run_suite("structure operations", add);
}
