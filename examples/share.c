/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Share calculator: share NAME=VALUE...
 *
 *     share Russia=12857.66 Ukraine=3156.22 Poland=1255.58 */
#include <tradeflow.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST 100

int main(int argc, char **argv)
{
    double x[MOST], share[MOST], rank[MOST], scratch[MOST], total = 0, hhi, equal;
    const char *names[MOST];
    size_t n = (size_t)argc - 1;

    if (argc < 2 || n > MOST) {
        fprintf(stderr, "usage: share NAME=VALUE... (at most %d)\n", MOST);
        return 2;
    }
    for (size_t i = 0; i < n; i++) {
        char *equals = strrchr(argv[i + 1], '='), *end = NULL;
        if (equals != NULL)
            x[i] = strtod(equals + 1, &end);
        if (equals == NULL || end == equals + 1 || *end != '\0') {
            fprintf(stderr, "share: found \"%s\", expected NAME=VALUE\n", argv[i + 1]);
            return 2;
        }
        *equals = '\0';
        names[i] = argv[i + 1];
        total += x[i];
    }

    tflow_vec lines = tflow_vec_of(x, n);
    tflow_error error = TFLOW_ERROR_INIT;
    if (tflow_shares(lines, TFLOW_MISSING_FAIL, share, &error) != TFLOW_OK ||
        tflow_rank_descending(lines, TFLOW_MISSING_FAIL, scratch, rank, &error) !=
            TFLOW_OK) {
        fprintf(stderr, "share: %s\n",
                error.message[0] != '\0' ? error.message : "the total is zero");
        return 1;
    }
    for (size_t i = 0; i < n; i++)
        printf("%3.0f  %-16s %14.2f %8.2f %%\n", rank[i], names[i], x[i],
               100 * share[i]);
    printf("     %-16s %14.2f %8.2f %%\n", "total", total, 100.0);
    if (tflow_hhi(lines, TFLOW_MISSING_FAIL, &hhi, NULL) == TFLOW_OK &&
        tflow_equivalent_number(lines, TFLOW_MISSING_FAIL, &equal, NULL) == TFLOW_OK)
        printf("HHI %.4f: as concentrated as %.2f equal lines\n", hhi, equal);
    return 0;
}
