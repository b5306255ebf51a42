/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/elementary.h"

#include <math.h>

double tflow_i_log_ratio(double from, double to)
{
    double ratio = to / from;

    if (ratio > 0.5 && ratio < 2)
        return log1p((to - from) / from); /* the difference is exact here */
    if (isnormal(ratio))
        return log(ratio);
    return log(to) - log(from);
}

double tflow_i_log_mean(double a, double b)
{
    if (a == 0 || b == 0)
        return 0;
    return a == b ? a : (b - a) / tflow_i_log_ratio(a, b);
}

/* Let the number at `root` sink to its place in the heap data[0..n). */
static void sink(double *data, size_t root, size_t n)
{
    double value = data[root];

    for (size_t child; (child = 2 * root + 1) < n; root = child) {
        if (child + 1 < n && data[child + 1] > data[child])
            child++;
        if (data[child] <= value)
            break;
        data[root] = data[child];
    }
    data[root] = value;
}

void tflow_i_sort_ascending(double *data, size_t n)
{
    for (size_t i = n / 2; i-- > 0;)
        sink(data, i, n);
    for (size_t end = n; end-- > 1;) {
        double largest = data[0];
        data[0] = data[end];
        data[end] = largest;
        sink(data, 0, end);
    }
}
