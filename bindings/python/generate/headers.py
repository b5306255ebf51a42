# SPDX-License-Identifier: GPL-3.0-or-later
"""The public headers, read with a C parser."""
import os
import pathlib
import re
import shlex
import subprocess
import textwrap


def preprocess(include):
    """tradeflow.h as a plain C99 compiler sees it, in words that pycparser knows."""
    command = shlex.split(os.environ.get("CC", "cc"))
    command += ["-E", "-std=c99", "-U__GNUC__", "-DTFLOW_API=extern", "-I", str(include)]
    command += ["-D__extension__=", "-D__inline=", "-D__restrict=", "-D__asm__(x)="]
    command += ["-D__attribute__(x)=", "-D__builtin_va_list=int", "-D_Noreturn="]
    command += ["-D__float128=long double", "-D_Float128=long double", "-x", "c", "-"]
    source = '#include "tradeflow.h"\n'
    return subprocess.run(
        command, input=source, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def comments(include):
    """The doc comment of each public function, without its stars."""
    found = {}
    for path in sorted(pathlib.Path(include, "tradeflow").glob("*.h")):
        text = path.read_text(encoding="utf-8")
        for match in re.finditer(r"^TFLOW_API\s+[^(;]*?(\w+)\(", text, re.M):
            before = text[: match.start()].rstrip()
            start = before.rfind("/**")
            if before.endswith("*/") and start >= 0:
                lines = before[start + 3 : -2].splitlines()
                found[match.group(1)] = "\n".join(re.sub(r"^ ?\* ?", "", s) for s in lines).strip()
    return found


class Doc:
    """A doc comment, taken apart."""

    def __init__(self, comment):
        parts = re.split(r"^@(param|return)\b", comment, flags=re.M)
        self.about = self.plain(parts[0])
        self.params, self.returns = {}, ""
        for tag, body in zip(parts[1::2], parts[2::2]):
            if tag == "param":
                name, _, rest = body.strip().partition(" ")
                self.params[name] = " ".join(self.plain(rest).split())
            else:
                body, _, reference = body.partition("\nReference:")
                self.returns = textwrap.dedent(self.plain(" " * 9 + body.strip()))
                self.reference = " ".join(self.plain(reference).split())

    reference = ""

    @staticmethod
    def plain(text):
        text = re.sub(r"@p (\w+)", r"`\1`", text)
        return re.sub(r"\btflow_(?=[a-z])", "", text).strip()


class Kernel:
    """A function from numbers to numbers; Strange when it is anything else."""

    def __init__(self, headers, name, params, doc):
        self.name, self.doc = name, doc
        self.short = name.removeprefix("tflow_")
        self.inputs = []  # (name, kind, detail) in the order of C
        self.outs = []  # (name, integer, enum, sized) flattened
        self.counts = dict(vec=0, num=0, int=0, text=0)
        self.scratch = 0
        self.before, self.arguments, self.after = [], [], []
        self.struct = None
        for param_name, kind, const in params:
            self.parameter(headers, param_name, kind, const)
        if not self.outs or not self.counts["vec"] + self.counts["num"]:
            raise Strange

    def take(self, kind, name, detail=None):
        self.inputs.append((name, kind, detail))
        self.counts[kind] += 1
        return self.counts[kind] - 1

    def parameter(self, headers, name, kind, const):
        doc = self.doc.params.get(name, "")
        sized = re.match(r"`?(\w+)\.n\b", doc)
        if kind == "tflow_vec":
            self.arguments.append(f"v[{self.take('vec', name)}]")
        elif kind == "double":
            self.arguments.append(f"d[{self.take('num', name)}]")
        elif kind in ("size_t", "int", "unsigned", "int64_t", "uint64_t"):
            self.arguments.append(f"({kind})i[{self.take('int', name, kind)}]")
        elif kind in headers.enums:
            self.arguments.append(f"({kind})i[{self.take('int', name, kind)}]")
        elif kind == "char *" and const:
            self.arguments.append(f"s[{self.take('text', name)}]")
        elif kind in headers.structs:
            self.by_value(headers, name, kind)
        elif kind == "tflow_error *":
            self.arguments.append("e")
        elif not kind.endswith(" *") or const:
            raise Strange
        elif kind == "double *" and name == "scratch":
            self.scratch = 1
            self.arguments.append("scratch")
        elif kind == "double *":
            self.arguments.append(f"out[{len(self.outs)}]")
            vectors = [n for n, k, _ in self.inputs if k == "vec"]
            if sized and sized.group(1) not in vectors:
                raise Strange
            self.outs.append((name, False, None, vectors.index(sized.group(1)) if sized else -1))
        else:
            self.through_pointer(headers, name, kind[:-2])

    def by_value(self, headers, name, kind):
        members = headers.numbers(kind)
        first = self.counts["num"]
        self.counts["num"] += len(members)
        self.inputs.append((name, "struct", (kind, [m for m, _ in members])))
        values = ", ".join(f"({c})d[{first + k}]" for k, (_, c) in enumerate(members))
        self.before.append(f"{kind} {name} = {{{values}}};")
        self.arguments.append(name)

    def through_pointer(self, headers, name, kind):
        at = len(self.outs)
        self.before.append(f"{kind} {name}_;")
        self.arguments.append(f"&{name}_")
        if kind in headers.structs:
            members = headers.numbers(kind)
            self.before.append(f"memset(&{name}_, 0, sizeof {name}_);")
            self.struct = kind
        elif kind in headers.enums or kind in ("size_t", "int", "int64_t"):
            self.before.append(f"{name}_ = ({kind})0;")
            self.after.append(f"out[{at}][0] = (double){name}_;")
            self.outs.append((name, True, kind if kind in headers.enums else None, -1))
            return
        else:
            raise Strange
        for k, (member, c_type) in enumerate(members):
            self.after.append(f"out[{at + k}][0] = (double){name}_.{member};")
            integer = c_type != "double"
            enum = c_type if c_type in headers.enums else None
            self.outs.append((member.replace(".", "_"), integer, enum, -1))


class Strange(Exception):
    """A function that is no kernel, or one of a shape that is not known here."""


class Headers:
    """The public interface: kernels, enumerations, structures of numbers."""

    def __init__(self, include):
        from pycparser import c_ast, c_parser

        self.ast = c_ast
        self.enums, self.structs, self.kernels, self.others = {}, {}, [], []
        self.used_enums, self.used_structs = [], []
        docs = comments(include)
        tree = c_parser.CParser().parse(preprocess(include), "tradeflow.h")
        ours = [node for node in tree.ext if "tradeflow" in str(node.coord.file)]
        for node in ours:
            if isinstance(node, c_ast.Typedef):
                self.typedef(node)
        for node in ours:
            if isinstance(node, c_ast.Decl) and isinstance(node.type, c_ast.FuncDecl):
                self.function(node, docs)
        self.kernels.sort(key=lambda kernel: kernel.name)

    def type_of(self, node):
        """('double *', is what it points to constant)"""
        ast = self.ast
        if isinstance(node, ast.PtrDecl):
            inner, const = self.type_of(node.type)
            return inner + " *", const
        if isinstance(node, ast.ArrayDecl):
            inner, const = self.type_of(node.type)
            return inner + " []", const
        if isinstance(node, ast.TypeDecl):
            if isinstance(node.type, ast.IdentifierType):
                return " ".join(node.type.names), "const" in node.quals
            return f"{type(node.type).__name__.lower()} {node.type.name}", "const" in node.quals
        return "?", False

    def typedef(self, node):
        inner = node.type.type if isinstance(node.type, self.ast.TypeDecl) else None
        if isinstance(inner, self.ast.Enum) and inner.values:
            self.enums[node.name] = [
                (e.name, self.number(e.value)) for e in inner.values.enumerators
            ]
        elif isinstance(inner, self.ast.Struct) and inner.decls and node.name != "tflow_vec":
            self.structs[node.name] = [(d.name, self.type_of(d.type)[0]) for d in inner.decls]

    def number(self, node):
        if isinstance(node, self.ast.UnaryOp):
            return -self.number(node.expr)
        return int(node.value, 0)

    def numbers(self, kind):
        """The members of a structure of numbers, those inside it too: (name, type)."""
        found = []
        for name, c_type in self.structs[kind]:
            if c_type in self.structs:
                found += [(f"{name}.{inner}", t) for inner, t in self.numbers(c_type)]
            elif c_type in ("double", "int", "size_t", "int64_t") or c_type in self.enums:
                found.append((name, c_type))
            else:
                raise Strange
        return found

    def function(self, node, docs):
        if self.type_of(node.type.type)[0] != "tflow_status" or not node.type.args:
            return
        params = [(p.name, *self.type_of(p.type)) for p in node.type.args.params]
        try:
            self.kernels.append(Kernel(self, node.name, params, Doc(docs.get(node.name, ""))))
        except Strange:
            self.others.append(node.name)

    def words(self, enum):
        """An enumeration as words: {"propagate": 0, ...}"""
        names = [name for name, _ in self.enums[enum]]
        prefix = os.path.commonprefix(names) if len(names) > 1 else "TFLOW_"
        prefix = prefix[: prefix.rfind("_") + 1]
        return {n[len(prefix) :].lower().replace("_", "-"): v for n, v in self.enums[enum]}
