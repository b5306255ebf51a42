# SPDX-License-Identifier: GPL-3.0-or-later
# Rows of conformance.csv as calls of R functions. A row's inputs go to the function's
# arguments in their order, its parameters by name; what is different stands in `special`.

conformance_rows <- function(path) utils::read.csv(path, colClasses = "character")

as_numbers <- function(text) suppressWarnings(as.numeric(sub("^nan$", "NaN", strsplit(text, ";")[[1]])))

row_inputs <- function(text) if (nzchar(text)) lapply(strsplit(text, "|", fixed = TRUE)[[1]], as_numbers) else list()

row_parameters <- function(text) {
    pieces <- strsplit(text, ";")[[1]]
    as.list(stats::setNames(sub("^[^=]*=", "", pieces), sub("=.*", "", pieces)))
}

number_of <- function(p, name, default) if (is.null(p[[name]])) default else as.numeric(p[[name]])

# An interval as a row has it: low, high, and whether they belong to it.
interval_of <- function(x) list(low = x[1], high = x[2], low_closed = as.integer(x[3]), high_closed = as.integer(x[4]))

flat_figure <- function(f) c(unlist(f$interval), f$figure, f$tolerance)
KINDS <- c("level", "base", "ratio", "difference")
MOVEMENTS <- c("rising_star", "falling_star", "lagging_retreat", "lost_opportunity",
               "leading_retreat", "lagging_opportunity")

statements <- function(p) figure_phrase_parse(p$text)

projection_arguments <- function(x, p)
    list(p$method, x[[length(x)]], times = if (length(x) > 1) x[[1]],
         horizon = number_of(p, "horizon", 1), missing = if (is.null(p$missing)) "propagate" else p$missing,
         interval = if (is.null(p$interval)) "default" else p$interval,
         bound = if (is.null(p$bound)) "zero" else p$bound,
         season = number_of(p, "season", 1), step = number_of(p, "step", 1))

special <- list(
    tflow_rca_presence = function(x, p) rca_presence(x[[1]], x[[2]], c("at_least", "above")[as.numeric(p$k) + 1]),
    tflow_rca_dynamic = function(x, p) {
        out <- do.call(rca_dynamic, x)
        c(out[[1]], match(out$movement, MOVEMENTS))
    },
    tflow_unit_value_difference = function(x, p)
        match(unit_value_difference(x[[1]], x[[2]], x[[3]], c("symmetric", "linear")[as.numeric(p$k) + 1]),
              c("vertical_low", "horizontal", "vertical_high")) - 2,
    tflow_change_margins = function(x, p)
        unlist(change_margins_of(x[[1]], x[[2]], x[[3]],
                                 missing = if (is.null(p$missing)) "propagate" else p$missing))[1:5],
    tflow_constant_market_share = function(x, p)
        unlist(constant_market_share_of(x[[1]], x[[2]], x[[3]], x[[4]], x[[5]],
                                        c("midpoint", "base", "end", "richardson")[number_of(p, "k", 0) + 1])),
    tflow_shift_share = function(x, p)
        unlist(shift_share_of(x[[1]], x[[2]], x[[3]], x[[4]],
                              c("undefined", "allocation")[number_of(p, "k", 0) + 1])),
    tflow_project = function(x, p) {
        out <- do.call(project_of, projection_arguments(x, p))
        as.vector(t(cbind(out$mean, out$median, out$se, out$lower[, 1], out$upper[, 1],
                          out$lower[, 2], out$upper[, 2])))
    },
    tflow_project_backtest = function(x, p) {
        out <- do.call(project_backtest, c(projection_arguments(x, p), list(
            first = number_of(p, "first", 0), window = number_of(p, "window", 0))))
        c(out$mae, out$rmse, out$mape, out$n_pairs)
    },
    tflow_price_index_series = function(x, p) {
        n <- as.numeric(p$n)
        price_index_series(matrix(x[[1]], nrow = n), matrix(x[[2]], nrow = n), p$method,
                           chained = number_of(p, "which", 0) != 0, base = number_of(p, "k", 0) + 1,
                           window = number_of(p, "window", 0), splice = if (is.null(p$text)) "mean" else p$text)
    },
    tflow_range_rounded = function(x, p) range_rounded(x[[1]], x[[2]]),
    tflow_range_scale = function(x, p) range_scale(interval_of(x[[1]]), x[[2]]),
    tflow_range_widen = function(x, p) range_widen(interval_of(x[[1]]), x[[2]], x[[3]]),
    tflow_figure_given = function(x, p) flat_figure(figure_given(p$kind, interval_of(x[[1]]))),
    tflow_figure_value_parse = function(x, p) flat_figure(figure_value_parse(p$text)),
    tflow_figure_change_parse = function(x, p) flat_figure(figure_change_parse(p$text)),
    tflow_figure_phrase_parse = function(x, p)
        unlist(lapply(figure_phrase_parse(p$text), function(f) c(match(f$kind, KINDS) - 1, f$figure))),
    tflow_figure_base = function(x, p) do.call(figure_base, statements(p)),
    tflow_figure_joint_solve = function(x, p) {
        out <- figure_joint_solve(statements(p))
        if (out$n_conflict > 0) c(out$n_conflict, out$conflict - 1)
        else unlist(out[c("level", "base", "ratio", "difference")])
    },
    tflow_figure_conflicts = function(x, p) {
        out <- figure_conflicts(statements(p))
        c(length(out), unlist(lapply(out, `[[`, "member")) - 1)
    },
    tflow_figure_break_even = function(x, p) figure_break_even(statements(p), as.numeric(p$which) + 1),
    tflow_figure_check = function(x, p) {
        out <- figure_check(statements(p)[[1]], x[[1]], x[[2]], interval_of(x[[3]]))
        c(out$observed, out$factor, out$gap, match(out$verdict, c("undecided", "holds", "contradicted")) - 1)
    }
)
for (name in c("add", "subtract", "multiply", "divide", "intersect"))
    special[[paste0("tflow_range_", name)]] <- local({
        f <- get(paste0("range_", name), asNamespace("tradeflow"))
        function(x, p) f(interval_of(x[[1]]), interval_of(x[[2]]))
    })

# The function of R, whose name ends in _of where an operation has it already.
bound <- function(name) {
    names <- paste0(sub("^tflow_", "", name), c("_of", ""))
    found <- names[names %in% getNamespaceExports("tradeflow")]
    if (length(found) > 0) get(found[1], asNamespace("tradeflow"))
}

ordinary <- function(name) {
    f <- bound(name)
    if (is.null(f)) return(NULL)
    function(x, p) {
        given <- list()
        for (argument in setdiff(names(formals(f)), "na.rm")) {
            word <- if (argument %in% c("rule", "formula")) "method" else argument
            if (!is.null(p[[word]]))
                given[[argument]] <- if (grepl("^-?[0-9.]+$", p[[word]])) as.numeric(p[[word]]) else p[[word]]
            else if (argument == "missing" || length(x) == 0)
                next
            else if (!argument %in% c("n", "k")) {
                given[[argument]] <- x[[1]]
                x <- x[-1]
            }
        }
        do.call(f, given)
    }
}

# What a row gives: the status, and numbers unless it failed. NULL: no binding yet.
run_row <- function(row) {
    f <- special[[row$`function`]]
    if (is.null(f)) f <- ordinary(row$`function`)
    if (is.null(f)) return(NULL)
    status <- "TFLOW_OK"
    values <- tryCatch(
        withCallingHandlers(
            f(row_inputs(row$inputs), row_parameters(row$parameters)),
            tradeflow_undefined = function(w) tryInvokeRestart("muffleWarning"),
            tradeflow_status = function(s) status <<- s$status[1]),
        tradeflow_error = function(e) {
            status <<- e$status
            numeric()
        })
    list(status = status, values = as.double(unlist(values)))
}
