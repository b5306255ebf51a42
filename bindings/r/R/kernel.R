# SPDX-License-Identifier: GPL-3.0-or-later
# Kernels: arguments checked and made what C takes, statuses made conditions.

# The statuses after which a result is not defined: division by a base of zero, undefined
# for these data, too few observations, nothing in common, a contradiction.
UNDEFINED <- c(1L, 2L, 3L, 6L, 7L)

numbers <- function(x, name) {
    if (inherits(x, "integer64"))
        x <- whole_numbers(x, name)
    if (is.object(x) && !is.factor(x) && is.numeric(x))
        x <- as.numeric(x)
    if (is.factor(x) || !(is.numeric(x) || is.logical(x)))
        stop(failure("TFLOW_EINVAL", paste0(name, ": found ", class(x)[1], ", expected numbers")))
    as.double(x)
}

count <- function(x, name) {
    if (!is.numeric(x) || length(x) != 1 || is.na(x) || x < 0 || x != floor(x) || x >= 2^53)
        stop(failure("TFLOW_EINVAL", paste0(name, ": expected one whole number, 0 or above")))
    as.double(x)
}

words <- function(x, name) {
    if (is.null(x)) return(NULL)
    if (is.factor(x)) x <- as.character(x)
    if (!is.character(x) || length(x) != 1 || is.na(x))
        stop(failure("TFLOW_EINVAL", paste0(name, ": expected one text")))
    enc2utf8(x)
}

choice <- function(x, values, name) {
    at <- match(words(x, name), names(values))
    if (is.na(at))
        stop(failure("TFLOW_EINVAL", paste0(
            name, ": found \"", x, "\", expected one of ",
            paste0("\"", names(values), "\"", collapse = ", "))))
    values[[at]]
}

policy <- function(missing)
    choice(missing, c(propagate = 0L, skip = 1L, zero = 2L, fail = 3L), "missing")

# The members of a list that are not NULL.
given <- function(...) Filter(Negate(is.null), list(...))

range_of <- function(x, name) {
    if (is.list(x)) return(x)
    if (!is.numeric(x) || length(x) != 2)
        stop(failure("TFLOW_EINVAL", paste0(name, ": expected two numbers, or a list with low and high")))
    list(low = as.double(x[[1]]), high = as.double(x[[2]]), low_closed = 1L, high_closed = 1L)
}

# ---- answers: list(statuses, values, message) ----

finish <- function(answer, names) {
    statuses <- answer[[1]]
    failed <- which(statuses < 0)
    if (length(failed) > 0) stop(kernel_failure(statuses, failed[1], answer[[3]]))
    values <- lapply(answer[[2]], settled, statuses = statuses)
    tell(statuses)
    if (is.null(names)) values[[1]] else stats::setNames(values, names)
}

kernel_failure <- function(statuses, at, message) {
    status <- .Call(C_status_texts, statuses[at])
    text <- if (is.null(message)) unname(status) else message
    if (length(statuses) > 1) text <- paste0("element ", at, ": ", text)
    failure(names(status), text, element = at)
}

# Missing is NA, not defined is NaN.
settled <- function(value, statuses) {
    if (!is.double(value)) return(value)
    undefined <- rep_len(statuses %in% UNDEFINED, length(value))
    value[is.nan(value) & !undefined] <- NA_real_
    value
}

tell <- function(statuses) {
    undefined <- statuses[statuses %in% UNDEFINED]
    if (length(undefined) > 0) {
        texts <- table(unname(.Call(C_status_texts, undefined)))
        what <- paste0(names(texts), if (length(statuses) > 1) paste0(" (", texts, " of ", length(statuses), ")"),
                       collapse = "; ")
        warning(structure(class = c("tradeflow_undefined", "warning", "condition"),
                          list(message = what, call = NULL,
                               status = names(.Call(C_status_texts, statuses)))))
    }
    # A lower bound and a missing value are told to those who listen.
    if (any(statuses != 0L))
        signalCondition(structure(class = c("tradeflow_status", "condition"),
                                  list(message = "statuses", call = NULL,
                                       status = names(.Call(C_status_texts, statuses)))))
    invisible()
}
