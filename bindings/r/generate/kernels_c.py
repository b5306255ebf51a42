# SPDX-License-Identifier: GPL-3.0-or-later
"""The C side of the kernels: one routine for .Call each, converters between structs and
lists, and the table of routines."""
import kernels


class Writer:
    def __init__(self, headers):
        self.headers = headers
        self.structs_in, self.structs_out, self.enums = [], [], []

    # ---- which converters are needed ----

    def need_enum(self, enum):
        if enum not in self.enums:
            self.enums.append(enum)

    def need(self, struct, wanted):
        for _, kind, _ in self.headers.structs[struct]:
            if kind in self.headers.structs:
                self.need(kind, wanted)
            elif kind in self.headers.enums:
                self.need_enum(kind)
        if struct not in wanted:
            wanted.append(struct)

    # ---- converters ----

    def enum_code(self, enum):
        lines = ["static const word %s_words[] = {" % enum]
        lines += ['    {"%s", %s},' % (word, name) for word, name, _ in self.headers.words(enum)]
        return "\n".join(lines + ["    {NULL, 0},", "};", ""])

    def in_code(self, struct):
        start = self.headers.starts.get(struct)
        lines = ["static %s %s_in(SEXP list)" % (struct, struct), "{", "    SEXP m;"]
        if start:
            lines.append("    %s s = %s;" % (struct, start))
        else:
            lines += ["    %s s;" % struct, "    memset(&s, 0, sizeof s);"]
        for name, kind, length in self.headers.structs[struct]:
            if name == "size":
                continue
            lines.append('    if ((m = member(list, "%s")) != R_NilValue)' % name)
            lines.append("        " + self.member_in(struct, name, kind, length))
        return "\n".join(lines + ["    return s;", "}", ""])

    def member_in(self, struct, name, kind, length):
        if length is not None and kind == "char":
            return 'snprintf(s.%s, sizeof s.%s, "%%s", text_of(m, "%s"));' % (name, name, name)
        if length is not None:
            return "(void)m; /* a result */"
        if kind == "const char *":
            return 's.%s = text_of(m, "%s");' % (name, name)
        if kind in self.headers.enums:
            return 's.%s = (%s)word_of(m, %s_words, "%s");' % (name, kind, kind, name)
        if kind in self.headers.structs:
            return "s.%s = %s_in(m);" % (name, kind)
        if kind == "size_t":
            return 's.%s = size_of(m, "%s");' % (name, name)
        return 's.%s = (%s)number_of(m, "%s");' % (name, kind, name)

    def out_code(self, struct):
        members = self.headers.structs[struct]
        lines = ["static SEXP %s_out(const %s *s)" % (struct, struct), "{",
                 "    static const char *const names[] = {"]
        lines += ['        "%s",' % name for name, _, _ in members]
        lines += ["    };", "    SEXP list = PROTECT(named_list(names, %d));" % len(members)]
        for i, (name, kind, length) in enumerate(members):
            lines.append("    SET_VECTOR_ELT(list, %d, %s);" % (
                i, self.member_out(struct, name, kind, length)))
        return "\n".join(lines + ["    UNPROTECT(1);", "    return list;", "}", ""])

    def member_out(self, struct, name, kind, length):
        if (struct, name) in kernels.POSITIONS:
            return "positions(s->%s, s->%s)" % (name, kernels.POSITIONS[struct, name])
        if kind == "const char *" or (length is not None and kind == "char"):
            return "text_out(s->%s)" % name
        if length is not None:
            raise kernels.Unsupported("%s.%s" % (struct, name))
        if kind in self.headers.enums:
            return "word_out((int)s->%s, %s_words)" % (name, kind)
        if kind in self.headers.structs:
            return "%s_out(&s->%s)" % (kind, name)
        if kind == "int":
            return "Rf_ScalarInteger(s->%s)" % name
        return "Rf_ScalarReal((double)s->%s)" % name

    # ---- routines ----

    def argument(self, i, a):
        """Declarations, and what stands in the call."""
        if a.kind == "vector":
            return "    tflow_vec v%d = vec_of(a%d);" % (i, i), "v%d" % i
        if a.type == "size_t":
            return None, 'size_of(a%d, "%s")' % (i, a.name)
        if a.kind in ("number", "count") and a.type != "double":
            return None, '(%s)number_of(a%d, "%s")' % (a.type, i, a.name)
        if a.kind == "number":
            return None, 'number_of(a%d, "%s")' % (i, a.name)
        if a.kind in ("missing", "enum"):
            return None, "(%s)Rf_asInteger(a%d)" % (a.type, i)
        if a.kind == "text":
            return None, 'text_of(a%d, "%s")' % (i, a.name)
        if a.kind == "structs":
            self.need(a.type, self.structs_in)
            return (
                "    R_xlen_t n%d = Rf_xlength(a%d);\n"
                "    %s *v%d = (%s *)R_alloc((size_t)n%d + 1, sizeof *v%d);\n"
                "    for (R_xlen_t i = 0; i < n%d; i++)\n"
                "        v%d[i] = %s_in(VECTOR_ELT(a%d, i));"
                % (i, i, a.type, i, a.type, i, i, i, i, a.type, i),
                "v%d, (size_t)n%d" % (i, i),
            )
        self.need(a.type, self.structs_in)
        return "    %s v%d = %s_in(a%d);" % (a.type, i, a.type, i), "v%d" % i

    def result(self, i, r):
        """Declaration, what stands in the call, and the value."""
        if r.kind == "doubles":
            return (
                "    SEXP r%d = PROTECT(Rf_allocVector(REALSXP, (R_xlen_t)%%s.n));" % i,
                "REAL(r%d)" % i, "r%d" % i)
        if r.kind == "structs":
            self.need(r.type, self.structs_out)
            return (
                "    static const size_t most = %d;\n"
                "    %s *r%d = (%s *)R_alloc(most, sizeof *r%d);\n    size_t count%d = 0;"
                % (kernels.MOST_RESULTS, r.type, i, r.type, i, i),
                "r%d, most, &count%d" % (i, i),
                "PROTECT(Rf_allocVector(VECSXP, (R_xlen_t)(count%d < most ? count%d : most)))"
                % (i, i))
        if r.kind == "struct":
            self.need(r.type, self.structs_out)
            return ("    %s r%d;\n    memset(&r%d, 0, sizeof r%d);" % (r.type, i, i, i),
                    "&r%d" % i, "%s_out(&r%d)" % (r.type, i))
        if r.kind == "enum":
            self.need_enum(r.type)
            return ("    %s r%d = (%s)0;" % (r.type, i, r.type), "&r%d" % i,
                    "word_out((int)r%d, %s_words)" % (i, r.type))
        start = "NAN" if r.kind == "double" else "0"
        number = "Rf_ScalarInteger(r%d)" if r.kind == "int" else "Rf_ScalarReal((double)r%d)"
        return "    %s r%d = %s;" % (r.kind, i, start), "&r%d" % i, number % i

    def head(self, kernel):
        parameters = ", ".join("SEXP a%d" % i for i in range(len(kernel.arguments)))
        return "static SEXP k_%s(%s)\n{" % (kernel.name, parameters)

    def once(self, kernel):
        lines, call, values, protected = [self.head(kernel)], [], [], 1
        number = {}
        for i, a in enumerate(kernel.arguments):
            before, text = self.argument(i, a)
            number[a.name] = i
            if before:
                lines.append(before)
            if ("pointer", a) in kernel.call:
                text = "&" + text
            elif a.kind == "options":
                text = "&" + text
            call.append((a, text))
        results = {}
        for i, r in enumerate(kernel.results):
            before, text, value = self.result(i, r)
            if r.kind == "doubles":
                before = before % ("v%d" % number[r.length])
                protected += 1
            lines.append(before)
            results[r] = (text, value)
        lines += ["    tflow_error error = TFLOW_ERROR_INIT;"]
        words, arguments = [], dict(call)
        for what in kernel.call:
            if what[0] == "error":
                words.append("&error")
            elif what[0] == "working":
                words.append("working(v%d.n)" % number[what[1]])
            elif what[0] == "result":
                words.append(results[what[1]][0])
            else:
                words.append(arguments[what[1]])
        lines += [
            "    tflow_status status = %s(%s);" % (kernel.function.name, ", ".join(words)),
            "    SEXP answer = PROTECT(answer_new(1, %d));" % len(kernel.results),
            "    answer_status(answer, 0, status, &error);",
        ]
        for i, r in enumerate(kernel.results):
            lines.append("    answer_value(answer, %d, %s);" % (i, results[r][1]))
            if r.kind == "structs":
                protected += 1
                lines += [
                    "    for (size_t i = 0; i < count%d && i < most; i++)" % i,
                    "        SET_VECTOR_ELT(answer_at(answer, %d), (R_xlen_t)i,\n"
                    "                       %s_out(&r%d[i]));" % (i, r.type, i),
                ]
        return "\n".join(lines + ["    UNPROTECT(%d);" % protected, "    return answer;", "}", ""])

    def elementwise(self, kernel):
        lines, words, sizes = [self.head(kernel)], {}, []
        for i, a in enumerate(kernel.arguments):
            if a.kind == "number":
                lines.append("    const double *p%d = REAL(a%d);" % (i, i))
                lines.append("    R_xlen_t n%d = XLENGTH(a%d);" % (i, i))
                words[a] = "p%d[i %% n%d]" % (i, i)
                sizes.append("n%d" % i)
            else:
                words[a] = self.argument(i, a)[1]
        lines.append("    R_xlen_t n = recycled(%d, %s);" % (len(sizes), ", ".join(sizes)))
        lines.append("    SEXP answer = PROTECT(answer_new(n, %d));" % len(kernel.results))
        for i, r in enumerate(kernel.results):
            kind = {"double": "REALSXP", "size_t": "REALSXP", "int": "INTSXP", "enum": "STRSXP"}
            lines.append("    answer_value(answer, %d, Rf_allocVector(%s, n));" % (i, kind[r.kind]))
            if r.kind == "enum":
                self.need_enum(r.type)
        lines.append("    for (R_xlen_t i = 0; i < n; i++) {")
        call, after = [], []
        for i, r in enumerate(kernel.results):
            type_ = r.type if r.kind == "enum" else r.kind
            lines.append("        %s r%d = %s;" % (
                type_, i, "NAN" if r.kind == "double" else "(%s)0" % type_))
            target = "answer_at(answer, %d)" % i
            if r.kind == "enum":
                after.append("        SET_STRING_ELT(%s, i, word_text((int)r%d, %s_words));" % (
                    target, i, r.type))
            elif r.kind == "int":
                after.append("        INTEGER(%s)[i] = r%d;" % (target, i))
            else:
                after.append("        REAL(%s)[i] = (double)r%d;" % (target, i))
        number = 0
        for what in kernel.call:
            if what[0] == "result":
                call.append("&r%d" % number)
                number += 1
            else:
                call.append("NULL" if what[0] == "error" else words[what[1]])
        lines.append("        tflow_status status = %s(%s);" % (
            kernel.function.name, ", ".join(call)))
        lines.append("        answer_status(answer, i, status, NULL);")
        return "\n".join(lines + after + ["    }", "    UNPROTECT(1);", "    return answer;", "}", ""])

    def write(self, made):
        routines = [
            self.elementwise(k) if k.elementwise else self.once(k) for k in made
        ]
        out = ["/* SPDX-License-Identifier: GPL-3.0-or-later */",
               "/* Made from the public headers. */", '#include "kernel.h"', ""]
        out += [self.enum_code(enum) for enum in sorted(self.enums)]
        out += [self.in_code(struct) for struct in self.structs_in]
        out += [self.out_code(struct) for struct in self.structs_out]
        out += routines
        out.append("const R_CallMethodDef kernel_routines[] = {")
        for k in made:
            out.append('    {"C_k_%s", (DL_FUNC)&k_%s, %d},' % (k.name, k.name, len(k.arguments)))
        out += ["};", "", "const int n_kernel_routines = %d;" % len(made), ""]
        return "\n".join(out)
