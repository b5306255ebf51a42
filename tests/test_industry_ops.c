/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Intra-industry trade as an operation on tables. Expected values are exact fractions
 * (Python, fractions.Fraction) from the definitions. */
#include "ops_helper.h"

static tflow_table *of_file(const char *const *set)
{
    tflow_table *out, *t = table_in("data/examples/intra_industry.csv", NULL);
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_status status = call_on("intra_industry", t, NULL, set, &out, &error);
    ck_assert_msg(status == TFLOW_OK, "%s", error.message);
    tflow_table_free(t);
    return out;
}

START_TEST(aggregate)
{
    tflow_table *out = of_file(SET("base", "2019", "period", "2020", ));
    ck_assert_uint_eq(tflow_table_rows(out), 1);
    COLUMN(out, "n_products", 0, 5);
    COLUMN(out, "exports", 0, 105);
    COLUMN(out, "imports", 0, 170);
    COLUMN(out, "grubel_lloyd", 1e-15, 14 / 55.);
    COLUMN(out, "grubel_lloyd_corrected", 1e-15, 1 / 3.);
    COLUMN(out, "aquino", 1e-15, 80 / 357.);
    COLUMN(out, "marginal", 1e-15, 8 / 43.);
    COLUMN(out, "not_split", 1e-15, 4 / 11.); /* no unit values asked for */
    tflow_table_free(out);
    /* Coarser products: all is of one, and the index rises. */
    out = result_of("intra_industry",
                    "reporter,product,flow,period,value\nDEU,0101,X,2020,10\n"
                    "DEU,0102,M,2020,8\n",
                    SET("product", "01", ));
    COLUMN(out, "grubel_lloyd", 1e-15, 8 / 9.);
    tflow_table_free(out);
}
END_TEST

START_TEST(products)
{
    tflow_table *out = of_file(SET("base", "2019", "show", "products", "unit_values",
                                   "quantity", "period", "2020", ));
    ck_assert_uint_eq(tflow_table_rows(out), 5);
    static const char *const kinds[] = {"horizontal", "vertical high", "one way",
                                        "one way", "one way"};
    static const struct {
        const char *product;
        double x, m, gl, overlap, marginal, ratio;
    } want[] = {{"01", 30, 20, 0.8, 2 / 3., 2 / 3., 0.9},
                {"02", 40, 10, 0.4, 0.25, 0.4, 2},
                {"03", 30, 0, 0, 0, 0, NAN},
                {"04", 0, 40, 0, 0, 0, NAN},
                {"05", 5, 100, 2 / 21., 0.05, 2 / 21., 21 / 20.}};
    for (size_t i = 0; i < 5; i++) {
        size_t row = row_of(out, "product", want[i].product);
        ck_close(number_at(out, "exports", row), want[i].x, 0);
        ck_close(number_at(out, "imports", row), want[i].m, 0);
        ck_close(number_at(out, "grubel_lloyd", row), want[i].gl, 1e-15);
        ck_close(number_at(out, "overlap", row), want[i].overlap, 1e-15);
        ck_close(number_at(out, "marginal", row), want[i].marginal, 1e-15);
        ck_close(number_at(out, "unit_value_ratio", row), want[i].ratio, 1e-15);
        ck_assert_str_eq(text_at_row(out, "kind", row), kinds[i]);
    }
    tflow_table_free(out);
}
END_TEST

static const struct {
    const char *const *set;
    double one_way, horizontal, high, low, not_split;
    const char *why;
} splits[] = {
    {SET("unit_values", "quantity", "period", "2020", ), 7 / 11., 2 / 11., 2 / 11., 0,
     0, "all trade, two-way from 0.1"},
    {SET("unit_values", "quantity", "period", "2020", "two_way", "0", ), 70 / 275.,
     155 / 275., 2 / 11., 0, 0, "any overlap is two-way"},
    {SET("unit_values", "quantity", "period", "2020", "alpha", "0.05", ), 7 / 11., 0,
     2 / 11., 2 / 11., 0, "narrow: 0.9 is below 1/1.05"},
    {SET("unit_values", "quantity", "period", "2020", "split",
         "greenaway-hine-milner", ),
     41 / 55., 2 / 11., 4 / 55., 0, 0, "the matched part"},
    {SET("unit_values", "quantity", "period", "2019", ), 15 / 60., 0, 0, 0, 45 / 60.,
     "no quantities in that year"},
};

START_TEST(by_unit_values)
{
    for (size_t i = 0; i < sizeof splits / sizeof *splits; i++) {
        tflow_table *out = of_file(splits[i].set);
        COLUMN(out, "one_way", 1e-15, splits[i].one_way);
        COLUMN(out, "horizontal", 1e-15, splits[i].horizontal);
        COLUMN(out, "vertical_high", 1e-15, splits[i].high);
        COLUMN(out, "vertical_low", 1e-15, splits[i].low);
        COLUMN(out, "not_split", 1e-15, splits[i].not_split);
        tflow_table_free(out);
    }
    /* Two units of one product cannot be held against each other. */
    tflow_table *out =
        result_of("intra_industry",
                  "reporter,product,flow,period,value,quantity,quantity_unit\n"
                  "DEU,01,X,2020,10,5,kg\nDEU,01,M,2020,10,5,l\n",
                  SET("unit_values", "quantity", ));
    COLUMN(out, "not_split", 0, 1);
    tflow_table_free(out);
}
END_TEST

#define H "reporter,partner,product,flow,period,value,status\n"

START_TEST(edges)
{
    /* No imports reported at all: not the same as imports of nothing. */
    tflow_table *out = result_of("intra_industry", H "DEU,FRA,01,X,2020,5,A\n", SET());
    COLUMN(out, "grubel_lloyd", 0, NAN);
    ck_assert_str_eq(text_at_row(out, "reason", 0), "no rows of the opposite flow");
    tflow_table_free(out);
#define PARTNERS                                                                       \
    H "DEU,FRA,01,X,2020,6,A\nDEU,FRA,01,M,2020,6,E\nDEU,USA,01,X,2020,8,A\n"          \
      "DEU,USA,01,M,2020,,Q\nDEU,USA,02,X,2020,4,A\nDEU,USA,02,M,2020,2,A\n"
    out = result_of("intra_industry", PARTNERS, SET("by", "partner", ));
    COLUMN(out, "grubel_lloyd", 1e-15, 1, NAN);
    ck_assert_str_eq(text_at_row(out, "status", 0), "E");
    ck_assert_str_eq(text_at_row(out, "status", 1), "Q");
    ck_assert_str_eq(text_at_row(out, "reason", 1), "a value is missing");
    tflow_table_free(out);
    out = result_of("intra_industry", PARTNERS,
                    SET("partner", "USA", "missing", "skip", ));
    COLUMN(out, "grubel_lloyd", 1e-15, 2 / 3.);
    COLUMN(out, "lower_bound", 0, 1);
    tflow_table_free(out);
    out = result_of("intra_industry", PARTNERS,
                    SET("partner", "USA", "missing", "zero", ));
    COLUMN(out, "grubel_lloyd", 1e-15, 2 / 7.);
    tflow_table_free(out);
    tflow_error error = TFLOW_ERROR_INIT;
    ck_assert_int_eq(status_of("intra_industry", PARTNERS, SET("flow", "X", ), &error),
                     TFLOW_EINVAL);
    ck_assert_int_eq(
        status_of("intra_industry", PARTNERS, SET("base", "2019:2020", ), &error),
        TFLOW_EINVAL);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, aggregate);
    tcase_add_test(tests, products);
    tcase_add_test(tests, by_unit_values);
    tcase_add_test(tests, edges);
}

int main(void)
{
    return run_suite("intra-industry operation", add);
}
