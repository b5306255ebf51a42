#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The library as built: no state, no calls that end or print, and the exports it lists.
# The check itself is tried on small breaches.
set -eu

top=${SRCDIR:?} build=${BUILDDIR:?} passed=0 failed=0
check=$top/tools/built_library
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

verdict() { # STATUS WHAT
    if [ "$1" = 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "failed: $2"
    fi
}

# The objects of this build, as Makefile.am lists them; shared ones where there are any.
objects=
for lo in ${LIB_OBJECTS:?}; do
    object=$(dirname "$lo")/.libs/$(basename "$lo" .lo).o
    [ -f "$build/$object" ] || object=${lo%.lo}.o
    objects="$objects $build/$object"
done
# shellcheck disable=SC2086
if ${NM:-nm} -u $objects 2>/dev/null | grep -Eq '__(asan|ubsan|tsan|msan|gcov|llvm_prof)'; then
    echo 'instrumented build: its data and calls are not ours'
    exit 77
fi
status=0
# shellcheck disable=SC2086
"$check" objects $objects || status=1
verdict $status 'objects of the library'

# planted NAME CODE EXPECTED: the code compiles, and the check says that of it.
planted() {
    file=$scratch/$1
    mkdir -p "$(dirname "$file")"
    echo "$2" >"$file.c"
    ${CC:-cc} -w -O1 -fPIC -c "$file.c" -o "$file.o"
    if "$check" objects "$file.o" >"$file.said"; then
        verdict 1 "$1 passes"
    elif grep -qF "$3" "$file.said"; then
        verdict 0 "$1"
    else
        cat "$file.said"
        verdict 1 "$1 is refused, but not for: $3"
    fi
}

planted static 'static int n; int f(void) { return n++; }' 'writable data: n in .bss'
planted local 'int f(void) { static int n = 7; return n++; }' 'in .data'
planted thread 'static _Thread_local int n; int *f(void) { return &n; }' 'writable data: n in .tbss'
planted hidden '__attribute__((visibility("hidden"))) int n = 1;' 'writable data: n in .data'
planted common '__attribute__((common)) int n;' 'writable data: n in *COM*'
planted abort '#include <stdlib.h>
void f(int x) { if (x) abort(); }' 'uses abort'
planted exit '#include <stdlib.h>
void f(int x) { if (x) exit(1); }' 'uses exit'
planted assert '#include <assert.h>
void f(int x) { assert(x); }' 'uses assert_fail'
planted printf '#include <stdio.h>
void f(int x) { printf("%d", x); }' 'uses printf'
planted fprintf '#include <stdio.h>
void f(int x) { fprintf(stderr, "%d", x); }' 'uses stderr'
planted locale '#include <locale.h>
void f(void) { setlocale(LC_ALL, "C"); }' 'uses setlocale'
planted rand '#include <stdlib.h>
int f(void) { return rand(); }' 'uses rand'
planted io/reader '#include <stdlib.h>
double f(const char *s) { return strtod(s, 0); }' 'uses strtod'
planted io/scanner '#include <stdio.h>
int f(const char *s, int *x) { return sscanf(s, "%d", x); }' 'uses sscanf'
planted growth/fit 'double gsl_stats_mean(const double *, unsigned long, unsigned long);
double f(const double *x) { return gsl_stats_mean(x, 1, 1); }' 'uses gsl_stats_mean'
planted numeric/quiet 'void *gsl_set_error_handler_off(void);
void f(void) { gsl_set_error_handler_off(); }' 'uses gsl_set_error_handler_off'

# fine NAME CODE: nothing is said.
fine() {
    file=$scratch/$1
    mkdir -p "$(dirname "$file")"
    echo "$2" >"$file.c"
    ${CC:-cc} -w -O1 -fPIC -c "$file.c" -o "$file.o"
    status=0
    "$check" objects "$file.o" || status=1
    verdict $status "$1"
}

fine table 'static const char *const names[] = {"a", "b"};
const char *f(int i) { return names[i]; }'
fine core/decimal '#include <stdlib.h>
double f(const char *s) { return strtod(s, 0); }'
fine numeric/mean 'double gsl_stats_mean(const double *, unsigned long, unsigned long);
double f(const double *x) { return gsl_stats_mean(x, 1, 1); }'

# Exports, where a shared library was built.
library=$(find "$build/.libs" -name 'libtradeflow.so' -o -name 'libtradeflow.dylib' 2>/dev/null | head -n 1)
if [ -n "$library" ]; then
    list=$top/lib/tradeflow.sym
    status=0
    "$check" exports "$library" "$list" || status=1
    verdict $status 'exports of the library'
    sed 1d "$list" >"$scratch/short"
    name=$(sed -n 1p "$list")
    if "$check" exports "$library" "$scratch/short" >"$scratch/said"; then
        verdict 1 'a name that is exported but not listed passes'
    else
        grep -qF "$name exported, not listed" "$scratch/said"
        verdict $? 'exported, not listed'
    fi
    { cat "$list"; echo tflow_zzz; } >"$scratch/long"
    if "$check" exports "$library" "$scratch/long" >"$scratch/said"; then
        verdict 1 'a name that is listed but not exported passes'
    else
        grep -qF 'tflow_zzz listed, not exported' "$scratch/said"
        verdict $? 'listed, not exported'
    fi
fi

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
