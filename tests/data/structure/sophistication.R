#!/usr/bin/env Rscript
# SPDX-License-Identifier: GPL-3.0-or-later
# PRODY and EXPY of tests/data/advantage/trade.csv, by base R alone, from the top of the
# tree:
#
#     tests/data/structure/sophistication.R >tests/data/structure/sophistication.csv

rows <- read.csv("tests/data/advantage/trade.csv", colClasses = c(product = "character"))
x <- xtabs(as.numeric(value) ~ toupper(reporter) + product, rows)
shares <- x / rowSums(x)
income <- read.csv("tests/data/structure/income.csv")
y <- setNames(income$value_usd, income$reporter)[rownames(x)]
prody <- colSums(shares * y) / colSums(shares)
expy <- drop(shares %*% prody)

cat("what,name,value\n")
for (name in names(prody)) cat("prody", name, format(prody[[name]], digits = 17), sep = ",", fill = TRUE)
for (name in names(expy)) cat("expy", name, format(expy[[name]], digits = 17), sep = ",", fill = TRUE)
