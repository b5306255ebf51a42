/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "call.h"
static void add(TCase *tests)
{
    (void)tests;
}
int main(void)
{
    return run_suite("summary_ops", add);
}
