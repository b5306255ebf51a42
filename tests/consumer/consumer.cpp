/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A C++17 program that knows the library as it is installed. */
#include <tradeflow.hpp>

#include <iostream>
#include <vector>

int main()
{
    const std::vector<double> flows{1.0, 2.0};
    const tflow_vec vec = tradeflow::vec(flows);

    static const char rows[] =
        "reporter,partner,flow,period,value_usd\nBLR,CHN,X,2020,1\n";
    tradeflow::table table;
    tradeflow::error error;
    error.check(tflow_read_memory(rows, sizeof rows - 1, "rows", nullptr,
                                  tradeflow::out(table), error));
    if (tflow_table_rows(table.get()) != 1)
        return 1;
    try {
        error.check(
            tflow_read_memory("", 0, "none", nullptr, tradeflow::out(table), error));
        return 1;
    } catch (const tradeflow::failure &caught) {
        if (caught.status() != TFLOW_EPARSE || table)
            return 1;
    }
    std::cout << tflow_version() << ' ' << tflow_status_name(TFLOW_ZERO_BASE) << ' '
              << vec.n << '\n';
}
