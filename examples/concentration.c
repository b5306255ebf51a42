/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How concentrated a country's partners are: concentration FILE REPORTER FLOW PERIOD
 *
 *     concentration data/belarus/baci_belarus_partners_2000_2020.csv BLR X 2020 */
#include <tradeflow.h>

#include <stdio.h>

static int fail(const tflow_error *error)
{
    char *text = NULL;

    if (tflow_error_text(error, &text) == TFLOW_OK)
        fprintf(stderr, "concentration: %s\n", text);
    tflow_text_free(text);
    return 1;
}

/* One value a partner, from any layout that is known: totals rows are kept apart. */
static int by_partner(char **argv, tflow_table **out, tflow_error *error)
{
    static const char *const names[] = {"reporter", "flow", "period"};
    const char *const *paths = (const char *const *)&argv[1];
    tflow_table *file = NULL;
    tflow_call *call = NULL;
    int ok = tflow_read_files(paths, 1, NULL, &file, error) == TFLOW_OK &&
             tflow_call_new("aggregate", &call, error) == TFLOW_OK &&
             tflow_call_set(call, "by", "partner", error) == TFLOW_OK;

    for (int i = 0; i < 3 && ok; i++)
        ok = tflow_call_set(call, names[i], argv[2 + i], error) == TFLOW_OK;
    ok = ok && tflow_call_input(call, file, error) == TFLOW_OK &&
         tflow_call_run(call, out, error) >= 0;
    tflow_call_free(call);
    tflow_table_free(file);
    return ok;
}

int main(int argc, char **argv)
{
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_table *partners = NULL;
    size_t column;
    double hhi, equal, top, normalised;

    if (argc != 5) {
        fprintf(stderr, "usage: concentration FILE REPORTER FLOW PERIOD\n");
        return 2;
    }
    if (!by_partner(argv, &partners, &error) ||
        tflow_table_find(partners, "value", &column) != TFLOW_OK) {
        tflow_table_free(partners);
        return fail(&error);
    }
    tflow_vec x =
        tflow_vec_of(tflow_table_float64(partners, column), tflow_table_rows(partners));
    tflow_missing policy = TFLOW_MISSING_FAIL;
    int code = 0;
    if (tflow_hhi(x, policy, &hhi, &error) == TFLOW_OK &&
        tflow_hhi_normalised(x, x.n, policy, &normalised, &error) == TFLOW_OK &&
        tflow_equivalent_number(x, policy, &equal, &error) == TFLOW_OK &&
        tflow_concentration_ratio(x, 3, policy, &top, &error) == TFLOW_OK) {
        printf("%s, %s in %s: %zu partners\n", argv[2], argv[3], argv[4], x.n);
        printf("  HHI                 %.4f\n", hhi);
        printf("  normalised          %.4f\n", normalised);
        printf("  equal partners      %.2f\n", equal);
        printf("  three largest       %.2f %%\n", 100 * top);
    } else if (error.status < 0) {
        code = fail(&error);
    } else {
        printf("%s, %s in %s: not defined (%zu partners)\n", argv[2], argv[3], argv[4],
               x.n);
    }
    tflow_table_free(partners);
    return code;
}
