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

/* ---- intensity and introversion ---- */

#define MATRIX "data/baci/totals_2017.csv.gz"

/* Rows of tests/data/structure/bilateral.csv: what, reporter, partner, option, value.
 */
static void check_bilateral(const tflow_table *matrix, char **want)
{
    tflow_table *out;
    tflow_error error = TFLOW_ERROR_INIT;
    int to_itself = strcmp(want[1], want[2]) == 0;
    int of_pair = *want[2] != '\0';
    tflow_status status =
        of_pair ? CALL("intensity", matrix, NULL, &out, &error, "reporter", want[1],
                       "partner", want[2], "world", want[3])
                : CALL("introversion", matrix, NULL, &out, &error, "reporter", want[1],
                       "side", want[3]);
    ck_assert_msg(status == TFLOW_OK, "%s", error.message);
    ck_assert_uint_eq(tflow_table_rows(out), 1);
    ck_close(number_at(out, want[0], 0), grid_number(want[4]), 1e-12);
    tflow_table_free(out);
    if (!to_itself)
        return;
    /* Intra-regional intensity is the same number by the other operation. */
    ck_assert_int_eq(CALL("introversion", matrix, NULL, &out, &error, "reporter",
                          want[1], "side", "reporter", "world", want[3]),
                     TFLOW_OK);
    ck_close(number_at(out, "intensity", 0), grid_number(want[4]), 1e-12);
    tflow_table_free(out);
}

START_TEST(bilateral_by_script)
{
    tflow_table *matrix = table_in(MATRIX, NULL);
    grid want = grid_read("tests/data/structure/bilateral.csv");
    ck_assert_uint_eq(want.n, 49);
    for (size_t i = 1; i < want.n; i++)
        check_bilateral(matrix, want.row[i].field);
    grid_free(&want);
    tflow_table_free(matrix);
}
END_TEST

/* A and B are a bloc; A sells 6 to B, 2 to C, 3 to itself; B 2 to C; C 4 to A, 1 to D.
 */
#define FOUR                                                                           \
    H "BLR,RUS,01,X,2020,6,A\nBLR,CHN,01,X,2020,2,A\nBLR,BLR,01,X,2020,3,A\n"          \
      "RUS,CHN,01,X,2020,2,E\nCHN,BLR,01,X,2020,4,A\nCHN,DEU,01,X,2020,1,A\n"

START_TEST(intensity_of_four)
{
    tflow_table *out = result_of("intensity", FOUR, SET());
    ck_assert_uint_eq(tflow_table_rows(out), 5); /* trade with oneself is not there */
    ck_assert_str_eq(text_at_row(out, "reporter", 0), "BLR");
    ck_assert_str_eq(text_at_row(out, "partner", 0), "CHN");
    COLUMN(out, "value", 0, 2, 6, 4, 1, 2);
    COLUMN(out, "total", 0, 8, 8, 5, 5, 2);
    COLUMN(out, "partner_total", 0, 4, 6, 4, 1, 4);
    COLUMN(out, "world_total", 0, 15, 15, 15, 15, 15);
    COLUMN(out, "intensity", 1e-15, 15 / 16., 15 / 8., 3, 3, 15 / 4.);
    ck_assert_str_eq(text_at_row(out, "status", 0), "E");
    tflow_table_free(out);
    /* Without what others sell to the reporter; both named: pairs without trade too. */
    out = result_of("intensity", FOUR,
                    SET("reporter", "BLR,DEU,RUS", "partner", "CHN,DEU", "world",
                        "without-reporter", ));
    ck_assert_uint_eq(tflow_table_rows(out), 4);
    COLUMN(out, "value", 0, 2, 0, 2, 0);
    COLUMN(out, "world_total", 0, 11, 11, 9, 9);
    COLUMN(out, "intensity", 1e-15, 11 / 16., 0, 9 / 4., 0);
    tflow_table_free(out);
    /* Of one: its partners by name. */
    out = result_of("intensity", FOUR, SET("reporter", "CHN", "self", "include", ));
    ck_assert_uint_eq(tflow_table_rows(out), 2);
    COLUMN(out, "intensity", 1e-15, 4 / 5. / (7 / 18.), 1 / 5. / (1 / 18.));
    tflow_table_free(out);
    out = result_of("intensity", FOUR, SET("partner", "CHN", ));
    ck_assert_uint_eq(tflow_table_rows(out), 2);
    COLUMN(out, "value", 0, 2, 2);
    tflow_table_free(out);
    /* A part of the reporter cannot be what is left when the reporter is taken out. */
    out = result_of(
        "intensity", FOUR,
        SET("reporter", "EAEU", "partner", "RUS", "world", "without-reporter", ));
    COLUMN(out, "intensity", 0, NAN);
    ck_assert_str_eq(text_at_row(out, "reason", 0),
                     "the partner is part of the reporter that is taken out");
    tflow_table_free(out);
    out =
        result_of("intensity", FOUR,
                  SET("reporter", "EAEU", "partner", "CHN", "world", "without-bloc", ));
    COLUMN(out, "intensity", 1e-15, 4 / 10. / (4 / 9.));
    tflow_table_free(out);
    /* Products keep apart what they are asked to. */
    out = result_of("intensity", FOUR, SET("by", "product", "reporter", "RUS", ));
    ck_assert_str_eq(text_at_row(out, "product", 0), "01");
    tflow_table_free(out);
}
END_TEST

START_TEST(introversion_of_four)
{
    tflow_table *out =
        result_of("introversion", FOUR, SET("bloc", "BLR,RUS", "side", "reporter", ));
    COLUMN(out, "inside", 0, 6);
    COLUMN(out, "total", 0, 10);
    COLUMN(out, "outside", 0, 4);
    COLUMN(out, "outside_total", 0, 5);
    COLUMN(out, "share", 1e-15, 0.6);
    COLUMN(out, "world_share", 1e-15, 10 / 15.);
    COLUMN(out, "intensity", 1e-15, 0.9);
    COLUMN(out, "intra_intensity", 1e-15, 0.75);
    COLUMN(out, "extra_intensity", 1e-15, 2);
    COLUMN(out, "introversion", 1e-15, -5 / 11.);
    COLUMN(out, "n_members", 0, 2);
    ck_assert_str_eq(text_at_row(out, "reporter", 0), "BLR,RUS");
    tflow_table_free(out);
    out = result_of("introversion", FOUR, SET("bloc", "BLR,RUS", ));
    COLUMN(out, "inside", 0, 12);
    COLUMN(out, "total", 0, 20);
    COLUMN(out, "outside", 0, 8);
    COLUMN(out, "outside_total", 0, 10);
    tflow_table_free(out);
    out = result_of("introversion", FOUR,
                    SET("bloc", "BLR,RUS", "side", "partner", "self", "include",
                        "world", "without-bloc", ));
    COLUMN(out, "share", 1e-15, 9 / 13.);
    COLUMN(out, "world_total", 0, 9);
    tflow_table_free(out);
    /* The whole world has no outsiders. */
    out = result_of("introversion", FOUR, SET("bloc", "BLR,RUS,CHN,DEU", ));
    COLUMN(out, "share", 0, 1);
    COLUMN(out, "introversion", 0, NAN);
    ck_assert_str_eq(text_at_row(out, "reason", 0), tflow_status_text(TFLOW_UNDEFINED));
    tflow_table_free(out);
    out = result_of("introversion", FOUR "DEU,RUS,01,X,2020,,Q\n",
                    SET("bloc", "BLR,RUS", ));
    COLUMN(out, "introversion", 0, NAN);
    COLUMN(out, "n_missing", 0, 1);
    ck_assert_str_eq(text_at_row(out, "status", 0), "Q");
    tflow_table_free(out);
}
END_TEST

static const struct {
    const char *operation;
    const char *const *set;
    tflow_status status;
    const char *column;
} refused[] = {
    {"introversion", SET(), TFLOW_EINVAL, "reporter"},
    {"introversion", SET("bloc", "BLR", "reporter", "RUS", ), TFLOW_EINVAL, "bloc"},
    {"introversion", SET("bloc", "BLR", "partner", "RUS", ), TFLOW_EINVAL, "partner"},
    {"introversion", SET("bloc", "JPN", ), TFLOW_EUNKNOWN, "bloc"},
    {"intensity", SET("reporter", "JPN", ), TFLOW_EUNKNOWN, "reporter"},
    {"intensity", SET("partner", "JPN", ), TFLOW_EUNKNOWN, "partner"},
    {"intensity", SET("missing", "fail", "by", "product", ), TFLOW_OK, ""},
};

START_TEST(what_is_refused)
{
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        tflow_error error = TFLOW_ERROR_INIT;
        ck_assert_int_eq(status_of(refused[i].operation, FOUR, refused[i].set, &error),
                         refused[i].status);
        ck_assert_str_eq(error.column, refused[i].column);
    }
}
END_TEST

/* ---- balance and openness ---- */

#define BOTH                                                                           \
    H "DEU,FRA,01,X,2020,30,A\nDEU,FRA,01,M,2020,50,A\nDEU,USA,01,X,2020,10,A\n"       \
      "FRA,DEU,01,X,2020,40,A\nFRA,USA,01,X,2020,5,A\nUSA,DEU,01,X,2020,20,E\n"

START_TEST(balances)
{
    tflow_table *out =
        result_of("trade_balance", BOTH, SET("by", "partner", "reporter", "DEU", ));
    ck_assert_uint_eq(tflow_table_rows(out), 2);
    COLUMN(out, "exports", 0, 30, 10);
    COLUMN(out, "imports", 0, 50, 0);
    COLUMN(out, "balance", 0, -20, 10);
    COLUMN(out, "balance_normalised", 1e-15, -0.25, 1);
    COLUMN(out, "coverage", 1e-15, 0.6, NAN);
    ck_assert_str_eq(text_at_row(out, "reason", 1), "nothing is imported");
    tflow_table_free(out);
    /* What the partners say, and sums of it. */
    out = result_of("trade_balance", BOTH,
                    SET("by", "partner", "reporter", "DEU", "imports", "mirror", ));
    COLUMN(out, "imports", 0, 40, 20);
    ck_assert_str_eq(text_at_row(out, "status", 1), "E");
    tflow_table_free(out);
    out = result_of("trade_balance", BOTH, SET("by", "reporter", ));
    ck_assert_uint_eq(tflow_table_rows(out), 3);
    COLUMN(out, "exports", 0, 40, 45, 20);
    COLUMN(out, "balance", 0, -10, NAN, NAN); /* none reported is not none */
    ck_assert_str_eq(text_at_row(out, "reason", 1), "a flow is not known");
    tflow_table_free(out);
    out =
        result_of("trade_balance", BOTH, SET("by", "reporter", "imports", "mirror", ));
    COLUMN(out, "imports", 0, 60, 30, 15);
    COLUMN(out, "balance", 0, -20, 15, 5);
    tflow_table_free(out);
    out = result_of("trade_balance", BOTH, SET("imports", "mirror", ));
    COLUMN(out, "balance", 0, 0); /* of the world */
    tflow_table_free(out);
    out = result_of("trade_balance", BOTH "DEU,POL,01,M,2020,,Q\n",
                    SET("by", "partner", "reporter", "DEU", ));
    COLUMN(out, "balance", 0, -20, NAN, 10);
    COLUMN(out, "exports", 0, 30, 0, 10);
    COLUMN(out, "n_missing", 0, 0, 1, 0);
    tflow_table_free(out);
    tflow_error error = TFLOW_ERROR_INIT;
    ck_assert_int_eq(status_of("trade_balance", BOTH, SET("flow", "X", ), &error),
                     TFLOW_EINVAL);
    ck_assert_str_eq(error.column, "flow");
}
END_TEST

START_TEST(balance_of_the_census)
{
    tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
    opts.skip_bad_rows = 1;
    tflow_table *out,
        *t = table_in("data/census/us_census_country_table_1985_2011.csv.gz", &opts);
    ck_assert_int_eq(CALL("trade_balance", t, NULL, &out, NULL, "frequency", "A",
                          "partner", "CHN", "period", "2011"),
                     TFLOW_OK);
    /* IYR and EYR of 2011 and 5700, by hand from the file. */
    COLUMN(out, "balance", 1e-12, 103878.554773 - 399335.065066);
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

#define GDP "reporter,period,value\nDEU,2020,100\nFRA,2020,0\nDEU,2019,7\n"

START_TEST(opennesses)
{
    tflow_table *flows = table_from(BOTH, NULL), *gdp = table_from(GDP, NULL), *out;
    tflow_error error = TFLOW_ERROR_INIT;
    ck_assert_int_eq(CALL("openness", flows, gdp, &out, &error, "imports", "mirror"),
                     TFLOW_OK);
    ck_assert_uint_eq(tflow_table_rows(out), 3);
    COLUMN(out, "openness_sum", 1e-15, 1, NAN, NAN);
    COLUMN(out, "openness_mean", 1e-15, 0.5, NAN, NAN);
    COLUMN(out, "export_ratio", 1e-15, 0.4, NAN, NAN);
    COLUMN(out, "import_ratio", 1e-15, 0.6, NAN, NAN);
    ck_assert_str_eq(text_at_row(out, "reason", 1), tflow_status_text(TFLOW_ZERO_BASE));
    ck_assert_str_eq(text_at_row(out, "reason", 2), "GDP is not known");
    tflow_table_free(out);
    ck_assert_int_eq(CALL("openness", flows, gdp, &out, &error, "by", "partner"),
                     TFLOW_OK);
    COLUMN(out, "openness_sum", 1e-15, 0.8);
    tflow_table_free(out);
    ck_assert_int_eq(CALL("openness", flows, NULL, &out, &error, "by", "reporter"),
                     TFLOW_EINVAL); /* no GDP */
    ck_assert_int_eq(CALL("openness", flows, flows, &out, &error, "by", "reporter"),
                     TFLOW_EINVAL); /* flows are none */
    tflow_table_free(flows);
    tflow_table_free(gdp);
}
END_TEST

/* Thousands of dollars and dollars; a group; by R from the same files. */
START_TEST(openness_of_countries)
{
    static const struct {
        const char *reporter;
        double want;
    } of[] = {{"BLR", 1.1287698710249567},
              {"SGP", 2.0276128223117551},
              {"EU27_2020", 0.67893998034444913}};
    tflow_table *flows = table_in(MATRIX, NULL), *out;
    tflow_table *gdp = table_in("data/worldbank/gdp_2017.csv", NULL);
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        ck_assert_int_eq(CALL("openness", flows, gdp, &out, NULL, "reporter",
                              of[i].reporter, "imports", "mirror"),
                         TFLOW_OK);
        COLUMN(out, "openness_sum", 1e-14, of[i].want);
        tflow_table_free(out);
    }
    tflow_table_free(flows);
    tflow_table_free(gdp);
}
END_TEST

/* ---- complementarity ---- */

START_TEST(complementarities)
{
    tflow_table *out =
        of_files("complementarity", "data/examples/complementarity.csv", NULL, SET());
    static const char *const reporters[] = {"BLR", "BLR", "CHN", "CHN", "DEU", "DEU"};
    static const char *const partners[] = {"CHN", "DEU", "BLR", "DEU", "BLR", "CHN"};
    ck_assert_uint_eq(tflow_table_rows(out), 6);
    for (size_t i = 0; i < 6; i++) {
        ck_assert_str_eq(text_at_row(out, "reporter", i), reporters[i]);
        ck_assert_str_eq(text_at_row(out, "partner", i), partners[i]);
    }
    COLUMN(out, "exports", 0, 40, 40, 80, 80, 100, 100);
    COLUMN(out, "imports", 0, 50, 50, 20, 50, 20, 50);
    COLUMN(out, "n_lines", 0, 3, 3, 3, 3, 2, 4);
    /* By hand; the world imports 30, 35, 35, 20 without anybody left out. */
    COLUMN(out, "michaely", 1e-15, 0.7, 0.35, 0.75, 0.5, 0.75, 0.3);
    COLUMN(out, "drysdale", 1e-14, 0.25 * 0.1 / 0.3 + 0.75 * 0.6 / 0.35,
           0.25 * 0.5 / 0.3 + 0.75 * 0.1 / 0.35, 0.75 * 0.75 / (35 / 70.),
           0.75 * 0.4 / (35 / 70.) + 0.25 * 0.1 / (5 / 70.),
           0.5 * 0.75 / (15 / 70.) + 0.5 * 0.25 / (20 / 70.), 0.5 * 0.3 / (20 / 70.));
    tflow_table_free(out);
    out = of_files("complementarity", "data/examples/complementarity.csv", NULL,
                   SET("reporter", "BLR", "partner", "DEU", "own", "include", ));
    ck_assert_uint_eq(tflow_table_rows(out), 1);
    COLUMN(out, "drysdale", 1e-14, 0.25 * 0.5 / 0.25 + 0.75 * 0.1 / (35 / 120.));
    tflow_table_free(out);
    out = of_files("complementarity", "data/examples/complementarity.csv", NULL,
                   SET("reporter", "BLR", "partner", "DEU", ));
    COLUMN(out, "drysdale", 1e-14, 0.25 * 0.5 / 0.3 + 0.75 * 0.1 / 0.35);
    tflow_table_free(out);
}
END_TEST

/* The same flows as the exporters report them: by product, DEU buys 4 and 5. */
#define SOLD                                                                           \
    H "BLR,DEU,25,X,2020,4,A\nBLR,CHN,31,X,2020,4,A\nCHN,DEU,84,X,2020,5,E\n"          \
      "CHN,BLR,84,X,2020,3,A\n"

START_TEST(complementarity_of_mirrors)
{
    tflow_table *out = result_of("complementarity", SOLD, SET("imports", "mirror", ));
    ck_assert_uint_eq(tflow_table_rows(out), 4);
    ck_assert_str_eq(text_at_row(out, "partner", 1), "DEU");
    COLUMN(out, "imports", 0, 4, 9, 3, 9);
    COLUMN(out, "michaely", 1e-15, 0.5, 4 / 9., 1, 5 / 9.);
    ck_assert_str_eq(text_at_row(out, "status", 1), "E");
    tflow_table_free(out);
    out = result_of("complementarity", SOLD,
                    SET("imports", "mirror", "partner", "DEU", "reporter", "BLR", ));
    COLUMN(out, "michaely", 1e-15, 4 / 9.);
    COLUMN(out, "drysdale", 1e-14, 0.5 * 4 / 9. / (4 / 13.)); /* without its own 3 */
    tflow_table_free(out);
    out = result_of("complementarity", SOLD "BLR,CHN,25,X,2020,,Q\n",
                    SET("imports", "mirror", "reporter", "CHN", ));
    COLUMN(out, "michaely", 1e-15, 1, 5 / 9.);
    COLUMN(out, "drysdale", 0, NAN, NAN); /* the world's imports are not known */
    ck_assert_str_eq(text_at_row(out, "reason_drysdale", 0), "a value is missing");
    tflow_table_free(out);
    tflow_error error = TFLOW_ERROR_INIT;
    ck_assert_int_eq(status_of("complementarity", SOLD, SET("flow", "X", ), &error),
                     TFLOW_EINVAL);
}
END_TEST

/* ---- sophistication ---- */

#define INCOMES "tests/data/structure/income.csv"

/* Rows of a file that name a reporter, or a product, and its level. */
static void check_levels(const tflow_table *table, const char *file, const char *key,
                         const char *level, size_t n)
{
    grid want = grid_read(file);
    size_t at = want.row[0].n - 1, found = 0;
    for (size_t i = 1; i < want.n; i++) {
        if (at == 2 && strcmp(want.row[i].field[0], level) != 0)
            continue;
        size_t row = row_of(table, key, want.row[i].field[at - 1]);
        ck_close(number_at(table, level, row), grid_number(want.row[i].field[at]),
                 1e-12);
        found++;
    }
    ck_assert_uint_eq(found, n);
    ck_assert_uint_eq(tflow_table_rows(table), n);
    grid_free(&want);
}

START_TEST(sophistication_by_script)
{
    tflow_table *out = of_files("sophistication", WORLD, INCOMES, SET());
    check_levels(out, "tests/data/structure/sophistication.csv", "reporter", "expy",
                 22);
    tflow_table_free(out);
    out = of_files("sophistication", WORLD, INCOMES, SET("show", "products", ));
    check_levels(out, "tests/data/structure/sophistication.csv", "product", "prody",
                 50);
    tflow_table_free(out);
}
END_TEST

/* The peer was given Balassa's indices in the place of exports. */
START_TEST(sophistication_of_peers)
{
    tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
    opts.columns = "reporter=reporter,product=product,flow='X',period='2000',value=rca";
    tflow_table *rca = table_in("tests/data/advantage/expected.csv", &opts), *out;
    tflow_table *incomes = table_in(INCOMES, NULL);
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_status status =
        CALL("sophistication", rca, incomes, &out, &error, "show", "reporters");
    ck_assert_msg(status == TFLOW_OK, "%s", error.message);
    check_levels(out, "tests/data/structure/expy.csv", "reporter", "expy", 22);
    tflow_table_free(out);
    ck_assert_int_eq(
        CALL("sophistication", rca, incomes, &out, &error, "show", "products"),
        TFLOW_OK);
    check_levels(out, "tests/data/structure/prody.csv", "product", "prody", 50);
    tflow_table_free(out);
    tflow_table_free(rca);
    tflow_table_free(incomes);
}
END_TEST

/* Shares 1/4, 3/4 | 1/2, 1/2 | 03 alone, of which there is no income. */
#define THREE_WORTH                                                                    \
    H "BLR,CHN,01,X,2020,1,A\nBLR,CHN,02,X,2020,3,A\nDEU,CHN,01,X,2020,2,A\n"          \
      "DEU,CHN,02,X,2020,2,E\nPOL,CHN,03,X,2020,3,A\nPOL,CHN,01,X,2020,1,A\n"

static tflow_table *worth(const char *flows, const char *const *set)
{
    tflow_table *a = table_from(flows, NULL), *out;
    tflow_table *b = table_from("reporter,period,value\nBLR,2020,1000\n"
                                "DEU,2020,4000\nPOL,2020,\nBLR,2019,7\n",
                                NULL);
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_status status = call_on("sophistication", a, b, set, &out, &error);
    ck_assert_msg(status == TFLOW_OK, "%s", error.message);
    tflow_table_free(a);
    tflow_table_free(b);
    return out;
}

START_TEST(sophistication_of_three)
{
    tflow_table *out = worth(THREE_WORTH, SET("show", "products", ));
    ck_assert_uint_eq(tflow_table_rows(out), 3);
    COLUMN(out, "prody", 1e-15, 3000, 2200, NAN);
    COLUMN(out, "n_reporters", 0, 2, 2, 0);
    ck_assert_str_eq(text_at_row(out, "reason", 2), "nobody with an income exports it");
    ck_assert_str_eq(text_at_row(out, "status", 0), "A");
    ck_assert_str_eq(text_at_row(out, "status", 1), "E");
    ck_assert(noted(out, "1 reporters that the second table has no income of"));
    tflow_table_free(out);
    out = worth(THREE_WORTH, SET());
    COLUMN(out, "income", 0, 1000, 4000, NAN);
    COLUMN(out, "expy", 1e-15, 2400, 2600, 3000);
    COLUMN(out, "coverage", 1e-15, 1, 1, 0.25);
    COLUMN(out, "n_products", 0, 2, 2, 2);
    tflow_table_free(out);
    /* A group has an expy; what products are worth stays of all. */
    out = worth(THREE_WORTH, SET("reporter", "EU27_2020", ));
    COLUMN(out, "income", 0, NAN);
    COLUMN(out, "expy", 1e-15, (3 * 3000 + 2 * 2200) / 5.);
    COLUMN(out, "coverage", 1e-15, 5 / 8.);
    tflow_table_free(out);
    out = worth(THREE_WORTH "BLR,CHN,03,X,2020,,Q\n", SET("reporter", "DEU", ));
    COLUMN(out, "expy", 0, NAN); /* shares of BLR are not known */
    ck_assert_str_eq(text_at_row(out, "reason", 0), "a value is missing");
    tflow_table_free(out);
    out = worth(THREE_WORTH "BLR,CHN,03,X,2020,,Q\n",
                SET("reporter", "DEU", "missing", "skip", ));
    COLUMN(out, "expy", 1e-15, 2600);
    tflow_table_free(out);
    out = worth(H "POL,CHN,01,X,2020,1,A\n", SET());
    COLUMN(out, "expy", 0, NAN);
    ck_assert_str_eq(text_at_row(out, "reason", 0), "no exports that have a prody");
    tflow_table_free(out);
}
END_TEST

/* ---- universes ---- */

/* The recipe says which world it was, given or not. */
static void says(const tflow_table *table, const char *words)
{
    const char *recipe = tflow_table_attribute(table, "recipe");
    ck_assert_ptr_nonnull(recipe);
    ck_assert_msg(strstr(recipe, words) != NULL, "no %s in %s", words, recipe);
}

START_TEST(universes)
{
    /* In a world of BLR and DEU alone, (3, 4, 1)/8; by R. */
    tflow_table *out = result_of(
        "similarity", THREE,
        SET("counterpart", "DEU", "reporter", "BLR", "universe", "BLR,DEU", ));
    COLUMN(out, "log_rca", 1e-14, -0.88411062285908182);
    COLUMN(out, "finger_kreinin", 1e-15, 0.5);
    says(out, "\"universe\":\"BLR,DEU\"");
    tflow_table_free(out);
    out = result_of("similarity", THREE, SET());
    says(out, "\"universe\":\"BLR,DEU,POL\"");
    says(out, "\"by\":\"reporter,product,flow\"");
    tflow_table_free(out);
    out = result_of("intensity", FOUR, SET("reporter", "RUS", "universe", "CHN,BLR", ));
    COLUMN(out, "partner_total", 0, 2);
    COLUMN(out, "world_total", 0, 13);
    COLUMN(out, "intensity", 1e-15, 13 / 2.);
    tflow_table_free(out);
    out = result_of("intensity", FOUR,
                    SET("reporter", "EAEU", "partner", "CHN", "universe", "CHN,RUS",
                        "world", "without-bloc", ));
    COLUMN(out, "world_total", 0, 7); /* what BLR sells to RUS is not in it */
    tflow_table_free(out);
    out = result_of("intensity", FOUR, SET());
    says(out, "\"universe\":\"BLR,CHN,RUS\"");
    says(out, "\"by\":\"reporter,partner,flow\"");
    tflow_table_free(out);
    out = worth(THREE_WORTH, SET("universe", "BLR", ));
    COLUMN(out, "expy", 1e-15, 1000, 1000, 1000);
    tflow_table_free(out);
    out = worth(THREE_WORTH, SET());
    says(out, "\"universe\":\"BLR,DEU\""); /* those with an income */
    tflow_table_free(out);
    tflow_error error = TFLOW_ERROR_INIT;
    ck_assert_int_eq(status_of("intensity", FOUR, SET("universe", "JPN", ), &error),
                     TFLOW_EUNKNOWN);
    ck_assert_str_eq(error.column, "universe");
    ck_assert_int_eq(
        status_of("intensity", FOUR,
                  SET("by", "product,partner2,customs,mode,supply,currency", ), &error),
        TFLOW_EINVAL);
    ck_assert_str_eq(error.column, "by");
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, universes);
    tcase_add_test(tests, complementarities);
    tcase_add_test(tests, complementarity_of_mirrors);
    tcase_add_test(tests, sophistication_by_script);
    tcase_add_test(tests, sophistication_of_peers);
    tcase_add_test(tests, sophistication_of_three);
    tcase_add_test(tests, balances);
    tcase_add_test(tests, balance_of_the_census);
    tcase_add_test(tests, opennesses);
    tcase_add_test(tests, openness_of_countries);
    tcase_add_test(tests, bilateral_by_script);
    tcase_add_test(tests, intensity_of_four);
    tcase_add_test(tests, introversion_of_four);
    tcase_add_test(tests, what_is_refused);
    tcase_add_test(tests, similarity_of_peers);
    tcase_add_test(tests, similarity_of_some);
    tcase_add_test(tests, similarity_edges);
}

int main(void)
{
    return run_suite("structure operations", add);
}
