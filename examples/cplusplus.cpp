// SPDX-License-Identifier: GPL-3.0-or-later
// Any operation from C++: cplusplus OPERATION FILE [PARAMETER=VALUE]...
//
//     cplusplus growth data/belarus/china_imports_2010_2022.csv partner=BLR
//     period=2020:2022
#include <tradeflow.h>

#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>

namespace
{

// What the library hands out is released by whoever holds it.
using Table = std::unique_ptr<tflow_table, decltype(&tflow_table_free)>;
using Call = std::unique_ptr<tflow_call, decltype(&tflow_call_free)>;
using Text = std::unique_ptr<char, decltype(&tflow_text_free)>;

// Negative: the call was wrong. Positive: something to know about the data, no failure.
void check(tflow_status status, const tflow_error &error)
{
    if (status >= 0)
        return;
    char *text = nullptr;
    tflow_error_text(&error, &text);
    Text message(text, tflow_text_free);
    throw std::runtime_error(message ? message.get() : "out of memory");
}

Table read(const char *path)
{
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_table *table = nullptr;
    check(tflow_read_files(&path, 1, nullptr, &table, &error), error);
    return Table(table, tflow_table_free);
}

Call prepare(const char *operation)
{
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_call *call = nullptr;
    check(tflow_call_new(operation, &call, &error), error);
    return Call(call, tflow_call_free);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 3) {
        std::cerr << "usage: cplusplus OPERATION FILE [PARAMETER=VALUE]...\n";
        return 2;
    }
    try {
        tflow_error error = TFLOW_ERROR_INIT;
        Call call = prepare(argv[1]);
        for (int i = 3; i < argc; i++) {
            std::string word = argv[i];
            std::size_t at = word.find('=');
            std::string value = at == std::string::npos ? "yes" : word.substr(at + 1);
            check(tflow_call_set(call.get(), word.substr(0, at).c_str(), value.c_str(),
                                 &error),
                  error);
        }
        Table flows = read(argv[2]);
        check(tflow_call_input(call.get(), flows.get(), &error), error);
        tflow_table *result = nullptr;
        check(tflow_call_run(call.get(), &result, &error), error);
        Table owned(result, tflow_table_free);
        char *text = nullptr;
        check(tflow_table_write(result, TFLOW_FORMAT_TABLE, 80, 1, &text, &error),
              error);
        std::cout << Text(text, tflow_text_free).get();
    } catch (const std::exception &problem) {
        std::cerr << "cplusplus: " << problem.what() << '\n';
        return 1;
    }
    return 0;
}
