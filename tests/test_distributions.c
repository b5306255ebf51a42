/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/distributions.h"
#include "test.h"

#include <gsl/gsl_errno.h>

/* The library must never reach GSL's error handler: in this program it fails the test.
 */
static void gsl_reached(const char *reason, const char *file, int line, int number)
{
    ck_abort_msg("GSL error %d: %s (%s:%d)", number, reason, file, line);
}

/* Independent: bisection on the regularised incomplete beta function with 40 digits
 * (mpmath 1.4), p being the double nearest to the decimal shown. */
static const struct {
    double p;
    double df;
    double t;
} t_quantiles[] = {
    {0.9, 1, 3.0776835371752541},
    {0.9, 1.5, 2.1963984175655378},
    {0.9, 2, 1.885618083164127},
    {0.9, 3, 1.6377443536962103},
    {0.9, 5, 1.4758840488244813},
    {0.9, 19, 1.3277282090267985},
    {0.9, 30, 1.3104150253913957},
    {0.9, 31, 1.3094635494946456},
    {0.9, 100, 1.2900747613465161},
    {0.9, 1000, 1.2823987214609246},
    {0.9, 100000, 1.2815600314493611},
    {0.9, 10000000, 1.281551650203083},
    {0.975, 1, 12.706204736174693},
    {0.975, 1.5, 6.0166631044279283},
    {0.975, 2, 4.3026527297494618},
    {0.975, 3, 3.1824463052837084},
    {0.975, 5, 2.5705818356363148},
    {0.975, 19, 2.0930240544083093},
    {0.975, 30, 2.0422724563012379},
    {0.975, 31, 2.0395134463964081},
    {0.975, 100, 1.9839715185235519},
    {0.975, 1000, 1.9623390808264081},
    {0.975, 100000, 1.9599877075346093},
    {0.975, 10000000, 1.9599642217672051},
    {0.995, 1, 63.656741162871524},
    {0.995, 1.5, 17.820310514462797},
    {0.995, 2, 9.9248432009182886},
    {0.995, 3, 5.8409093097333554},
    {0.995, 5, 4.0321429835552272},
    {0.995, 19, 2.8609346064649788},
    {0.995, 30, 2.749995653567225},
    {0.995, 31, 2.744041919294269},
    {0.995, 100, 2.6258905214380176},
    {0.995, 1000, 2.5807546980659508},
    {0.995, 100000, 2.575878469908375},
    {0.995, 10000000, 2.5758297952037487},
    {0.1, 1, -3.0776835371752532},
    {0.1, 1.5, -2.1963984175655373},
    {0.1, 2, -1.8856180831641267},
    {0.1, 3, -1.6377443536962101},
    {0.1, 5, -1.475884048824481},
    {0.1, 19, -1.3277282090267983},
    {0.1, 30, -1.3104150253913955},
    {0.1, 31, -1.3094635494946455},
    {0.1, 100, -1.2900747613465159},
    {0.1, 1000, -1.2823987214609244},
    {0.1, 100000, -1.281560031449361},
    {0.1, 10000000, -1.2815516502030829},
    {0.6, 1, 0.32491969623290625},
    {0.6, 1.5, 0.30074539256979535},
    {0.6, 2, 0.28867513459481282},
    {0.6, 3, 0.27667066233268985},
    {0.6, 5, 0.26718086570414507},
    {0.6, 19, 0.25692281979615467},
    {0.6, 30, 0.25560536495191271},
    {0.6, 31, 0.25553216831752765},
    {0.6, 100, 0.25402218245822776},
    {0.6, 1000, 0.25341451583949871},
    {0.6, 100000, 0.25334777715717989},
    {0.6, 10000000, 0.25334710987600297},
    {0.999999, 1, 318309.88617359026},
    {0.999999, 1.5, 5219.4693246068863},
    {0.999999, 2, 707.10572051576712},
    {0.999999, 3, 103.29946777942897},
    {0.999999, 5, 24.771029720372489},
    {0.999999, 19, 6.7233942821860085},
    {0.999999, 30, 5.8711171204086238},
    {0.999999, 31, 5.8286018038895897},
    {0.999999, 100, 5.0488308772214468},
    {0.999999, 1000, 4.7816086204524386},
    {0.999999, 100000, 4.7537047163854761},
    {0.999999, 10000000, 4.7534271127497659},
    {1e-12, 1, -318309886183.79068},
    {1e-12, 1.5, -52194694.273446355},
    {1e-12, 2, -707106.78118548687},
    {1e-12, 3, -10331.108244292486},
    {1e-12, 5, -393.95695957760377},
    {1e-12, 19, -15.884838733726815},
    {1e-12, 30, -11.397217523311411},
    {1e-12, 31, -11.200207192884789},
    {1e-12, 100, -8.0258255944932531},
    {1e-12, 1000, -7.1242289253144091},
    {1e-12, 100000, -7.0353717423935763},
    {1e-12, 10000000, -7.0344927035261599},
    {0.5000001, 1, 3.1415926519363009e-7},
    {0.5000001, 1.5, 2.9348322138559665e-7},
    {0.5000001, 2, 2.8284271232574875e-7},
    {0.5000001, 3, 2.7206990449193157e-7},
    {0.5000001, 5, 2.6343055227537268e-7},
    {0.5000001, 19, 2.5398127877336376e-7},
    {0.5000001, 30, 2.5276002247929695e-7},
    {0.5000001, 31, 2.5269212182368179e-7},
    {0.5000001, 100, 2.5129025790483259e-7},
    {0.5000001, 1000, 2.507255008614169e-7},
    {0.5000001, 100000, 2.5066345398901647e-7},
    {0.5000001, 10000000, 2.5066283359773559e-7},
    {0.975, 1e10, 1.959963984777281},
    {0.975, 1e12, 1.9599639845424261},
};

START_TEST(t_quantile)
{
    for (size_t i = 0; i < sizeof t_quantiles / sizeof *t_quantiles; i++) {
        double p = t_quantiles[i].p, df = t_quantiles[i].df, want = t_quantiles[i].t;
        double got = tflow_i_t_quantile(p, df);
        ck_assert_msg(fabs(got - want) <= 1e-9 * fabs(want),
                      "t(%g; %g) is %.17g, expected %.17g", p, df, got, want);
    }
}
END_TEST

/* Symmetry, order and the normal limit, over a grid that would reach the handler if any
 * argument could. */
START_TEST(t_quantile_sweep)
{
    static const double tails[] = {1e-100, 1e-50, 1e-20, 1e-9, 1e-4,     0.01,
                                   0.1,    0.25,  0.4,   0.49, 0.4999999};
    for (double df = 1; df < 1e300; df *= 1.37) {
        double above = INFINITY;
        for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
            double t = tflow_i_t_quantile(tails[i], df);
            double normal = -tflow_i_normal_quantile(tails[i]);
            ck_assert_msg(-t >= normal * (1 - 1e-9), "t(%g; %g) = %g", tails[i], df, t);
            ck_assert_msg(-t < above, "t(%g; %g) = %g", tails[i], df, t);
            above = -t;
        }
    }
    for (double p = 0.5; p < 1; p += 1.0 / 64)
        ck_assert_double_eq(tflow_i_t_quantile(p, 7), -tflow_i_t_quantile(1 - p, 7));
    ck_assert_double_eq(tflow_i_t_quantile(0.5, 3), 0);
}
END_TEST

static const struct {
    double p;
    double df;
    const char *why;
} outside[] = {
    {0, 5, "p = 0"},
    {1, 5, "p = 1"},
    {-0.1, 5, "p < 0"},
    {1.1, 5, "p > 1"},
    {NAN, 5, "p missing"},
    {0.9, 0, "no degree of freedom"},
    {1e-101, 5, "p below the stated reach"},
    {0.9, -1, "df < 0"},
    {0.9, NAN, "df missing"},
    {0.9, INFINITY, "df infinite"},
};

START_TEST(quantiles_outside)
{
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
        ck_assert_msg(isnan(tflow_i_t_quantile(outside[i].p, outside[i].df)), "%s",
                      outside[i].why);
    ck_nan(tflow_i_normal_quantile(0));
    ck_nan(tflow_i_normal_quantile(1));
    ck_nan(tflow_i_normal_quantile(NAN));
}
END_TEST

START_TEST(normal_quantile)
{
    /* inverse error function with 40 digits (mpmath) */
    ck_assert_double_eq(tflow_i_normal_quantile(0.5), 0);
    ck_close(tflow_i_normal_quantile(0.8), 0.84162123357291436, 1e-14);
    ck_close(tflow_i_normal_quantile(0.975), 1.9599639845400539, 1e-14);
    ck_close(tflow_i_normal_quantile(0.9), 1.2815515655446006, 1e-14);
    ck_close(tflow_i_normal_quantile(0.001), -3.0902323061678135, 1e-14);
    ck_close(tflow_i_normal_quantile(1e-300), -37.047096299361199, 1e-13);
    ck_close(tflow_i_normal_quantile(0.9999999999), 6.3613408896974219, 1e-14);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, t_quantile);
    tcase_add_test(tests, t_quantile_sweep);
    tcase_add_test(tests, quantiles_outside);
    tcase_add_test(tests, normal_quantile);
}

int main(void)
{
    gsl_set_error_handler(gsl_reached);
    return run_suite("distributions", add);
}
