#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""compare.py COMMAND TOP: the example of every operation, through the installed package of
R and through the command: each cell is the same, numbers to the last bit. Once from the
files, and once from the data frames that read_flows() makes of them."""
import json
import os
import shlex
import subprocess
import sys
import tempfile

READING = {  # options of the command, and what the package calls them
    "bad-rows": ("skip_bad_rows", {"skip": "TRUE", "error": "FALSE"}),
    "unknown": ("keep_unknown_areas", {"keep": "TRUE", "error": "FALSE"}),
    "layout": ("layout", None),
    "columns": ("columns", None),
}

DUMP = r"""
library(tradeflow)
text <- function(x) {
    if (is.double(x)) ifelse(is.na(x), "", sprintf("%.17g", x))
    else if (is.logical(x)) ifelse(is.na(x), "", ifelse(x, "true", "false"))
    else ifelse(is.na(x), "", enc2utf8(as.character(x)))
}
put <- function(name, result) {
    result <- as.data.frame(result)
    cells <- vapply(result, function(x) paste(gsub("[\n\t]", " ", text(x)), collapse = "\t"), "")
    writeLines(c(paste0("#", name), paste(names(result), cells, sep = "\t")), out, useBytes = TRUE)
}
out <- file(commandArgs(TRUE)[1], "wb")
read <- function(paths) lapply(paths, read_flows)
"""


def quoted(text):
    return json.dumps(text, ensure_ascii=True)


def call(operation):
    """The example as R code: from files, and from data frames."""
    words = shlex.split(operation["example"])[1:]
    flags = {p["name"] for p in operation["parameters"] if p["type"] == "flag"}
    names = {p["name"] for p in operation["parameters"]}
    files, parameters, reading = [], [], []
    while words:
        word = words.pop(0)
        if not word.startswith("--"):
            files.append(word)
            continue
        name = word[2:].replace("-", "_")
        if name == "with":
            files.append(words.pop(0))
        elif name in flags and (not words or words[0] not in ("yes", "no")):
            parameters.append("`%s` = TRUE" % name)
        elif name in names:
            parameters.append("`%s` = %s" % (name, quoted(words.pop(0))))
        else:
            known, values = READING[word[2:]]
            value = words.pop(0)
            reading.append("%s = %s" % (known, values[value] if values else quoted(value)))
    options = "list(%s)" % ", ".join(reading)
    paths = "list(%s)" % ", ".join(quoted(f) for f in files)
    given = "".join(", " + p for p in parameters)
    name = quoted(operation["name"])
    if not files:
        return ["run_operation(%s%s)" % (name, given)]
    from_files = "run_operation(%s, %s%s, read = %s)" % (name, paths, given, options)
    # Rows that were left out while reading are not in the data frame to be told of.
    if reading:
        return [from_files]
    return [
        from_files,
        "run_operation(%s, read(%s)%s)" % (name, paths, given),
    ]


def cell(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value.replace("\n", " ").replace("\t", " ")
    return value


def equal(ours, theirs):
    if isinstance(theirs, str):
        return ours == theirs
    return ours != "" and float(ours) == float(theirs)


def read_dump(path):
    results, at = {}, None
    with open(path, encoding="utf-8", newline="\n") as file:
        for line in file.read().splitlines():
            if line.startswith("#"):
                at = results[line[1:]] = {}
            else:
                name, *cells = line.split("\t")
                at[name] = cells
    return results


# What a data frame does not know: the file it came from, and what was left out of it.
def skipped(name, row):
    return name == "describe" and row.get("item") in ("source", "layout")


def compare(operation, answer, ours, from_frames):
    wrong, columns = [], [c["name"] for c in answer["columns"]]
    if list(ours) != columns:
        return ["columns %s, expected %s" % (list(ours), columns)]
    for i, row in enumerate(answer["rows"]):
        if from_frames and skipped(operation["name"], row):
            continue
        for name in columns:
            want = cell(row[name])
            got = ours[name][i] if i < len(ours[name]) else None
            if got is None or not equal(got, want):
                wrong.append("row %d, %s: %r, expected %r" % (i + 1, name, got, want))
    if columns and len(ours[columns[0]]) != max(1, len(answer["rows"])):
        wrong.append("%d rows, expected %d" % (len(ours[columns[0]]), len(answer["rows"])))
    return wrong


def main():
    command, top = os.path.abspath(sys.argv[1]), sys.argv[2]
    os.chdir(top)
    described = json.loads(subprocess.check_output([command, "operations", "--format", "json"]))
    operations = [o for o in described["operations"] if o["example"]]
    code = [DUMP]
    for operation in operations:
        for i, text in enumerate(call(operation)):
            code.append("put(%s, suppressWarnings(%s))" % (quoted("%s.%d" % (operation["name"], i)), text))
    with tempfile.TemporaryDirectory() as folder:
        script, dump = os.path.join(folder, "run.R"), os.path.join(folder, "dump")
        with open(script, "w", encoding="ascii") as file:
            file.write("\n".join(code) + "\nclose(out)\n")
        subprocess.run(["Rscript", "--vanilla", script, dump], check=True)
        results = read_dump(dump)
    failed = cells = 0
    for operation in operations:
        words = shlex.split(operation["example"])
        answer = json.loads(subprocess.check_output(
            [command, *words, "--format", "json"], stderr=subprocess.DEVNULL))
        for i in range(len(call(operation))):
            wrong = compare(operation, answer, results["%s.%d" % (operation["name"], i)], i == 1)
            cells += len(answer["rows"]) * len(answer["columns"])
            failed += bool(wrong)
            for line in wrong[:5]:
                print("%s%s: %s" % (operation["name"], " from data frames" if i else "", line))
    print("%d operations, %d cells, %d calls differ" % (len(operations), cells, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
