# SPDX-License-Identifier: GPL-3.0-or-later
# Operations from files: what comes in, what comes out, what it says about itself.

file <- function(name) system.file("extdata", name, package = "tradeflow", mustWork = TRUE)
china <- file("china_imports_2010_2022.csv")

test_that("a result is a data frame of R's own types", {
    g <- growth(china, partner = "BLR", period = 2020:2022)
    expect_s3_class(g, c("tradeflow_result", "data.frame"), exact = TRUE)
    expect_equal(g$period, 2020:2022)
    expect_type(g$period, "integer")
    expect_s3_class(g$partner, "factor")
    expect_equal(levels(g$partner), "BLR")
    expect_equal(as.character(g$status), c("A", "A", "A"))
    expect_equal(g$value[3], 1811609400)
    # IMF, imports of China from Belarus in 2021 and 2022.
    expect_equal(g$growth[3], 1811609400 / 1089646360 - 1)
    expect_type(g$n_missing, "integer")
    expect_type(g$lower_bound, "logical")
})

test_that("missing is NA, not defined is NaN with a reason", {
    g <- growth(china, partner = "BLR", period = c(2010, 2011))
    expect_true(is.nan(g$growth[1]))
    expect_equal(g$reason, c("no base period", NA))
    expect_true(is.na(g$base_value[1]))
    expect_false(is.nan(g$base_value[1]))
})

test_that("parameters are R's: vectors, truth values, numbers, factors", {
    a <- share(file("baci_belarus_partners_2000_2020.csv"), reporter = "BLR", period = 2020, partner = c("RUS", "UKR"))
    b <- share(file("baci_belarus_partners_2000_2020.csv"), reporter = factor("BLR"), period = "2020", partner = "RUS,UKR")
    expect_equal(as.data.frame(a), as.data.frame(b))
    expect_equal(recipe(a)$parameters[["partner"]], "RUS,UKR")
    r <- growth(china, partner = "BLR", period = 2020:2022, complete = TRUE)
    expect_equal(recipe(r)$parameters[["period"]], "2020:2022")
    expect_equal(recipe(r)$parameters[["complete"]], "yes")
    expect_error(growth(china, period = c(2020, 2022, 2023)), "periods in a row", class = "tradeflow_error")
    expect_error(growth(china, partner = NA), "partner", class = "tradeflow_error")
    expect_error(growth(china, lag = "x"), class = "tradeflow_eparse")
    expect_error(growth(china, missing = "some"), "missing", class = "tradeflow_error")
})

test_that("numbers become texts that read back", {
    x <- c(0.1, 1 / 3, 1e-20, 2020, 123456789.123456789)
    expect_equal(as.numeric(tradeflow:::number_text(x)), x, tolerance = 0)
    expect_equal(tradeflow:::number_text(0.95), "0.95")
})

test_that("failures are conditions with file, line and column", {
    expect_error(growth("/does/not/exist"), "no such file", class = "tradeflow_eio")
    expect_error(growth(china, partner = "XXQ"), class = "tradeflow_eunknown")
    expect_error(growth(NA_character_), "data frame or names of files", class = "tradeflow_error")
    expect_error(growth(42), "data frame or names of files", class = "tradeflow_error")
    expect_error(run_operation("grwoth", china), class = "tradeflow_eunknown")
    expect_error(read_flows(china, layuot = "long"), "no reading option \"layuot\"", class = "tradeflow_eunknown")
    expect_error(read_flows(china, "no-such"), class = "tradeflow_eunknown")
    bad <- tempfile(fileext = ".csv")
    on.exit(unlink(bad))
    writeLines(c("reporter,partner,period,value", "BLR,CHN,2020,1", "BLR,CHN,2021,x"), bad)
    e <- tryCatch(read_flows(bad), tradeflow_eparse = identity)
    expect_equal(e$line, 3)
    expect_equal(e$column, "value")
    expect_match(conditionMessage(e), ":3: ")
    expect_equal(nrow(read_flows(bad, skip_bad_rows = TRUE)), 1)
})

test_that("a result keeps its recipe, in a file too", {
    g <- growth(china, partner = "BLR")
    expect_equal(recipe(g)$operation, "growth")
    expect_equal(recipe(g)$version, library_version())
    expect_equal(recipe(g)$inputs, china)
    path <- tempfile()
    on.exit(unlink(path))
    saveRDS(g, path)
    expect_equal(recipe(readRDS(path)), recipe(g))
    expect_output(explain(g), "Growth of flows from period to period.*partner +BLR")
    expect_output(print(g), "USD")
    expect_output(print(summary(g)), "no base period: 1")
    expect_equal(units(g)[["value"]], "USD")
    expect_null(recipe(as.data.frame(g)))
    expect_identical(class(as.data.frame(g)), "data.frame")
})

test_that("results are drawn", {
    path <- tempfile(fileext = ".pdf")
    grDevices::pdf(path)
    on.exit({
        grDevices::dev.off()
        unlink(path)
    })
    expect_no_error(plot(growth(china, partner = "BLR")))
    expect_no_error(plot(project(china, partner = "BLR", horizon = 3)))
    expect_no_error(plot(share(file("baci_belarus_partners_2000_2020.csv"), reporter = "BLR", period = 2020, top = 5)))
    expect_error(plot(growth(china, partner = "BLR"), "partner"), "no column of numbers", class = "tradeflow_error")
})

test_that("operations without a table, with two and with three", {
    f <- figure(value = "1.61bn", change = "doubled; +77 %")
    expect_match(tail(f$detail, 1), "cannot all be true")
    own <- file("belarus_reports_2014_2021.csv")
    m <- compare(own, china, mirror = TRUE, reporter = "BLR", partner = "CHN", flow = "X")
    expect_gt(nrow(m), 5)
    r <- report(own, with = list(china, file("baci_belarus_partners_2000_2020.csv")),
                reporter = "BLR", partner = "CHN")
    expect_output(print(r), "BLR|Belarus")
    expect_error(report(own), class = "tradeflow_einval")
})

test_that("every operation has its function, and its page its arguments", {
    known <- operations()$name
    expect_gt(length(known), 15)
    exported <- getNamespaceExports("tradeflow")
    for (name in known) {
        f <- if (name %in% exported) name else paste0(name, "_flows")
        expect_true(f %in% exported, info = name)
        expect_true(all(names(tradeflow:::description(name)$parameters) %in% names(formals(f, envir = asNamespace("tradeflow")))), info = name)
    }
})

test_that("files are read with their facts", {
    flows <- read_flows(china)
    expect_s3_class(flows, c("tradeflow_flows", "data.frame"), exact = TRUE)
    expect_equal(attr(flows, "facts")$currency, "USD")
    expect_output(print(flows), "USD")
    expect_true("baci" %in% layouts()$name)
    gz <- tempfile(fileext = ".csv.gz")
    on.exit(unlink(gz))
    con <- gzfile(gz, "w")
    writeLines(readLines(china), con)
    close(con)
    expect_equal(as.data.frame(read_flows(gz)), as.data.frame(flows))
    expect_equal(as.data.frame(read_flows(c(china, gz))), rbind(as.data.frame(flows), as.data.frame(flows)))
})

test_that("quarters and months are labels", {
    path <- tempfile(fileext = ".csv")
    on.exit(unlink(path))
    writeLines(c("reporter,partner,flow,period,value", "BLR,CHN,X,2020-Q1,1", "BLR,CHN,X,2020-Q2,2"), path)
    expect_equal(read_flows(path)$period, c("2020-Q1", "2020-Q2"))
})
