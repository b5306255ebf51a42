# SPDX-License-Identifier: GPL-3.0-or-later
# What results say about themselves.

recipe <- function(x) {
    json <- attr(x, "recipe")
    if (is.null(json)) NULL else .Call(C_read_recipe, json)
}

notes <- function(x) {
    found <- attr(x, "notes")
    if (is.null(found)) character() else found
}

units.tradeflow_result <- function(x) attr(x, "units")

units.tradeflow_flows <- units.tradeflow_result

explain <- function(x, ...) UseMethod("explain")

explain.tradeflow_result <- function(x, ...) {
    how <- recipe(x)
    if (is.null(how)) {
        cat("The recipe of this result is gone: it was made anew from columns.\n")
        return(invisible(NULL))
    }
    what <- description(how$operation)
    cat(how$operation, ": ", what$summary, "\n\n", sep = "")
    cat(strwrap(what$definition), sep = "\n")
    set <- how$parameters[!is.na(how$parameters)]
    cat("\nParameters (libtradeflow ", how$version, "):\n", sep = "")
    cat(paste0("  ", format(names(set)), "  ", set), sep = "\n")
    if (length(how$inputs) > 0 && any(nzchar(how$inputs)))
        cat("\nFrom:", paste0("  ", how$inputs[nzchar(how$inputs)]), sep = "\n")
    if (nzchar(what$reference))
        cat("\nReference:", strwrap(what$reference, indent = 2, exdent = 2), sep = "\n")
    if (length(notes(x)) > 0)
        cat("\nNotes:", strwrap(notes(x), indent = 2, exdent = 4), sep = "\n")
    invisible(how)
}

# ---- print ----

unit_line <- function(x) {
    units <- attr(x, "units")
    units <- units[names(units) %in% names(x) & nzchar(units)]
    if (length(units) == 0) return(character())
    by_unit <- split(names(units), factor(units, levels = unique(units)))
    paste0(vapply(by_unit, paste, "", collapse = ", "), " in ", names(by_unit))
}

print_frame <- function(x, n, ...) {
    plain <- as.data.frame(x)
    blank <- vapply(plain, function(column) all(is.na(column) & !is.nan(as_number(column))), NA)
    if (nrow(plain) > 0 && any(!blank)) {
        print(utils::head(plain[!blank], n), row.names = FALSE, ...)
        if (nrow(plain) > n) cat("... and", nrow(plain) - n, "rows more\n")
        if (any(blank)) cat("without values:", paste(names(plain)[blank], collapse = ", "), "\n")
    } else {
        cat(nrow(plain), "rows of", paste(names(plain), collapse = ", "), "\n")
    }
}

as_number <- function(column) if (is.double(column)) column else rep(0, length(column))

print.tradeflow_result <- function(x, n = 20, ...) {
    facts <- attr(x, "facts")
    if (!is.null(facts$text)) {
        cat(facts$text)
        return(invisible(x))
    }
    print_frame(x, n, ...)
    lines <- c(unit_line(x), if (length(notes(x)) > 0) paste("note:", notes(x)))
    if (length(lines) > 0) cat(strwrap(lines, exdent = 2), sep = "\n")
    invisible(x)
}

print.tradeflow_flows <- function(x, n = 20, ...) {
    print_frame(x, n, ...)
    facts <- unlist(attr(x, "facts")[c("layout", "currency", "unit_multiplier", "valuation")])
    lines <- c(if (length(facts) > 0) paste(names(facts), facts, collapse = ", "),
               if (length(notes(x)) > 0) paste("note:", notes(x)))
    if (length(lines) > 0) cat(strwrap(lines, exdent = 2), sep = "\n")
    invisible(x)
}

as.data.frame.tradeflow_result <- function(x, ...) {
    for (name in c("units", "notes", "facts", "recipe"))
        attr(x, name) <- NULL
    class(x) <- "data.frame"
    x
}

as.data.frame.tradeflow_flows <- as.data.frame.tradeflow_result

# ---- summary ----

summary.tradeflow_result <- function(object, ...) {
    plain <- as.data.frame(object)
    numbers <- plain[vapply(plain, is.double, NA)]
    described <- vapply(numbers, function(x) {
        known <- x[!is.na(x)]
        c(n = length(known), missing = sum(is.na(x) & !is.nan(x)), undefined = sum(is.nan(x)),
          min = if (length(known)) min(known) else NA, median = stats::median(known),
          max = if (length(known)) max(known) else NA)
    }, numeric(6))
    how <- recipe(object)
    structure(class = "summary.tradeflow_result",
              list(operation = how$operation, rows = nrow(plain), numbers = t(described),
                   reasons = table(plain$reason, dnn = NULL),
                   lower_bounds = sum(plain$lower_bound %in% TRUE), notes = notes(object)))
}

print.summary.tradeflow_result <- function(x, ...) {
    cat(x$operation, if (!is.null(x$operation)) ": ", x$rows, " rows\n\n", sep = "")
    print(x$numbers, ...)
    if (length(x$reasons) > 0) {
        cat("\nNot defined, by reason:\n")
        cat(paste0("  ", names(x$reasons), ": ", x$reasons), sep = "\n")
    }
    if (x$lower_bounds > 0)
        cat("\n", x$lower_bounds, " rows are lower bounds: missing parts were left out\n", sep = "")
    if (length(x$notes) > 0)
        cat("", strwrap(paste("note:", x$notes), exdent = 2), sep = "\n")
    invisible(x)
}

# ---- plot ----

KEYS <- c("reporter", "partner", "product", "flow", "partner2", "customs", "mode", "supply")
SHOWN <- c("median", "growth", "share", "rca", "hhi", "grubel_lloyd", "price_index",
           "terms_of_trade", "unit_value", "value")

shown_column <- function(x) {
    doubles <- names(x)[vapply(x, is.double, NA)]
    found <- c(intersect(SHOWN, doubles), doubles)
    if (length(found) == 0)
        stop(failure("TFLOW_EINVAL", "there is no column of numbers to draw"))
    found[1]
}

# Which line a row belongs to: its keys, as far as they differ.
line_names <- function(x) {
    keys <- intersect(KEYS, names(x))
    keys <- keys[vapply(x[keys], function(column) length(unique(column)) > 1, NA)]
    if (length(keys) == 0) return(rep("", nrow(x)))
    do.call(paste, lapply(x[keys], as.character))
}

plot.tradeflow_result <- function(x, y = shown_column(as.data.frame(x)), ...) {
    unit <- attr(x, "units")[y]
    plain <- as.data.frame(x)
    if (!y %in% names(plain) || !is.numeric(plain[[y]]))
        stop(failure("TFLOW_EINVAL", paste0("there is no column of numbers \"", y, "\"")))
    label <- if (is.na(unit) || !nzchar(unit)) y else paste0(y, " (", unit, ")")
    if ("period" %in% names(plain) && length(unique(plain$period)) > 1)
        plot_lines(plain, y, label, ...)
    else
        plot_bars(plain, y, label, ...)
    invisible(x)
}

plot_bars <- function(x, y, label, ...) {
    texts <- names(x)[vapply(x, is.character, NA)]
    names <- line_names(x)
    if (all(names == "") && length(texts) > 0) names <- x[[texts[1]]]
    graphics::barplot(x[[y]], names.arg = names, ylab = label, las = 2, ...)
}

# A line of each group of keys; bands where there are limits of an interval.
plot_lines <- function(x, y, label, xlab = "", ylab = label, ...) {
    periods <- sort(unique(x$period))
    lines <- line_names(x)
    groups <- unique(lines)
    at <- match(x$period, periods)
    bands <- grep("^lower_[0-9]", names(x), value = TRUE)
    values <- matrix(NA_real_, length(periods), length(groups))
    values[cbind(at, match(lines, groups))] <- x[[y]]
    limits <- unlist(x[c(y, bands, sub("^lower", "upper", bands))])
    if (!any(is.finite(limits)))
        stop(failure("TFLOW_EINVAL", paste0("there is no value of ", y, " to draw")))
    graphics::matplot(seq_along(periods), values, type = "b", pch = 19, lty = 1, xaxt = "n",
                      xlab = xlab, ylab = ylab, ylim = range(limits[is.finite(limits)]), ...)
    ticks <- pretty(seq_along(periods))
    ticks <- ticks[ticks %in% seq_along(periods)]
    graphics::axis(1, at = ticks, labels = periods[ticks])
    for (band in bands)
        graphics::segments(at, x[[band]], at, x[[sub("^lower", "upper", band)]])
    if (length(groups) > 1)
        graphics::legend("topleft", legend = groups, col = seq_along(groups), lty = 1, bty = "n")
}
