/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prices as operations on tables. Expected values were worked out by hand. */
#include "ops_helper.h"

#define H "reporter,partner,product,flow,period,value,quantity\n"
/* Prices 2 and 5, then 3 and 6; quantities 10 and 1, then 8 and 2. */
#define TWO                                                                            \
    H "BLR,CHN,01,X,2020,20,10\nBLR,CHN,02,X,2020,5,1\n"                               \
      "BLR,CHN,01,X,2021,24,8\nBLR,CHN,02,X,2021,12,2\n"

static const struct {
    const char *formula;
    double want;
} formulas[] = {
    {"laspeyres", 36. / 25},
    {"paasche", 36. / 26},
    {"geks", 7.2 / 5.0990195135927848}, /* sqrt(1.44 x 36/26) = 1.2 x 6/sqrt 26 */
};

START_TEST(two_products)
{
    for (size_t i = 0; i < 3; i++) {
        double want = formulas[i].want;
        tflow_table *out =
            result_of("price_index", TWO,
                      SET("reporter", "BLR", "formula", formulas[i].formula, ));
        PERIODS(out, "2020", "2021");
        COLUMN(out, "price_index", 1e-15, 1, want);
        COLUMN(out, "value_index", 1e-15, 1, 36. / 25);
        COLUMN(out, "volume_index", 1e-15, 1, 36. / 25 / want);
        COLUMN(out, "n_products", 0, 2, 2);
        COLUMN(out, "coverage", 0, 1, 1);
        COLUMN(out, "outlier_share", 0, 0, 0);
        ck_assert_str_eq(text_at_row(out, "reporter", 1), "BLR");
        ck_assert_str_eq(text_at_row(out, "flow", 1), "X");
        tflow_table_free(out);
    }
    /* From the other end. */
    tflow_table *out =
        result_of("price_index", TWO, SET("formula", "laspeyres", "base", "2021", ));
    COLUMN(out, "price_index", 1e-15, 26. / 36, 1);
    COLUMN(out, "value_index", 1e-15, 25. / 36, 1);
    tflow_table_free(out);
}
END_TEST

/* 01 goes 2, 4, 4 and 02 goes 1, 1, 2, at quantities 1, 3, 1 and 1: direct Laspeyres
 * (4 + 2)/3, chained (4 + 1)/3 x (3 x 4 + 2)/(3 x 4 + 1). */
START_TEST(chained)
{
    static const char text[] = H "BLR,CHN,01,X,2019,2,1\nBLR,CHN,02,X,2019,1,1\n"
                                 "BLR,CHN,01,X,2020,12,3\nBLR,CHN,02,X,2020,1,1\n"
                                 "BLR,CHN,01,X,2021,4,1\nBLR,CHN,02,X,2021,2,1\n";
    tflow_table *out = result_of("price_index", text, SET("formula", "laspeyres", ));
    COLUMN(out, "price_index", 1e-15, 1, 5. / 3, 2);
    tflow_table_free(out);
    out =
        result_of("price_index", text, SET("formula", "laspeyres", "chained", "yes", ));
    COLUMN(out, "price_index", 1e-15, 1, 5. / 3, 5. / 3 * 14 / 13);
    tflow_table_free(out);
    out = result_of("price_index", text,
                    SET("formula", "laspeyres", "chained", "yes", "base", "2021", ));
    COLUMN(out, "price_index", 1e-15, 3. / 5 * 13 / 14, 13. / 14, 1);
    tflow_table_free(out);
}
END_TEST

/* A line without a quantity has a value and no price; nor has one of which a part has
 * none, because the other part's price is not that of the value. */
START_TEST(without_quantity)
{
    tflow_table *out = result_of("price_index", TWO "BLR,CHN,03,X,2021,9,\n",
                                 SET("formula", "laspeyres", ));
    COLUMN(out, "price_index", 1e-15, 1, 36. / 25);
    COLUMN(out, "value_index", 1e-15, 1, 45. / 25);
    COLUMN(out, "coverage", 1e-15, 1, 0.8);
    tflow_table_free(out);
    for (int i = 0; i < 2; i++) { /* skip makes no price of half a quantity */
        out = result_of(
            "price_index", TWO "BLR,RUS,01,X,2021,4,\n",
            SET("formula", "laspeyres", "missing", i == 0 ? "propagate" : "skip", ));
        COLUMN(out, "price_index", 1e-15, 1, 6. / 5);
        COLUMN(out, "n_products", 0, 2, 1);
        COLUMN(out, "coverage", 1e-15, 1, 12. / 40);
        tflow_table_free(out);
    }
    /* Two partners' prices are two products on request. */
    out = result_of("price_index", TWO "BLR,RUS,01,X,2021,4,\n",
                    SET("formula", "laspeyres", "of", "both", ));
    COLUMN(out, "price_index", 1e-15, 1, 36. / 25);
    COLUMN(out, "coverage", 1e-15, 1, 0.9);
    tflow_table_free(out);
}
END_TEST

/* The rows of the World beside its partners, and a total beside its products. */
START_TEST(nothing_twice)
{
    static const char text[] = TWO "BLR,WLD,01,X,2020,20,10\nBLR,WLD,02,X,2020,5,1\n"
                                   "BLR,WLD,01,X,2021,24,8\nBLR,WLD,02,X,2021,12,2\n";
    static const char *const totals[] = {"auto", "partners", "world"};
    for (size_t i = 0; i < 3; i++) {
        tflow_table *out = result_of("price_index", text,
                                     SET("formula", "laspeyres", "total", totals[i], ));
        COLUMN(out, "price_index", 1e-15, 1, 36. / 25);
        tflow_table_free(out);
    }
    tflow_table *out =
        result_of("price_index", text, SET("formula", "laspeyres", "of", "both", ));
    COLUMN(out, "n_products", 0, 2, 2);
    tflow_table_free(out);
}
END_TEST

START_TEST(nothing_to_compare)
{
    tflow_table *out = result_of(
        "price_index", H "BLR,CHN,01,X,2020,20,10\nBLR,CHN,02,X,2021,5,1\n", SET());
    COLUMN(out, "price_index", 0, 1, NAN);
    COLUMN(out, "volume_index", 0, 1, NAN);
    COLUMN(out, "value_index", 1e-15, 1, 0.25);
    ck_assert_str_eq(text_at_row(out, "reason", 0), "");
    ck_assert_str_eq(text_at_row(out, "reason", 1),
                     tflow_status_text(TFLOW_NO_OVERLAP));
    tflow_table_free(out);
    out = result_of("price_index", TWO "DEU,CHN,01,X,2021,5,1\n",
                    SET("by", "reporter", "base", "2020", ));
    ck_assert_uint_eq(tflow_table_rows(out), 3);
    ck_nan(number_at(out, "price_index", 2)); /* stops nobody else */
    ck_nan(number_at(out, "value_index", 2));
    ck_close(number_at(out, "price_index", 0), 1, 0);
    tflow_table_free(out);
}
END_TEST

static const struct {
    const char *set[5];
    const char *column;
    tflow_status status;
} refused[] = {
    {{"measure", "quantity"}, "measure", TFLOW_EINVAL},
    {{"cut", "3"}, "cut", TFLOW_EINVAL},
    {{"base", "2020:2021"}, "base", TFLOW_EINVAL},
    {{"formula", "geks", "chained", "yes"}, "", TFLOW_EINVAL},
    {{"window", "1"}, "", TFLOW_EINVAL},
    {{"volume", "net_weight"}, "", TFLOW_EINVAL},
    {{"accumulate", "ytd"}, "accumulate", TFLOW_EINVAL},
    {{"missing", "fail"}, "", TFLOW_EMISSING},
};

START_TEST(refusals)
{
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        tflow_error error = TFLOW_ERROR_INIT;
        const char *const *set = refused[i].set;
        ck_assert_msg(status_of("price_index", TWO "BLR,CHN,03,X,2021,9,\n", set,
                                &error) == refused[i].status,
                      "refusal %zu: %s", i, error.message);
        ck_assert_str_eq(error.column, refused[i].column);
    }
}
END_TEST

/* 01 costs 1, 2, 4, 8 and then 2^10 a unit: 8/1.4826 deviations from the median. */
START_TEST(outliers)
{
    static const char text[] =
        H "BLR,CHN,01,X,2017,4,4\nBLR,CHN,01,X,2018,4,2\nBLR,CHN,01,X,2019,4,1\n"
          "BLR,CHN,01,X,2020,8,1\nBLR,CHN,01,X,2021,1024,1\n"
          "BLR,CHN,02,X,2017,4,1\nBLR,CHN,02,X,2021,1024,64\n";
    tflow_table *out = result_of("price_index", text, SET("outlier", "mad", ));
    COLUMN(out, "price_index", 1e-14, 1, 2, 4, 8, 4);
    COLUMN(out, "coverage", 1e-15, 1, 1, 1, 1, 0.5);
    COLUMN(out, "outlier_share", 1e-15, 0, 0, 0, 0, 0.5);
    tflow_table_free(out);
    out = result_of("price_index", text, SET("outlier", "mad", "cut", "6", ));
    COLUMN(out, "outlier_share", 1e-15, 0, 0, 0, 0, 0);
    tflow_table_free(out);
    out = result_of("unit_value", text, SET("against", "periods", ));
    COLUMN(out, "unit_value", 1e-15, 1, 2, 4, 8, 1024, 4, 16);
    COLUMN(out, "median", 1e-15, 4, 4, 4, 4, 4, 8, 8);
    COLUMN(out, "score", 1e-14, -2 / 1.4826, -1 / 1.4826, 0, 1 / 1.4826, 8 / 1.4826,
           NAN, NAN);
    COLUMN(out, "outlier_share", 1e-15, 1024. / 1044, 1024. / 1044, 1024. / 1044,
           1024. / 1044, 1024. / 1044, NAN, NAN);
    ck_assert_str_eq(text_at_row(out, "outlier", 3), "no");
    ck_assert_str_eq(text_at_row(out, "outlier", 4), "yes");
    ck_assert_str_eq(text_at_row(out, "reason", 5), "too few to compare");
    tflow_table_free(out);
}
END_TEST

/* Traders of one product in one period; a kilogram is not compared with a piece. */
START_TEST(traders)
{
    tflow_table *out = result_of(
        "unit_value",
        "reporter,partner,product,flow,period,value,quantity,quantity_unit\n"
        "BLR,CHN,01,X,2020,4,4,kg\nBLR,DEU,01,X,2020,4,2,kg\n"
        "BLR,POL,01,X,2020,4,1,kg\nBLR,RUS,01,X,2020,8,,kg\nBLR,UKR,01,X,2020,5,0,kg\n"
        "BLR,USA,01,X,2020,900,1,no\n",
        SET("by", "partner", "outlier", "ratio", ));
    ck_assert_uint_eq(tflow_table_rows(out), 6);
    COLUMN(out, "unit_value", 1e-15, 1, 2, 4, NAN, NAN, 900);
    COLUMN(out, "median", 1e-15, 2, 2, 2, 2, 2, 900);
    COLUMN(out, "score", 1e-15, -2, 1, 2, NAN, NAN, NAN);
    COLUMN(out, "coverage", 1e-15, 0.48, 0.48, 0.48, 0.48, 0.48, 1);
    ck_assert_str_eq(text_at_row(out, "reason", 3), "the quantity is missing");
    ck_assert_str_eq(text_at_row(out, "reason", 4), "the quantity is zero");
    ck_assert_str_eq(text_at_row(out, "quantity_unit", 5), "no");
    ck_assert_str_eq(text_at_row(out, "status", 3), "O");
    tflow_table_free(out);
}
END_TEST

/* Fisher indices of Italy's imports of wood, in exact fractions up to the root
 * (Python). */
START_TEST(wood)
{
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_table *out, *t = table_in("data/comtrade/wood_imports_2018_2022.csv", NULL);
    ck_assert_int_eq(CALL("price_index", t, NULL, &out, &error, "reporter", "ITA"),
                     TFLOW_OK);
    COLUMN(out, "price_index", 1e-14, 1, 0.8631732802207364, 0.8710054708242806,
           1.087977950053659, 1.2594529216161325);
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

/* ---- terms of trade ---- */

/* Exports rise from 2 to 3, imports from 4 to 5, at a volume of exports of 10 and 8:
 * 100 x 1.5/1.25, and 100 x (24/20)/1.25. The year before has exports alone. */
#define BOTH                                                                           \
    H "BLR,CHN,01,X,2019,7,7\nBLR,CHN,01,X,2020,20,10\nBLR,CHN,02,M,2020,4,1\n"        \
      "BLR,CHN,01,X,2021,24,8\nBLR,CHN,02,M,2021,10,2\n"                               \
      "DEU,CHN,01,X,2020,20,10\n"

START_TEST(terms_of_trade)
{
    tflow_table *out = result_of("terms_of_trade", BOTH, SET("by", "reporter", ));
    PERIODS(out, "2020", "2021");
    COLUMN(out, "terms_of_trade", 1e-15, 100, 120);
    COLUMN(out, "income_terms_of_trade", 1e-15, 100, 96);
    COLUMN(out, "export_price_index", 1e-15, 1, 1.5);
    COLUMN(out, "import_price_index", 1e-15, 1, 1.25);
    COLUMN(out, "export_value_index", 1e-15, 1, 1.2);
    COLUMN(out, "export_coverage", 0, 1, 1);
    ck_assert_str_eq(text_at_row(out, "reporter", 0), "BLR");
    ck_assert(noted(out, "without imports"));
    tflow_table_free(out);
    out = result_of("terms_of_trade", BOTH, SET("reporter", "BLR", "base", "2021", ));
    COLUMN(out, "terms_of_trade", 1e-15, 100 / 1.2, 100);
    tflow_table_free(out);
    out = result_of("terms_of_trade", BOTH, SET("reporter", "BLR", "base", "2019", ));
    COLUMN(out, "terms_of_trade", 1e-15, NAN, NAN);
    ck_assert_str_eq(text_at_row(out, "reason", 0), "no price index of imports");
    tflow_table_free(out);
    tflow_error error = TFLOW_ERROR_INIT;
    ck_assert_int_eq(status_of("terms_of_trade", BOTH, SET("flow", "X", ), &error),
                     TFLOW_EINVAL);
    ck_assert_str_eq(error.column, "flow");
    ck_assert_int_eq(status_of("terms_of_trade",
                               "reporter,product,period,value,quantity\n"
                               "BLR,01,2020,4,1\n",
                               SET(), &error),
                     TFLOW_EINVAL);
}
END_TEST

/* ---- Bennet ---- */

/* As in the kernel: 2 x 10 to 3 x 8 is 9 and -5; 5 leaves and 14 comes. A product
 * without a quantity goes from 3 to 7, and one that comes without one is an entry. */
START_TEST(bennet)
{
    static const char text[] =
        H "BLR,CHN,01,X,2020,20,10\nBLR,CHN,02,X,2020,5,1\nBLR,CHN,04,X,2020,3,1\n"
          "BLR,CHN,01,X,2021,24,8\nBLR,CHN,03,X,2021,14,2\nBLR,CHN,04,X,2021,7,\n"
          "BLR,CHN,05,X,2021,1,\n";
    tflow_table *out = result_of("bennet", text, SET());
    PERIODS(out, "2021");
    ck_assert_str_eq(text_at_row(out, "from", 0), "2020");
    COLUMN(out, "value_from", 0, 28);
    COLUMN(out, "value_to", 0, 46);
    COLUMN(out, "change", 0, 18);
    COLUMN(out, "price", 0, 9);
    COLUMN(out, "volume", 0, -5);
    COLUMN(out, "entry", 0, 15);
    COLUMN(out, "exit", 0, -5);
    COLUMN(out, "unpriced", 0, 4);
    tflow_table_free(out);
    out = result_of("bennet", text, SET("base", "2021", ));
    PERIODS(out, "2020");
    COLUMN(out, "price", 0, -9);
    COLUMN(out, "entry", 0, 5);
    COLUMN(out, "exit", 0, -15);
    tflow_table_free(out);
    /* A value that is not known makes the change unknown, unless it is left out. */
    static const char hole[] = H "BLR,CHN,01,X,2020,20,10\nBLR,CHN,02,X,2020,5,1\n"
                                 "BLR,CHN,01,X,2021,24,8\nBLR,CHN,02,X,2021,,2\n";
    out = result_of("bennet", hole, SET());
    COLUMN(out, "change", 0, NAN);
    COLUMN(out, "price", 0, NAN);
    ck_assert_str_eq(text_at_row(out, "reason", 0),
                     tflow_status_text(TFLOW_MISSING_VALUE));
    tflow_table_free(out);
    /* No product is priced: all of it is said to be that. */
    out =
        result_of("bennet", H "BLR,CHN,01,X,2020,20,\nBLR,CHN,01,X,2021,24,8\n", SET());
    COLUMN(out, "price", 0, 0);
    COLUMN(out, "unpriced", 0, 4);
    tflow_table_free(out);
}
END_TEST

/* Italy's imports of wood, in exact fractions (Python); and the parts add up. */
START_TEST(bennet_wood)
{
    static const char *const parts[] = {"price", "volume", "entry", "exit", "unpriced"};
    tflow_table *out, *t = table_in("data/comtrade/wood_imports_2018_2022.csv", NULL);
    ck_assert_int_eq(CALL("bennet", t, NULL, &out, NULL, "reporter", "ITA"), TFLOW_OK);
    COLUMN(out, "price", 1e-13, -1117399054.7745252, 69033293.84444329,
           1728481638.9925165, 1521501383.1785004);
    COLUMN(out, "volume", 1e-13, 307933512.9935251, -1099976021.4514432,
           993066240.6344835, 788247576.6134995);
    COLUMN(out, "unpriced", 1e-13, -97772253.985, -4822557.3410000205,
           3799359.2989999987, 76780286.994);
    for (size_t i = 0; i < 4; i++) {
        double sum = 0;
        for (size_t k = 0; k < 5; k++)
            sum += number_at(out, parts[k], i);
        ck_assert_double_le(fabs(sum - number_at(out, "change", i)),
                            4e-16 * number_at(out, "value_to", i));
    }
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, two_products);
    tcase_add_test(tests, chained);
    tcase_add_test(tests, without_quantity);
    tcase_add_test(tests, nothing_twice);
    tcase_add_test(tests, nothing_to_compare);
    tcase_add_test(tests, refusals);
    tcase_add_test(tests, outliers);
    tcase_add_test(tests, traders);
    tcase_add_test(tests, wood);
    tcase_add_test(tests, terms_of_trade);
    tcase_add_test(tests, bennet);
    tcase_add_test(tests, bennet_wood);
}

int main(void)
{
    return run_suite("price_ops", add);
}
