# SPDX-License-Identifier: GPL-3.0-or-later
"""The public headers as data: functions with their parameters and doc comments, structs,
enumerators and the macros that start a struct of options."""
import os
import re
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
sys.path.insert(0, os.path.join(TOP, "tools"))

import api  # noqa: E402
from pycparser import c_ast, c_generator, c_parser  # noqa: E402


class Parameter:
    def __init__(self, name, kind):
        self.name = name
        self.type = kind


class Function:
    def __init__(self, name, returns, parameters, header):
        self.name = name
        self.returns = returns
        self.parameters = parameters
        self.header = header
        self.doc = None


class Doc:
    """A doc comment: sentences, @param lines by name, @return, reference."""

    def __init__(self, text):
        lines = [re.sub(r"^\s*\* ?", "", line) for line in text.strip("/*\n ").splitlines()]
        self.parameters, self.body, self.returns, self.reference = {}, [], [], []
        into = self.body
        for line in lines:
            param = re.match(r"@param (\w+)\s+(.*)", line)
            if param:
                into = self.parameters[param.group(1)] = [param.group(2)]
            elif line.startswith("@return"):
                into = self.returns
                into.append(line[len("@return") :].strip())
            elif line.startswith("Reference:"):
                into = self.reference
                into.append(line[len("Reference:") :].strip())
            elif not line.strip() and into is not self.body:
                into = self.body
                into.append("")
            else:
                into.append(line if into is self.body else line.strip())


class Headers:
    def __init__(self, top=TOP):
        self.include = os.path.join(top, "include")
        self.functions, self.structs, self.enums, self.starts = {}, {}, {}, {}
        self.members = {}
        tree = c_parser.CParser().parse(api.preprocess(self.include), "tradeflow.h")
        for node in tree.ext:
            if api.ours(node.coord.file, self.include):
                self.declaration(node)
        self.read_texts()

    def declaration(self, node):
        if isinstance(node, c_ast.FuncDef):
            return
        kind = node.type
        if isinstance(node, c_ast.Typedef) and isinstance(kind, c_ast.TypeDecl):
            kind = kind.type
        if isinstance(kind, c_ast.Enum) and kind.values:
            self.enums[kind.name] = [
                (item.name, c_generator.CGenerator().visit(item.value))
                for item in kind.values.enumerators
            ]
        elif isinstance(kind, c_ast.Struct) and kind.decls:
            self.structs[kind.name] = [
                (member.name, api.member_text(member).rsplit(" ", 1)[0], self.length(member))
                for member in kind.decls
            ]
        elif isinstance(node, c_ast.Decl) and isinstance(kind, c_ast.FuncDecl):
            params = kind.args.params if kind.args else []
            parameters = [Parameter(p.name, api.type_text(p.type)) for p in params]
            self.functions[node.name] = Function(
                node.name, api.type_text(kind.type), parameters,
                os.path.relpath(node.coord.file, self.include),
            )

    @staticmethod
    def length(member):
        if isinstance(member.type, c_ast.ArrayDecl):
            return c_generator.CGenerator().visit(member.type.dim)
        return None

    def read_texts(self):
        for folder, _, names in os.walk(self.include):
            for name in sorted(names):
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    self.read_text(file.read())

    def read_text(self, text):
        for match in re.finditer(r"(/\*\*(?:(?!\*/).)*\*/)\s*TFLOW_API\s+[^(;]*?(\w+)\(", text, re.S):
            if match.group(2) in self.functions:
                self.functions[match.group(2)].doc = Doc(match.group(1))
        for match in re.finditer(r"#define (TFLOW_\w+_INIT)\b", text):
            self.starts["tflow_" + match.group(1)[6:-5].lower()] = match.group(1)
        for match in re.finditer(r"^typedef struct (\w+) \{(.*?)^\}", text, re.S | re.M):
            for member in re.finditer(r"(\w+)(?:\[\w+\])?;\s*/\*\*<(.*?)\*/", match.group(2), re.S):
                note = " ".join(member.group(2).split())
                self.members[match.group(1), member.group(1)] = note

    def words(self, enum):
        """Enumerators as words: TFLOW_THRESHOLD_AT_LEAST is 'at_least'."""
        names = [name for name, _ in self.enums[enum]]
        common = os.path.commonprefix(names) if len(names) > 1 else "TFLOW_"
        common = common[: common.rfind("_") + 1]
        return [(name[len(common) :].lower(), name, value) for name, value in self.enums[enum]]

    def kernels(self):
        """The functions on plain numbers: those of the headers that conformance rows cover."""
        with open(os.path.join(TOP, "tests", "test_conformance.c"), encoding="utf-8") as file:
            listed = re.findall(r'"include/(tradeflow/\w+\.h)"', file.read())
        return [
            function
            for name, function in sorted(self.functions.items())
            if function.returns == "tflow_status" and function.header in listed
        ]
