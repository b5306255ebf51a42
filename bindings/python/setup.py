# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds the extension against libtradeflow, then writes the functions of its registry.

The library is the installed one (pkg-config) when it has the version of this package.
Otherwise it is built from source and linked in: from the release in vendor/, or from the
tree that this folder is part of. TRADEFLOW_LIBRARY=system or =vendored insists on one.
"""
import os
import pathlib
import re
import shlex
import subprocess
import sys
import sysconfig
import tarfile

from setuptools import Extension, setup
from setuptools.command.bdist_wheel import bdist_wheel
from setuptools.command.build_ext import build_ext

HERE = pathlib.Path(__file__).resolve().parent
TREE = HERE.parent.parent
FREE_THREADED = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))


def version():
    for path in (HERE / "VERSION", TREE / "VERSION"):
        if path.is_file():
            return path.read_text(encoding="ascii").strip()
    raise SystemExit("tradeflow: no file VERSION here, nor in the tree above")


VERSION = version()


def pkg_config(*words):
    command = [os.environ.get("PKG_CONFIG", "pkg-config"), *words]
    try:
        found = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return None
    return found.stdout.strip() if found.returncode == 0 else None


def static_library(name, searched):
    """The archive of a library that is to be linked in; else -lNAME."""
    compiler = shlex.split(os.environ.get("CC", sysconfig.get_config_var("CC") or "cc"))
    found = subprocess.run(
        [*compiler, f"-print-file-name=lib{name}.a"], capture_output=True, text=True, check=True
    ).stdout.strip()
    for path in [pathlib.Path(folder) / f"lib{name}.a" for folder in searched] + [pathlib.Path(found)]:
        if path.is_absolute() and path.is_file():
            return str(path)
    return f"-l{name}"


class Library:
    """Where the headers are, and what is linked."""

    def __init__(self, work):
        wanted = os.environ.get("TRADEFLOW_LIBRARY", "")
        if wanted not in ("", "system", "vendored"):
            raise SystemExit("TRADEFLOW_LIBRARY is system, vendored or not set")
        self.include = []
        self.objects = []
        self.arguments = []
        found = pkg_config("--modversion", "tradeflow")
        if wanted != "vendored" and found == VERSION:
            self.installed()
        elif wanted == "system":
            raise SystemExit(f"tradeflow: pkg-config finds version {found}, wanted {VERSION}")
        else:
            self.from_source(work)

    def installed(self):
        print("tradeflow: linking the installed library", flush=True)
        folder = pkg_config("--variable=includedir", "tradeflow")
        self.include = [folder]
        self.arguments = shlex.split(pkg_config("--libs", "tradeflow"))
        # Found again at run time when it is not where the system looks.
        libdir = pkg_config("--variable=libdir", "tradeflow")
        if libdir and not libdir.startswith(("/usr/lib", "/lib")):
            self.arguments.append(f"-Wl,-rpath,{libdir}")

    def from_source(self, work):
        work.mkdir(parents=True, exist_ok=True)
        source = self.sources(work)
        build = work / "library"
        build.mkdir(exist_ok=True)
        print(f"tradeflow: building the library from {source}", flush=True)
        flags = ["-q", "--disable-shared", "--enable-static", "--with-pic"]
        if not (build / "Makefile").is_file():
            subprocess.run([str(source / "configure"), *flags], cwd=build, check=True)
        jobs = str(os.cpu_count() or 1)
        subprocess.run(["make", "-s", "-j", jobs, "libtradeflow.la"], cwd=build, check=True)
        self.include = [str(source / "include")]
        self.objects = [str(build / ".libs" / "libtradeflow.a")]
        searched = (pkg_config("--variable=libdir", "gsl") or "").split()
        self.arguments = [*self.dependencies(build / "libtradeflow.la"), "-lpthread"]

    @staticmethod
    def dependencies(path):
        """What the library links, as libtool wrote it down; GSL and libcsv are linked in."""
        found = re.search(r"^dependency_libs='(.*)'$", path.read_text(encoding="utf-8"), re.M)
        searched = (pkg_config("--variable=libdir", "gsl") or "").split()
        words = []
        for word in shlex.split(found.group(1)):
            name = re.sub(r"^(-l|.*/lib)|\.la$", "", word)
            if name in ("gsl", "gslcblas", "csv"):
                word = static_library(name, searched)
            elif word.endswith(".la"):
                word = "-l" + name
            words.append(word)
        return words

    @staticmethod
    def sources(work):
        vendored = sorted((HERE / "vendor").glob(f"libtradeflow-{VERSION}.tar.*"))
        if vendored:
            source = work / f"libtradeflow-{VERSION}"
            if not source.is_dir():
                with tarfile.open(vendored[0]) as archive:
                    # Debian 12 has a Python from before there were filters.
                    safe = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
                    archive.extractall(work, **safe)
            return source
        if not (TREE / "configure.ac").is_file():
            raise SystemExit(
                f"tradeflow: libtradeflow {VERSION} is not installed (pkg-config), and there is "
                "no release of it in vendor/"
            )
        if not (TREE / "configure").is_file():
            subprocess.run(["autoreconf", "-i"], cwd=TREE, check=True)
        return TREE


class Build(build_ext):
    def run(self):
        work = pathlib.Path(self.build_temp).resolve()
        made = work / "made"
        made.mkdir(parents=True, exist_ok=True)
        library = Library(work)
        sys.path.insert(0, str(HERE))
        import generate

        kernels = generate.kernels(library.include[0], made)
        extension = self.extensions[0]
        extension.include_dirs += [*library.include, str(made)]
        extension.extra_objects += library.objects
        extension.depends += [*library.objects, str(made / "kernels.h"), "src/tradeflow/_models.pxi"]
        # Of the extension nothing is seen but its entry: no second copy of the library.
        exports = made / "exports.map"
        exports.write_text("{ global: PyInit__core; local: *; };\n", encoding="ascii")
        extension.extra_link_args += [*library.arguments, f"-Wl,--version-script={exports}"]
        extension.define_macros.append(("TFLOW_BUILT_WITH", f'"{VERSION}"'))
        self.translate(extension, made)
        super().run()
        self.write_functions(extension, kernels)

    def translate(self, extension, made):
        from Cython.Build import cythonize

        pyx = extension.sources[0]
        translated = cythonize(
            [Extension(extension.name, [pyx])], build_dir=str(made), language_level=3, quiet=True
        )[0]
        extension.sources = translated.sources

    def write_functions(self, extension, kernels):
        """The modules made of the registry and of the headers go where the extension is."""
        import generate

        folder = pathlib.Path(self.get_ext_fullpath(extension.name)).resolve().parent
        listed = subprocess.run(
            [sys.executable, "-c", generate.LIST_OPERATIONS, str(folder)],
            check=True, stdout=subprocess.PIPE, text=True,
        ).stdout
        made = kernels | generate.operations(listed)
        package, models = (
            (HERE / "src" / "tradeflow" / name).read_text(encoding="utf-8")
            for name in ("__init__.py", "_models.py")
        )
        made |= generate.top(made["_kernels.py"], made["_operations.py"], package, models)
        made |= generate.every(made["_kernels.py"], models)
        for name, text in made.items():
            (folder / name).write_text(text, encoding="utf-8")


class Wheel(bdist_wheel):
    def finalize_options(self):
        # The limited API is not there yet where there is no global lock.
        if not FREE_THREADED:
            self.py_limited_api = "cp311"
        super().finalize_options()


macros = [] if FREE_THREADED else [("Py_LIMITED_API", "0x030B0000")]
setup(
    version=VERSION,
    ext_modules=[
        Extension(
            "tradeflow._core",
            ["src/tradeflow/_core.pyx"],
            include_dirs=["src/tradeflow"],
            define_macros=macros,
            extra_compile_args=["-std=c11", "-ffp-contract=off", "-fvisibility=hidden"],
            py_limited_api=not FREE_THREADED,
        )
    ],
    cmdclass={"build_ext": Build, "bdist_wheel": Wheel},
)
