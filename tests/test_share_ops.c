/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shares and concentration as operations on tables. Expected values of small tables are
 * fractions worked out by hand; the indices of 30, 60, 6, 24 and of the same among
 * eight lines were computed from their formulas in plain Python. */
#include "call.h"

#define H "reporter,partner,flow,period,value\n"
#define YEARS                                                                          \
    H "BLR,CHN,X,2021,10\nBLR,RUS,X,2021,50\nBLR,UKR,X,2021,20\nBLR,POL,X,2021,20\n"   \
      "BLR,CHN,X,2022,30\nBLR,RUS,X,2022,60\nBLR,UKR,X,2022,6\nBLR,POL,X,2022,24\n"

START_TEST(shares_of_two_years)
{
    static const struct {
        const char *partner;
        double share, change, rank, cumulative;
    } want[] = {/* 2021: 100 in all, equal lines share a rank; 2022: 120 in all */
                {"RUS", 0.5, NAN, 1, 0.5}, {"POL", 0.2, NAN, 2, 0.7},
                {"UKR", 0.2, NAN, 2, 0.9}, {"CHN", 0.1, NAN, 4, 1},
                {"RUS", 0.5, 0, 1, 0.5},   {"CHN", 0.25, 0.15, 2, 0.75},
                {"POL", 0.2, 0, 3, 0.95},  {"UKR", 0.05, -0.15, 4, 1}};
    tflow_table *out, *t = table_from(YEARS, NULL);
    ck_assert_int_eq(CALL("share", t, NULL, &out, NULL, "reporter", "BLR"), TFLOW_OK);
    ck_assert_uint_eq(tflow_table_rows(out), 8);
    for (size_t i = 0; i < 8; i++) {
        ck_assert_str_eq(text_at_row(out, "partner", i), want[i].partner);
        ck_close(number_at(out, "share", i), want[i].share, 1e-15);
        ck_close(number_at(out, "change_in_share", i), want[i].change, 1e-15);
        ck_close(number_at(out, "rank", i), want[i].rank, 0);
        ck_close(number_at(out, "cumulative_share", i), want[i].cumulative, 1e-15);
        ck_close(number_at(out, "total", i), i < 4 ? 100 : 120, 0);
    }
    tflow_table_free(out);
    ck_assert_int_eq(CALL("share", t, NULL, &out, NULL, "period", "2022", "top", "2"),
                     TFLOW_OK);
    ck_assert_uint_eq(tflow_table_rows(out), 2);
    ck_close(number_at(out, "cumulative_share", 1), 0.75, 1e-15);
    tflow_table_free(out);
    ck_assert_int_eq(CALL("share", t, NULL, &out, NULL, "top", "9"), TFLOW_OK);
    ck_assert_uint_eq(tflow_table_rows(out), 8); /* there are no more */
    tflow_table_free(out);
    /* Two partners shown, with their ranks among all four. */
    ck_assert_int_eq(
        CALL("share", t, NULL, &out, NULL, "partner", "RUS,CHN", "period", "2021:2022"),
        TFLOW_OK);
    ck_assert_uint_eq(tflow_table_rows(out), 4);
    ck_close(number_at(out, "change_in_share", row_of(out, "partner", "CHN")), NAN, 0);
    ck_close(number_at(out, "share", 2), 0.25, 1e-15);
    ck_close(number_at(out, "change_in_share", 2), 0.15, 1e-15);
    ck_close(number_at(out, "rank", 2), 2, 0);
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

/* A gap of a year: no change since the period before, which is not there. */
START_TEST(change_is_by_label)
{
    tflow_table *out, *t = table_from(H "BLR,CHN,X,2019,1\nBLR,RUS,X,2019,1\n"
                                        "BLR,CHN,X,2021,3\nBLR,RUS,X,2021,1\n",
                                      NULL);
    ck_assert_int_eq(
        CALL("share", t, NULL, &out, NULL, "partner", "CHN", "reporter", "BLR"),
        TFLOW_OK);
    ck_close(number_at(out, "share", 1), 0.75, 0);
    ck_nan(number_at(out, "change_in_share", 1));
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

/* ---- missing lines, and the quality of a share ---- */

#define GAP                                                                            \
    "reporter,partner,flow,period,value,status\nDEU,FRA,X,2022,10,A\n"                 \
    "DEU,USA,X,2022,,O\nDEU,JPN,X,2022,30,E\nDEU,ATA,X,2022,,M\n"

static const struct {
    const char *why, *missing;
    double total, share, cumulative, not_observed, n_missing;
    int lower_bound;
    double n, hhi; /* of concentration on the same rows */
} policies[] = {
    {"the total is not known", "propagate", NAN, NAN, NAN, 0.75, 1, 0, NAN, NAN},
    {"the total is at least 40, so that the share is at most 1/4", "skip", 40, 0.25, 1,
     0.75, 1, 1, 2, 0.625},
    {"the missing line is one of three", "zero", 40, 0.25, 1, 0.75, 1, 0, 3, 0.625},
};

/* 30 of 40 are estimated, one line is not reported, one cannot exist. */
START_TEST(missing_lines)
{
    tflow_table *out, *t = table_from(GAP, NULL);
    const char *missing = policies[_i].missing;
    ck_assert_int_eq(CALL("share", t, NULL, &out, NULL, "missing", missing), TFLOW_OK);
    size_t row = row_of(out, "partner", "FRA");
    ck_close(number_at(out, "value", row), 10, 0);
    ck_close(number_at(out, "total", row), policies[_i].total, 0);
    ck_close(number_at(out, "share", row), policies[_i].share, 0);
    ck_close(number_at(out, "cumulative_share", row), policies[_i].cumulative, 0);
    ck_close(number_at(out, "share_not_observed", row), policies[_i].not_observed, 0);
    ck_close(number_at(out, "n_missing", row), policies[_i].n_missing, 0);
    ck_close(number_at(out, "lower_bound", row), policies[_i].lower_bound, 0);
    ck_assert_str_eq(text_at_row(out, "status", row), "O");
    tflow_table_free(out);

    ck_assert_int_eq(CALL("concentration", t, NULL, &out, NULL, "missing", missing),
                     TFLOW_OK);
    ck_close(number_at(out, "n", 0), policies[_i].n, 0);
    ck_close(number_at(out, "hhi", 0), policies[_i].hhi, 1e-15);
    ck_close(number_at(out, "share_not_observed", 0), 0.75, 0);
    ck_close(number_at(out, "n_missing", 0), 1, 0);
    ck_close(number_at(out, "lower_bound", 0), policies[_i].lower_bound, 0);
    ck_assert_str_eq(text_at_row(out, "status", 0), "O");
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

START_TEST(missing_fails_when_told_so)
{
    tflow_table *out, *t = table_from(GAP, NULL);
    ck_assert_int_eq(CALL("share", t, NULL, &out, NULL, "missing", "fail"),
                     TFLOW_EMISSING);
    ck_assert_int_eq(CALL("concentration", t, NULL, &out, NULL, "missing", "fail"),
                     TFLOW_EMISSING);
    tflow_table_free(t);
}
END_TEST

/* One estimated dollar of 100 makes 0.01 of the total estimated, not all of it. */
START_TEST(estimated_part_of_concentration)
{
    tflow_table *out, *t = table_from("reporter,partner,flow,period,value,status\n"
                                      "DEU,FRA,X,2022,99,A\nDEU,USA,X,2022,1,E\n",
                                      NULL);
    ck_assert_int_eq(CALL("concentration", t, NULL, &out, NULL, "k", "1"), TFLOW_OK);
    ck_close(number_at(out, "share_not_observed", 0), 0.01, 1e-15);
    ck_assert_str_eq(text_at_row(out, "status", 0), "E");
    ck_close(number_at(out, "concentration_ratio", 0), 0.99, 1e-15);
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

/* ---- which total ---- */

START_TEST(world_alone_is_no_partner)
{
    tflow_table *out, *t = table_from(H "CHN,WLD,X,2022,100\n", NULL);
    ck_assert_int_eq(CALL("share", t, NULL, &out, NULL, "of", "partner"),
                     TFLOW_EUNKNOWN);
    ck_assert_int_eq(CALL("concentration", t, NULL, &out, NULL, "over", "partner"),
                     TFLOW_EUNKNOWN);
    /* Reporters have shares in it all the same. */
    ck_assert_int_eq(CALL("share", t, NULL, &out, NULL, "of", "reporter"), TFLOW_OK);
    ck_close(number_at(out, "share", 0), 1, 0);
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

/* Products of the World's rows: 60 and 40; of the single partners: 45 and 5. */
START_TEST(products_of_the_world)
{
    tflow_table *out, *t = table_from("reporter,partner,product,flow,period,value\n"
                                      "DEU,WLD,84,X,2022,60\nDEU,WLD,85,X,2022,40\n"
                                      "DEU,FRA,84,X,2022,45\nDEU,FRA,85,X,2022,5\n",
                                      NULL);
    static const struct {
        const char *total;
        double share;
    } want[] = {{"auto", 0.6}, {"world", 0.6}, {"partners", 0.9}};
    for (size_t i = 0; i < 3; i++) {
        ck_assert_int_eq(
            CALL("share", t, NULL, &out, NULL, "of", "product", "total", want[i].total),
            TFLOW_OK);
        ck_close(number_at(out, "share", row_of(out, "product", "84")), want[i].share,
                 1e-15);
        tflow_table_free(out);
    }
    ck_assert_int_eq(CALL("concentration", t, NULL, &out, NULL, "over", "product"),
                     TFLOW_OK);
    ck_close(number_at(out, "hhi", 0), 0.52, 1e-15); /* 0.36 + 0.16 */
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

/* Areas not elsewhere specified stay in the denominator and have a name; the EU stays
 * out beside members; re-exports are a total of their own. */
START_TEST(what_is_in_a_total)
{
    tflow_table *out,
        *t = table_from(H "DEU,WLD,X,2022,110\nDEU,FRA,X,2022,60\nDEU,USA,X,2022,20\n"
                          "DEU,EU27_2020,X,2022,60\nDEU,\"Areas, nes\",X,2022,20\n"
                          "DEU,FRA,RX,2022,3\nDEU,USA,RX,2022,1\n",
                        NULL);
    ck_assert_int_eq(CALL("share", t, NULL, &out, NULL, "flow", "X"), TFLOW_OK);
    ck_assert_uint_eq(tflow_table_rows(out), 3);
    ck_close(number_at(out, "share", row_of(out, "partner", "FRA")), 0.6, 1e-15);
    ck_close(number_at(out, "total", 0), 100, 0);
    ck_assert(noted(out, "groups of countries"));
    tflow_table_free(out);
    ck_assert_int_eq(CALL("share", t, NULL, &out, NULL, "partner", "USA"), TFLOW_OK);
    ck_assert_uint_eq(tflow_table_rows(out), 2); /* RX 1/4, X 20/100 */
    ck_assert_str_eq(text_at_row(out, "flow", 0), "RX");
    ck_close(number_at(out, "share", 0), 0.25, 0);
    ck_close(number_at(out, "share", 1), 0.2, 1e-15);
    tflow_table_free(out);
    ck_assert_int_eq(CALL("share", t, NULL, &out, NULL, "partner", "EU27_2020", "flow",
                          "X", "total", "world"),
                     TFLOW_OK);
    ck_close(number_at(out, "share", 0), 60. / 110, 1e-15); /* its member France */
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

/* ---- concentration ---- */

START_TEST(indices)
{
    static const struct {
        const char *column;
        double four, eight; /* of 30, 60, 6, 24, as four lines and as four of eight */
    } want[] = {{"n", 4, 8},
                {"n_active", 4, 4},
                {"hhi", 0.355, 0.355},
                {"hhi_normalised", 0.14, 0.26285714285714284},
                {"hhi_normalised_unctad", 0.19163752878129836, 0.37476470643061066},
                {"hirschman", 0.5958187643906492, 0.5958187643906492},
                {"equivalent_number", 2.8169014084507045, 2.8169014084507045},
                {"concentration_ratio", 0.75, 0.75},
                {"shannon", 1.1648213767244648, 1.1648213767244648},
                {"theil_t", 0.22147298439542568, 0.914620164955371},
                {"theil_l", 0.2848585707970912, NAN}, /* undefined with zeros */
                {"gini", 0.35, 0.675},
                {"gini_corrected", 0.35 * 4 / 3, 0.675 * 8 / 7}};
    tflow_table *four, *eight, *out, *t = table_from(YEARS, NULL);
    ck_assert_int_eq(
        CALL("concentration", t, NULL, &four, NULL, "period", "2022", "k", "2"),
        TFLOW_OK);
    ck_assert_int_eq(CALL("concentration", t, NULL, &eight, NULL, "period", "2022", "k",
                          "2", "n", "8"),
                     TFLOW_OK);
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        ck_close(number_at(four, want[i].column, 0), want[i].four, 1e-14);
        ck_close(number_at(eight, want[i].column, 0), want[i].eight, 1e-14);
    }
    tflow_table_free(four);
    tflow_table_free(eight);
    ck_assert_int_eq(CALL("concentration", t, NULL, &out, NULL, "k", "9"), TFLOW_OK);
    ck_assert_uint_eq(tflow_table_rows(out), 2);
    ck_close(number_at(out, "hhi", 0), 0.34, 1e-15);
    ck_close(number_at(out, "concentration_ratio", 1), 1, 0); /* k beyond n */
    tflow_table_free(out);
    ck_assert_int_eq(CALL("concentration", t, NULL, &out, NULL, "n", "3"),
                     TFLOW_EINVAL); /* four lines are above zero */
    ck_assert_int_eq(CALL("concentration", t, NULL, &out, NULL, "partner", "CHN"),
                     TFLOW_EINVAL); /* concentration is over all of them */
    tflow_table_free(t);
}
END_TEST

START_TEST(lines_of_zero)
{
    tflow_table *out, *t = table_from(H "BLR,CHN,X,2021,0\nBLR,RUS,X,2021,0\n"
                                        "BLR,CHN,X,2022,5\nBLR,RUS,X,2022,0\n",
                                      NULL);
    ck_assert_int_eq(CALL("concentration", t, NULL, &out, NULL, "over", "partner"),
                     TFLOW_OK);
    ck_nan(number_at(out, "hhi", 0)); /* nothing was traded */
    ck_assert_str_ne(text_at_row(out, "reason", 0), "");
    ck_close(number_at(out, "n", 0), 2, 0);
    ck_close(number_at(out, "hhi", 1), 1, 0);
    ck_close(number_at(out, "n_active", 1), 1, 0);
    ck_close(number_at(out, "gini", 1), 0.5, 0); /* (n - 1)/n */
    ck_close(number_at(out, "hhi_normalised", 1), 1, 0);
    tflow_table_free(out);
    ck_assert_int_eq(CALL("share", t, NULL, &out, NULL, "of", "partner"), TFLOW_OK);
    ck_nan(number_at(out, "share", 0)); /* 0 of 0 */
    ck_close(number_at(out, "share", row_of(out, "period", "2022")), 1, 0);
    tflow_table_free(out);
    tflow_table_free(t);

    tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
    opts.allow_negative = 1;
    t = table_from(H "BLR,CHN,X,2021,5\nBLR,RUS,X,2021,-1\n", &opts);
    ck_assert_int_eq(CALL("concentration", t, NULL, &out, NULL, "over", "partner"),
                     TFLOW_ENEGATIVE);
    tflow_table_free(t);
}
END_TEST

/* ---- on the data that ships ---- */

/* Belarus in BACI, computed with pandas: groupby('partner').value.sum() of its rows. */
START_TEST(belarus)
{
    tflow_table *out,
        *t = table_in("data/belarus/baci_belarus_partners_2000_2020.csv", NULL);
    ck_assert_int_eq(
        CALL("share", t, NULL, &out, NULL, "reporter", "BLR", "period", "2020"),
        TFLOW_OK);
    ck_assert_uint_eq(tflow_table_rows(out), 172);
    ck_close(number_at(out, "total", 0), 28120344.886, 1e-15);
    ck_assert_str_eq(text_at_row(out, "partner", 0), "RUS");
    ck_close(number_at(out, "share", 0), 0.4572369, 5e-8);
    ck_close(number_at(out, "cumulative_share", 2), 0.6141271, 5e-8);
    ck_close(number_at(out, "share", row_of(out, "partner", "CHN")), 0.0301734, 5e-8);
    ck_close(number_at(out, "cumulative_share", 171), 1, 1e-15);
    tflow_table_free(out);
    ck_assert_int_eq(CALL("concentration", t, NULL, &out, NULL, "reporter", "BLR"),
                     TFLOW_OK);
    ck_assert_uint_eq(tflow_table_rows(out), 21);
    ck_close(number_at(out, "n_active", 0), 128, 0);
    ck_close(number_at(out, "hhi", 0), 0.2644465, 5e-8);
    ck_close(number_at(out, "n_active", 20), 172, 0);
    ck_close(number_at(out, "hhi", 20), 0.2305030, 5e-8);
    ck_close(number_at(out, "equivalent_number", 20), 4.338339, 5e-7);
    ck_close(number_at(out, "concentration_ratio", 20), 0.6141271, 5e-8);
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

/* Germany's services: what its partners have of the World's row is 0.789 of imports
 * and 0.711 of exports, so that a share says which total it is of. */
START_TEST(germany)
{
    tflow_table *out,
        *t = table_in("tests/data/layouts/comtrade_new_services.csv", NULL);
    static const char *const flows[] = {"M", "X"};
    static const char *const said[] = {"which is 0.789 of", "which is 0.711 of"};
    static const double cover[] = {0.7892457530730815, 0.7110399246491845};
    for (size_t i = 0; i < 2; i++) {
        double total[2];
        for (size_t world = 0; world < 2; world++) {
            ck_assert_int_eq(CALL("share", t, NULL, &out, NULL, "reporter", "DEU",
                                  "flow", flows[i], "product", "S", "total",
                                  world ? "world" : "partners", "partner", "FRA"),
                             TFLOW_OK);
            total[world] = number_at(out, "total", 0);
            ck_assert_int_eq(noted(out, said[i]), !world);
            ck_close(number_at(out, "share", 0),
                     number_at(out, "value", 0) / total[world], 1e-15);
            tflow_table_free(out);
        }
        ck_close(total[0] / total[1], cover[i], 1e-12);
    }
    tflow_table_free(t);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, shares_of_two_years);
    tcase_add_test(tests, change_is_by_label);
    tcase_add_loop_test(tests, missing_lines, 0,
                        (int)(sizeof policies / sizeof *policies));
    tcase_add_test(tests, missing_fails_when_told_so);
    tcase_add_test(tests, estimated_part_of_concentration);
    tcase_add_test(tests, world_alone_is_no_partner);
    tcase_add_test(tests, products_of_the_world);
    tcase_add_test(tests, what_is_in_a_total);
    tcase_add_test(tests, indices);
    tcase_add_test(tests, lines_of_zero);
    tcase_add_test(tests, belarus);
    tcase_add_test(tests, germany);
}

int main(void)
{
    return run_suite("share_ops", add);
}
