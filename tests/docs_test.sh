#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What the documentation shows is so: every block of commands in README.md and doc/ runs,
# gives the block of text behind it where there is one, and ends with the status that its
# first line names ('sh exit 2'; 0 if none); every whole C program compiles and runs; the
# pages of doc/operations are what the command makes of the descriptions.
set -uo pipefail
# shellcheck source-path=SCRIPTDIR
. "${SRCDIR:-.}/tests/shell_test.sh"
: "${BUILDDIR:?not set}"

# ---- the reference ----

operations=$("$TRADEFLOW" operations --format csv | sed -e 1d -e 's/,.*//')
for operation in $operations; do
    "$TRADEFLOW" help "$operation" --format md >"$operation.md"
    if difference=$(diff -u "$SRCDIR/doc/operations/$operation.md" "$operation.md" 2>&1); then
        ok "doc/operations/$operation.md is as the registry has it"
    else
        not_ok "doc/operations/$operation.md: 'make reference' makes it anew" "$difference"
    fi
done
same 'no page without an operation' "$(cd "$SRCDIR/doc/operations" && printf '%s\n' *.md)" \
    "$(awk '{ print $0 ".md" }' <<<"$operations" | LC_ALL=C sort)"
rows=$(sed -n 's/^| \[.\([a-z_]*\).\](doc.*/\1/p' "$SRCDIR/README.md")
same 'the table of README.md has every operation' "$rows" "$operations"

# ---- what stands between fences ----

# What a reader has at the top of the tree after ./quickstart run.
mkdir reader && cd reader && mkdir build || exit 1
ln -s "$SRCDIR/data" data
mkdir tests && ln -s "$SRCDIR/tests/data" tests/data
ln -s "$TRADEFLOW" build/tradeflow
mkdir ../bin ../block && ln -s "$TRADEFLOW" ../bin/tradeflow
PATH=$PWD/../bin:$PATH

# Pages of the reference come last: their examples are long.
documents=$(cd "$SRCDIR" && shopt -s nullglob && printf "%s\n" README.md doc/*.md doc/operations/*.md)
# shellcheck disable=SC2086
(cd "$SRCDIR" && awk -v to="$work/block" '
function put(what, text) {
    printf "%s", text >(name what)
    close(name what)
}
FNR == 1 { fence = 0; last = "" }
/^```/ && !fence {
    fence = 1
    kind = substr($1, 4)
    status = $2 == "exit" ? $3 : 0
    block = ""
    line = FNR
    next
}
/^```/ {
    fence = 0
    if (kind == "text" && (last == "sh" || last == "c"))
        put(".want", block)
    else if (kind == "sh" || kind == "c") {
        name = sprintf("%s/%03d", to, ++n)
        put("." kind, block)
        put(".place", FILENAME ":" line)
        put(".status", status)
    }
    last = kind
    next
}
fence { block = block $0 "\n"; next }
NF { last = "" }
' $documents)

# A program is linked as this build links its own.
program() {
    # CC and CFLAGS may be several words.
    # shellcheck disable=SC2086
    "$BUILDDIR/libtool" --quiet --tag=CC --mode=link ${CC:-cc} ${CFLAGS:-} -std=c11 -I"$SRCDIR/include" \
        -o program "$1" "$BUILDDIR/libtradeflow.la" && ./program
}

utf8=$(utf8_locale)
for place in "$work"/block/*.place; do
    block=${place%.place}
    name="$(cat "$place"): $(sed -n '/[^ ]/{s/ \\$/ .../;p;q;}' "$block".sh 2>/dev/null || echo a program)"
    if [ -f "$block.c" ]; then
        grep -q 'int main' "$block.c" || continue
        got=$(program "$block.c" 2>&1)
    else
        got=$(LC_ALL=${utf8:-C} bash -e "$block.sh" 2>&1 </dev/null)
    fi
    status=$?
    if [ "$status" != "$(cat "$block.status")" ]; then
        not_ok "$name" "exit $status" "$got"
    elif [ ! -f "$block.want" ]; then
        ok "$name"
    elif [ -z "$utf8" ] && LC_ALL=C grep -q '[^ -~]' "$block.want"; then
        skip "$name" 'no UTF-8 locale'
    else
        same "$name" "$got" "$(cat "$block.want")"
    fi
done

finish
