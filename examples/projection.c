/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Projection calculator: projection FILE REPORTER PARTNER FLOW [METHOD]
 *
 *     projection data/belarus/china_imports_2010_2022.csv CHN BLR M */
#include <tradeflow.h>

#include <stdio.h>
#include <stdlib.h>

#define AHEAD 3

static int fail(const tflow_error *error)
{
    char *text = NULL;

    if (tflow_error_text(error, &text) == TFLOW_OK)
        fprintf(stderr, "projection: %s\n", text);
    tflow_text_free(text);
    return 1;
}

static int project(const tflow_table *flows, const char *method, tflow_error *error)
{
    size_t n = tflow_table_rows(flows), value, period;
    double *years = malloc((n + 1) * sizeof *years);
    double median[AHEAD], lower[2 * AHEAD], upper[2 * AHEAD];
    tflow_projection_opts opts = TFLOW_PROJECTION_OPTS_INIT;
    tflow_projection result = TFLOW_PROJECTION_INIT;
    tflow_status status = TFLOW_ENOMEM;

    if (years != NULL && tflow_table_find(flows, "value", &value) == TFLOW_OK &&
        tflow_table_find(flows, "period", &period) == TFLOW_OK) {
        for (size_t i = 0; i < n; i++)
            years[i] = tflow_period_start(tflow_table_periods(flows, period)[i]) / 12;
        opts.horizon = AHEAD;
        result.median = median;
        result.lower = lower;
        result.upper = upper;
        status = tflow_project(method, tflow_vec_of(years, n),
                               tflow_vec_of(tflow_table_float64(flows, value), n),
                               TFLOW_MISSING_SKIP, &opts, &result, error);
    }
    if (status == TFLOW_OK || status == TFLOW_LOWER_BOUND) {
        printf("%s of %zu years, in %s\n", method, n, tflow_table_unit(flows, value));
        printf(
            "year          median   80 %% interval                 95 %% interval\n");
        for (size_t k = 0; k < AHEAD; k++)
            printf("%4.0f  %14.0f  %14.0f to %.0f  %14.0f to %.0f\n",
                   years[n - 1] + 1 + (double)k, median[k], lower[k], upper[k],
                   lower[AHEAD + k], upper[AHEAD + k]);
    } else if (status > 0) {
        printf("no projection: %s\n", tflow_status_text(status));
    }
    free(years);
    return status < 0 ? fail(error) : 0;
}

int main(int argc, char **argv)
{
    static const char *const names[] = {"reporter", "partner", "flow"};
    const char *method = argc > 5 ? argv[5] : "log_linear_trend";
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_table *file = NULL, *flows = NULL;
    tflow_call *call = NULL;

    if (argc < 5 || argc > 6) {
        fprintf(stderr, "usage: projection FILE REPORTER PARTNER FLOW [METHOD]\n");
        return 2;
    }
    const char *const *paths = (const char *const *)&argv[1];
    int ok = tflow_read_files(paths, 1, NULL, &file, &error) == TFLOW_OK &&
             tflow_call_new("aggregate", &call, &error) == TFLOW_OK;
    for (int i = 0; i < 3 && ok; i++)
        ok = tflow_call_set(call, names[i], argv[2 + i], &error) == TFLOW_OK;
    ok = ok && tflow_call_input(call, file, &error) == TFLOW_OK &&
         tflow_call_run(call, &flows, &error) >= 0;
    int code = ok ? project(flows, method, &error) : fail(&error);
    tflow_table_free(flows);
    tflow_call_free(call);
    tflow_table_free(file);
    return code;
}
