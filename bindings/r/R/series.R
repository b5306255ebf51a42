# SPDX-License-Identifier: GPL-3.0-or-later
# Kernels whose arrays are as long as R says.

projection_options <- function(horizon, levels, interval, bound, season, step)
    given(horizon = count(horizon, "horizon"), levels = numbers(levels, "levels"),
          interval = words(interval, "interval"), bound = words(bound, "bound"),
          season = count(season, "season"), step = numbers(step, "step"))

# Labels of a ts say where its values stand, in years; its periods are one apart here.
series_of <- function(y, times) {
    if (stats::is.ts(y) && is.null(times))
        times <- stats::tsp(y)[1] * stats::frequency(y) + seq_along(y) - 1
    list(y = numbers(y, "y"), times = if (is.null(times)) numeric() else numbers(times, "times"))
}

project_of <- function(method, y, times = NULL, horizon = 1, levels = c(0.8, 0.95),
                       na.rm = FALSE, missing = if (na.rm) "skip" else "propagate",
                       interval = "default", bound = "zero",
                       season = if (stats::is.ts(y)) stats::frequency(y) else 1, step = 1) {
    series <- series_of(y, times)
    answer <- .Call(C_project_series, words(method, "method"), series$times, series$y,
                    policy(missing), projection_options(horizon, levels, interval, bound, season, step))
    finish(answer, NULL)
}

project_backtest <- function(method, y, times = NULL, horizon = 1, na.rm = FALSE,
                             missing = if (na.rm) "skip" else "propagate",
                             interval = "default", bound = "zero",
                             season = if (stats::is.ts(y)) stats::frequency(y) else 1,
                             step = 1, first = 0, window = 0, point = "median") {
    series <- series_of(y, times)
    answer <- .Call(C_project_backtest_series, words(method, "method"), series$times, series$y,
                    policy(missing),
                    projection_options(horizon, c(0.8, 0.95), interval, bound, season, step),
                    list(first = count(first, "first"), window = count(window, "window"),
                         point = words(point, "point")))
    out <- finish(answer, NULL)
    origins <- seq_len(out$n_origins)
    for (name in c("forecast", "actual"))
        out[[name]] <- matrix(out[[name]], nrow = horizon)[, origins, drop = FALSE]
    out
}

price_index_series <- function(prices, quantities, formula = "fisher", chained = FALSE,
                               base = 1, window = 0, splice = "mean") {
    if (!is.matrix(prices) || !is.matrix(quantities) || any(dim(prices) != dim(quantities)))
        stop(failure("TFLOW_EINVAL", "prices, quantities: expected two matrices of one shape"))
    as_numbers <- function(x, name) matrix(numbers(x, name), nrow = nrow(x))
    answer <- .Call(C_price_index_series, as_numbers(prices, "prices"),
                    as_numbers(quantities, "quantities"),
                    list(formula = words(formula, "formula"), chained = as.integer(chained),
                         base = count(base, "base") - 1, window = count(window, "window"),
                         splice = words(splice, "splice")))
    out <- finish(answer, NULL)
    stats::setNames(out, colnames(prices))
}
