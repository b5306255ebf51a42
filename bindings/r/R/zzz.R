# SPDX-License-Identifier: GPL-3.0-or-later

library_version <- function() .Call(C_library_version)

# A package built against a library runs with that or a later one.
.onLoad <- function(libname, pkgname) {
    wanted <- utils::packageVersion(pkgname, lib.loc = libname)
    found <- numeric_version(gsub("[^0-9.].*", "", library_version()))
    if (found < wanted)
        stop("found libtradeflow ", found, ", the package wants ", wanted, " or later",
             call. = FALSE)
}
