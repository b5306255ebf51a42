#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The public interface, read from the headers with a C parser.

api.py --list   the functions that carry TFLOW_API, sorted
api.py --dump   all of it as text, one fact a line: what lib/tradeflow.abi holds
api.py --check  compares it with lib/tradeflow.sym and lib/tradeflow.abi, and holds the
                headers to their rules

Needs pycparser (Debian: python3-pycparser) and a C preprocessor: CC, or cc.
"""
import os
import re
import shlex
import subprocess
import sys
import tempfile

from pycparser import c_ast, c_generator, c_parser

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# Beside ours, what the Arrow specification has programs write down word for word.
PREFIX = re.compile(r"(tflow_|TFLOW_|TRADEFLOW_|Arrow(Schema|Array|ArrayStream)$|ARROW_(C|FLAG)_)")


def preprocess(include, *flags):
    """tradeflow.h as a plain C99 compiler sees it. The export mark becomes `extern`."""
    command = shlex.split(os.environ.get("CC", "cc"))
    command += ["-E", "-std=c99", "-U__GNUC__", "-DTFLOW_API=extern", "-I", include]
    # What system headers say in GNU C all the same, in words the parser knows.
    command += ["-D__extension__=", "-D__inline=", "-D__restrict=", "-D__asm__(x)="]
    command += ["-D__attribute__(x)=", "-D__builtin_va_list=int", "-D_Noreturn="]
    command += ["-D__float128=long double", "-D_Float128=long double", *flags]
    with tempfile.NamedTemporaryFile("w", suffix=".c") as source:
        source.write('#include "tradeflow.h"\n')
        source.flush()
        return subprocess.run(
            command + [source.name], check=True, stdout=subprocess.PIPE, text=True
        ).stdout


def ours(file, include):
    return file is not None and os.path.abspath(file).startswith(include + os.sep)


def type_text(node):
    """A type in C's words, near enough to compare: 'const char *'."""
    if isinstance(node, c_ast.PtrDecl):
        return (type_text(node.type).rstrip() + " *" + " ".join(node.quals)).rstrip()
    if isinstance(node, c_ast.ArrayDecl):
        return type_text(node.type).rstrip() + " *"
    if isinstance(node, c_ast.TypeDecl):
        return " ".join(node.quals + [type_text(node.type)])
    if isinstance(node, c_ast.IdentifierType):
        return " ".join(node.names)
    if isinstance(node, (c_ast.Struct, c_ast.Union, c_ast.Enum)):
        return "%s %s" % (type(node).__name__.lower(), node.name)
    if isinstance(node, c_ast.FuncDecl):
        return "%s(%s)" % (type_text(node.type), ", ".join(parameter_types(node)))
    return "?"


def parameter_types(node):
    params = node.args.params if node.args else []
    return ["..." if isinstance(p, c_ast.EllipsisParam) else type_text(p.type) for p in params]


def member_text(node):
    """A member of a struct, with the dimensions that type_text takes for a pointer."""
    dimensions, inner = "", node.type
    while isinstance(inner, c_ast.ArrayDecl):
        dimensions += "[%s]" % c_generator.CGenerator().visit(inner.dim)
        inner = inner.type
    return "%s %s%s" % (type_text(inner), node.name, dimensions)


class Api:
    def __init__(self, include):
        self.include = os.path.abspath(include)
        self.breaches = []
        self.functions = {}
        self.facts = []
        tree = c_parser.CParser().parse(preprocess(self.include), "tradeflow.h")
        for node in tree.ext:
            if ours(node.coord.file, self.include):
                self.declaration(node)
        self.macros()
        self.docs()

    def breach(self, where, what):
        if not isinstance(where, str):
            where = "%s:%d" % (where.file, where.line)
        self.breaches.append("%s: %s" % (os.path.relpath(where, self.include), what))

    def named(self, coord, kind, name):
        if name is not None and not PREFIX.match(name):
            self.breach(coord, "%s %s has no prefix" % (kind, name))
        if kind in ("typedef", "tag") and name is not None and name.endswith("_t"):
            self.breach(coord, "%s %s: names that end in _t are POSIX's" % (kind, name))

    def tags(self, node):
        """Names of structs, unions, enums and enumerators anywhere below a node."""
        if isinstance(node, (c_ast.Struct, c_ast.Union, c_ast.Enum)):
            self.named(node.coord, "tag", node.name)
            self.layout(node)
        if isinstance(node, c_ast.Enumerator):
            self.named(node.coord, "enumerator", node.name)
            if node.value is None:
                self.breach(node.coord, "enumerator %s has no explicit value" % node.name)
        for _, child in node.children():
            self.tags(child)

    def layout(self, node):
        """What a compiler lays out: members in their order, enumerators by value."""
        if isinstance(node, c_ast.Enum):
            for item in node.values.enumerators if node.values else []:
                value = c_generator.CGenerator().visit(item.value) if item.value else "?"
                self.facts.append("enum %s: %s = %s" % (node.name, item.name, value))
        else:
            for i, member in enumerate(node.decls or []):
                self.facts.append("%s %d: %s" % (type_text(node), i + 1, member_text(member)))

    def declaration(self, node):
        if isinstance(node, c_ast.FuncDef):
            self.named(node.coord, "function", node.decl.name)
            self.signature("inline", node.decl)
            return
        self.tags(node)
        if isinstance(node, c_ast.Typedef):
            self.named(node.coord, "typedef", node.name)
            self.facts.append("typedef %s: %s" % (node.name, type_text(node.type)))
            if isinstance(node.type, c_ast.PtrDecl) and not isinstance(
                node.type.type, c_ast.FuncDecl
            ):
                self.breach(node.coord, "typedef %s hides a pointer" % node.name)
        elif isinstance(node, c_ast.Decl) and node.name is not None:
            self.named(node.coord, "name", node.name)
            if isinstance(node.type, c_ast.FuncDecl):
                self.function(node)
            else:
                self.breach(node.coord, "variable %s in a public header" % node.name)

    def signature(self, kind, node):
        returns, types = type_text(node.type.type), ", ".join(parameter_types(node.type))
        self.facts.append("%s %s: (%s) -> %s" % (kind, node.name, types, returns))

    def function(self, node):
        if "extern" not in node.storage:
            self.breach(node.coord, "%s has no TFLOW_API" % node.name)
        self.signature("function", node)
        params = node.type.args.params if node.type.args else []
        types = parameter_types(node.type)
        returns = type_text(node.type.type)
        self.functions[node.name] = (returns, types)
        if returns != "tflow_status" and ("tflow_vec" in types or "tflow_error *" in types):
            self.breach(node.coord, "%s can fail, and returns %s" % (node.name, returns))
        if "tflow_error *" in types and types.index("tflow_error *") != len(types) - 1:
            self.breach(node.coord, "%s: tflow_error * comes last" % node.name)
        if any(t in ("_Bool", "bool") for t in types + [returns]):
            self.breach(node.coord, "%s has a bool" % node.name)
        if any(not getattr(p, "name", "...") and t != "void" for p, t in zip(params, types)):
            self.breach(node.coord, "%s: parameters have names" % node.name)

    def macros(self):
        # Its text depends on the compiler, or it only guards an include.
        mute = re.compile(r"TFLOW_(API|PRINTF)$|TRADEFLOW_\w*H$")
        file, line = None, 0
        for text in preprocess(self.include, "-dD").splitlines():
            marker = re.match(r'# (\d+) "(.*)"', text)
            define = re.match(r"#define (\w+)(.*)", text)
            line += 1
            if marker:
                file, line = marker.group(2), int(marker.group(1)) - 1
            elif define and ours(file, self.include) and not PREFIX.match(define.group(1)):
                self.breach("%s:%d" % (file, line), "macro %s has no prefix" % define.group(1))
            if define and ours(file, self.include) and not mute.match(define.group(1)):
                body = " ".join(define.group(2).split())
                self.facts.append("macro %s: %s" % (define.group(1), body))

    def docs(self):
        """Each function has a doc comment; one that returns a status lists the statuses."""
        for folder, _, names in os.walk(self.include):
            for name in sorted(names):
                path = os.path.join(folder, name)
                with open(path, encoding="utf-8") as file:
                    text = file.read()
                for match in re.finditer(r"^TFLOW_API\s+([^(]*?)(\w+)\(", text, re.M):
                    where = "%s:%d" % (path, text.count("\n", 0, match.start()) + 1)
                    before = text[: match.start()].rstrip()
                    start = before.rfind("/**")
                    if not before.endswith("*/") or start < 0:
                        self.breach(where, "%s has no doc comment" % match.group(2))
                    elif "tflow_status" in match.group(1) and "@return" not in before[start:]:
                        self.breach(where, "%s: @return is missing" % match.group(2))

    def compare(self, path):
        with open(path, encoding="ascii") as file:
            listed = set(file.read().split())
        for name in sorted(listed - set(self.functions)):
            self.breaches.append("%s: listed, but in no header" % name)
        for name in sorted(set(self.functions) - listed):
            self.breaches.append("%s: in a header, but not in tradeflow.sym" % name)

    def dump(self):
        def order(fact):
            # Members stand in the order of their struct: "struct x 10:" after "struct x 9:".
            return [int(s) if s.isdigit() else s for s in re.split(r"(?<= )(\d+)(?=:)", fact)]

        return sorted(set(self.facts), key=order)

    def compare_dump(self, path):
        with open(path, encoding="ascii") as file:
            kept = [line for line in file.read().splitlines() if not line.startswith("#")]
        facts = self.dump()
        changes = ["gone: " + fact for fact in kept if fact not in facts]
        changes += ["new: " + fact for fact in facts if fact not in kept]
        self.breaches += ["tradeflow.abi: " + change for change in changes]
        if changes:
            self.breaches.append(
                "tradeflow.abi: if this is meant, 'tools/api.py --dump >lib/tradeflow.abi' and, "
                "for a release, -version-info in Makefile.am: see Interfaces in CONTRIBUTING.md"
            )


def main():
    what = sys.argv[1] if len(sys.argv) > 1 else ""
    top = sys.argv[2] if len(sys.argv) > 2 else TOP
    if what not in ("--list", "--dump", "--check"):
        print(__doc__, file=sys.stderr)
        return 2
    api = Api(os.path.join(top, "include"))
    if what == "--list":
        print("\n".join(sorted(api.functions)))
        return 0
    if what == "--dump":
        print("# SPDX-License-Identifier: GPL-3.0-or-later")
        print("# The public interface: made and compared by tools/api.py.")
        print("\n".join(api.dump()))
        return 0
    api.compare_dump(os.path.join(top, "lib", "tradeflow.abi"))
    api.compare(os.path.join(top, "lib", "tradeflow.sym"))
    for breach in api.breaches:
        print(breach)
    return 1 if api.breaches else 0


if __name__ == "__main__":
    sys.exit(main())
