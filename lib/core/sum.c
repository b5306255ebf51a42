/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/core.h"

#include <math.h>

/* Two-sum (Knuth): exact error of each addition whatever the order of magnitudes,
 * where Kahan's form loses 1 + 1e100 + 1 - 1e100. */
void tflow_i_sum_add(tflow_i_sum *sum, double value)
{
    double total = sum->sum + value;
    double rest = total - sum->sum;
    double lost = (sum->sum - (total - rest)) + (value - rest);

    sum->sum = total;
    if (isfinite(lost)) /* beyond the largest double the sum alone carries the news */
        sum->error += lost;
}

double tflow_i_sum_value(const tflow_i_sum *sum)
{
    return sum->sum + sum->error;
}

void tflow_i_sum_merge(tflow_i_sum *sum, const tflow_i_sum *other)
{
    tflow_i_sum_add(sum, other->sum);
    tflow_i_sum_add(sum, other->error);
}
