#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# consumer_check.sh PREFIX [LIBDIR]: the installed library, as programs outside this tree
# see it: C99 and C++17, pkg-config and CMake, shared and static. `make installcheck`.
# With TFLOW_REQUIRE_ALL set, a tool that is missing is a failure.
set -eu

prefix=${1:?usage: consumer_check.sh PREFIX [LIBDIR]} libdir=${2:-$1/lib}
top=$(cd "$(dirname "$0")/.." && pwd)
passed=0 failed=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

export PKG_CONFIG_PATH="$libdir/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}"
pkg_config() { "${PKG_CONFIG:-pkg-config}" --define-variable=prefix="$prefix" "$@" tradeflow; }
version=$(cat "$top/VERSION")
want="$version TFLOW_ZERO_BASE 2"

# holds WHAT COMMAND...: the command succeeds.
holds() {
    what=$1
    shift
    if "$@" >"$scratch/said" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        cat "$scratch/said"
        echo "failed: $what"
    fi
}

# absent TOOL: what it would check is left out, or fails where everything is required.
absent() {
    echo "left out: no $1"
    [ -z "${TFLOW_REQUIRE_ALL:-}" ] || failed=$((failed + 1))
}

says() { # WANT PROGRAM...
    want_=$1
    shift
    got=$(LD_LIBRARY_PATH="$libdir${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" "$@") || return 1
    [ "$got" = "$want_" ] || {
        echo "said '$got', expected '$want_'"
        return 1
    }
}

# builds_and_says COMPILER... : the rest of a command line that makes $scratch/program.
builds_and_says() { "$@" -o "$scratch/program" && says "$want" "$scratch/program"; }

warnings='-Wall -Wextra -Wpedantic -Werror'
c="${CC:-cc} -std=c99 $warnings $top/tests/consumer/consumer.c"
cxx="${CXX:-c++} -std=c++17 $warnings $top/tests/consumer/consumer.cpp"
shared="$(pkg_config --cflags --libs)"
# The archive by its name: -ltradeflow would find the shared library beside it.
static="$(pkg_config --cflags) $(pkg_config --static --libs | sed "s|-ltradeflow|$libdir/libtradeflow.a|")"

# Each of these is a list of words.
# shellcheck disable=SC2086
{
    holds 'version by pkg-config' [ "$(pkg_config --modversion)" = "$version" ]
    if [ -e "$libdir/libtradeflow.so" ]; then
        holds 'C99, pkg-config, shared' builds_and_says $c $shared
    fi
    holds 'C99, pkg-config, static' builds_and_says $c $static
    if [ -n "${HAVE_CXX-yes}" ]; then
        holds 'C++17, pkg-config, shared' builds_and_says $cxx $shared
        holds 'C++17, pkg-config, static' builds_and_says $cxx $static
    else
        absent 'C++ compiler'
    fi
}

with_cmake() {
    cmake -S "$top/tests/consumer" -B "$scratch/cmake" -DCMAKE_PREFIX_PATH="$prefix" \
        -Dtradeflow_DIR="$libdir/cmake/tradeflow" &&
        cmake --build "$scratch/cmake" &&
        for program in consumer_c consumer_cpp consumer_c_static; do
            says "$want" "$scratch/cmake/$program" || return 1
        done
}
if ! command -v cmake >/dev/null; then
    absent cmake
elif [ -n "${HAVE_CXX-yes}" ]; then
    holds 'C99 and C++17, CMake' with_cmake
fi

for header in "$top"/include/tradeflow/*.h; do
    name=tradeflow/${header##*/}
    holds "$name is installed" cmp "$header" "$prefix/include/$name"
done
holds 'the command is installed' says "tradeflow $version" "$prefix/bin/tradeflow" --version
holds 'the data is installed' [ -s "$prefix/share/libtradeflow/data/README.md" ]

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
