# SPDX-License-Identifier: GPL-3.0-or-later
"""What a kernel's C signature means in R: which arguments, which results.

A function on single numbers takes vectors in R, element by element; one on vectors is
called once. Structs are lists, enumerators words, options arguments of their own."""
import re

# Its arrays are the caller's, of a length that is not in the signature: R code of ours.
BY_HAND = {"tflow_project", "tflow_project_backtest", "tflow_price_index_series"}

# Names that R, or an operation, has already.
TAKEN = {"lines"}

# Positions count from 1 in R. With an array, the member that says how long it is.
POSITIONS = {
    ("tflow_figure_joint", "conflict"): "n_conflict",
    ("tflow_figure_conflict", "member"): "n",
}
POSITION_ARGUMENTS = {("tflow_figure_break_even", "which")}
MOST_RESULTS = 64

NUMBERS = {"double", "int", "size_t"}
WORKING = ("scratch", "work")


class Unsupported(Exception):
    """The signature has something that no rule here covers."""


class Argument:
    """An argument of R: kind is number, vector, count, text, enum, missing, struct,
    structs or options."""

    def __init__(self, kind, name, type_, doc=""):
        self.kind, self.name, self.type, self.doc = kind, name, type_, doc


class Result:
    """kind is double, size_t, int, enum, doubles, struct or structs."""

    def __init__(self, kind, name, type_=None, length=None):
        self.kind, self.name, self.type, self.length = kind, name, type_, length


class Kernel:
    def __init__(self, function, headers, operations):
        self.function, self.headers = function, headers
        self.name = function.name[len("tflow_") :]
        self.r_name = self.name
        if self.name in TAKEN or self.name in operations:
            self.r_name += "_of"
        self.arguments, self.results, self.call = [], [], []
        self.has_error = False
        self.read()
        if not self.results:
            raise Unsupported("no result")
        kinds = {a.kind for a in self.arguments}
        self.elementwise = "number" in kinds and not kinds & {
            "vector", "struct", "structs", "text", "options", "missing",
        } and all(r.kind in ("double", "size_t", "int", "enum") for r in self.results)

    def doc(self, name):
        return " ".join(self.function.doc.parameters.get(name, [])) if self.function.doc else ""

    def read(self):
        parameters = list(self.function.parameters)
        while parameters:
            p = parameters.pop(0)
            following = parameters[0] if parameters else None
            if p.type == "tflow_error *":
                self.has_error = True
                self.call.append(("error",))
            elif p.name in WORKING and p.type == "double *":
                self.call.append(("working", self.length_of(p, "memory for ")))
            elif p.type.startswith("const ") and p.type.endswith(" *"):
                self.read_input(p, following, parameters)
            elif p.type.endswith(" *"):
                self.read_result(p, following, parameters)
            else:
                self.read_value(p)

    def add(self, kind, p, name=None, type_=None):
        argument = Argument(kind, name or p.name, type_ or p.type, self.doc(p.name))
        self.arguments.append(argument)
        self.call.append((kind, argument))

    def read_value(self, p):
        if p.type == "tflow_vec":
            self.add("vector", p)
        elif p.type == "tflow_missing":
            self.add("missing", p)
        elif p.type == "double":
            self.add("number", p)
        elif p.type in NUMBERS:
            self.add("count", p)
        elif p.type in self.headers.enums:
            self.add("enum", p)
        elif p.type in self.headers.structs:
            self.add("struct", p)
        else:
            raise Unsupported("%s %s" % (p.type, p.name))

    def read_input(self, p, following, parameters):
        struct = p.type[len("const ") : -len(" *")]
        if p.type == "const char *":
            self.add("text", p)
        elif struct not in self.headers.structs:
            raise Unsupported("%s %s" % (p.type, p.name))
        elif struct in self.headers.starts:
            if any(kind.endswith("*") and kind != "const char *"
                   for _, kind, _ in self.headers.structs[struct]):
                raise Unsupported("%s %s" % (p.type, p.name))
            self.add("options", p, type_=struct)
        elif following is not None and following.type == "size_t" and following.name == "n":
            parameters.pop(0)
            self.add("structs", p, type_=struct)
        else:
            self.add("struct", p, type_=struct)
            self.call[-1] = ("pointer", self.arguments[-1])

    def length_of(self, p, before=""):
        match = re.match(before + r"(\w+)\.n\b", self.doc(p.name))
        if not match:
            raise Unsupported("length of %s" % p.name)
        return match.group(1)

    def read_result(self, p, following, parameters):
        kind = p.type[: -len(" *")]
        if kind == "double" and re.match(r"\w+\.n\b", self.doc(p.name)):
            result = Result("doubles", p.name, length=self.length_of(p))
        elif kind in NUMBERS:
            result = Result(kind, p.name)
        elif kind in self.headers.enums:
            result = Result("enum", p.name, kind)
        elif kind in self.headers.structs:
            many = following is not None and following.name == "capacity"
            if any(m.endswith("*") and m != "const char *"
                   for _, m, _ in self.headers.structs[kind]):
                raise Unsupported("%s %s" % (p.type, p.name))
            result = Result("structs" if many else "struct", p.name, kind)
            if many:
                parameters.pop(0)
                count = parameters.pop(0)
                if count.type != "size_t *":
                    raise Unsupported("%s %s" % (count.type, count.name))
        else:
            raise Unsupported("%s %s" % (p.type, p.name))
        self.results.append(result)
        self.call.append(("result", result))

    def words(self, type_):
        return self.headers.words(type_)

    def options(self, struct):
        return [name for name, _, _ in self.headers.structs[struct] if name != "size"]


def kernels(headers, operations):
    """All that the rules cover, and a list of those they do not, with the reason."""
    made, left = [], []
    for function in headers.kernels():
        if function.name in BY_HAND:
            continue
        try:
            made.append(Kernel(function, headers, operations))
        except Unsupported as reason:
            left.append((function.name, str(reason)))
    return made, left
