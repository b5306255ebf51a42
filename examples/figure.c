/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figure calculator: what published statements imply, and whether they agree.
 *
 *     figure "1.61bn" "doubled" "+77 %" */
#include <tradeflow.h>

#include <math.h>
#include <stdio.h>

static void print_range(const char *name, tflow_range range, double unit)
{
    const char *word = unit == 1e9   ? " billion"
                       : unit == 1e6 ? " million"
                       : unit == 1e3 ? " thousand"
                                     : "";

    printf("  %-11s", name);
    if (isnan(range.low))
        printf("(no bound");
    else
        printf("%c%.4g", range.low_closed ? '[' : '(', range.low / unit);
    if (isnan(range.high))
        printf(", no bound)%s\n", word);
    else
        printf(", %.4g%c%s\n", range.high / unit, range.high_closed ? ']' : ')', word);
}

int main(int argc, char **argv)
{
    tflow_figure statements[TFLOW_FIGURE_MAX];
    tflow_figure_joint joint;
    tflow_error error = TFLOW_ERROR_INIT;
    size_t n = 0;

    if (argc < 2 || argc > TFLOW_FIGURE_MAX) {
        fprintf(stderr, "usage: figure LEVEL [CHANGE]...\n");
        return 2;
    }
    for (int i = 1; i < argc; i++, n++) {
        tflow_status status =
            i == 1 ? tflow_figure_value_parse(argv[i], NULL, &statements[n], &error)
                   : tflow_figure_change_parse(argv[i], NULL, &statements[n], &error);
        if (status != TFLOW_OK) {
            fprintf(stderr, "figure: \"%s\": %s\n", argv[i], error.message);
            return 2;
        }
        const char *kind = tflow_figure_kind_name(statements[n].kind);
        double unit = statements[n].kind == TFLOW_FIGURE_RATIO ? 1 : statements[0].unit;
        printf("\"%s\"\n", argv[i]);
        print_range(kind, statements[n].interval, unit);
    }

    tflow_status status = tflow_figure_joint_solve(statements, n, &joint, &error);
    if (status == TFLOW_OK) {
        printf("Together\n");
        print_range("level", joint.level, statements[0].unit);
        print_range("base", joint.base, statements[0].unit);
        print_range("ratio", joint.ratio, 1);
    } else if (status == TFLOW_CONTRADICTION) {
        printf("These cannot all be true:\n");
        for (size_t i = 0; i < joint.n_conflict; i++) {
            double tolerance;
            size_t which = joint.conflict[i];
            printf("  \"%s\"", argv[which + 1]);
            if (tflow_figure_break_even(statements, n, which, &tolerance) == TFLOW_OK &&
                statements[which].kind == TFLOW_FIGURE_RATIO)
                printf(", unless it is stretched to %.4g +/- %.4g",
                       statements[which].figure, tolerance);
            printf("\n");
        }
    } else {
        fprintf(stderr, "figure: %s\n", error.message);
        return 1;
    }
    return 0;
}
