/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of routines, and the check that the library is the one the package is for.
 */
#include "call.h"

#include <R_ext/Visibility.h>

static const R_CallMethodDef own_routines[] = {
    {"C_run_operation", (DL_FUNC)&run_operation, 4},
    {"C_read_input", (DL_FUNC)&read_input, 1},
    {"C_read_recipe", (DL_FUNC)&read_recipe, 1},
    {"C_describe_operations", (DL_FUNC)&describe_operations, 0},
    {"C_list_layouts", (DL_FUNC)&list_layouts, 0},
    {"C_library_version", (DL_FUNC)&library_version, 0},
    {"C_status_texts", (DL_FUNC)&status_texts, 1},
    {"C_project_series", (DL_FUNC)&project_series, 5},
    {"C_project_backtest_series", (DL_FUNC)&project_backtest_series, 6},
    {"C_price_index_series", (DL_FUNC)&price_index_series, 3},
};

void R_init_tradeflow(DllInfo *info);

/* R wants one table, ended by an empty line; it copies what it is given. */
attribute_visible void R_init_tradeflow(DllInfo *info)
{
    const size_t n_own = sizeof own_routines / sizeof *own_routines;
    const size_t n_kernels = (size_t)n_kernel_routines;
    R_CallMethodDef *all =
        (R_CallMethodDef *)R_alloc(n_own + n_kernels + 1, sizeof *all);

    memcpy(all, own_routines, sizeof own_routines);
    memcpy(all + n_own, kernel_routines, n_kernels * sizeof *all);
    memset(all + n_own + n_kernels, 0, sizeof *all);
    R_registerRoutines(info, NULL, all, NULL, NULL);
    R_useDynamicSymbols(info, FALSE);
    R_forceSymbols(info, TRUE);
}
