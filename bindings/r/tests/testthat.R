# SPDX-License-Identifier: GPL-3.0-or-later
library(testthat)
library(tradeflow)

test_check("tradeflow")
