# SPDX-License-Identifier: GPL-3.0-or-later
"""python3 bindings/r/generate DESCRIPTIONS PACKAGE [FILE...]: what a package needs beside
the files of bindings/r. DESCRIPTIONS is what 'tradeflow operations --format json' writes;
FILE... are the files of data that the package brings along, as examples name them."""
import json
import os
import re
import sys

import headers
import kernels
import kernels_c
import kernels_r
import operations

HEAD = "# SPDX-License-Identifier: GPL-3.0-or-later\n# Made from %s.\n\n"


def write(package, name, text):
    path = os.path.join(package, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def routines(package):
    """The registered routines: those of the generated C, and those of ours."""
    names = []
    for name in sorted(os.listdir(os.path.join(package, "src"))):
        if name.endswith(".c"):
            with open(os.path.join(package, "src", name), encoding="utf-8") as file:
                names += re.findall(r'\{"(C_\w+)", \(DL_FUNC\)', file.read())
    return names


def namespace(package, exports):
    with open(os.path.join(package, "NAMESPACE.in"), encoding="utf-8") as file:
        text = file.read()
    os.remove(os.path.join(package, "NAMESPACE.in"))
    text += "export(%s)\n" % ",\n       ".join(sorted(exports))
    text += "useDynLib(tradeflow, %s)\n" % ",\n          ".join(routines(package))
    write(package, "NAMESPACE", text)


def main():
    if len(sys.argv) < 3:
        print(__doc__, file=sys.stderr)
        return 2
    with open(sys.argv[1], encoding="utf-8") as file:
        described = json.load(file)["operations"]
    package, files = sys.argv[2], sys.argv[3:]
    public = headers.Headers()
    made, left = kernels.kernels(public, {operation["name"] for operation in described})
    for name, reason in left:
        print("left out: %s (%s)" % (name, reason))
    write(package, "src/kernels.c", kernels_c.Writer(public).write(made))
    write(package, "R/kernels.R",
          HEAD % "the public headers" + "\n".join(kernels_r.code(k) for k in made))
    write(package, "R/operations.R",
          HEAD % "the descriptions of the operations"
          + "\n".join(operations.code(operation) for operation in described))
    for k in made:
        write(package, "man/%s.Rd" % k.r_name, kernels_r.page(k))
    for operation in described:
        name = operations.function_name(operation["name"])
        write(package, "man/%s.Rd" % name, operations.page(operation, files))
    namespace(package, [k.r_name for k in made]
              + [operations.function_name(operation["name"]) for operation in described])
    print("%d operations, %d kernels" % (len(described), len(made)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
