/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing counts twice, where the total and the part differ in more than one key, in
 * the length of the period, or are groups. Each case is a few rows whose right sum can
 * be seen: "expected" is added up by hand. */
#include "call.h"

typedef struct sum_case {
    const char *why;
    const char *rows;
    const char *set[8]; /* names and values of parameters */
    double expected;    /* NaN: refused */
    tflow_status status;
} sum_case;

#define R "reporter,"
#define CROSS                                                                          \
    R "partner,product,flow,period,value\nDEU,WLD,TOTAL,X,2022,100\n"                  \
      "DEU,FRA,85,X,2022,40\nDEU,USA,85,X,2022,30\nDEU,USA,84,X,2022,20\n"

static const sum_case sums[] = {
    {"the World's TOTAL holds the chapters of partners", CROSS, {NULL}, 100, TFLOW_OK},
    {"the partners, when told so", CROSS, {"total", "partners"}, 90, TFLOW_OK},
    {"the World's TOTAL is no chapter 85",
     CROSS,
     {"product", "85", "by", "reporter"},
     70,
     TFLOW_OK},
    {"TOTAL for one partner, chapters for another, no World",
     R "partner,product,flow,period,value\nDEU,FRA,TOTAL,X,2022,40\n"
       "DEU,USA,85,X,2022,30\n",
     {NULL},
     70,
     TFLOW_OK},
    {"the World by chapter beside the partners' TOTAL: neither holds the other",
     R "partner,product,flow,period,value\nDEU,WLD,85,X,2022,60\n"
       "DEU,FRA,TOTAL,X,2022,80\n",
     {NULL},
     NAN,
     TFLOW_EOVERLAP},
    {"the World by chapter beside a heading of a partner below it",
     R "partner,product,flow,period,value\nDEU,WLD,85,X,2022,60\n"
       "DEU,WLD,84,X,2022,30\nDEU,FRA,8542,X,2022,50\n",
     {NULL},
     90,
     TFLOW_OK},
    {"a heading that no chapter of the World holds is something else",
     R "partner,product,flow,period,value\nDEU,WLD,85,X,2022,60\n"
       "DEU,FRA,8408,X,2022,50\n",
     {NULL},
     110,
     TFLOW_OK},
    {"one reporter has the World, another has partners",
     R "partner,product,flow,period,value\nCHN,WLD,TOTAL,X,2022,100\n"
       "DEU,FRA,85,X,2022,40\n",
     {NULL},
     140,
     TFLOW_OK},
    {"all modes of all products beside single modes of chapters",
     R "partner,mode,product,flow,period,value\nDEU,FRA,0,TOTAL,X,2022,100\n"
       "DEU,FRA,1000,85,X,2022,40\nDEU,FRA,2000,85,X,2022,50\n",
     {NULL},
     100,
     TFLOW_OK},
    {"the World by all modes beside partners by single ones",
     R "partner,mode,flow,period,value\nDEU,WLD,0,X,2022,100\n"
       "DEU,FRA,1000,X,2022,40\nDEU,USA,2000,X,2022,50\n",
     {NULL},
     100,
     TFLOW_OK},
    {"the World by partner2 beside partners without: cannot be told",
     R "partner,partner2,flow,period,value\nDEU,WLD,NLD,X,2022,30\n"
       "DEU,FRA,WLD,X,2022,40\n",
     {NULL},
     NAN,
     TFLOW_EOVERLAP},
    {"all modes of a year beside single modes of its months",
     R "mode,flow,period,value\nDEU,0,X,2022,100\nDEU,1000,X,2022-01,4\n"
       "DEU,2000,X,2022-02,5\n",
     {"frequency", "A"},
     100,
     TFLOW_OK},
    {"TOTAL and a chapter, both asked for, have no sum",
     R "product,flow,period,value\nDEU,TOTAL,X,2022,100\nDEU,85,X,2022,40\n",
     {"product", "TOTAL,85", "by", "reporter"},
     NAN,
     TFLOW_EOVERLAP},
    {"two chapters asked for have one",
     R "product,flow,period,value\nDEU,84,X,2022,100\nDEU,85,X,2022,40\n",
     {"product", "84,85", "by", "reporter"},
     140,
     TFLOW_OK},
    /* ---- periods ---- */
    {"a quarter beside its months",
     R "flow,period,value\nDEU,X,2022-Q1,6\nDEU,X,2022-01,1\nDEU,X,2022-02,2\n"
       "DEU,X,2022-03,3\nDEU,X,2022-04,4\n",
     {"frequency", "A"},
     10,
     TFLOW_OK},
    {"half a year beside a quarter of the other half",
     R "flow,period,value\nDEU,X,2022-H1,6\nDEU,X,2022-Q2,4\nDEU,X,2022-Q3,3\n",
     {"frequency", "A"},
     9,
     TFLOW_OK},
    {"January to July beside months of it",
     R "flow,period,value\nDEU,X,2022-01..2022-07,28\nDEU,X,2022-01,1\n"
       "DEU,X,2022-08,2\n",
     {"frequency", "A"},
     30,
     TFLOW_OK},
    {"January to July beside the third quarter: one month in both",
     R "flow,period,value\nDEU,X,2022-01..2022-07,28\nDEU,X,2022-Q3,9\n",
     {"frequency", "A"},
     NAN,
     TFLOW_EOVERLAP},
    {"two runs of seven months that overlap",
     R "flow,period,value\nDEU,X,2022-01..2022-07,28\nDEU,X,2022-02..2022-08,29\n",
     {"frequency", "A"},
     NAN,
     TFLOW_EOVERLAP},
    {"the same month twice, added when told so",
     R "flow,period,value\nDEU,X,2022-01,1\nDEU,X,2022-01,2\nDEU,X,2022-02,4\n",
     {"frequency", "A", "duplicates", "sum"},
     7,
     TFLOW_OK},
    /* ---- groups ---- */
    {"the EU without a row for any member is a partner like others",
     R "partner,flow,period,value\nBRA,EU27_2020,X,2022,50\nBRA,USA,X,2022,30\n"
       "BRA,CHN,X,2022,20\n",
     {NULL},
     100,
     TFLOW_OK},
    {"the EU beside one of its members",
     R "partner,flow,period,value\nBRA,EU27_2020,X,2022,50\nBRA,USA,X,2022,30\n"
       "BRA,DEU,X,2022,20\n",
     {NULL},
     50,
     TFLOW_OK},
    {"two groups with members in common and none of them: neither counts",
     R "partner,flow,period,value\nBRA,EU27_2020,X,2022,50\nBRA,EU28,X,2022,60\n"
       "BRA,USA,X,2022,30\n",
     {NULL},
     30,
     TFLOW_OK},
    /* ---- the World alone ---- */
    {"the World alone is the total",
     R "partner,flow,period,value\nCHN,WLD,X,2022,100\n",
     {NULL},
     100,
     TFLOW_OK},
    {"the World alone has no partners",
     R "partner,flow,period,value\nCHN,WLD,X,2022,100\n",
     {"total", "partners"},
     NAN,
     TFLOW_EUNKNOWN},
};

START_TEST(sum)
{
    const sum_case *c = &sums[_i];
    tflow_table *t = table_from(c->rows, NULL), *out;
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_status status = call_on("aggregate", t, NULL, c->set, &out, &error);
    ck_assert_msg(status == c->status, "%s: status %d, %s", c->why, (int)status,
                  error.message);
    if (status == TFLOW_OK) {
        double got = 0;
        for (size_t i = 0; i < tflow_table_rows(out); i++)
            got += number_at(out, "value", i);
        ck_assert_msg(got == c->expected, "%s: %g, expected %g", c->why, got,
                      c->expected);
    }
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

/* Ten months and three quarters of them are not a year. */
START_TEST(coverage_is_not_added_twice)
{
    tflow_table *out,
        *t = table_from(R "flow,period,value\nDEU,X,2022-Q1,6\nDEU,X,2022-Q2,6\n"
                          "DEU,X,2022-01,1\nDEU,X,2022-02,2\nDEU,X,2022-03,3\n"
                          "DEU,X,2022-04,1\nDEU,X,2022-05,2\nDEU,X,2022-06,3\n",
                        NULL);
    ck_assert_int_eq(CALL("aggregate", t, NULL, &out, NULL, "frequency", "A"),
                     TFLOW_OK);
    ck_close(number_at(out, "value", 0), 12, 0);
    ck_close(number_at(out, "incomplete", 0), 1, 0);
    tflow_table_free(out);
    tflow_table_free(t);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_loop_test(tests, sum, 0, (int)(sizeof sums / sizeof *sums));
    tcase_add_test(tests, coverage_is_not_added_twice);
}

int main(void)
{
    return run_suite("overlap", add);
}
