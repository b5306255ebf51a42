/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operation on published figures. Expected values: "1.6bn" with "doubled" leaves a
 * base of 0.7561 to 0.8462 bn, "1.61bn" with "+77 %" one of 0.904 to 0.915 bn;
 * "doubled" must be stretched by 0.225 to meet "+77 %" (worked out by hand from the
 * printed digits). */
#include "flows_helper.h"
#include "tradeflow.h"

static tflow_status figure(const char *value, const char *change, tflow_table **out)
{
    tflow_call *call;
    ck_assert_int_eq(tflow_call_new("figure", &call, NULL), TFLOW_OK);
    ck_assert_int_eq(tflow_call_set(call, "value", value, NULL), TFLOW_OK);
    ck_assert_int_eq(tflow_call_set(call, "change", change, NULL), TFLOW_OK);
    tflow_status status = tflow_call_run(call, out, NULL);
    tflow_call_free(call);
    return status;
}

START_TEST(implied_bases)
{
    tflow_table *out;
    ck_assert_int_eq(figure("1.6bn", "doubled", &out), TFLOW_OK);
    ck_close(number_at(out, "base_low", 1) / 1e9, 0.7561, 5e-5);
    ck_close(number_at(out, "base_high", 1) / 1e9, 0.8462, 5e-5);
    ck_nan(number_at(out, "base_low", 0)); /* a level implies none by itself */
    tflow_table_free(out);
    ck_assert_int_eq(figure("1.61bn", "+77 %", &out), TFLOW_OK);
    ck_close(number_at(out, "base_low", 1) / 1e9, 0.904, 5e-4);
    ck_close(number_at(out, "base_high", 1) / 1e9, 0.915, 5e-4);
    tflow_table_free(out);
}
END_TEST

START_TEST(contradiction_is_named)
{
    tflow_table *out;
    ck_assert_int_eq(figure("1.61bn", "doubled; +77 %", &out), TFLOW_CONTRADICTION);
    ck_assert_str_eq(text_at_row(out, "statement", 1), "doubled");
    ck_close(number_at(out, "break_even", 1), 0.225, 1e-12);
    ck_assert_str_eq(text_at_row(out, "item", 3), "contradiction");
    ck_assert_str_eq(text_at_row(out, "detail", 3),
                     "\"doubled\" and \"+77 %\" cannot all be true");
    tflow_table_free(out);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, implied_bases);
    tcase_add_test(tests, contradiction_is_named);
}

int main(void)
{
    return run_suite("published", add);
}
