# SPDX-License-Identifier: GPL-3.0-or-later
# The same by data.table: indicators.R FILE THREADS RUNS; see compute.c.
suppressPackageStartupMessages(library(data.table))
given <- commandArgs(trailingOnly = TRUE)
setDTthreads(as.integer(given[2]))
flows <- fread(given[1], na.strings = c("NA", ""), showProgress = FALSE)
for (run in seq_len(as.integer(given[3]))) {
  took <- system.time({
    x <- flows[, .(x = sum(v)), by = .(t, i, k)]
    x[, X := sum(x), by = .(t, i)]
    x[, P := sum(x), by = .(t, k)]
    x[, W := sum(x), by = t]
    x[, rca := (x / X) / (P / W)]
    m <- x[, {
      s <- sort(x) / sum(x)
      s <- s[s > 0]
      n <- length(s)
      .(hhi = sum(s^2), shannon = -sum(s * log(s)), theil = sum(s * log(s * n)),
        largest = s[n], gini = sum((2 * seq_len(n) - n - 1) * s) / n)
    }, by = .(t, i)]
  })
  cat(format(took[["elapsed"]], digits = 6), "\n", sep = "")
}
cat(format(c(sum(x$rca), sum(m$hhi), sum(m$shannon)), digits = 17), "\n")
