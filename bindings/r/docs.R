# SPDX-License-Identifier: GPL-3.0-or-later
# docs.R TOP FILE...: what the documentation shows of R is so. Blocks of ```r run in their
# order, in one session a file, and give the block of ```text behind them where there is
# one. With TRADEFLOW_DOCS=show what they give is printed instead.
arguments <- commandArgs(TRUE)
setwd(arguments[1])
suppressMessages(library(tradeflow))
options(width = 100, digits = 7)
grDevices::pdf(NULL)

blocks <- function(path) {
    out <- list()
    kind <- NULL
    lines <- readLines(path, encoding = "UTF-8")
    for (i in seq_along(lines)) {
        if (grepl("^```", lines[i])) {
            if (is.null(kind)) {
                kind <- sub("^```", "", lines[i])
                block <- character()
                start <- i
            } else {
                out[[length(out) + 1]] <- list(kind = kind, text = block, line = start, end = i)
                kind <- NULL
            }
        } else if (!is.null(kind)) {
            block <- c(block, lines[i])
        }
    }
    out
}

run <- function(code, place) {
    said <- character()
    got <- utils::capture.output(withCallingHandlers(
        tryCatch(source(exprs = parse(text = code, keep.source = FALSE), local = place, print.eval = TRUE),
                 error = function(e) cat("Error: ", conditionMessage(e), "\n", sep = "")),
        warning = function(w) {
            said <<- c(said, paste0("Warning: ", conditionMessage(w)))
            tryInvokeRestart("muffleWarning")
        }))
    trimws(c(got, said), "right")
}

tried <- failed <- 0
for (path in arguments[-1]) {
    place <- new.env(parent = globalenv())
    all <- blocks(path)
    for (i in seq_along(all)) {
        if (all[[i]]$kind != "r") next
        got <- run(all[[i]]$text, place)
        tried <- tried + 1
        wanted <- i < length(all) && all[[i + 1]]$kind == "text" && all[[i + 1]]$line <= all[[i]]$end + 2
        if (Sys.getenv("TRADEFLOW_DOCS") == "show") {
            cat(all[[i]]$text, "```text", got, "```", sep = "\n")
        } else if (wanted && !identical(got, all[[i + 1]]$text) || !wanted && any(grepl("^Error: ", got))) {
            failed <- failed + 1
            cat(path, ":", all[[i]]$line, ": gives\n", sep = "")
            cat(got, sep = "\n")
        }
    }
}
cat(tried - failed, "passed,", failed, "failed\n")
quit(status = if (failed > 0 || tried == 0) 1 else 0)
