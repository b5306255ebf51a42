#!/usr/bin/env Rscript
# SPDX-License-Identifier: GPL-3.0-or-later
# Similarity of the 22 countries of tests/data/advantage/trade.csv, by base R alone, from
# the top of the tree:
#
#     tests/data/structure/independent.R >tests/data/structure/similarity.csv

rows <- read.csv("tests/data/advantage/trade.csv", colClasses = c(product = "character"))
rows$reporter <- toupper(rows$reporter)
rows$value <- as.numeric(rows$value)
x <- xtabs(value ~ reporter + product, rows)
shares <- x / rowSums(x)
rca <- t(t(shares) / (colSums(x) / sum(x)))
logs <- log(rca + 0.1)
number <- function(value) format(value, digits = 17)

cat("reporter,counterpart,finger_kreinin,cosine,log_rca\n")
for (a in head(rownames(x), -1))
    for (b in rownames(x)[rownames(x) > a])
        cat(a, b, number(sum(pmin(shares[a, ], shares[b, ]))),
            number(sum(x[a, ] * x[b, ]) / sqrt(sum(x[a, ]^2)) / sqrt(sum(x[b, ]^2))),
            number(cor(logs[a, ], logs[b, ])), sep = ",", fill = TRUE)
