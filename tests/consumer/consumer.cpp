/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A C++17 program that knows the library as it is installed. */
#include <tradeflow.h>

#include <iostream>
#include <vector>

int main()
{
    const std::vector<double> flows{1.0, 2.0};
    const tflow_vec vec = tflow_vec_of(flows.data(), flows.size());

    std::cout << tflow_version() << ' ' << tflow_status_name(TFLOW_ZERO_BASE) << ' '
              << vec.n << '\n';
}
