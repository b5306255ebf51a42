# SPDX-License-Identifier: GPL-3.0-or-later
"""A function of R and a page of help for each operation, of what the command says about
them (tradeflow operations --format json)."""
import json
import os
import re
import shlex

import rd

# R loads functions of these names at every start.
TAKEN = {"aggregate": "aggregate_flows"}
RESERVED = {"if", "else", "repeat", "while", "function", "for", "next", "break", "in"}

INPUT = (
    "flows: a data frame, whose columns are found by their names as the columns of a file "
    "are, or the names of one or more files; see \\code{\\link{read_flows}}"
)
READING = "a list of reading options for files, see \\code{\\link{read_flows}}"


def function_name(operation):
    return TAKEN.get(operation, operation)


def argument(parameter):
    name = parameter["name"]
    return "`%s`" % name if name in RESERVED else name


def default(parameter):
    text = parameter["default"]
    if text is None:
        return "NULL"
    if parameter["type"] == "flag":
        return "TRUE" if text == "yes" else "FALSE"
    if parameter["type"] in ("integer", "real"):
        return text
    if parameter["type"] == "numbers":
        return "c(%s)" % text.replace(",", ", ")
    return json.dumps(text, ensure_ascii=True)


def inputs(operation):
    if operation["inputs_max"] == 0:
        return []
    first = "data" if operation["inputs_min"] > 0 else "data = NULL"
    return [first] + (["with = NULL"] if operation["inputs_max"] > 1 else [])


def signature(operation):
    out = inputs(operation)
    out += ["%s = %s" % (argument(p), default(p)) for p in operation["parameters"]]
    return out + (["read = list()"] if operation["inputs_max"] > 0 else [])


def code(operation):
    settings = ["%s = %s" % (argument(p), argument(p)) for p in operation["parameters"]]
    tables = {0: "list()", 1: "list(data)"}.get(operation["inputs_max"], "inputs_of(data, with)")
    reading = "read" if operation["inputs_max"] > 0 else "list()"
    return "%s <- function(%s)\n    call_operation(%s, %s, list(%s), %s)\n" % (
        function_name(operation["name"]),
        ",\n        ".join(signature(operation)),
        json.dumps(operation["name"]),
        tables,
        ",\n        ".join(settings),
        reading,
    )


def parameter_help(parameter):
    text = rd.plain(parameter["help"])
    if parameter["domain"]:
        many = "any of" if parameter["type"] == "list" else "one of"
        words = ", ".join('\\code{"%s"}' % rd.escape(word) for word in parameter["domain"])
        text += "; %s %s" % (many, words)
    elif parameter["type"] == "periods":
        text += "; a year, a label such as \\code{\"2020-Q1\"}, or two of them: first and last"
    elif parameter["type"] == "list":
        text += "; one or more"
    return text


def arguments(operation):
    out = []
    if operation["inputs_max"] > 0:
        out.append(("data", INPUT))
    if operation["inputs_max"] > 1:
        out.append(("with", "a second table, as \\code{data}, or a list of further ones"))
    out += [(p["name"], parameter_help(p)) for p in operation["parameters"]]
    if operation["inputs_max"] > 0:
        out.append(("read", READING))
    return out


def columns(operation):
    text = (
        "A data frame of class \\code{tradeflow_result}, with the recipe of the result; see "
        "\\code{\\link{explain}}. Columns that it may have, beside the keys:\n\\describe{\n"
    )
    for output in operation["outputs"]:
        unit = "" if output["unit"] in ("", "value") else " (%s)" % rd.plain(output["unit"])
        text += "\\item{\\code{%s}}{%s%s}\n" % (
            rd.escape(output["name"]), rd.plain(output["help"]), unit)
    return text + "}"


def example(operation, files):
    """The example of the description in R, if the package brings the files along."""
    if not operation["example"]:
        return None
    words = shlex.split(operation["example"])[1:]
    by_name = {p["name"]: p for p in operation["parameters"]}
    data, given, further = [], {}, []
    while words:
        word = words.pop(0)
        if not word.startswith("--"):
            data.append(word)
            continue
        name = word[2:].replace("-", "_")
        if name == "with":
            further.append(words.pop(0))
        elif name in by_name:
            given[name] = words.pop(0)
        else:
            return None
    if any(path not in files for path in data + further):
        return None

    def file(path):
        return 'system.file("extdata", "%s", package = "tradeflow")' % os.path.basename(path)

    out = [file(path) for path in data]
    if further:
        paths = [file(path) for path in further]
        out.append("with = list(%s)" % ",\n    ".join(paths))
    for name, text in given.items():
        number = by_name[name]["type"] in ("integer", "real")
        flag = by_name[name]["type"] == "flag"
        value = text if number else ("TRUE" if text == "yes" else "FALSE") if flag else (
            json.dumps(text, ensure_ascii=True))
        out.append("%s = %s" % (name, value))
    return "%s(%s)" % (function_name(operation["name"]), ",\n    ".join(out))


def page(operation, files):
    shown = example(operation, files)
    name = function_name(operation["name"])
    return rd.page(
        name,
        rd.plain(re.sub(r"\.$", "", operation["summary"])),
        rd.plain(operation["summary"]) + ".",
        rd.usage(name, signature(operation)),
        arguments(operation),
        [
            ("details", rd.definition(operation["definition"])),
            ("value", columns(operation)),
            ("references", rd.plain(operation["reference"])),
            ("examples", rd.code(shown) if shown else ""),
        ],
    )
