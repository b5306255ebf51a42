# SPDX-License-Identifier: GPL-3.0-or-later
# Data frames as flows: every kind of column R has, and what is wrong with one.

china <- system.file("extdata", "china_imports_2010_2022.csv", package = "tradeflow", mustWork = TRUE)
frame <- data.frame(reporter = "BLR", partner = "CHN", flow = "X", period = 2019:2021, value = c(1, 2, 5))
rates <- function(x, ...) as.data.frame(growth(x, ...))$growth

test_that("a data frame gives what the file gives", {
    flows <- read_flows(china)
    expect_equal(as.data.frame(growth(flows, partner = "BLR")), as.data.frame(growth(china, partner = "BLR")), tolerance = 0)
    plain <- utils::read.csv(china)
    a <- growth(plain, partner = "BLR", read = list(currency = "USD", unit_multiplier = 0, valuation = "CIF"))
    expect_equal(as.data.frame(a), as.data.frame(growth(china, partner = "BLR")), tolerance = 0)
    expect_equal(units(growth(flows, partner = "BLR"))[["value"]], "USD")
})

test_that("columns may be of any kind that says the same", {
    want <- c(NaN, 1, 1.5)
    kinds <- list(
        as.integer(frame$period), as.double(frame$period), as.character(frame$period), factor(frame$period),
        factor(frame$period, levels = c("2021", "unused", "2019", "2020")))
    for (period in kinds) {
        x <- frame
        x$period <- period
        expect_equal(rates(x), want, info = class(period)[1])
    }
    x <- frame
    x$value <- as.integer(x$value)
    expect_equal(rates(x), want)
    x$reporter <- factor(x$reporter)
    x$note <- list(1, "a", NULL)[1:3]
    x$extra <- c(TRUE, NA, FALSE)
    x$matrix <- matrix(1:6, 3)
    x$complex <- 1i
    expect_equal(rates(x), want)
    x$value <- structure(readBin(as.raw(c(1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0)),
                                 "double", 3, endian = "little"), class = "integer64")
    expect_equal(rates(x), want)
    expect_equal(as.data.frame(growth(x))$value, c(1, 2, 5))
})

test_that("dates stand for their months", {
    x <- data.frame(reporter = "BLR", partner = "CHN", period = as.Date(c("2021-01-15", "2021-02-28")), value = c(1, 3))
    g <- growth(x)
    expect_equal(g$period, c("2021-01", "2021-02"))
    expect_equal(g$growth, c(NaN, 2))
    x$period <- as.POSIXct(c("2021-01-15 12:00:00", "2021-02-28 23:59:59"), tz = "UTC")
    expect_equal(growth(x)$growth, c(NaN, 2))
})

test_that("NA is missing in every kind of column", {
    x <- rbind(frame, data.frame(reporter = "BLR", partner = "CHN", flow = "X", period = 2022, value = NA))
    g <- growth(x)
    expect_true(is.na(g$value[4]) && !is.nan(g$value[4]))
    expect_true(is.na(g$growth[4]) && !is.nan(g$growth[4]))
    x$value <- as.integer(x$value)
    expect_true(is.na(growth(x)$value[4]))
    x$value <- c(1, 2, 5, NaN)
    expect_true(is.na(growth(x)$value[4]))
    x$partner <- factor(c("CHN", "CHN", "CHN", NA))
    e <- tryCatch(growth(x), tradeflow_error = identity)
    expect_equal(e$row, 4)
    expect_match(conditionMessage(e), "^partner: row 4: the partner is empty")
})

test_that("texts of other encodings are understood", {
    x <- frame
    x$partner <- iconv("C\u00f4te d'Ivoire", "UTF-8", "latin1")
    expect_equal(as.character(growth(x, by = "partner")$partner[1]), "CIV")
})

test_that("what is wrong is said, with column and row", {
    e <- function(x, ...) tryCatch({
        growth(x, ...)
        NULL
    }, error = identity)
    expect_s3_class(e(frame[0, ]), "tradeflow_error")
    expect_s3_class(e(data.frame()), "tradeflow_error")
    expect_match(conditionMessage(e(frame[c("reporter", "partner", "period")])), "no layout fits.*or columns to say")
    x <- frame
    x$value[2] <- -1
    expect_s3_class(e(x), "tradeflow_enegative")
    expect_equal(e(x)$row, 2)
    expect_equal(e(x)$column, "value")
    x$value <- c("1", "two", "3")
    expect_s3_class(e(x), "tradeflow_eparse")
    expect_equal(e(x)$row, 2)
    x$value <- c(1, Inf, 3)
    expect_s3_class(e(x), "tradeflow_error")
    x$value <- list(1, 2, 3)
    expect_s3_class(e(x), "tradeflow_error")
    x <- frame
    x$partner[3] <- "Atlantis"
    expect_s3_class(e(x), "tradeflow_eunknown")
    expect_equal(e(x)$row, 3)
    x <- frame
    x$partner <- structure(c(1L, 2L, 7L), levels = c("CHN", "RUS"), class = "factor")
    expect_error(growth(x), "row 3 is none of the factor's levels")
    x <- rbind(frame, frame)
    expect_s3_class(e(x), "tradeflow_eduplicate")
    mixed <- frame
    mixed$period <- c("2019", "2020-Q1", "2020-03")
    expect_true(is.null(e(mixed)) || inherits(e(mixed), "tradeflow_error"))
    expect_s3_class(e(frame, read = list(currency = 5)), "error")
    expect_s3_class(e(frame, read = list("USD")), "tradeflow_error")
})

test_that("names and units can be said", {
    x <- data.frame(from = "BLR", to = "CHN", when = 2019:2020, kusd = c(1, 2))
    columns <- c(reporter = "from", partner = "to", period = "when", value = "kusd")
    g <- growth(x, read = list(columns = columns, currency = "USD", unit_multiplier = 3))
    expect_equal(g$growth[2], 1)
    expect_equal(units(g)[["value"]], "thousand USD")
    expect_equal(read_flows(china, columns = NULL)$value[1:2], c(3615054, 4363534))
})

test_that("a long read ends when R says so, and leaves nothing behind", {
    many <- rep(china, 20000)
    setTimeLimit(elapsed = 0.2, transient = TRUE)
    on.exit(setTimeLimit())
    expect_error(read_flows(many), "time limit")
    setTimeLimit()
    expect_equal(nrow(read_flows(china)), 2743)
})

test_that("so does one that the user interrupts", {
    skip_on_os("windows")
    system(paste0("(sleep 0.2; kill -INT ", Sys.getpid(), ")"), wait = FALSE)
    ended <- tryCatch({
        read_flows(rep(china, 20000))
        "read"
    }, interrupt = function(i) "interrupted")
    expect_equal(ended, "interrupted")
    expect_equal(nrow(read_flows(china)), 2743)
})

test_that("values are not changed on the way", {
    set.seed(1)
    x <- data.frame(reporter = "BLR", partner = "CHN", flow = "X", period = 1900 + seq_len(1000) - 1,
                    value = 10^stats::runif(1000, -10, 12))
    x <- x[x$period < 2100, ]
    y <- aggregate_flows(x, by = c("reporter", "partner", "flow"))
    expect_identical(y$value[match(x$period, y$period)], x$value)
})
