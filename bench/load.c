/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loads a file into a table and says what is in it: load FILE THREADS
 *
 * Prints the rows, the sum of the values, and by how many KiB the peak of the resident
 * memory has grown since before the file was opened. */
#include <tradeflow.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

static long peak(void)
{
    struct rusage used;

    return getrusage(RUSAGE_SELF, &used) == 0 ? used.ru_maxrss : 0;
}

int main(int argc, char **argv)
{
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_read_opts opts = TFLOW_READ_OPTS_INIT;
    tflow_table *table = NULL;
    size_t column;
    long before = peak();

    if (argc != 3) {
        fputs("usage: load FILE THREADS\n", stderr);
        return 2;
    }
    opts.threads = strtoull(argv[2], NULL, 10);
    if (tflow_read_files((const char *const *)&argv[1], 1, &opts, &table, &error) !=
            TFLOW_OK ||
        tflow_table_find(table, "value", &column) != TFLOW_OK) {
        char *text = NULL;
        if (tflow_error_text(&error, &text) == TFLOW_OK)
            fprintf(stderr, "load: %s\n", text);
        tflow_text_free(text);
        tflow_table_free(table);
        return 1;
    }
    long after = peak();
    const double *values = tflow_table_float64(table, column);
    size_t n = tflow_table_rows(table);
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += values[i];
    printf("%zu %.17g %ld\n", n, sum, after - before);
    tflow_table_free(table);
    return 0;
}
