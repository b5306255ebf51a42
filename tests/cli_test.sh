#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The command as a person meets it: results, errors, exit codes, files. Figures expected
# here were worked out by hand from the few rows below, or come with their source.
set -uo pipefail
# shellcheck source-path=SCRIPTDIR
. "${SRCDIR:-.}/tests/shell_test.sh"

cat >flows.csv <<'CSV'
reporter,partner,flow,period,value
BLR,CHN,X,2020,100
BLR,CHN,X,2021,150
BLR,CHN,X,2022,300
BLR,RUS,X,2020,300
BLR,RUS,X,2021,150
BLR,RUS,X,2022,100
CSV
head -n 4 flows.csv >china.csv
{ head -n 1 flows.csv; tail -n 3 flows.csv; } >russia.csv

# ---- results ----

gives 'version' "tradeflow $(cat "$SRCDIR/VERSION")" version
gives '--version' "tradeflow $(cat "$SRCDIR/VERSION")" --version

gives 'growth: 150/100 - 1 and 300/150 - 1' 'period,value,growth
2020,100,
2021,150,0.5
2022,300,1' growth flows.csv --partner CHN --show period,value,growth
gives 'share: 100/400 and 300/400' 'partner,share
RUS,0.75
CHN,0.25' share flows.csv --period 2020 --show partner,share
gives 'aggregate: 100+300, 150+150, 300+100' 'period,value
2020,400
2021,300
2022,400' aggregate flows.csv --show period,value
gives 'concentration: 0.25^2 + 0.75^2' 'hhi
0.625' concentration flows.csv --period 2020 --show hhi
gives 'several files are one table' 'period,value
2020,400
2021,300
2022,400' aggregate china.csv russia.csv --show period,value
gives 'compare: 2/1 of the same flow' 'period,ratio
2020,3
2021,1
2022,0.3333333333333333' compare china.csv --with russia.csv --show period,ratio -q

gives '--parameter=value' 'period,growth
2022,1' growth flows.csv --partner=CHN --period=2022 --show=period,growth
gives 'an underscore may stand for a dash' 'period,share_not_observed
2022,0' growth flows.csv --partner CHN --period 2022 --show period,share-not-observed
gives 'options before the operation' 'value
300' --format csv --show value growth flows.csv --partner CHN --period 2022
gives 'a flag with its value' 'value
400' aggregate flows.csv --complete no --period 2022 --show value
gives 'a flag switched off' 'value
400' aggregate flows.csv --no-complete --period 2022 --show value
POSIXLY_CORRECT=1 gives 'options behind files, POSIXLY_CORRECT or not' 'value
400' aggregate flows.csv --period 2022 --show value
cp flows.csv ./--odd.csv
gives '-- ends options' 'value
400' aggregate --period 2022 --show value -- --odd.csv
cp flows.csv 'a,b.csv'
gives 'a comma in the name of a --with file' 'period,ratio
2020,1
2021,1
2022,1' compare flows.csv --with a,b.csv --show period,ratio -q

input=flows.csv gives 'standard input' 'value
400' aggregate - --period 2022 --show value
gzip -c flows.csv >flows.csv.gz
gives 'gzip' 'value
400' aggregate flows.csv.gz --period 2022 --show value
input=flows.csv.gz gives 'gzip from standard input' 'value
400' aggregate - --period 2022 --show value

# ---- what somebody who is new to it runs into ----

fails 'a file without an operation' 2 "found the file \"flows.csv\".*'tradeflow describe flows.csv'" flows.csv
printf 'reporter,partner,flow,period,value\nBLR,CHN,X,,1\nBLR,CHN,X,2021,1\n' >gap.csv
printf 'reporter,partner,flow,period,value\nBLR,CHN,X,2020,"1\n' >open.csv
fails 'a quote that nothing closes: no option helps' 1 'expected its closing quote$' growth open.csv
fails 'a row that stops the reading: what lets it pass' 1 'gap.csv:2: .*--bad-rows skip' growth gap.csv
fails 'no layout: what to do' 1 '--columns' growth "$SRCDIR/data/codes/names.csv"
printf 'reporter,partner,flow,period,value\nBLR,CHN,X,2020,\nBLR,RUS,X,2020,1\n' >unreported.csv
run aggregate unreported.csv --show period,value,n_missing
same 'a sum with a missing part' "$out" 'period,value,n_missing
2020,,1'
contains 'and what adds up the rest' "$err" 'note: 1 sums are missing because parts of them are; --missing skip'
gives 'told so, it is silent' 'period,value
2020,1' aggregate unreported.csv --show period,value --missing skip
gives 'a cell of its own that is missing says so itself' 'period,value
2020,' aggregate unreported.csv --partner CHN --show period,value
printf 'reporter,partner,flow,period,value\nCHN,BLR,X,2020,7\nBLR,CHN,X,2020,5\n' >both.csv
run aggregate both.csv --show value
same 'whoever reports' "$out" 'value
12'
contains 'that several report is said' "$err" 'note: 2 reporters are added up; --by reporter'
gives 'one who is chosen needs no word' 'value
5' aggregate both.csv --reporter BLR --show value
gives 'nor do those who stay apart' 'value
5
7' aggregate both.csv --by reporter --show value
run compare both.csv --reporter BLR --with both.csv --with-columns "flow='M'"
contains 'nothing in common: the mirror' "$err" 'no flow is in both: --mirror yes'

# ---- packed files: two.zip holds a.csv (5 and 7), readme.txt, b.csv.gz (11) ----

packed=$SRCDIR/tests/data/packed
for kind in xz bz2 zst; do
    gives "$kind" 'value
7' aggregate "$packed/a.csv.$kind" --period 2021 --show value
done
gives 'the tables of a zip archive' 'partner,value
CHN,5
RUS,11' aggregate "$packed/two.zip" --by partner --period 2020 --show partner,value -q
gives 'one member of it' 'partner,value
RUS,11' aggregate "$packed/two.zip:b*" --by partner --period 2020 --show partner,value
fails 'a member that is not there' 3 'no member "c.csv"; the archive holds a.csv' \
    aggregate "$packed/two.zip:c.csv"
fails 'a limit that is no number' 2 'expected a number above 0' \
    aggregate "$packed/two.zip" --max-members 1x
fails 'more members than allowed' 1 'found more than 1 members' \
    aggregate "$packed/two.zip" --max-members 1
# Input without end: blank lines before a header that never comes, zeros.
endless() { yes '' | gzip -1 | "$TRADEFLOW" describe - "$@" >out 2>err; }
endless --max-unpacked 20M
same 'endless blank lines, packed' "$?" 1
contains 'what ends them' "$(cat err)" 'found more than 20971520 bytes'
gzip -1 </dev/zero | "$TRADEFLOW" describe - >out 2>err
same 'endless zeros, packed' "$?" 1
contains 'what ends those' "$(cat err)" 'NUL byte'

# ---- another layout ----

printf 'reporter,partner,flow,period,value_kusd,status\nBLR,CHN,X,2020,1.5,A\nBLR,CHN,X,2021,2,P\n' >long.csv
gives 'a file of another layout' 'reporter,partner,flow,period,value_kusd,status,currency
BLR,CHN,X,2020,1.5,A,USD
BLR,CHN,X,2021,2,P,USD' convert long.csv
fails 'what the layout does not hold' 1 'long.csv:3: .*--drop status leaves it out' \
    convert long.csv --into imf-wide
run convert long.csv --into imf-wide --drop status
same 'left out when told so' "$out" 'Reporter,Flow,Partner,2020,2021
BLR,X,CHN,1500,2000'
contains 'and said' "$err" 'note: the layout imf-wide does not hold everything: status left out'

# ---- other codes ----

cat >products.csv <<'CSV'
reporter,partner,product,flow,period,value
BLR,CHN,010121,X,2022,100
BLR,CHN,010130,X,2022,50
CSV
gives 'the codes of another classification' 'product,value
010111,150' aggregate products.csv --by product --recode product:hs2022-hs1992 --show product,value -q
run aggregate products.csv --by product --recode product:hs2022-bec4 --show product,value
same 'shared out: 010121 is 410, 010130 is 111 and 410' "$out" 'product,value
111,25
410,125'
run convert products.csv --recode product:hs2022-bec4
contains 'how much is shared out' "$err" '33.33 % of the value has several codes to go to (shared out), 0.00 % of it is not mapped'
printf 'from,to,weight\n010121,x,0.25\n010121,y,0.75\n010130,y,1\n' >mine.csv
gives 'by a table of weights' 'product,value
x,25
y,125' aggregate products.csv --by product --recode product --recode-table mine.csv --show product,value -q
fails 'half a recoding' 2 'go with --recode' aggregate products.csv --recode-many first
fails 'what to what?' 2 'expected what to what' aggregate products.csv --recode product
fails 'no way there' 2 'no way from hs1992 to hs2022' aggregate products.csv --recode product:hs1992-hs2022
run aggregate products.csv --by product --recode product --recode-table mine.csv --format json
printf '%s' "$out" >recoded.json
gives 'a recipe recodes again' 'product,value
x,25
y,125' --recipe recoded.json --format csv --show product,value -q

# ---- other currencies, constant prices ----

printf 'reporter,partner,flow,period,value\nBLR,CHN,X,2020,100\nBLR,CHN,X,2021,150\n' >euro.csv
printf 'currency,period,rate\nEUR,2020,1.25\nEUR,2021,1.5\n' >rates.csv
printf 'period,index\n2020,80\n2021,120\n' >prices.csv
gives 'another currency: 100 * 1.25, 150 * 1.5' 'period,value
2020,125
2021,225' aggregate euro.csv --currency EUR --rates rates.csv --to USD --show period,value -q
gives 'constant prices: 100 / 80 * 120' 'period,value
2020,150
2021,150' aggregate euro.csv --deflator prices.csv --prices 2021 --show period,value -q
gives 'one table in another currency' 'period,ratio
2020,1.25
2021,1.5' compare euro.csv --currency USD --with euro.csv --with-currency EUR --with-rates rates.csv \
    --with-to USD --show period,ratio -q
run aggregate euro.csv --currency EUR --rates rates.csv --to USD --format json -o converted.json
gives 'a recipe converts again' 'period,value
2020,125
2021,225' --recipe converted.json --show period,value -q
fails 'rates without a currency' 2 '--rates FILE and --to CURRENCY go together' \
    aggregate euro.csv --currency EUR --rates rates.csv
fails 'prices without an index' 2 '--deflator FILE and --prices PERIOD go together' \
    aggregate euro.csv --prices 2021
fails 'a rate that is not there' 1 'euro.csv:2: .*found no rate' \
    aggregate euro.csv --currency JPY --rates rates.csv --to USD
fails 'no file of rates' 3 'nowhere.csv' aggregate euro.csv --currency EUR --rates nowhere.csv --to USD

# ---- formats ----

gives 'tsv' "period	growth
2021	0.5" growth flows.csv --partner CHN --period 2021 --show period,growth --format tsv
gives 'jsonl' '{"period":"2020","growth":null}
{"period":"2021","growth":0.5}' growth flows.csv --partner CHN --period 2020:2021 \
    --show period,growth --format jsonl
gives 'md' '| period | growth (fraction) |
|---|--:|
| 2021 | 0.5 |' growth flows.csv --partner CHN --period 2021 --show period,growth --format md
LC_ALL=C gives 'table, ASCII' '        growth
period     (%)
2020         -
2021     50.00
2022    100.00' growth flows.csv --partner CHN --show period,growth --format table
if utf8=$(utf8_locale); then
    LC_ALL=$utf8 gives 'table, UTF-8' '        growth
period     (%)
2020         –
2021     50.00
2022    100.00' growth flows.csv --partner CHN --show period,growth --format table
else
    skip 'table, UTF-8' 'no UTF-8 locale'
fi
COLUMNS=20 LC_ALL=C gives 'table, narrow' 'partner CHN | flow X

        base
period  period
2021    2020
2022    2021

        growth
period     (%)
2021     50.00
2022    100.00' growth flows.csv --partner CHN --period 2021:2022 \
    --show partner,flow,period,base_period,growth --format table

run growth flows.csv --format json
json 'json is JSON' "$out"
contains 'json has the recipe' "$out" '"recipe":{"schema_version":1,"operation":"growth"'
run operations --format json
json 'operations as JSON' "$out"
run operations --format csv
operations=$(sed 1d <<<"$out" | sed 's/,.*//')
contains 'operations as CSV' "$operations" growth
run layouts --format csv
contains 'layouts as CSV' "$out" baci

# ---- numbers never follow the locale ----

if [ -n "${LOCPATH:-}" ]; then
    run growth flows.csv --partner RUS --format json
    plain=$out
    LC_ALL=de_DE.UTF-8 run growth flows.csv --partner RUS --format json
    same 'json under a comma locale' "$out" "$plain"
    contains 'and it has a point' "$out" '"growth":-0.5,'
    LC_ALL=de_DE.UTF-8 gives 'table under a comma locale' '        growth
period     (%)
2022    -33.33' growth flows.csv --partner RUS --period 2022 --show period,growth \
        --format table
    LC_ALL=de_DE.UTF-8 gives 'real parameters under a comma locale' 'period,in_band
2021,yes' compare china.csv --with russia.csv --band 0.95,1.05 --period 2021 \
        --show period,in_band -q
else
    skip 'numbers under a comma locale' 'no such locale could be made'
fi

# ---- charts ----

run growth flows.csv --partner CHN --chart svg:chart.svg
same 'the result is written beside a chart' "$code $(head -n 1 <<<"$out" | cut -d, -f1)" '0 partner'
contains 'an SVG chart' "$(head -c 200 chart.svg)" '<svg'
run share flows.csv --chart text
contains 'a chart for the terminal stands below a table' "$out" 'RUS  '
run growth flows.csv --by partner --chart text -o table.csv
contains 'a chart of two lines' "$out" CHN
contains 'the table went into the file' "$(head -n 1 table.csv)" 'partner,flow,period'
run project flows.csv --partner CHN --horizon 2 --method naive --chart text
contains 'a chart of a projection' "$out" projection
contains 'and its intervals' "$out" '95 %'
run project flows.csv --partner CHN --horizon 2 --chart text # too short for a line
same 'a projection that was refused is not drawn' "$(grep -c 'o projection' <<<"$out")" 0
run growth flows.csv --partner CHN --chart text
contains 'a chart of growth has growth' "$out" '100 % '
for columns in 10 24 1000 5000; do
    COLUMNS=$columns run project flows.csv --partner CHN --method naive --chart text
    contains "a chart for $columns columns" "$code $out" projection
done

# ---- nothing but text: no colour, no escapes ----

for variable in NO_COLOR=1 CLICOLOR_FORCE=1 FORCE_COLOR=1; do
    out=$(env "$variable" "$TRADEFLOW" growth flows.csv --format table --chart text 2>&1)
    if [ -n "$out" ] && ! grep -q $'\033' <<<"$out"; then
        ok "no escapes with $variable"
    else
        not_ok "no escapes with $variable" "$out"
    fi
done

# ---- recipes ----

run share flows.csv --period 2020:2021 --top 1 --format json -o result.json
"$TRADEFLOW" --recipe result.json --format json >again.json
same 'a recipe gives the same bytes again' "$(cmp result.json again.json 2>&1)" ''
gives 'an option overrides the recipe' 'period,share
2022,0.75' --recipe result.json --period 2022 --show period,share
gives 'a file overrides the recipe' 'partner,share
RUS,1' share --recipe result.json russia.csv --period 2020 --show partner,share
input=result.json gives 'a recipe from standard input' 'period,share
2022,0.75' --recipe - --period 2022 --show period,share
run compare china.csv --with russia.csv --format json -o compared.json
gives 'a recipe of two tables' 'period,ratio
2021,1' --recipe=compared.json --period 2021 --show period,ratio -q
printf 'reporter;partner;flow;period;value\nBLR;CHN;X;2020;1.234,5\n' >german.csv
run aggregate german.csv --decimal , --thousands . --currency EUR --format json -o german.json
gives 'a recipe remembers how a file was read' 'value
1234.5' --recipe german.json --show value
run explain result.json
contains 'explain names the operation' "$out" 'share: '
contains 'explain names the file' "$out" '  flows.csv'
contains 'explain names what was chosen' "$out" 'period = 2020:2021'
contains 'explain marks a default' "$out" 'missing = propagate (default)'
head=reporterISO,reporterCode,reporterDesc,partnerISO,partnerCode,partnerDesc
head=$head,cmdCode,flowCode,period,primaryValue
printf '%s\nDEU,276,,CHN,156,,TOTAL,X,2020,1\n' "$head" >new.csv
tr , '\n' <<<"$head" | paste -s - | awk '{
    split("DEU 276 - CHN 156 - TOTAL X 2021 2", value, " ")
    printf "{\"data\":[{"
    for (i = 1; i <= NF; i++) printf "%s\"%s\":\"%s\"", (i > 1 ? "," : ""), $i, value[i]
    print "}]}"
}' >new.json
"$TRADEFLOW" aggregate new.csv new.json --format json -q -o layouts.json
gives 'a recipe of files of several layouts' 'period,value
2020,1
2021,2' --recipe layouts.json --show period,value
fails 'a recipe of another operation' 2 'this is a recipe of share, not of growth' \
    growth --recipe result.json
fails 'a recipe that is none' 1 'flows.csv:1: this is no JSON' --recipe flows.csv
fails 'a recipe that is not there' 3 'nowhere.json: cannot read' --recipe nowhere.json
fails 'explain without a file' 2 'explain needs a result' explain
fails 'explain with two' 2 'explain takes one file' explain a b

# ---- wrong usage: 2, and what was meant ----

fails 'nothing at all' 2 'usage: tradeflow'
fails 'unknown operation' 2 'there is no operation "grwoth"; did you mean growth?' grwoth flows.csv
fails 'unknown option' 2 'unknown option "--repoter"; did you mean --reporter?' \
    growth flows.csv --repoter BLR
fails 'unknown option with a value' 2 'unknown option "--partnr"; did you mean --partner?' \
    growth flows.csv --partnr=BLR
fails 'unknown short option' 2 'unknown option "-x"' growth flows.csv -x
fails 'unknown option before the operation' 2 'unknown option "--foo"' --foo growth flows.csv
fails 'ambiguous option' 2 'ambiguous option "--un"' growth flows.csv --un 1
fails 'no value' 2 '--partner needs a value' growth flows.csv --partner
fails 'an option for a value' 2 '--partner needs a value, found the option --by' \
    growth flows.csv --partner --by reporter
fails 'a value for none' 2 '--quiet takes no value' growth flows.csv --quiet=1
fails 'unknown word' 2 '--missing: found "skp", .*; did you mean skip?' growth flows.csv --missing skp
fails 'unknown word of a list' 2 '--by: found "partnr".*did you mean partner?' growth flows.csv --by partnr
fails 'not a whole number' 2 '--lag: found "x"' growth flows.csv --lag x
fails 'out of bounds' 2 '--lag: found 0' growth flows.csv --lag 0
fails 'no period' 2 '--period: found "2022-13"' growth flows.csv --period 2022-13
fails 'unknown country' 2 '--partner: found "Atlantis"' growth flows.csv --partner Atlantis
fails 'unknown format' 2 'there is no format "jsno".*did you mean json?' growth flows.csv --format jsno
fails 'unknown layout' 2 'there is no layout "bacci"; did you mean baci?' growth flows.csv --layout bacci
fails 'unknown way of errors' 2 '--errors: found "xml"' growth flows.csv --errors xml
fails 'unknown chart' 2 '--chart: found "pie", expected text or svg:FILE' growth flows.csv --chart pie
fails 'chart without a file' 2 '--chart: found "svg:"' growth flows.csv --chart svg:
fails 'nothing to draw' 2 'nothing to draw' describe flows.csv --chart text
fails 'chart inside CSV' 2 '--chart text stands below a table' growth flows.csv --chart text --format csv
fails 'no page' 2 '--html: growth makes no page' growth flows.csv --html page.html
fails 'unknown column' 2 'no column "grwth"; did you mean growth?' growth flows.csv --show grwth
fails 'the same column twice' 2 'comes twice' growth flows.csv --show value,value
fails 'two characters for one' 2 '--delimiter: found ";;"' growth flows.csv --delimiter ';;'
fails 'neither error nor keep' 2 '--unknown: found "skip", expected error or keep' \
    growth flows.csv --unknown skip
fails 'no file' 2 'growth needs a file of flows, or - for standard input' growth
fails 'one file for two' 2 'compare needs two tables' compare flows.csv
fails 'two tables for one' 2 'growth takes one table' growth flows.csv --with flows.csv
fails 'standard input twice' 2 'can be read only once' growth - -
fails 'a file without a name' 2 'a file has no name' growth ''
fails 'help on nothing' 2 'there is no operation "nothing"' help nothing
fails 'unknown shell' 2 'expected bash, zsh or fish' completion csh
fails 'an option that layouts does not take' 2 'found "--partner"' layouts --partner x

# ---- data that cannot be used: 1, with the place ----

printf 'reporter,partner,flow,period,value\nBLR,CHN,X,2020,1\nBLR,CHN,X,2021,1.2.3\n' >bad.csv
fails 'not a number' 1 'tradeflow: bad.csv:3: field 5 (value): found "1.2.3"' growth bad.csv
printf 'reporter,partner,flow,period,value\nBLR,Atlantis,X,2020,1\n' >unknown.csv
fails 'unknown country in a file' 1 'unknown.csv:2: field 2 (partner): .*--unknown keep' growth unknown.csv
printf 'reporter,partner,flow,period,value\nBLR,CHN,X,2020,-1\n' >negative.csv
fails 'negative flow' 1 'negative.csv:2: field 5 (value): .*--allow-negative' growth negative.csv
printf 'reporter,partner,flow,period,value\nBLR,CHN,X,2020,1\nBLR,CHN,X,2020,2\n' >twice.csv
fails 'the same cell twice' 1 'twice.csv' growth twice.csv
: >empty.csv
fails 'empty file' 1 'empty.csv' growth empty.csv
printf 'a,b\n1,2\n' >strange.csv
fails 'unknown header' 1 'strange.csv' growth strange.csv

header='reporter,partner,flow,period,value'
bad_input() {
    { echo "$header"; printf '%b' "$3"; } >row.csv
    fails "$1" 1 "^tradeflow: row.csv:$2" growth row.csv
}
bad_input 'header only' '1: ' ''
bad_input 'a field too few' '2: found 4 fields, expected 5' 'BLR,CHN,X,2020\n'
bad_input 'two fields too many' '2: found 7 fields, expected 5' 'BLR,CHN,X,2020,1,2,3\n'
bad_input 'a NUL byte' '2: field 1: ' 'BLR,C\0N,X,2020,1\n'
bad_input 'an unterminated quote' '2: field 5: ' 'BLR,CHN,X,2020,"1\n'
bad_input 'a number too large to hold' '2: field 5 (value): found "1e999"' 'BLR,CHN,X,2020,1e999\n'
bad_input 'a month that is none' '2: field 4 (period): found "2022-13"' 'BLR,CHN,X,2022-13,1\n'
{ echo "$header"; printf 'BLR,'; head -c 20000000 /dev/zero | tr '\0' x; echo ',X,2020,1'; } >wide.csv
fails 'a field of 20 MB' 1 '^tradeflow: wide.csv:2: field 2: ' growth wide.csv
rm wide.csv

# ---- files that cannot be read or written: 3, and nothing half-written ----

fails 'no such file' 3 'nowhere.csv: no such file' growth nowhere.csv
fails 'a folder' 3 '^tradeflow: \.: ' growth .
fails 'output in no folder' 3 'nowhere/x.csv: cannot write' growth flows.csv -o nowhere/x.csv
mkdir folder
fails 'output into a folder' 3 'folder: cannot write: this is a folder' growth flows.csv -o folder
same 'and the folder is left alone' "$(find folder -mindepth 1)" ''
echo before >kept.csv
fails 'a failed run' 1 'bad.csv' growth bad.csv -o kept.csv
same 'leaves the output as it was' "$(cat kept.csv)" before
(
    umask 027
    "$TRADEFLOW" aggregate flows.csv -o masked.csv
)
same 'a new file has the permissions of any new file' "$(stat -c %a masked.csv)" 640
chmod 604 kept.csv
run aggregate flows.csv --show value -o kept.csv
same 'an old one keeps its own' "$(stat -c %a kept.csv)" 604
same 'and has the new content' "$(head -n 2 kept.csv | tail -n 1)" 400
ln -s kept.csv link.csv
run aggregate china.csv --show value -o link.csv
same 'a link stays a link' "$(readlink link.csv) $(head -n 2 kept.csv | tail -n 1)" 'kept.csv 100'
cp flows.csv self.csv
run aggregate self.csv --show period,value -o self.csv
same 'the output may be the input' "$(cat self.csv)" 'period,value
2020,400
2021,300
2022,400'
same 'no file is left behind' "$(find . -name '*.csv.??????')" ''
if [ "$(id -u)" != 0 ]; then
    mkdir closed && chmod a-w closed
    fails 'a folder without permission' 3 'Permission denied' growth flows.csv -o closed/x.csv
    chmod u+w closed
    chmod a-w kept.csv
    fails 'a file without permission' 3 'Permission denied' growth flows.csv -o kept.csv
fi
if [ -c /dev/full ]; then
    fails 'a full disk' 3 '/dev/full: cannot write: No space left on device' growth flows.csv -o /dev/full
    output=/dev/full fails 'a full disk behind standard output' 3 \
        'standard output: cannot write: No space left on device' growth flows.csv
    output=/dev/full fails 'help on a full disk' 3 'No space left' help
    output=/dev/full fails 'version on a full disk' 3 'No space left' version
else
    skip 'a full disk' 'no /dev/full'
fi
err=$("$TRADEFLOW" growth flows.csv 2>&1 >&-)
same 'a closed standard output' "$? $err" \
    '3 tradeflow: standard output: cannot write: Bad file descriptor'

# ---- a reader that has gone is no error to talk about ----

err=$({ "$TRADEFLOW" growth flows.csv | false; } 2>&1)
same 'a closed pipe is quiet' "$err" ''
# shellcheck disable=SC2064 # expanding now is meant
gone() { (
    trap "$1" PIPE
    { sleep 0.2; "$TRADEFLOW" help growth; echo "code $?" >&2; } | true
) 2>&1; }
same 'a closed pipe ends as SIGPIPE does' "$(gone -)" 'code 141'
same 'also where SIGPIPE is ignored' "$(gone '')" 'code 141'

# ---- errors as JSON ----

fails 'an error as JSON' 1 '^{"status":"TFLOW_EPARSE","file":"bad.csv","line":3,"field":5,"column":"value","message":"found \\"1.2.3\\".*}$' \
    growth bad.csv --errors json
fails 'wrong usage as JSON, option first' 2 '^{"status":"TFLOW_EINVAL",.*"message":"unknown option \\"--foo\\".*}$' \
    growth --foo --errors=json flows.csv
fails 'a wrong parameter as JSON names it' 2 '"column":"lag"' growth flows.csv --lag 0 --errors json
fails 'a missing file as JSON' 3 '^{"status":"TFLOW_EIO","file":"nowhere.csv",' \
    growth nowhere.csv --errors json

# ---- notes: below a table, else on standard error, and not when told ----

printf 'reporter,partner,flow,period,value,status\nBLR,CHN,X,2020,5,A\nBLR,RUS,X,2020,,O\n' >gap.csv
run aggregate gap.csv --missing skip --show value,n_missing
same 'notes stay out of CSV' "$out" 'value,n_missing
5,1'

# ---- what is made of the registry ----

for operation in $operations; do
    run help "$operation"
    contains "help on $operation" "$code $out" "0 tradeflow $operation - "
    run "$operation" --help
    contains "$operation --help" "$code $out" "0 tradeflow $operation - "
    example=$("$TRADEFLOW" operations --format json |
        sed -n "/^{\"name\":\"$operation\"/,/^ \"inputs_min\"/s/^ \"example\":\"\(.*\)\",\$/\1/p")
    if [ -n "$example" ]; then
        # The example is a command line; its words hold no blanks but quoted ones.
        eval "set -- ${example//\\\"/\"}"
        (cd / && "$TRADEFLOW" "$@" -q >/dev/null 2>"$work/err")
        same "the example of $operation runs from any folder" "$? $(cat err)" '0 '
    fi
done
run help layouts
contains 'help on a command is the overview' "$code $out" '0 tradeflow '
run help options
contains 'help options' "$out" '--unit-multiplier'
run man
contains 'the manual page' "$out" '.TH TRADEFLOW 1'
if command -v mandoc >/dev/null; then
    same 'mandoc finds nothing to say' "$(mandoc -T lint <<<"$out")" ''
fi
run completion bash
echo "$out" >completion.bash
same 'the bash completion is bash' "$(bash -n completion.bash 2>&1)" ''
complete_words() {
    bash -c '. ./completion.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _tradeflow; echo "${COMPREPLY[*]}"' \
        - "$@"
}
same 'it completes operations' "$(complete_words tradeflow gro)" growth
same 'it completes options' "$(complete_words tradeflow growth --miss)" --missing
same 'it completes words' "$(complete_words tradeflow growth --missing pr)" propagate
same 'it completes words behind =' "$(complete_words tradeflow growth --missing = z)" zero
run completion zsh
contains 'the zsh completion' "$out" '#compdef tradeflow'
run completion fish
contains 'the fish completion' "$out" 'complete -c tradeflow'

# ---- sums that are kept ----

cat >january.csv <<'CSV'
reporter,partner,flow,period,value
BLR,CHN,X,2022-01,0.1
BLR,RUS,X,2022-01,300
CSV
cat >february.csv <<'CSV'
reporter,partner,flow,period,value
BLR,CHN,X,2022-02,0.2
BLR,RUS,X,2022-02,150
CSV
cat >revised.csv <<'CSV'
reporter,partner,flow,period,value
BLR,CHN,X,2022-02,0.5
BLR,UKR,X,2022-02,5
CSV
gives 'a state is made' 'partner,period,value
CHN,2022-01,0.1
RUS,2022-01,300' aggregate january.csv --by partner --state kept.state -q --show partner,period,value
cp kept.state january.state
gives 'a month is added' 'partner,period,value
CHN,2022-01,0.1
CHN,2022-02,0.2
RUS,2022-01,300
RUS,2022-02,150' aggregate february.csv --state kept.state -q --show partner,period,value
run aggregate january.csv february.csv --by partner
once=$out
gives 'which is all at once' "$once" aggregate --state kept.state -q
cp kept.state both.state
fails 'the same month again' 1 'BLR X 2022-02 would count twice.*february.csv; use --revise' \
    aggregate february.csv --state kept.state
fails 'other keys' 2 '--by: found reporter, but the state was made with partner,flow' \
    aggregate february.csv --state kept.state --by reporter
fails 'another currency' 1 'unit: found EUR, but that of the state is none' \
    aggregate revised.csv --currency EUR --state kept.state --revise
same 'a refusal changes nothing' "$(cmp kept.state both.state && echo same)" same
gives 'a revision reports what changed' 'partner,period,change,before,after,difference,ratio
CHN,2022-02,changed,0.2,0.5,0.3,2.5
RUS,2022-02,removed,150,,,
UKR,2022-02,added,,5,,' aggregate revised.csv --state kept.state --revise -q \
    --show partner,period,change,before,after,difference,ratio
run aggregate january.csv revised.csv --by partner
once=$out
gives 'revised is a fresh run' "$once" aggregate --state kept.state -q
run aggregate revised.csv --state kept.state --subtract
same 'subtracted is the state before' "$(cmp kept.state january.state && echo same)" same
fails 'what was not added' 2 'BLR X 2022-02 differs' aggregate february.csv --state kept.state --subtract
fails 'a revision without a state' 2 'name its file' aggregate revised.csv --revise
fails 'a state that is not there' 3 'nowhere: cannot read: No such file' aggregate --state nowhere
fails 'nothing to add up' 2 'needs a file of flows' aggregate
fails 'no state' 1 'flows.csv: this is no state' aggregate january.csv --state flows.csv
same 'a file that is none stays' "$(head -n 1 flows.csv)" 'reporter,partner,flow,period,value'
head -c 200 both.state >cut.state
fails 'a state that is cut short' 1 'cut.state: .*damaged or cut short' aggregate --state cut.state
printf 'TFSTATE\n\2\0\0\0' >newer.state
fails 'a state of another version' 1 'newer.state: found a state of version 2' aggregate --state newer.state
fails 'a folder as state' 3 'cannot read: Is a directory' aggregate january.csv --state .
cp january.state kept.state
(
    trap '' XFSZ # a limit of file size is a disk that is full: the write fails
    ulimit -f 0
    exec 2>/dev/null
    "$TRADEFLOW" aggregate february.csv --state kept.state | cat >/dev/null
    exit "${PIPESTATUS[0]}"
)
same 'a disk that is full' "$?" 3
same 'leaves the state as it was' "$(cmp kept.state january.state && echo same)" same
same 'and nothing beside it' "$(find . -name 'kept.state.*')" ''
if [ "$(id -u)" != 0 ]; then
    mkdir shut && cp january.state shut/kept.state && chmod a-w shut
    fails 'a state in a closed folder' 3 'shut/kept.state: cannot write: Permission denied' \
        aggregate february.csv --state shut/kept.state
    same 'is as it was' "$(cmp shut/kept.state january.state && echo same)" same
    chmod u+w shut
fi

# ---- what can be read once ----

mkfifo once.csv
printf 'reporter,partner,product,flow,period,value\nBLR,DEU,02,X,2020,5\nBLR,DEU,01,X,2020,7\n' >once.csv &
gives 'products out of order through a pipe' 'value
12' aggregate once.csv --show value
printf 'reporter,partner,product,flow,period,value\n%s\n%s\n' BLR,DEU,01,X,2020,1e29 BLR,DEU,01,X,2021,1 >large.csv
gives 'what is too large is only so where it is asked for' 'value
1' aggregate large.csv --period 2021 --show value

# Read again because the products are out of order, and said once.
printf 'reporter,partner,product,flow,period,value\n%s\n%s\n%s\n' \
    BLR,DEU,02,X,2020,5 BLR,DEU,03,X,2020,-5 BLR,DEU,01,X,2020,7 >twice.csv
same 'a note of reading comes once' \
    "$("$TRADEFLOW" aggregate twice.csv --bad-rows skip 2>&1 >/dev/null | grep -c 'set aside')" 1

# ---- interrupted ----

mkfifo slow.csv
{ cat flows.csv; sleep 4; } >slow.csv &
env --default-signal=INT "$TRADEFLOW" growth slow.csv -o never.csv 2>interrupted.txt &
waiting=$!
sleep 1.5
kill -INT "$waiting"
wait "$waiting"
same 'an interrupt ends a reading at once, as one does' "$?" 130
contains 'and says that nothing was written' "$(cat interrupted.txt)" 'nothing was written'
same 'nor is there a file' "$(ls never.csv 2>/dev/null)" ''

# ---- what must hold on the data that ships, computed independently of this project ----

china=data/belarus/china_imports_2010_2022.csv
baci=data/belarus/baci_belarus_partners_2000_2020.csv
# China's reported imports from Belarus (IMF DOTS): 1811609400 / 1089646360 - 1.
near 'growth 2021 to 2022' 0.662566 1e-6 growth $china --partner BLR --period 2022 --show growth
near 'exports of Belarus in 2020, thousand USD' 28120344.886 1e-10 \
    aggregate $baci --reporter BLR --period 2020 --show value
near 'share of China' 0.0301734 1e-5 share $baci --reporter BLR --partner CHN --period 2020 --show share
near 'share of Russia' 0.4572369 1e-6 share $baci --reporter BLR --partner RUS --period 2020 --show share
near 'HHI in 2020' 0.2305030 1e-6 concentration $baci --reporter BLR --period 2020 --show hhi
near 'partners in 2020' 172 0 concentration $baci --reporter BLR --period 2020 --show n_active
near 'equivalent number' 4.338339 1e-6 \
    concentration $baci --reporter BLR --period 2020 --show equivalent_number
near 'top three' 0.6141271 1e-6 \
    concentration $baci --reporter BLR --period 2020 --k 3 --show concentration_ratio
near 'HHI in 2000' 0.2644465 1e-6 concentration $baci --reporter BLR --period 2000 --show hhi
near 'partners in 2000' 128 0 concentration $baci --reporter BLR --period 2000 --show n_active
near 'CAGR 2000 to 2020' 0.08649061 1e-7 trend $baci --reporter BLR --partner CHN --show cagr
near 'least-squares b' 0.05992031 1e-7 trend $baci --reporter BLR --partner CHN --show b
near 'least-squares growth' 0.06175193 1e-7 \
    trend $baci --reporter BLR --partner CHN --show least_squares_growth
near 'its standard error' 0.01171399 1e-6 \
    trend $baci --reporter BLR --partner CHN --show b_standard_error
run report data/belarus/belarus_reports_2014_2021.csv --with $china --with $baci --reporter BLR --partner CHN
contains 'the report calls the largest partner by its name' "$out" '(rank 6)   Russia 45.7 %'

finish
