/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Margins, kernels and operations. Small cases by hand; those of data in Python, in
 * exact fractions up to logarithms. */
#include "ops_helper.h"

#include <float.h>

/* ---- extensive and intensive ---- */

static const struct {
    double x[3], w[3];
    tflow_missing missing;
    tflow_status status;
    double extensive, intensive, share;
    const char *why;
} margins[] = {
    {{1, 2, 0}, {4, 6, 10}, 0, TFLOW_OK, 0.5, 0.3, 0.15, "two of three"},
    {{1, 2, 1}, {4, 6, 10}, 0, TFLOW_OK, 1, 0.2, 0.2, "all lines"},
    {{1, 2, 0}, {0, 6, 4}, 0, TFLOW_OK, 0.6, 0.5, 0.3, "one the reference has not"},
    {{0, 0, 0}, {4, 6, 10}, 0, TFLOW_UNDEFINED, 0, NAN, 0, "nothing traded"},
    {{0, 0, 3}, {4, 6, 0}, 0, TFLOW_UNDEFINED, 0, NAN, 0.3, "nothing in common"},
    {{1, 2, 0}, {0, 0, 0}, 0, TFLOW_ZERO_BASE, NAN, NAN, NAN, "no reference"},
    {{1, NAN, 0}, {4, 6, 10}, 0, TFLOW_MISSING_VALUE, NAN, NAN, NAN, "not known"},
    {{1, NAN, 0}, {4, 6, 12}, 1, TFLOW_LOWER_BOUND, 0.25, 0.25, 0.0625, "left out"},
    {{1, NAN, 0}, {4, 6, 10}, 2, TFLOW_OK, 0.2, 0.25, 0.05, "as zero"},
    {{1, NAN, 0}, {4, 6, 10}, 3, TFLOW_EMISSING, NAN, NAN, NAN, "told so"},
    {{1, 2, 0}, {4, -6, 10}, 0, TFLOW_ENEGATIVE, NAN, NAN, NAN, "negative"},
    {{1, 2, 0}, {4, INFINITY, 1}, 0, TFLOW_UNDEFINED, NAN, NAN, NAN, "infinite"},
    {{DBL_MAX, 0, 0}, {0.1, 0, 0}, 0, TFLOW_UNDEFINED, 1, NAN, NAN, "beyond double"},
};

START_TEST(trade)
{
    tflow_trade_margins_parts out;
    for (size_t i = 0; i < sizeof margins / sizeof *margins; i++) {
        tflow_status status = tflow_trade_margins(tflow_vec_of(margins[i].x, 3),
                                                  tflow_vec_of(margins[i].w, 3),
                                                  margins[i].missing, &out, NULL);
        ck_assert_msg(status == margins[i].status, "%s", margins[i].why);
        ck_close(out.extensive, margins[i].extensive, 1e-15);
        ck_close(out.intensive, margins[i].intensive, 1e-15);
        ck_close(out.share, margins[i].share, 1e-15);
    }
    tflow_vec none = tflow_vec_of(NULL, 0), one = tflow_vec_of(margins[0].x, 1);
    ck_assert_int_eq(tflow_trade_margins(none, none, 0, &out, NULL), TFLOW_TOO_FEW);
    ck_assert_int_eq(tflow_trade_margins(none, one, 0, &out, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_trade_margins(one, one, 9, &out, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_trade_margins(one, one, 0, NULL, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_trade_margins(one, one, 0, &out, NULL), TFLOW_OK);
    ck_assert_uint_eq(out.n_lines, 1);
    ck_assert_uint_eq(out.n_reference, 1);
}
END_TEST

/* Equal shares on both sides: the geometric mean of 2 and 8. One line: its ratio. */
START_TEST(price)
{
    const double xv[] = {10, 10, 5, 0}, xq[] = {5, 1, 0, 1}, wv[] = {20, 20, 5, 1},
                 wq[] = {20, 16, 5, 1}, bad[] = {1, -1, 1, 1},
                 huge[] = {INFINITY, 1, 1, 1};
    double out;
#define PRICE(a, b, c, d, n)                                                           \
    tflow_intensive_margin_price(tflow_vec_of(a, n), tflow_vec_of(b, n),               \
                                 tflow_vec_of(c, n), tflow_vec_of(d, n), &out, NULL)
    ck_assert_int_eq(PRICE(xv, xq, wv, wq, 4), TFLOW_OK);
    ck_close(out, 4, 1e-15);
    ck_assert_int_eq(PRICE(xv, xq, wv, wq, 1), TFLOW_OK);
    ck_close(out, 2, 1e-15);
    ck_assert_int_eq(PRICE(xv + 2, xq + 2, wv + 2, wq + 2, 2), TFLOW_NO_OVERLAP);
    ck_nan(out);
    ck_assert_int_eq(PRICE(xv, bad, wv, wq, 4), TFLOW_ENEGATIVE);
    ck_assert_int_eq(PRICE(huge, xq, wv, wq, 4), TFLOW_UNDEFINED);
    ck_nan(out);
    tflow_vec one = tflow_vec_of(xv, 1), two = tflow_vec_of(xv, 2);
    ck_assert_int_eq(tflow_intensive_margin_price(one, one, two, one, &out, NULL),
                     TFLOW_EINVAL);
    ck_assert_int_eq(tflow_intensive_margin_price(one, one, one, one, NULL, NULL),
                     TFLOW_EINVAL);
}
END_TEST

/* ---- a change ---- */

START_TEST(change)
{
    const double from[] = {0, 5, 4, 9, 0, NAN}, to[] = {3, 0, 6, 8, 0, 1};
    tflow_change_margins_parts out;
#define CHANGE(n, threshold, missing)                                                  \
    tflow_change_margins(tflow_vec_of(from, n), tflow_vec_of(to, n), threshold,        \
                         missing, &out, NULL)
    ck_assert_int_eq(CHANGE(5, 0, 0), TFLOW_OK);
    ck_close(out.change, -1, 0);
    ck_close(out.entry, 3, 0);
    ck_close(out.exit, -5, 0);
    ck_close(out.rise, 2, 0);
    ck_close(out.fall, -1, 0);
    ck_assert_uint_eq(out.n_entry, 1);
    ck_assert_uint_eq(out.n_exit, 1);
    ck_assert_uint_eq(out.n_continuing, 2);
    /* Above 4 alone: 5 goes, 6 comes, and 3 is a rise below the threshold. */
    ck_assert_int_eq(CHANGE(5, 4, 0), TFLOW_OK);
    ck_close(out.entry, 2, 0);
    ck_close(out.exit, -5, 0);
    ck_close(out.rise, 3, 0);
    ck_close(out.fall, -1, 0);
    ck_assert_uint_eq(out.n_continuing, 1);
    ck_assert_int_eq(CHANGE(6, 0, 0), TFLOW_MISSING_VALUE);
    ck_nan(out.change);
    ck_assert_int_eq(CHANGE(6, 0, 1), TFLOW_LOWER_BOUND);
    ck_close(out.change, -1, 0);
    ck_assert_int_eq(CHANGE(6, 0, 2), TFLOW_OK);
    ck_close(out.entry, 4, 0);
    ck_assert_int_eq(CHANGE(6, 0, 3), TFLOW_EMISSING);
    ck_assert_int_eq(CHANGE(0, 0, 0), TFLOW_TOO_FEW);
    ck_assert_int_eq(CHANGE(5, -1, 0), TFLOW_EINVAL);
    ck_assert_int_eq(CHANGE(5, NAN, 0), TFLOW_EINVAL);
    const double huge[] = {DBL_MAX, DBL_MAX}, zero[] = {0, 0}, bad[] = {0, -1};
    ck_assert_int_eq(tflow_change_margins(tflow_vec_of(zero, 2), tflow_vec_of(huge, 2),
                                          0, 0, &out, NULL),
                     TFLOW_UNDEFINED);
    ck_nan(out.entry);
    ck_assert_int_eq(tflow_change_margins(tflow_vec_of(zero, 2), tflow_vec_of(bad, 2),
                                          0, 0, &out, NULL),
                     TFLOW_ENEGATIVE);
    ck_assert_int_eq(tflow_change_margins(tflow_vec_of(zero, 2), tflow_vec_of(bad, 2),
                                          0, 0, NULL, 0),
                     TFLOW_EINVAL);
}
END_TEST

static double draw(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(*state >> 11) * 0x1p-53;
}

/* EM x IM = share and entry + exit + rise + fall = change, to the last few bits. */
START_TEST(identities)
{
    uint64_t state = 7;
    for (int round = 0; round < test_draws(1000); round++) {
        double a[50], b[50], size = 0;
        for (size_t i = 0; i < 50; i++) {
            a[i] = draw(&state) < 0.3 ? 0 : pow(10, 9 * draw(&state));
            b[i] = draw(&state) < 0.3 ? 0 : pow(10, 9 * draw(&state));
            size += a[i] + b[i];
        }
        tflow_trade_margins_parts m;
        tflow_change_margins_parts c;
        ck_assert_int_eq(
            tflow_trade_margins(tflow_vec_of(a, 50), tflow_vec_of(b, 50), 0, &m, NULL),
            TFLOW_OK);
        ck_assert_double_le(fabs(m.extensive * m.intensive - m.share),
                            4 * DBL_EPSILON * m.share);
        double threshold = round % 2 == 0 ? 0 : 1e4;
        ck_assert_int_eq(tflow_change_margins(tflow_vec_of(a, 50), tflow_vec_of(b, 50),
                                              threshold, 0, &c, NULL),
                         TFLOW_OK);
        ck_assert_double_le(fabs(c.entry + c.exit + c.rise + c.fall - c.change),
                            4 * DBL_EPSILON * size);
        ck_assert(c.exit <= 0 && c.entry >= 0 && c.rise >= 0 && c.fall <= 0);
    }
}
END_TEST

/* ---- operations ---- */

#define H "reporter,partner,product,flow,period,value,quantity\n"
/* BLR has 1 and 2 beside 4 and 6 of the others, who also trade 10 in product 03. */
#define THREE                                                                          \
    H "BLR,CHN,01,X,2020,1,1\nBLR,CHN,02,X,2020,2,1\nDEU,CHN,01,X,2020,3,6\n"          \
      "POL,CHN,01,X,2020,1,2\nPOL,CHN,02,X,2020,6,6\nDEU,CHN,03,X,2020,10,\n"

START_TEST(trade_table)
{
    tflow_table *out = result_of("trade_margins", THREE, SET());
    ck_assert_uint_eq(tflow_table_rows(out), 3);
    COLUMN(out, "value", 0, 3, 13, 7);
    COLUMN(out, "reference", 0, 20, 10, 16);
    COLUMN(out, "extensive", 1e-15, 0.5, 0.2, 6. / 16);
    COLUMN(out, "intensive", 1e-15, 0.3, 6.5, 7. / 6);
    COLUMN(out, "share", 1e-15, 0.15, 1.3, 7. / 16);
    COLUMN(out, "n_lines", 0, 2, 2, 2);
    tflow_table_free(out);
    out = result_of("trade_margins", THREE,
                    SET("reporter", "BLR", "reference", "world", ));
    ck_assert_uint_eq(tflow_table_rows(out), 1);
    COLUMN(out, "reference", 0, 23);
    COLUMN(out, "extensive", 1e-15, 13. / 23);
    COLUMN(out, "intensive", 1e-15, 3. / 13);
    tflow_table_free(out);
    /* To one partner. */
    out = result_of("trade_margins", THREE, SET("reporter", "BLR", "by", "partner", ));
    ck_assert_str_eq(text_at_row(out, "partner", 0), "CHN");
    COLUMN(out, "extensive", 1e-15, 0.5);
    tflow_table_free(out);
}
END_TEST

/* Prices 1 and 2 against 4/8 and 1; shares 1/3, 2/3 against 0.4, 0.6. Both ratios are
 * 2, whatever the weights. A product of which one side's quantity is not known is out.
 */
START_TEST(trade_prices)
{
    tflow_table *out = result_of("trade_margins", THREE,
                                 SET("reporter", "BLR", "volume", "quantity", ));
    COLUMN(out, "price", 1e-15, 2);
    COLUMN(out, "volume", 1e-15, 0.15);
    COLUMN(out, "coverage", 1e-15, 1);
    tflow_table_free(out);
    out = result_of("trade_margins", THREE "RUS,CHN,02,X,2020,3,\n",
                    SET("reporter", "BLR", "volume", "quantity", ));
    COLUMN(out, "price", 1e-15, 2);
    COLUMN(out, "coverage", 1e-15, 1. / 3);
    tflow_table_free(out);
    tflow_table *t = table_in("data/comtrade/wood_imports_2018_2022.csv", NULL);
    ck_assert_int_eq(CALL("trade_margins", t, NULL, &out, NULL, "reporter", "ITA",
                          "period", "2018", "volume", "net_weight"),
                     TFLOW_OK);
    COLUMN(out, "price", 1e-14, 0.8479125525182285);
    COLUMN(out, "coverage", 1e-14, 0.9193857403938004);
    COLUMN(out, "intensive", 1e-14, 0.33866595576671726);
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

START_TEST(trade_of_the_world)
{
    tflow_table *out, *t = table_in("data/ots/exports_2017_hs4.csv.gz", NULL);
    ck_assert_int_eq(CALL("trade_margins", t, NULL, &out, NULL, "reporter", "BLR,DEU"),
                     TFLOW_OK);
    COLUMN(out, "extensive", 1e-14, 0.9924552232289375, 0.9999915556076092);
    COLUMN(out, "intensive", 1e-14, 0.0015239443387052426, 0.08723296848647809);
    COLUMN(out, "share", 1e-14, 0.001512446518858187, 0.08723223185706278);
    COLUMN(out, "n_lines", 0, 1162, 1221);
    tflow_table_free(out);
    ck_assert_int_eq(CALL("trade_margins", t, NULL, &out, NULL, "reporter", "BLR,DEU",
                          "reference", "world"),
                     TFLOW_OK);
    COLUMN(out, "extensive", 1e-14, 0.9924666170677288, 0.999992233129093);
    COLUMN(out, "intensive", 1e-14, 0.001521625466190412, 0.08023392503256582);
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

START_TEST(trade_missing)
{
    tflow_table *out = result_of("trade_margins", THREE "RUS,CHN,02,X,2020,,1\n",
                                 SET("reporter", "BLR", ));
    COLUMN(out, "share", 0, NAN);
    ck_assert_str_eq(text_at_row(out, "reason", 0),
                     tflow_status_text(TFLOW_MISSING_VALUE));
    ck_close(number_at(out, "n_missing", 0), 1, 0);
    tflow_table_free(out);
    out = result_of("trade_margins", THREE "RUS,CHN,02,X,2020,,1\n",
                    SET("reporter", "BLR", "missing", "skip", ));
    COLUMN(out, "share", 1e-15, 0.15);
    COLUMN(out, "lower_bound", 0, 1);
    tflow_table_free(out);
    out = result_of("trade_margins", H "BLR,CHN,01,X,2020,1,1\n", SET()); /* alone */
    COLUMN(out, "extensive", 0, NAN);
    ck_assert_str_eq(text_at_row(out, "reason", 0), tflow_status_text(TFLOW_ZERO_BASE));
    tflow_table_free(out);
}
END_TEST

/* 01 goes, 03 comes, 02 rises. */
START_TEST(change_table)
{
    static const char text[] = H "BLR,CHN,01,X,2020,5,\nBLR,CHN,02,X,2020,4,\n"
                                 "BLR,CHN,02,X,2021,6,\nBLR,CHN,03,X,2021,3,\n"
                                 "BLR,CHN,02,X,2022,1,\n";
    tflow_table *out = result_of("change_margins", text, SET());
    PERIODS(out, "2021", "2022");
    COLUMN(out, "value_from", 0, 9, 9);
    COLUMN(out, "value_to", 0, 9, 1);
    COLUMN(out, "change", 0, 0, -8);
    COLUMN(out, "entry", 0, 3, 0);
    COLUMN(out, "exit", 0, -5, -3);
    COLUMN(out, "rise", 0, 2, 0);
    COLUMN(out, "fall", 0, 0, -5);
    COLUMN(out, "n_entry", 0, 1, 0);
    COLUMN(out, "n_continuing", 0, 1, 1);
    tflow_table_free(out);
    out = result_of("change_margins", text,
                    SET("base", "2020", "period", "2020:2022", "threshold", "4", ));
    COLUMN(out, "entry", 0, 2, 0);
    COLUMN(out, "exit", 0, -5, -5);
    COLUMN(out, "rise", 0, 3, 0);
    COLUMN(out, "fall", 0, 0, -3);
    tflow_table_free(out);
    tflow_error error = TFLOW_ERROR_INIT;
    ck_assert_int_eq(
        status_of("change_margins", text, SET("base", "2020:2021", ), &error),
        TFLOW_EINVAL);
    ck_assert_str_eq(error.column, "base");
}
END_TEST

START_TEST(change_of_belarus)
{
    tflow_table *out,
        *t = table_in("data/belarus/baci_belarus_partners_2000_2020.csv", NULL);
    ck_assert_int_eq(CALL("change_margins", t, NULL, &out, NULL, "over", "partner",
                          "reporter", "BLR", "base", "2000"),
                     TFLOW_OK);
    size_t last = tflow_table_rows(out) - 1;
    ck_assert_str_eq(text_at_row(out, "period", last), "2020");
    ck_close(number_at(out, "entry", last), 104154.923, 1e-14);
    ck_close(number_at(out, "exit", last), -51.319, 1e-14);
    ck_close(number_at(out, "rise", last), 20932298.669, 1e-14);
    ck_close(number_at(out, "fall", last), -251250.68, 1e-14);
    ck_close(number_at(out, "n_entry", last), 46, 0);
    ck_close(number_at(out, "n_exit", last), 2, 0);
    ck_close(number_at(out, "n_continuing", last), 126, 0);
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, trade);
    tcase_add_test(tests, price);
    tcase_add_test(tests, change);
    tcase_add_test(tests, identities);
    tcase_add_test(tests, trade_table);
    tcase_add_test(tests, trade_prices);
    tcase_add_test(tests, trade_of_the_world);
    tcase_add_test(tests, trade_missing);
    tcase_add_test(tests, change_table);
    tcase_add_test(tests, change_of_belarus);
}

int main(void)
{
    return run_suite("margins", add);
}
