/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Indicators of a table in memory, timed inside the process: compute FILE THREADS RUNS
 *
 * Reads a file, then computes comparative advantage of all reporters and products and
 * the concentration of all reporters over products, RUNS times. Prints a line for each
 * run, its seconds; then one with sums of results, to be held against others'. */
#include <tradeflow.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double sum_of(const tflow_table *table, const char *name)
{
    size_t column, n = tflow_table_rows(table);
    double sum = 0;

    if (tflow_table_find(table, name, &column) != TFLOW_OK)
        return 0;
    for (size_t i = 0; i < n; i++)
        sum += tflow_table_float64(table, column)[i];
    return sum;
}

static tflow_status call(const tflow_table *table, const char *operation,
                         tflow_table **out, tflow_error *error)
{
    tflow_call *call = NULL;
    tflow_status status = tflow_call_new(operation, &call, error);

    if (status == TFLOW_OK)
        status = tflow_call_set(call, "by", "reporter", error);
    if (status == TFLOW_OK && strcmp(operation, "concentration") == 0)
        status = tflow_call_set(call, "over", "product", error);
    if (status == TFLOW_OK)
        status = tflow_call_set(call, "duplicates", "sum", error);
    if (status == TFLOW_OK)
        status = tflow_call_input(call, table, error);
    if (status == TFLOW_OK)
        status = tflow_call_run(call, out, error);
    tflow_call_free(call);
    return status;
}

static tflow_status run(const tflow_table *table, double sums[3], double *seconds,
                        tflow_error *error)
{
    tflow_table *rca = NULL, *measures = NULL;
    double start = now();
    tflow_status status = call(table, "advantage", &rca, error);

    if (status == TFLOW_OK)
        status = call(table, "concentration", &measures, error);
    *seconds = now() - start;
    if (status == TFLOW_OK) {
        sums[0] = sum_of(rca, "rca");
        sums[1] = sum_of(measures, "hhi");
        sums[2] = sum_of(measures, "shannon");
    }
    tflow_table_free(rca);
    tflow_table_free(measures);
    return status;
}

int main(int argc, char **argv)
{
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
    tflow_table *table = NULL;
    double sums[3] = {0, 0, 0}, seconds;

    if (argc != 4) {
        fputs("usage: compute FILE THREADS RUNS\n", stderr);
        return 2;
    }
    opts.threads = strtoull(argv[2], NULL, 10);
    tflow_status status =
        tflow_read_files((const char *const *)&argv[1], 1, &opts, &table, &error);
    for (unsigned long i = strtoul(argv[3], NULL, 10); i > 0 && status == TFLOW_OK;
         i--) {
        status = run(table, sums, &seconds, &error);
        if (status == TFLOW_OK)
            printf("%.6f\n", seconds);
    }
    if (status == TFLOW_OK)
        printf("%.17g %.17g %.17g\n", sums[0], sums[1], sums[2]);
    else
        fprintf(stderr, "compute: %s\n", error.message);
    tflow_table_free(table);
    return status != TFLOW_OK;
}
