#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Each public header compiles alone, as C99 and as C++11, under strict warnings.
set -eu

top=${SRCDIR:?} passed=0 failed=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
warnings='-Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wundef
    -Wcast-qual -Werror -fsyntax-only'

# compiles LANGUAGE SUFFIX HEADER COMMAND...: twice, to see the include guard at work.
compiles() {
    language=$1 suffix=$2 header=$3
    shift 3
    printf '#include "%s"\n#include "%s"\nint planted(void);\n' "$header" "$header" \
        >"$scratch/alone.$suffix"
    # shellcheck disable=SC2086
    if "$@" $warnings -I"$top/include" "$scratch/alone.$suffix" 2>"$scratch/said"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        cat "$scratch/said"
        echo "failed: $header as $language"
    fi
}

for path in "$top"/include/tradeflow.h "$top"/include/tradeflow/*.h; do
    header=${path#"$top/include/"}
    # CC and CXX may hold options.
    # shellcheck disable=SC2086
    compiles C99 c "$header" ${CC:-cc} -std=c99 -Wstrict-prototypes -Wc++-compat
    if [ -n "${HAVE_CXX-yes}" ]; then
        # shellcheck disable=SC2086
        compiles C++11 cpp "$header" ${CXX:-c++} -std=c++11
    fi
done

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
