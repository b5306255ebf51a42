#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Each line '$ COMMAND' of examples/golden/*.txt gives what stands below it, errors too.
# The figures there come from examples/golden/independent.py, not from the library.
set -uo pipefail
# shellcheck source-path=SCRIPTDIR
. "${SRCDIR:-.}/tests/shell_test.sh"
cd "$SRCDIR" || exit 1
PATH=${BUILDDIR:?not set}/examples:$PATH

for golden in examples/golden/*.txt; do
    name=$(basename "$golden" .txt)
    if [ ! -x "$BUILDDIR/examples/$name" ]; then
        skip "$name" 'not built here'
        continue
    fi
    while IFS= read -r line; do
        case $line in
        '$ '*)
            echo "$line"
            eval "${line#??}" 2>&1 </dev/null
            code=$?
            [ "$code" = 0 ] || echo "exit $code"
            ;;
        esac
    done <"$golden" >"$work/$name.txt"
    if difference=$(diff -u "$golden" "$work/$name.txt"); then
        ok "$name"
    else
        not_ok "$name" "$difference"
    fi
done

finish
