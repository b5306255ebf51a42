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

START_TEST(one_level)
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

/* ---- any file whose totals are right ---- */

static const char *const cube_partners[] = {"FRA", "USA", "JPN", "WLD"};
static const char *const cube_products[] = {"8401", "8402", "8501",
                                            "84",   "85",   "TOTAL"};
static const char *const cube_modes[] = {"1000", "2000", "0"};
static const char *const cube_years[] = {"2021", "2022"};

/* Does the product code hold the leaf? */
static int product_holds(size_t code, size_t leaf)
{
    return code == leaf || code == 5 || (code == 3 && leaf < 2) ||
           (code == 4 && leaf == 2);
}

/* One draw: all leaves, and any classes of totals, each the sum of its leaves. */
static tflow_table *cube(uint32_t *seed, double leaves[3][3][2][2])
{
    char csv[8000], *at = csv;
    unsigned classes;
    at += sprintf(at, "reporter,partner,product,mode,flow,period,value\n");
    *seed = *seed * 1664525u + 1013904223u;
    classes = *seed >> 16;
    for (size_t p = 0; p < 3; p++)
        for (size_t k = 0; k < 3; k++)
            for (size_t m = 0; m < 2; m++)
                for (size_t y = 0; y < 2; y++) {
                    *seed = *seed * 1664525u + 1013904223u;
                    leaves[p][k][m][y] = *seed >> 24;
                }
    for (size_t p = 0; p < 4; p++)
        for (size_t k = 0; k < 6; k++)
            for (size_t m = 0; m < 3; m++) {
                /* World or not, level of the product, all modes or one: 12 classes. */
                size_t level = k < 3 ? 0 : k < 5 ? 1 : 2;
                size_t class = (p == 3 ? 1u : 0u) + (m == 2 ? 2u : 0u) + 4 * level;
                if (class != 0 && (classes >> class & 1u) == 0)
                    continue;
                for (size_t y = 0; y < 2; y++) {
                    double sum = 0;
                    for (size_t i = 0; i < 18; i++)
                        if ((p == 3 || p == i % 3) && product_holds(k, i / 3 % 3) &&
                            (m == 2 || m == i / 9))
                            sum += leaves[i % 3][i / 3 % 3][i / 9][y];
                    at += sprintf(at, "DEU,%s,%s,%s,X,%s,%.0f\n", cube_partners[p],
                                  cube_products[k], cube_modes[m], cube_years[y], sum);
                }
            }
    return table_from(csv, NULL);
}

/* Whatever totals stand beside the leaves, a sum is that of the leaves, or refused. */
START_TEST(any_totals)
{
    static const struct {
        const char *set[6];
        size_t partners, products; /* how many of the leaves are in, from the first */
    } selections[] = {
        {{NULL}, 3, 3},
        {{"by", "reporter"}, 3, 3},
        {{"by", "partner"}, 3, 3},
        {{"by", "product", "level", "4"}, 3, 3},
        {{"by", "mode"}, 3, 3},
        {{"total", "partners"}, 3, 3},
        {{"product", "84", "by", "reporter"}, 3, 2},
        {{"partner", "FRA,USA", "by", "reporter"}, 2, 3},
        {{"partner", "FRA,USA", "product", "84"}, 2, 2},
    };
    size_t n = sizeof selections / sizeof *selections, given = 0;
    uint32_t seed = 2022;
    for (int draw = 0; draw < 200; draw++) {
        double leaves[3][3][2][2];
        tflow_table *t = cube(&seed, leaves), *out;
        for (size_t i = 0; i < n; i++) {
            double got = 0, want = 0;
            tflow_status status =
                call_on("aggregate", t, NULL, selections[i].set, &out, NULL);
            if (status == TFLOW_EOVERLAP)
                continue;
            ck_assert_int_eq(status, TFLOW_OK);
            given++;
            for (size_t k = 0; k < tflow_table_rows(out); k++)
                got += number_at(out, "value", k);
            for (size_t k = 0; k < 36; k++)
                if (k % 3 < selections[i].partners &&
                    k / 3 % 3 < selections[i].products)
                    want += leaves[k % 3][k / 3 % 3][k / 9 % 2][k / 18];
            ck_assert_msg(got == want, "draw %d, selection %zu: %g, expected %g", draw,
                          i, got, want);
            tflow_table_free(out);
        }
        tflow_table_free(t);
    }
    /* Refusing everything would be right too, and of no use. */
    ck_assert_uint_gt(given, 200 * n / 2);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_loop_test(tests, one_level, 0, (int)(sizeof sums / sizeof *sums));
    tcase_add_test(tests, any_totals);
    tcase_add_test(tests, coverage_is_not_added_twice);
}

int main(void)
{
    return run_suite("overlap", add);
}
