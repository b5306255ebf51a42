# SPDX-License-Identifier: GPL-3.0-or-later
# Makes lib/codes/tables.c of the files of data/codes:
#     LC_ALL=C awk -f codes.awk iso_3166_1.csv other_areas.csv ... > table.c
# Any awk; bytes, not characters, hence LC_ALL=C. Stops at a text that means two areas.

function fail(message) {
    print "codes.awk: " FILENAME ":" FNR ": " message > "/dev/stderr"
    failed = 1
    exit 1
}

# The fields of a CSV line, quoted or not, into field[1..]; their number.
function split_csv(line,    n, inside, i, c, text) {
    n = 0; inside = 0; text = ""
    sub(/\r$/, "", line)
    for (i = 1; i <= length(line); i++) {
        c = substr(line, i, 1)
        if (inside) {
            if (c != "\"")
                text = text c
            else if (substr(line, i + 1, 1) == "\"") {
                text = text c; i++
            } else
                inside = 0
        } else if (c == "\"")
            inside = 1
        else if (c == ",") {
            field[++n] = text; text = ""
        } else
            text = text c
    }
    field[++n] = text
    return n
}

# The key of a name: the same as tflow_i_name_key in lib/codes/name.c.
function name_key(text,    i, n, word, key) {
    i = index(tolower(text), "(incl.")
    if (i > 0)
        fail("(incl. ...) is never part of a name: " text)
    gsub(/&/, " and ", text)
    for (i = 0; i < 192; i++)
        if (index(text, letter[i]) > 0)
            gsub(letter[i], latin[i], text)
    for (i = 1; i <= signs; i++)
        gsub(sign[i], "", text)
    text = tolower(text)
    if (text ~ /[\200-\377]/)
        fail("a letter that is not in the table: " text)
    gsub(/[^a-z0-9]/, " ", text)
    n = split(text, word, " ")
    key = ""
    for (i = 1; i <= n; i++)
        key = key (word[i] == "st" ? "saint" : word[i])
    return key
}

function sort(a, first, last,    i, j, pivot, t) {
    if (first >= last)
        return
    pivot = a[int((first + last) / 2)] ""
    i = first; j = last
    while (i <= j) {
        while ((a[i] "") < pivot) i++
        while ((a[j] "") > pivot) j--
        if (i <= j) {
            t = a[i]; a[i] = a[j]; a[j] = t
            i++; j--
        }
    }
    sort(a, first, j)
    sort(a, i, last)
}

function quoted(text) {
    gsub(/\\/, "\\\\", text)
    gsub(/"/, "\\\"", text)
    return "\"" text "\""
}

# keys[1..n] sorted of the indices of an array
function sorted_keys(table,    k, n) {
    n = 0
    for (k in table)
        keys[++n] = k
    sort(keys, 1, n)
    return n
}

function add_area(code, kind, alpha2, numeric, from, to, name) {
    if (code in area_kind)
        fail("area " code " is there twice")
    area_kind[code] = kind
    area_row[code] = quoted(code) ", " quoted(alpha2) ", " quoted(name) ", " \
        (numeric == "" ? -1 : numeric + 0) ", " from + 0 ", " to + 0 ", " kinds[kind]
    add(codes, toupper(code), code)
    if (alpha2 != "")
        add(codes, alpha2, code)
    if (numeric != "")
        add(numbers, sprintf("%05d", numeric), code)
    add(names, name_key(name), code)
}

function add(table, text, code) {
    if (text == "")
        fail("an empty text for " code)
    if (text in table && table[text] != code)
        fail(text " means " table[text] " and " code)
    table[text] = code
}

# The number of an area that must be known.
function id(code) {
    if (!(code in number)) {
        print "codes.awk: no area " code > "/dev/stderr"
        failed = 1
        exit 1
    }
    return number[code]
}

function text_table(symbol, table,    n, i) {
    n = sorted_keys(table)
    print "const tflow_i_text_row " symbol "[] = {"
    for (i = 1; i <= n; i++)
        print "    {" quoted(keys[i]) ", " id(table[keys[i]]) "},"
    print "};"
    print "const size_t " symbol "_n = " n ";\n"
}

function day(date) {
    gsub(/-/, "", date)
    return date + 0
}

BEGIN {
    kinds["member"] = 1; kinds["special"] = 2; kinds["world"] = 3; kinds["aggregate"] = 4
    # Letters of U+00C0 to U+017F in order; "-" is a sign.
    split("a a a a a a ae c e e e e i i i i d n o o o o o - o u u u u y th ss " \
          "a a a a a a ae c e e e e i i i i d n o o o o o - o u u u u y th y " \
          "a a a a a a c c c c c c c c d d d d e e e e e e e e e e " \
          "g g g g g g g g h h h h i i i i i i i i i i ij ij j j k k k " \
          "l l l l l l l l l l n n n n n n n n n o o o o o o oe oe " \
          "r r r r r r s s s s s s s s t t t t t t u u u u u u u u u u u u " \
          "w w y y y z z z z z z s", list, " ")
    for (i = 0; i < 192; i++) {
        latin[i] = list[i + 1] == "-" ? "" : list[i + 1]
        letter[i] = sprintf("%c%c", 195 + int(i / 64), 128 + i % 64)
    }
    # No-break space, section, copyright, acute accent, quarter; curly apostrophes.
    signs = split("\302\240 \302\247 \302\251 \302\264 \302\274 " \
                  "\342\200\230 \342\200\231", sign, " ")
}

FNR == 1 {
    file = FILENAME
    sub(/^.*\//, "", file)
    next
}

{ n = split_csv($0) }

file == "iso_3166_1.csv" {
    add_area(field[2], "member", field[1], field[3], "", "", field[4])
    add(names, name_key(field[5]), field[2])
    next
}
file == "other_areas.csv" {
    if (!(field[2] in kinds))
        fail("no such kind: " field[2])
    add_area(field[1], field[2], field[3], field[4], field[5], field[6], field[7])
    next
}
file == "alias_codes.csv" {
    if (field[1] ~ /^[0-9]+$/)
        add(numbers, sprintf("%05d", field[1]), field[2])
    else
        add(codes, toupper(field[1]), field[2])
    next
}
file == "names.csv" { add(names, name_key(field[1]), field[2]); next }
file == "ambiguous.csv" { ambiguous[name_key(field[1])] = field[2]; next }
file == "us_census_schedule_c.csv" { add(schedule, field[1], field[2]); next }
file == "country_groups.csv" {
    if (field[1] != group[groups])
        group[++groups] = field[1]
    size[groups]++
    member[++members] = field[2]
    member_days[members] = day(field[3]) ", " day(field[4])
    next
}
{ fail("not a file of data/codes") }

END {
    if (failed)
        exit 1
    print "/* Made by tools/codes.awk of data/codes: change those. */"
    print "#include \"codes/tables.h\"\n"

    areas = sorted_keys(area_row)
    print "const tflow_i_area_row tflow_i_areas[] = {"
    for (i = 1; i <= areas; i++) {
        number[keys[i]] = i - 1
        print "    {" area_row[keys[i]] "},"
    }
    print "};"
    print "const size_t tflow_i_areas_n = " areas ";\n"

    text_table("tflow_i_area_codes", codes)
    text_table("tflow_i_area_names", names)
    text_table("tflow_i_schedule_c", schedule)

    n = sorted_keys(numbers)
    print "const tflow_i_number_row tflow_i_area_numbers[] = {"
    for (i = 1; i <= n; i++)
        print "    {" keys[i] + 0 ", " id(numbers[keys[i]]) "},"
    print "};"
    print "const size_t tflow_i_area_numbers_n = " n ";\n"

    n = sorted_keys(ambiguous)
    print "const tflow_i_ambiguous_row tflow_i_ambiguous[] = {"
    for (i = 1; i <= n; i++) {
        if (keys[i] in names) {
            print "codes.awk: ambiguous, yet a name: " keys[i] > "/dev/stderr"
            exit 1
        }
        print "    {" quoted(keys[i]) ", " quoted(ambiguous[keys[i]]) "},"
    }
    print "};"
    print "const size_t tflow_i_ambiguous_n = " n ";\n"

    print "const tflow_group_member tflow_i_group_members[] = {"
    for (i = 1; i <= members; i++)
        print "    {" id(member[i]) ", " member_days[i] "},"
    print "};\n"
    print "const tflow_i_group_row tflow_i_groups_table[] = {"
    first = 0
    for (i = 1; i <= groups; i++) {
        print "    {" id(group[i]) ", " first ", " size[i] "},"
        first += size[i]
    }
    print "};"
    print "const size_t tflow_i_groups_table_n = " groups ";\n"

    print "const char tflow_i_latin[192][3] = {"
    for (i = 0; i < 192; i++)
        print "    " quoted(latin[i]) ","
    print "};"
}
