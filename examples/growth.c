/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Growth calculator: growth FIRST LAST [PERIODS]
 *
 *     growth 1089.64636 1811.6094
 *     growth 161.482328 848.485687 20 */
#include <tradeflow.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the library says of a status: "undefined: the base is zero". */
static const char *reason(tflow_status status)
{
    const char *text = tflow_status_text(status), *colon = strstr(text, ": ");

    return colon == NULL ? text : colon + 2;
}

/* A number, or why there is none: undefined is never printed as zero. */
static void line(const char *name, tflow_status status, double value, int per_cent)
{
    if (status != TFLOW_OK)
        printf("  %-18s not defined: %s\n", name, reason(status));
    else if (per_cent)
        printf("  %-18s %+.2f %%\n", name, 100 * value);
    else
        printf("  %-18s %.4f\n", name, value);
}

static int read_number(const char *text, double *value)
{
    char *end;

    *value = strtod(text, &end);
    if (end != text && *end == '\0')
        return 1;
    fprintf(stderr, "growth: \"%s\" is not a number\n", text);
    return 0;
}

int main(int argc, char **argv)
{
    double first, last, periods = 1, value;

    if (argc != 3 && argc != 4) {
        fprintf(stderr, "usage: growth FIRST LAST [PERIODS]\n");
        return 2;
    }
    if (!read_number(argv[1], &first) || !read_number(argv[2], &last) ||
        (argc == 4 && !read_number(argv[3], &periods)))
        return 2;

    printf("From %s to %s\n", argv[1], argv[2]);
    tflow_status status = tflow_index(last, first, &value);
    line("ratio", status, value, 0);
    status = tflow_growth_simple(first, last, &value);
    line("growth", status, value, 1);
    status = tflow_growth_midpoint(first, last, &value);
    line("midpoint growth", status, value, 1);
    if (argc == 3)
        return 0;

    printf("A period, over %s of them\n", argv[3]);
    status = tflow_cagr(first, last, periods, &value);
    line("compound growth", status, value, 1);
    if (status == TFLOW_OK)
        status = tflow_doubling_time(value, &value);
    line("doubles in", status, value, 0);
    return 0;
}
