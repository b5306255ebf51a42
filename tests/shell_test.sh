# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Sourced by tests of the command: checks that print 'ok' or 'not ok', and a folder of
# its own for each test. $TRADEFLOW is the command.
passed=0
failed=0
: "${TRADEFLOW:?not set}" "${SRCDIR:?not set}"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
# What the caller's shell has set must not decide how tables look.
unset COLUMNS POSIXLY_CORRECT
export LC_ALL=C

ok() {
    echo "ok - $1"
    passed=$((passed + 1))
}

not_ok() {
    echo "not ok - $1"
    shift
    printf '%s\n' "$@" | sed 's/^/    /'
    failed=$((failed + 1))
}

# Said, but counted neither way: what this machine cannot show.
skip() { echo "ok - $1 # SKIP $2"; }

# run ARGUMENT...: its output, errors and exit code in out, err and code. $input is read,
# $output is where standard output goes instead.
run() {
    if [ -n "${output:-}" ]; then
        "$TRADEFLOW" "$@" <"${input:-/dev/null}" >"$output" 2>err.txt
        code=$?
        out=
    else
        out=$("$TRADEFLOW" "$@" <"${input:-/dev/null}" 2>err.txt)
        code=$?
    fi
    err=$(cat err.txt)
    rm -f err.txt
}

# same NAME GOT WANTED
same() {
    if [ "$2" = "$3" ]; then
        ok "$1"
    else
        not_ok "$1" 'got:' "$2" 'expected:' "$3"
    fi
}

# contains NAME TEXT PART
contains() {
    case $2 in
    *"$3"*) ok "$1" ;;
    *) not_ok "$1" 'got:' "$2" 'expected in it:' "$3" ;;
    esac
}

# gives NAME OUTPUT ARGUMENT...: done, with this output and nothing on standard error.
gives() {
    local name=$1 want=$2
    shift 2
    run "$@"
    same "$name" "$code:$err:$out" "0::$want"
}

# fails NAME CODE MESSAGE ARGUMENT...: MESSAGE is a basic regular expression; nothing
# may have been written to standard output.
fails() {
    local name=$1 want=$2 message=$3
    shift 3
    run "$@"
    if [ "$code" = "$want" ] && [ -z "$out" ] && grep -q -e "$message" <<<"$err"; then
        ok "$name"
    else
        not_ok "$name" "exit $code, expected $want" "stdout: $out" "stderr: $err" \
            "expected: $message"
    fi
}

# near NAME WANTED TOLERANCE ARGUMENT...: the only number of the output, in CSV, within
# a relative tolerance.
near() {
    local name=$1 want=$2 tolerance=$3 got
    shift 3
    run "$@"
    got=$(sed -n '2p' <<<"$out")
    if [ "$code" = 0 ] && [ "$(wc -l <<<"$out")" = 2 ] &&
        awk -v g="$got" -v w="$want" -v t="$tolerance" \
            'BEGIN { d = g - w; exit !(g != "" && (d < 0 ? -d : d) <= t * w) }'; then
        ok "$name"
    else
        not_ok "$name" "exit $code" "got $out" "expected $want within $tolerance" "$err"
    fi
}

# json NAME TEXT: the text is JSON, as far as this machine can tell.
json() {
    if ! command -v python3 >/dev/null; then
        skip "$1" 'no python3'
    elif python3 -c 'import json, sys; json.load(sys.stdin)' <<<"$2" 2>/dev/null; then
        ok "$1"
    else
        not_ok "$1" "$2"
    fi
}

# The name of a locale with UTF-8 that is there.
utf8_locale() { locale -a 2>/dev/null | grep -i -m 1 -E '^C\.utf-?8$|utf-?8$'; }

finish() {
    echo "$passed passed, $failed failed"
    [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
    exit
}
