# SPDX-License-Identifier: GPL-3.0-or-later
# Flows from files and from data frames.

READING <- c("layout", "columns", "encoding", "currency", "valuation", "unit_multiplier",
             "area_codes", "delimiter", "decimal", "thousands", "keep_unknown_areas",
             "skip_bad_rows", "allow_negative", "max_unpacked", "max_ratio", "max_members",
             "max_layers", "threads", "rates", "to", "deflator", "prices", "recode",
             "recode_from", "recode_to", "recode_table", "recode_folder", "recode_many",
             "recode_unmapped")

read_flows <- function(path, layout = "auto", ...) {
    input <- input_of(path, c(list(layout = layout), list(...)))
    frame_of(checked(.Call(C_read_input, list(input))), "tradeflow_flows")
}

layouts <- function() {
    titles <- .Call(C_list_layouts)
    data.frame(name = names(titles), title = unname(titles))
}

# A table for the library: files, or columns, and how to understand them.
input_of <- function(data, read) {
    if (is.data.frame(data))
        return(columns_input(data, reading_options(read)))
    if (!is.character(data) || length(data) == 0 || anyNA(data))
        stop(failure("TFLOW_EINVAL", "data: expected a data frame or names of files"))
    options <- reading_options(read)
    # A pipe cannot be read again when more of it turns out to be needed.
    options$once <- any(data == "-" | (file.exists(data) & !utils::file_test("-f", data)))
    list(files = enc2utf8(path.expand(data)), options = options)
}

reading_options <- function(read) {
    read <- as.list(read)
    unknown <- setdiff(names(read), READING)
    if (length(read) > 0 && (is.null(names(read)) || any(!nzchar(names(read)))))
        stop(failure("TFLOW_EINVAL", "read: expected a list with names"))
    if (length(unknown) > 0)
        stop(failure("TFLOW_EUNKNOWN", paste0("read: there is no reading option \"", unknown[1], "\"")))
    read <- Filter(Negate(is.null), read)
    columns <- read$columns
    if (length(columns) > 1 || !is.null(names(columns)))
        read$columns <- paste(names(columns), columns, sep = "=", collapse = ",")
    if (is.numeric(read$unit_multiplier))
        read$unit_multiplier <- number_text(read$unit_multiplier)
    lapply(read, function(x) if (is.character(x)) enc2utf8(x) else x)
}

# ---- data frames ----

columns_input <- function(data, read) {
    facts <- attr(data, "facts")
    for (name in intersect(c("currency", "valuation", "unit_multiplier"), names(facts)))
        if (is.null(read[[name]])) read[[name]] <- facts[[name]]
    columns <- lapply(names(data), function(name) plain_column(data[[name]], name))
    names(columns) <- enc2utf8(names(data))
    list(columns = columns[!vapply(columns, is.null, NA)], rows = as.double(nrow(data)),
         options = read)
}

# Doubles, whole numbers, days, or whole numbers with levels; NULL for what cannot be a
# column of flows, which the library then misses by name if it needs it.
plain_column <- function(x, name) {
    if (is.factor(x))
        return(structure(as.integer(x), levels = enc2utf8(levels(x))))
    if (inherits(x, "POSIXt"))
        x <- as.Date(x)
    if (inherits(x, "Date"))
        return(structure(as.integer(floor(unclass(x))), class = "Date"))
    if (inherits(x, "integer64"))
        return(whole_numbers(x, name))
    if (is.object(x) && is.numeric(x))
        x <- as.numeric(x)
    if (is.logical(x))
        x <- if (all(is.na(x))) as.double(x) else ifelse(x, "true", "false")
    if (!is.null(dim(x)))
        return(NULL)
    if (is.numeric(x))
        return(if (is.integer(x)) as.integer(x) else plain_doubles(x, name))
    if (is.character(x))
        return(plain_texts(x))
    NULL
}

# Years are often doubles in R, and mean whole numbers.
plain_doubles <- function(x, name) {
    x <- as.double(x)
    years <- grepl("year|period|time", name, ignore.case = TRUE) &&
        all(is.na(x) | (x == floor(x) & abs(x) < 1e9))
    if (years) as.integer(x) else x
}

# bit64 keeps 64 bits in the place of doubles: four pieces of 16, the last with the sign.
whole_numbers <- function(x, name) {
    bytes <- writeBin(as.double(unclass(x)), raw(), endian = "little")
    pieces <- matrix(readBin(bytes, "integer", length(bytes) / 2, size = 2, signed = FALSE,
                             endian = "little"), nrow = 4)
    high <- ifelse(pieces[4, ] >= 32768, pieces[4, ] - 65536, pieces[4, ])
    missing <- pieces[4, ] == 32768 & colSums(pieces[1:3, , drop = FALSE]) == 0
    numbers <- ((high * 65536 + pieces[3, ]) * 65536 + pieces[2, ]) * 65536 + pieces[1, ]
    numbers[missing] <- NA_real_
    large <- which(abs(numbers) >= 2^53)
    if (length(large) > 0)
        stop(failure("TFLOW_ELIMIT", paste0(
            name, ": row ", large[1], " is a whole number too large for a double")))
    numbers
}

plain_texts <- function(x) {
    x <- enc2utf8(x)
    texts <- unique(x)
    texts <- texts[!is.na(texts)]
    structure(match(x, texts), levels = texts)
}
