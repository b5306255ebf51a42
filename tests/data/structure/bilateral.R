#!/usr/bin/env Rscript
# SPDX-License-Identifier: GPL-3.0-or-later
# Intensity and introversion in data/baci/totals_2017.csv.gz, by base R alone, from the
# top of the tree:
#
#     tests/data/structure/bilateral.R >tests/data/structure/bilateral.csv

rows <- read.csv("data/baci/totals_2017.csv.gz")
groups <- read.csv("data/codes/country_groups.csv")
names <- sort(unique(c(rows$reporter, rows$partner)))
x <- matrix(0, length(names), length(names), dimnames = list(names, names))
x[cbind(rows$reporter, rows$partner)] <- rows$value_kusd
members <- function(group) {
    now <- groups[groups$group == group & (is.na(groups$to) | groups$to == ""), "member"]
    intersect(now, names)
}
put <- function(...) cat(..., sep = ",", fill = TRUE)
number <- function(value) format(value, digits = 17)

cat("what,reporter,partner,option,value\n")
for (i in list("BLR", "CHN", members("EAEU"))) for (j in list("RUS", members("EU27_2020"))) {
    if (length(intersect(i, j)) > 0) next
    of <- function(v, group) if (length(v) > 1) group else v
    a <- sum(x[i, j]) / sum(x[i, ])
    put("intensity", of(i, "EAEU"), of(j, "EU27_2020"), "all",
        number(a / (sum(x[, j]) / sum(x))))
    put("intensity", of(i, "EAEU"), of(j, "EU27_2020"), "without-reporter",
        number(a / (sum(x[, j]) / (sum(x) - sum(x[, i])))))
    put("intensity", of(i, "EAEU"), of(j, "EU27_2020"), "without-bloc",
        number(a / (sum(x[, j]) / (sum(x) - sum(x[i, i])))))
}
for (group in c("EU27_2020", "EAEU", "MERCOSUR")) {
    r <- members(group)
    o <- setdiff(names, r)
    exports <- c(sum(x[r, r]), sum(x[r, ]), sum(x[o, r]), sum(x[o, ]))
    imports <- c(sum(x[r, r]), sum(x[, r]), sum(x[r, o]), sum(x[, o]))
    sides <- list(reporter = exports, partner = imports, both = exports + imports)
    for (side in names(sides)) {
        s <- sides[[side]][1] / sides[[side]][2]
        v <- sides[[side]][3] / sides[[side]][4]
        hi <- s / v
        he <- (1 - s) / (1 - v)
        put("share", group, "", side, number(s))
        put("outside_share", group, "", side, number(v))
        put("introversion", group, "", side, number((hi - he) / (hi + he)))
    }
    put("intensity", group, group, "all",
        number(sum(x[r, r]) / sum(x[r, ]) / (sum(x[, r]) / sum(x))))
    put("intensity", group, group, "without-bloc",
        number(sum(x[r, r]) / sum(x[r, ]) / (sum(x[, r]) / (sum(x) - sum(x[r, r])))))
}
