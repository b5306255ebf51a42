/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A C99 program that knows the library as it is installed. */
#include <tradeflow.h>

#include <stdio.h>

int main(void)
{
    const double flows[] = {1.0, 2.0};
    tflow_vec vec = tflow_vec_of(flows, 2);

    printf("%s %s %zu\n", tflow_version(), tflow_status_name(TFLOW_ZERO_BASE), vec.n);
    return 0;
}
