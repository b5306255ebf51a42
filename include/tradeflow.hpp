/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file tradeflow.hpp
 * What C++ adds to tradeflow.h: handles that free themselves, one exception for calls
 * that fail, and vectors as tflow_vec. C++11; it does not mirror the interface.
 *
 *     tradeflow::table table;
 *     tradeflow::error error;
 *     error.check(tflow_read_files(&path, 1, nullptr, tradeflow::out(table), error));
 */
#ifndef TRADEFLOW_HPP
#define TRADEFLOW_HPP

#include "tradeflow.h"

#include <memory>
#include <stdexcept>
#include <string>

namespace tradeflow
{

/** Frees what the library handed out. */
struct deleter {
    void operator()(tflow_table *p) const
    {
        tflow_table_free(p);
    }
    void operator()(tflow_builder *p) const
    {
        tflow_builder_free(p);
    }
    void operator()(tflow_reader *p) const
    {
        tflow_reader_free(p);
    }
    void operator()(tflow_call *p) const
    {
        tflow_call_free(p);
    }
    void operator()(char *p) const
    {
        tflow_text_free(p);
    }
};

using table = std::unique_ptr<tflow_table, deleter>;
using builder = std::unique_ptr<tflow_builder, deleter>;
using reader = std::unique_ptr<tflow_reader, deleter>;
using call = std::unique_ptr<tflow_call, deleter>;
using text = std::unique_ptr<char, deleter>;

/** A call that failed: its status, and what it said. */
class failure : public std::runtime_error
{
  public:
    failure(tflow_status status, const std::string &message)
        : std::runtime_error(message), status_(status)
    {
    }
    tflow_status status() const
    {
        return status_;
    }

  private:
    tflow_status status_;
};

/** The detail of a failure, given to a call and asked afterwards. */
class error
{
  public:
    operator tflow_error *()
    {
        return &detail_;
    }
    const tflow_error &detail() const
    {
        return detail_;
    }
    /** Throws for a negative status; others, which are about the data, come back. */
    tflow_status check(tflow_status status) const
    {
        if (status < 0)
            throw failure(status, detail_.message[0] != '\0'
                                      ? detail_.message
                                      : tflow_status_name(status));
        return status;
    }

  private:
    tflow_error detail_ = TFLOW_ERROR_INIT;
};

/** The place a call writes a handle to; the handle has it at the end of the line. */
template <class T> class out_place
{
  public:
    explicit out_place(std::unique_ptr<T, deleter> &to) : to_(to)
    {
    }
    out_place(out_place &&other) : to_(other.to_)
    {
        other.moved_ = true;
    }
    ~out_place()
    {
        if (!moved_)
            to_.reset(raw_);
    }
    operator T **()
    {
        return &raw_;
    }

  private:
    std::unique_ptr<T, deleter> &to_;
    T *raw_ = nullptr;
    bool moved_ = false;
};

template <class T> out_place<T> out(std::unique_ptr<T, deleter> &to)
{
    return out_place<T>(to);
}

/** Anything with data() and size(): a std::vector, an array, a std::span. */
template <class Container> tflow_vec vec(const Container &numbers)
{
    return tflow_vec_of(numbers.data(), numbers.size());
}

} // namespace tradeflow

#endif
