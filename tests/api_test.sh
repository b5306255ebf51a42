#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# tools/api.py finds each breach planted in a header, and nothing in a good one, nor in
# the library's own.
# Needs Python with pycparser; is skipped without.
set -eu

top=${SRCDIR:?} passed=0 failed=0
for python in "${PYTHON:-python3}" /usr/bin/python3 none; do
    "$python" -c 'import pycparser' 2>/dev/null && break
done
if [ "$python" = none ]; then
    echo 'no Python with pycparser (Debian: python3-pycparser)'
    exit 77
fi

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
mkdir -p "$copy/include/tradeflow" "$copy/lib"
cp "$top/include/tradeflow/core.h" "$copy/include/tradeflow/"
echo '#include "tradeflow/core.h"
#include "tradeflow/planted.h"' >"$copy/include/tradeflow.h"
echo '#include "core.h"
#include <stdio.h>
/** A good one.
 * @return TFLOW_OK. */
TFLOW_API tflow_status tflow_planted(tflow_vec x, double *out, tflow_error *error);
typedef struct tflow_object tflow_object;
/** Good too. */
TFLOW_API const char *tflow_object_name(const tflow_object *object);
/** Also good. */
TFLOW_API void tflow_object_free(tflow_object *object);
typedef void tflow_callback(FILE *file);' >"$copy/good.h"
{
    sed -n 's/^TFLOW_API.*[ *]\(tflow_[a-z_]*\)(.*/\1/p' "$copy/include/tradeflow/core.h"
    printf '%s\n' tflow_planted tflow_object_name tflow_object_free
} | LC_ALL=C sort >"$copy/lib/tradeflow.sym"

# The interface of the good header, as it was kept.
cp "$copy/good.h" "$copy/include/tradeflow/planted.h"
"$python" "$top/tools/api.py" --dump "$copy" >"$copy/lib/tradeflow.abi"

# planted LINES EXPECTED: the check says that of a header with these lines; nothing if empty.
planted() {
    { cat "$copy/good.h"; echo "$1"; } >"$copy/include/tradeflow/planted.h"
    status=0
    "$python" "$top/tools/api.py" --check "$copy" >"$copy/said" 2>&1 || status=1
    if { [ -z "$2" ] && [ $status = 0 ]; } ||
        { [ -n "$2" ] && [ $status = 1 ] && grep -qF -- "$2" "$copy/said"; }; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        cat "$copy/said"
        echo "failed: ${2:-a good header} ($1)"
    fi
}

doc='/** Doc. @return x */
'
planted '' ''
planted '#define PLANTED 1' 'planted.h:12: macro PLANTED has no prefix'
planted 'typedef int planted;' 'typedef planted has no prefix'
planted 'typedef int tflow_id_t;' 'names that end in _t are POSIX'
planted 'typedef tflow_object *tflow_handle;' 'typedef tflow_handle hides a pointer'
planted 'struct planted { int x; };' 'tag planted has no prefix'
planted 'typedef enum planted { TFLOW_A = 0 } tflow_kind;' 'tag planted has no prefix'
planted 'typedef enum tflow_kind { PLANTED = 0 } tflow_kind;' 'enumerator PLANTED has no prefix'
planted 'typedef enum tflow_kind { TFLOW_A } tflow_kind;' 'TFLOW_A has no explicit value'
planted 'extern int tflow_counter;' 'variable tflow_counter in a public header'
planted 'static inline int twice(int x) { return 2 * x; }' 'function twice has no prefix'
planted "${doc}int tflow_object_name2(int x);" 'tflow_object_name2 has no TFLOW_API'
planted "${doc}TFLOW_API int tflow_extra(int x);" 'tflow_extra: in a header, but not in tradeflow.sym'
planted "${doc}TFLOW_API double tflow_mean(tflow_vec x);" 'tflow_mean can fail, and returns double'
planted "${doc}TFLOW_API tflow_status tflow_x(tflow_error *error, int x);" 'tflow_error * comes last'
planted "${doc}TFLOW_API tflow_status tflow_x(_Bool x);" 'tflow_x has a bool'
planted "${doc}TFLOW_API tflow_status tflow_x(int);" 'tflow_x: parameters have names'
planted 'TFLOW_API void tflow_x(int x);' 'tflow_x has no doc comment'
planted '/** Doc. */
TFLOW_API tflow_status tflow_x(int x);' 'tflow_x: @return is missing'
kept="${doc}TFLOW_API int tflow_kept(int x);
/** Doc. */
typedef struct tflow_kept_opts { size_t size; double a[3]; } tflow_kept_opts;
typedef enum tflow_kept_kind { TFLOW_KEPT_A = 0, TFLOW_KEPT_B = 1 } tflow_kept_kind;
#define TFLOW_KEPT_MAX 3"
echo tflow_kept >>"$copy/lib/tradeflow.sym"
{ cat "$copy/good.h"; echo "$kept"; } >"$copy/include/tradeflow/planted.h"
"$python" "$top/tools/api.py" --dump "$copy" >"$copy/lib/tradeflow.abi"
planted "$kept" ''
# altered FROM TO EXPECTED: one thing of what is kept, changed.
altered() { planted "$(echo "$kept" | sed "s/$1/$2/")" "tradeflow.abi: $3"; }
altered 'int x' 'long x' 'new: function tflow_kept: (long) -> int'
altered 'API int' 'API long' 'gone: function tflow_kept: (int) -> int'
altered 'double a\[3\]' 'double a[4]' 'gone: struct tflow_kept_opts 2: double a[3]'
altered 'size_t size;' 'size_t size; int b;' 'new: struct tflow_kept_opts 2: int b'
altered 'KEPT_B = 1' 'KEPT_B = 2' 'gone: enum tflow_kept_kind: TFLOW_KEPT_B = 1'
altered 'KEPT_MAX 3' 'KEPT_MAX 4' 'new: macro TFLOW_KEPT_MAX: 4'

echo tflow_gone >>"$copy/lib/tradeflow.sym"
planted "$kept" 'tflow_gone: listed, but in no header'

# The library's own headers.
if "$python" "$top/tools/api.py" --check; then
    passed=$((passed + 1))
else
    failed=$((failed + 1))
fi

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
