# SPDX-License-Identifier: GPL-3.0-or-later
# What R users expect of functions on vectors; the values themselves are in
# test-conformance.R.

test_that("arguments are recycled, and a vector gives a vector", {
    expect_equal(cagr(c(1, 1), c(4, 9), 2), c(1, 2))
    expect_length(cagr(numeric(), 1, 2), 0)
    expect_equal(growth_simple(1:2, 2L), c(1, 0))
})

test_that("what is missing is NA, silently", {
    expect_silent(x <- growth_simple(c(1, NA), c(2, 2)))
    expect_equal(x, c(1, NA))
    expect_false(is.nan(x[2]))
    expect_true(is.na(hhi(c(1, NA))))
    expect_false(is.nan(hhi(c(1, NA))))
    expect_equal(hhi(c(1, NA), na.rm = TRUE), 1)
    expect_equal(hhi(c(1, NA), missing = "zero"), 1)
    expect_equal(shares(c(1, NA, 3), na.rm = TRUE), c(0.25, NA, 0.75))
})

test_that("what is not defined is NaN, with one warning a call that says why", {
    expect_warning(x <- growth_simple(c(0, 0, 1), c(5, 6, 2)), "the base is zero \\(2 of 3\\)",
                   class = "tradeflow_undefined")
    expect_true(all(is.nan(x[1:2])))
    expect_equal(x[3], 1)
    w <- tryCatch(growth_simple(c(1, 0), 5), tradeflow_undefined = identity)
    expect_equal(w$status, c("TFLOW_OK", "TFLOW_ZERO_BASE"))
})

test_that("wrong arguments are errors that name them", {
    expect_error(growth_simple(c(1, -1), 2), "element 2", class = "tradeflow_enegative")
    expect_error(hhi("a"), "x: found character, expected numbers", class = "tradeflow_error")
    expect_error(hhi(factor(1:2)), "found factor", class = "tradeflow_error")
    expect_error(hhi(list(1)), "found list", class = "tradeflow_error")
    expect_error(hhi(1, missing = "some"), "propagate", class = "tradeflow_error")
    expect_error(concentration_ratio(1:3, -1), "k: expected one whole number", class = "tradeflow_error")
    expect_error(rca_presence(1, 1, "over"), "at_least", class = "tradeflow_error")
    expect_error(range_add(1, 2), "expected two numbers", class = "tradeflow_error")
    expect_error(figure_break_even(list(), 0), class = "error")
    expect_error(figure_base(list(kind = "levle"), list()), "found \"levle\"")
})

test_that("whole numbers of 64 bits are the numbers they are", {
    # 1, 2^40, -5 and NA as the package bit64 keeps them.
    bytes <- as.raw(c(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0,
                      251, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 128))
    x <- structure(readBin(bytes, "double", 4, endian = "little"), class = "integer64")
    expect_equal(doubling_time(structure(unclass(x)[1], class = "integer64")), 1)
    expect_equal(tradeflow:::whole_numbers(x, "x"), c(1, 2^40, -5, NA))
    large <- structure(readBin(as.raw(c(0, 0, 0, 0, 0, 0, 255, 0)), "double", 1, endian = "little"),
                       class = "integer64")
    expect_error(hhi(large), "row 1 is a whole number too large", class = "tradeflow_elimit")
})

test_that("structs are lists, enumerators words, positions count from 1", {
    f <- figure_value_parse("nearly 1.6bn")
    expect_equal(f$kind, "level")
    expect_equal(f$qualifier, "nearly")
    expect_equal(f$interval$high, 1.65e9)
    wide <- figure_change_parse("doubled", word_tolerance = 0.2)
    expect_equal(c(wide$interval$low, wide$interval$high), c(1.8, 2.2))
    s <- figure_phrase_parse("reached 1.61bn, doubled, +77 %")
    expect_warning(conflicts <- figure_conflicts(s), class = "tradeflow_undefined")
    expect_equal(conflicts[[1]]$member, 2:3)
    expect_equal(figure_break_even(s, 2), 0.225)
})

test_that("a series of R brings its periods along", {
    y <- ts(c(10, 12, 11, 14, 15), start = 2001)
    p <- project_of("drift", y, horizon = 2)
    expect_equal(p$time, c(2006, 2007))
    expect_equal(p$median, 15 + 1.25 * 1:2)
    expect_equal(dim(p$lower), c(2, 2))
    quarterly <- ts(c(1, 2, 3, 4, 2, 3, 4, 5), start = c(2020, 1), frequency = 4)
    expect_equal(project_of("seasonal_naive", quarterly)$median, 2)
    b <- project_backtest("naive", c(3, 5, 4, 6, 8, 7, 9), horizon = 2)
    expect_equal(ncol(b$forecast), b$n_origins)
    expect_equal(mean(abs(b$actual - b$forecast), na.rm = TRUE), b$mae)
})

test_that("an index has a number a period", {
    prices <- matrix(c(1, 2, 1.1, 2.1, 1.2, 2.3), nrow = 2, dimnames = list(NULL, 2001:2003))
    quantities <- matrix(c(10, 5, 11, 5, 12, 4), nrow = 2)
    index <- price_index_series(prices, quantities, "laspeyres")
    expect_equal(index, c("2001" = 1, "2002" = 21.5 / 20, "2003" = 23.5 / 20))
    expect_error(price_index_series(1, 2), "two matrices", class = "tradeflow_error")
    expect_error(price_index_series(prices, quantities, base = 0), class = "error")
})

test_that("loading the package hides nothing of R itself", {
    standard <- c("stats", "graphics", "grDevices", "utils", "datasets", "methods")
    theirs <- c(ls(baseenv()), unlist(lapply(standard, getNamespaceExports)))
    hidden <- intersect(getNamespaceExports("tradeflow"), theirs)
    expect_gt(length(theirs), 2000)
    expect_equal(hidden, character())
})
