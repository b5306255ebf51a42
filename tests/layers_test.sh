#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# tools/layers passes this tree, and catches every kind of breach planted in a copy.
set -eu

top=${SRCDIR:-$(dirname "$0")/..}
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
passed=0 failed=0

verdict() { # STATUS WHAT
    if [ "$1" = 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "failed: $2"
    fi
}

for folder in include lib cli examples bindings tests tools; do
    [ ! -d "$top/$folder" ] || cp -R "$top/$folder" "$copy/"
done
chmod -R u+w "$copy"
"$top/tools/layers" "$copy" >"$copy/said" || { cat "$copy/said"; false; }
verdict $? 'the tree as it is'

# plant FILE LINE EXPECTED: a file with that line, and what must be said about it.
: >"$copy/expected"
plant() {
    mkdir -p "$copy/$(dirname "$1")"
    [ -f "$copy/$1" ] || echo '/* SPDX-License-Identifier: GPL-3.0-or-later */' >"$copy/$1"
    printf '%s\n' "$2" >>"$copy/$1"
    echo "$1:$(wc -l <"$copy/$1" | tr -d ' '): $3" >>"$copy/expected"
}

plant lib/core/planted.c '#include "table/table.h"' 'core may not include table/table.h'
plant lib/core/planted.c '#include "tradeflow/table.h"' 'core may not include tradeflow/table.h'
plant lib/numeric/planted.c '#include "table/table.h"' 'numeric may not include table/table.h'
plant lib/table/planted.c '#include "op/op.h"' 'table may not include op/op.h'
plant lib/growth/planted.c '#include <gsl/gsl_fit.h>' 'only lib/numeric includes gsl/gsl_fit.h'
plant cli/planted.c '#include <gsl/gsl_errno.h>' 'only lib/numeric includes gsl/gsl_errno.h'
plant lib/table/planted.c '#include <csv.h>' 'only lib/io includes csv.h'
plant lib/op/planted.c '#  include <zlib.h>' 'only lib/io includes zlib.h'
plant lib/core/planted.c '#include <zlib.h>' 'only lib/io includes zlib.h'
plant lib/core/planted.c '#include <archive.h>' 'only lib/io includes archive.h'
plant lib/growth/planted.c '#include "table/table.h"' 'growth may not include table/table.h'
plant lib/growth/planted.c '#include "tradeflow/table.h"' 'growth may not include tradeflow/table.h'
plant lib/growth/planted.c '#include "op/op.h"' 'growth may not include op/op.h'
plant lib/share/planted.c '#include "planted_ops.h"' 'only op/registry.c knows the operations'
plant lib/growth/planted_ops.h '#include "planted/other.h"' 'growth may not include planted/other.h'
plant lib/planted/other.h '#include "growth/planted_ops.h"' 'planted may not include growth/planted_ops.h'
plant lib/growth/planted.c '#include "../table/table.h"' \
    'include from the top of lib or include, not ../table/table.h'
plant lib/growth/planted.c '#include "tradeflow.h"' \
    'include the header that is needed, not tradeflow.h'
plant lib/growth/planted_ops.c 'extern const tflow_operation tflow_i_op_planted;' \
    'only op/registry.c knows the operations'
plant cli/planted.c '#include "core/core.h"' 'cli sees public headers only, not core/core.h'
plant examples/planted.cpp '#include "table/table.h"' \
    'examples sees public headers only, not table/table.h'
plant bindings/python/planted.c '    gsl_set_error_handler_off();' \
    'the GSL handler belongs to the program, not to us'
plant lib/core/planted.c '#include <assert.h>' 'lib has no use for assert.h'
plant lib/core/planted.c '#include <Rinternals.h>' 'lib knows no host: Rinternals.h'
for name in abort exit assert printf fprintf puts setlocale rand getenv time; do
    plant lib/core/planted.c "    $name (x);" "$name has no place in a library"
done
for name in strtod atof sscanf; do
    plant lib/io/planted.c "    x = $name(text);" "$name reads the locale: use tflow_i_decimal_parse"
done
for format in '%f' '%.17g' '%*.*e' '%-8.2lf' '%La'; do
    plant lib/io/planted.c "    snprintf(s, n, \"x: $format\", x);" \
        'a format for doubles writes the locale: use tflow_i_text_double'
done
plant lib/io/planted.c '    fputs(text, stderr);' \
    'a library writes where its caller says, not to stdout or stderr'
plant lib/io/planted.c 'static _Thread_local int last;' 'no thread-local state and no long double'
plant lib/core/planted.c '/* TODO: later */' 'work that is left belongs into an issue'
printf 'int x;\n' >"$copy/lib/core/bare.c"
echo 'lib/core/bare.c:1: the first line must say SPDX-License-Identifier: GPL-3.0-or-later' \
    >>"$copy/expected"
printf '#!/bin/sh\ntrue\n' >"$copy/tools/bare"
echo 'tools/bare:2: the line after #! must say SPDX-License-Identifier: GPL-3.0-or-later' \
    >>"$copy/expected"
{
    echo '/* SPDX-License-Identifier: GPL-3.0-or-later */'
    awk 'BEGIN { while (n++ < 500) print "" }'
} >"$copy/lib/core/long.c"
echo 'lib/core/long.c:451: more than 450 lines' >>"$copy/expected"

# What must not be taken for a breach.
cat >"$copy/lib/core/innocent.c" <<'END'
/* SPDX-License-Identifier: GPL-3.0-or-later */
/* abort(); "%f" and printf(x) in a comment,
 * setlocale(LC_ALL, "") too, #include <gsl/gsl_fit.h> */
static const char text[] = "abort() \" exit(1) 5 % fewer 100%% good"; // strtod(x)
static const char quote = '"';
int my_abort(void), xprintf(int), exit_code(void);
int snprintf_s(int), tflow_i_printf(int);
void f(struct s *s) { s->time(s); s->x.exit(1); snprintf(b, n, "%s %d %zu %5.3s", "%", 1, 2, ""); }
END

if "$top/tools/layers" "$copy" >"$copy/said"; then
    verdict 1 'a tree full of breaches passes'
else
    verdict 0 'a tree full of breaches fails'
fi
while read -r line; do
    if grep -qxF "$line" "$copy/said"; then
        verdict 0 "$line"
    else
        verdict 1 "not caught: $line"
    fi
done <"$copy/expected"
if grep 'innocent' "$copy/said"; then
    verdict 1 'innocent lines are taken for breaches'
else
    verdict 0 'innocent lines'
fi

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
