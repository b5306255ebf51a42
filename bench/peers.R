# SPDX-License-Identifier: GPL-3.0-or-later
# What data.table does with a file; see peers.py: peers.R WORK THREADS FILE OUT
suppressPackageStartupMessages(library(data.table))
given <- commandArgs(trailingOnly = TRUE)
work <- given[1]
path <- given[3]
out <- given[4]
setDTthreads(as.integer(given[2]))
missing <- c("NA", "")
if (work == "baci") {
  flows <- fread(path, select = c("t", "i", "j", "v"), na.strings = missing, showProgress = FALSE)
  fwrite(flows[, .(s = sum(v)), by = .(t, i, j)], out)
} else if (work == "wide") {
  flows <- fread(path, select = c("period", "reporterCode", "partnerCode", "primaryValue"),
                 na.strings = missing, showProgress = FALSE)
  fwrite(flows[, .(s = sum(primaryValue)), by = .(period, reporterCode, partnerCode)], out)
} else if (work == "load") {
  flows <- fread(path, na.strings = missing, showProgress = FALSE)
  cat(nrow(flows), format(sum(flows$v), digits = 17), "\n", file = out)
}
