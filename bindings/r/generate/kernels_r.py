# SPDX-License-Identifier: GPL-3.0-or-later
"""The R function and the page of help of a kernel."""
import json
import re

import kernels
import rd

WORD = {"vector": "numbers", "number": "number"}


def formals(kernel):
    out = []
    for a in kernel.arguments:
        if a.kind == "missing":
            out += ["na.rm = FALSE", 'missing = if (na.rm) "skip" else "propagate"']
        elif a.kind == "enum":
            out.append("%s = %s" % (a.name, json.dumps(kernel.words(a.type)[0][0])))
        elif a.kind == "options":
            out += ["%s = NULL" % name for name in kernel.options(a.type)]
        elif a.kind == "count" and "0 for" in a.doc:
            out.append("%s = 0" % a.name)
        else:
            out.append(a.name)
    return out


def value(kernel, a):
    """The argument as C takes it."""
    quoted = json.dumps(a.name)
    if a.kind in ("number", "vector"):
        return "numbers(%s, %s)" % (a.name, quoted)
    if a.kind == "count":
        position = (kernel.function.name, a.name) in kernels.POSITION_ARGUMENTS
        return "count(%s, %s)%s" % (a.name, quoted, " - 1" if position else "")
    if a.kind == "text":
        return "words(%s, %s)" % (a.name, quoted)
    if a.kind == "missing":
        return "policy(missing)"
    if a.kind == "enum":
        return "choice(%s, %s, %s)" % (a.name, named_values(kernel, a.type), quoted)
    if a.kind == "options":
        members = ["%s = %s" % (name, member_value(kernel, a.type, name))
                   for name in kernel.options(a.type)]
        return "given(%s)" % ",\n        ".join(members)
    if a.kind == "structs":
        return "lapply(%s, as.list)" % a.name
    if a.type == "tflow_range":
        return "range_of(%s, %s)" % (a.name, quoted)
    return "as.list(%s)" % a.name


def member_value(kernel, struct, member):
    kind = next(k for name, k, _ in kernel.headers.structs[struct] if name == member)
    if kind == "const char *":
        return "words(%s, %s)" % (member, json.dumps(member))
    return member


def named_values(kernel, enum):
    return "c(%s)" % ", ".join("%s = %sL" % (word, number) for word, _, number in kernel.words(enum))


def results(kernel):
    if len(kernel.results) == 1:
        return "NULL"
    return "c(%s)" % ", ".join(json.dumps(r.name if r.name != "out" else kernel.name)
                               for r in kernel.results)


def code(kernel):
    given = [value(kernel, a) for a in kernel.arguments]
    return "%s <- function(%s)\n    finish(.Call(%s), %s)\n" % (
        kernel.r_name,
        ", ".join(formals(kernel)),
        ",\n        ".join(["C_k_" + kernel.name] + given),
        results(kernel),
    )


# ---- help ----


def enum_text(kernel, type_):
    return "one of " + ", ".join('\\code{"%s"}' % word for word, _, _ in kernel.words(type_))


def argument_text(kernel, a):
    text = rd.plain(a.doc)
    if a.kind == "enum":
        text = (text + "; " if text else "") + enum_text(kernel, a.type)
    elif a.kind in ("struct", "structs"):
        what = "a list with \\code{low}, \\code{high}, \\code{low_closed}, \\code{high_closed}, "
        what += "or two numbers" if a.type == "tflow_range" else ""
        if a.type != "tflow_range":
            what = "a list as \\code{\\link{figure_value_parse}} gives it"
        if a.kind == "structs":
            what = "a list of such: " + what
        text = (text + "; " if text else "") + what
    elif a.kind == "vector":
        text += " (a numeric vector)" if text else "a numeric vector"
    elif a.kind == "number" and kernel.elementwise:
        text = text or "numbers"
    return text or a.name.replace("_", " ")


def arguments(kernel):
    out = []
    for a in kernel.arguments:
        if a.kind == "missing":
            out.append(("na.rm", "whether missing values are left out"))
            out.append(("missing", rd.plain(a.doc or "what to do with missing values") +
                        '; one of \\code{"propagate"}, \\code{"skip"}, \\code{"zero"}, '
                        '\\code{"fail"}'))
        elif a.kind == "options":
            for name in kernel.options(a.type):
                text = rd.plain(kernel.headers.members.get((a.type, name), name))
                kind = next(k for n, k, _ in kernel.headers.structs[a.type] if n == name)
                if kind in kernel.headers.enums:
                    text += "; " + enum_text(kernel, kind)
                out.append((name, text + "; \\code{NULL} for the default"))
        else:
            out.append((a.name, argument_text(kernel, a)))
    return out


def returned(kernel):
    text = []
    for r in kernel.results:
        doc = rd.plain(kernel.doc(r.name)) or "the result"
        if r.kind in ("struct", "structs"):
            members = []
            for name, _, _ in kernel.headers.structs[r.type]:
                note = kernel.headers.members.get((r.type, name), name)
                if (r.type, name) in kernels.POSITIONS:
                    note += ", counted from 1"
                members.append("\\item{\\code{%s}}{%s}" % (rd.escape(name), rd.plain(note)))
            doc += (": a list of lists with" if r.kind == "structs" else ": a list with")
            doc += "\n\\describe{\n%s\n}" % "\n".join(members)
        elif r.kind == "enum":
            doc += ", as a word"
        text.append(doc if len(kernel.results) == 1 else "\\code{%s}: %s" % (r.name, doc))
    if kernel.elementwise:
        text.append("Arguments are recycled, and the result is as long as the longest")
    out = "\n\n".join(t if t.endswith(("}", ".")) else t + "." for t in text)
    return out + (
        "\n\nA result that needs a missing value is \\code{NA}; one that is not defined is "
        "\\code{NaN}, with a warning of class \\code{tradeflow_undefined} that says why. "
        "Wrong arguments are errors of class \\code{tradeflow_error}. Statuses of the C "
        "function:\n\n" + rd.plain(" ".join(kernel.function.doc.returns))
    )


def page(kernel):
    doc = kernel.function.doc
    body = list(doc.body)
    first = []
    while body and body[0].strip():
        first.append(body.pop(0))
    text = rd.plain(" ".join(first))
    title = re.split(r"(?<=[a-z)])[.:;] ", text + " ")[0].strip().rstrip(".:")
    formula = [line for line in body]
    return rd.page(
        kernel.r_name,
        title if len(title) <= 80 else kernel.r_name,
        text,
        rd.usage(kernel.r_name, formals(kernel)),
        arguments(kernel),
        [
            ("details", rd.blocks(formula)),
            ("value", returned(kernel)),
            ("references", rd.plain(" ".join(doc.reference))),
        ],
    )
