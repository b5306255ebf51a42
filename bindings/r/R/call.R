# SPDX-License-Identifier: GPL-3.0-or-later
# Operations: what R has is made what the library takes, and back.

run_operation <- function(operation, data = NULL, ..., read = list()) {
    tables <- if (is.null(data)) list() else inputs_of(data, NULL)
    call_operation(operation, tables, list(...), read)
}

operations <- function() {
    all <- .Call(C_describe_operations)
    data.frame(name = vapply(all, `[[`, "", "name"),
               summary = vapply(all, `[[`, "", "summary"))
}

description <- function(operation) {
    for (one in .Call(C_describe_operations))
        if (identical(one$name, operation)) return(one)
    NULL
}

# One table, or a list of them: a data frame is a list too.
inputs_of <- function(data, with) {
    as_tables <- function(x) {
        if (is.null(x)) list()
        else if (is.list(x) && !is.data.frame(x)) x
        else list(x)
    }
    c(as_tables(data), as_tables(with))
}

call_operation <- function(operation, tables, parameters, read) {
    parameters <- parameters[!vapply(parameters, is.null, NA)]
    kinds <- parameter_kinds(operation)
    values <- vapply(names(parameters),
                     function(name) parameter_text(parameters[[name]], name, kinds[name]), "")
    inputs <- lapply(Filter(Negate(is.null), tables), input_of, read = read)
    answer <- .Call(C_run_operation, words(operation, "operation"),
                    as.character(names(parameters)), enc2utf8(as.character(values)), inputs)
    frame_of(checked(answer), "tradeflow_result")
}

parameter_kinds <- function(operation) {
    one <- description(operation)
    if (is.null(one)) character() else stats::setNames(one$kinds, names(one$parameters))
}

# ---- parameters as text ----

KIND_PERIODS <- 7L

number_text <- function(x) {
    text <- as.character(x)
    inexact <- !is.na(x) & suppressWarnings(as.numeric(text)) != x
    text[inexact] <- sprintf("%.17g", x[inexact])
    text
}

parameter_text <- function(value, name, kind) {
    if (is.factor(value) || inherits(value, "Date"))
        value <- as.character(value)
    if (!is.atomic(value) || length(value) == 0 || anyNA(value))
        stop(failure("TFLOW_EINVAL", paste0(name, ": expected text or numbers, none of them NA")))
    text <- if (is.logical(value)) ifelse(value, "yes", "no")
            else if (is.numeric(value)) number_text(value)
            else as.character(value)
    if (identical(unname(kind), KIND_PERIODS) && length(text) > 1)
        return(period_range(value, text, name))
    paste(text, collapse = ",")
}

# 2010:2020 is a range in R, and so is c("2010", "2020").
period_range <- function(value, text, name) {
    if (is.numeric(value) && length(value) > 2 && any(diff(value) != 1))
        stop(failure("TFLOW_EINVAL", paste0(name, ": expected periods in a row, or the first and the last")))
    if (!is.numeric(value) && length(value) != 2)
        stop(failure("TFLOW_EINVAL", paste0(name, ": expected one period, or the first and the last")))
    paste(text[1], text[length(text)], sep = ":")
}

# ---- results ----

frame_of <- function(answer, class) {
    rows <- if (length(answer$columns) > 0) length(answer$columns[[1]]) else 0L
    facts <- Filter(Negate(is.null), answer$facts)
    structure(stats::setNames(answer$columns, answer$names),
              row.names = .set_row_names(rows),
              class = c(class, "data.frame"),
              units = stats::setNames(answer$units, answer$names),
              notes = answer$notes,
              facts = facts[setdiff(names(facts), "recipe")],
              recipe = facts$recipe)
}

# ---- failures ----

failure <- function(status, message, ...) {
    class <- tolower(sub("^TFLOW_", "tradeflow_", status))
    structure(class = c(class, "tradeflow_error", "error", "condition"),
              list(message = message, call = NULL, status = status, ...))
}

# Options of the command are arguments here.
in_words_of_r <- function(message) {
    options <- regmatches(message, gregexpr("--[a-z][a-z-]*", message))[[1]]
    for (option in options)
        message <- sub(option, gsub("-", "_", sub("^--", "", option)), message, fixed = TRUE)
    message
}

checked <- function(answer) {
    if (!inherits(answer, "tradeflow_failure")) return(answer)
    # A data frame has rows, of which the message tells, and no file.
    file <- if (answer$file == "Arrow stream") "" else answer$file
    row <- sub("^row ([0-9]+): .*", "\\1", answer$message)
    row <- if (grepl("^[0-9]+$", row)) as.numeric(row) else NA_real_
    place <- if (!nzchar(file)) ""
             else if (answer$line > 0) paste0(file, ":", answer$line, ": ")
             else paste0(file, ": ")
    column <- if (nzchar(answer$column)) paste0(answer$column, ": ") else ""
    stop(failure(answer$status, paste0(place, column, in_words_of_r(answer$message)),
                 file = file, line = answer$line, row = row, field = answer$field,
                 column = answer$column))
}
