/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "codes/codes.h"
#include "codes/tables.h"
#include "test.h"

#include <stdint.h>

#define COLUMNS 4

/* One tab-separated line of tests/data/codes; 0 at the end of the file. */
static int next_row(FILE *file, char line[1024], const char *column[COLUMNS])
{
    size_t n = 0;

    if (fgets(line, 1024, file) == NULL)
        return 0;
    line[strcspn(line, "\n")] = '\0';
    for (char *at = line; at != NULL && n < COLUMNS; n++) {
        char *tab = strchr(at, '\t');
        column[n] = at;
        if (tab != NULL)
            *tab++ = '\0';
        at = tab;
    }
    for (; n < COLUMNS; n++)
        column[n] = NULL;
    return 1;
}

static FILE *open_labels(const char *name)
{
    char path[128];
    FILE *file;

    snprintf(path, sizeof path, "tests/data/codes/%s", name);
    file = fopen(source_path(path), "r");
    ck_assert_ptr_nonnull(file);
    return file;
}

/* text means the area with this code */
static void expect(const char *text, const char *code, const char *why)
{
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_area area, again;
    tflow_status status = tflow_area_find(text, strlen(text), &area, &error);

    ck_assert_msg(status == TFLOW_OK, "%s: %s: %s", why, text, error.message);
    ck_assert_msg(strcmp(area.code, code) == 0, "%s: %s is %s, expected %s", why, text,
                  area.code, code);
    ck_assert_int_eq(tflow_area_get(area.id, &again), TFLOW_OK);
    ck_assert_str_eq(again.code, code);
}

static void expect_unknown(const char *text, const char *hint)
{
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_area area;

    ck_assert_msg(tflow_area_find(text, strlen(text), &area, &error) == TFLOW_EUNKNOWN,
                  "%s is %s", text, area.code);
    ck_assert_int_eq(area.id, -1);
    ck_assert_ptr_null(area.code);
    ck_assert_int_eq(error.status, TFLOW_EUNKNOWN);
    ck_assert_msg(strstr(error.message, hint) != NULL, "%s: no '%s' in '%s'", text,
                  hint, error.message);
}

/* Columns: alpha-3, alpha-2, numeric, name; from the country-codes data package, which
 * is not what the tables are made of. */
START_TEST(iso_codes)
{
    FILE *file = open_labels("iso.txt");
    char line[1024];
    const char *column[COLUMNS];
    int n = 0;

    while (next_row(file, line, column)) {
        char small[8] = "";
        tflow_area area;
        expect(column[0], column[0], "alpha-3");
        expect(column[1], column[0], "alpha-2");
        expect(column[2], column[0], "numeric");
        expect(column[2] + strspn(column[2], "0"), column[0], "no leading zeros");
        expect(column[3], column[0], "name");
        for (size_t i = 0; i < strlen(column[0]); i++)
            small[i] = (char)(column[0][i] + 32);
        expect(small, column[0], "lower case");
        ck_assert_int_eq(tflow_area_find(column[0], 3, &area, NULL), TFLOW_OK);
        ck_assert_str_eq(area.alpha2, column[1]);
        ck_assert_int_eq(area.numeric, atoi(column[2]));
        ck_assert_int_eq(area.kind, TFLOW_AREA_MEMBER);
        ck_assert_int_eq(area.to_year, 0);
        n++;
    }
    fclose(file);
    ck_assert_int_eq(n, 249);
}
END_TEST

/* Files of labels: how many rows, which columns are texts, and which the code expected
 * for them. BACI and UN Comtrade give the code themselves, beside the label. */
static const struct {
    const char *file;
    int rows;
    int text[3];
    int code;
} labels[] = {
    {"comtrade.txt", 208, {0, 1, 2}, 3},    {"baci.txt", 238, {0, 2, -1}, 3},
    {"ots.txt", 224, {0, -1, -1}, 1},       {"wits.txt", 266, {0, -1, -1}, 1},
    {"imf.txt", 212, {0, -1, -1}, 1},       {"eurostat.txt", 252, {0, -1, -1}, 1},
    {"us_census.txt", 448, {1, -1, -1}, 3},
};

START_TEST(labels_of_sources)
{
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        FILE *file = open_labels(labels[i].file);
        char line[1024];
        const char *column[COLUMNS];
        int rows = 0;
        while (next_row(file, line, column)) {
            for (size_t j = 0; j < 3 && labels[i].text[j] >= 0; j++)
                expect(column[labels[i].text[j]], column[labels[i].code],
                       labels[i].file);
            rows++;
        }
        fclose(file);
        ck_assert_int_eq(rows, labels[i].rows);
    }
}
END_TEST

START_TEST(schedule_c)
{
    FILE *file = open_labels("us_census.txt");
    char line[1024];
    const char *column[COLUMNS];
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_area area;

    while (next_row(file, line, column)) {
        ck_assert_int_eq(
            tflow_i_area_schedule_c(column[0], strlen(column[0]), &area, &error),
            TFLOW_OK);
        ck_assert_msg(strcmp(area.code, column[2]) == 0, "%s is %s, expected %s",
                      column[0], area.code, column[2]);
    }
    fclose(file);
    ck_assert_int_eq(tflow_i_area_schedule_c("9999", 4, &area, &error), TFLOW_EUNKNOWN);
    ck_assert_ptr_nonnull(strstr(error.message, "9999"));
    ck_assert_int_eq(tflow_i_area_schedule_c("", 0, &area, &error), TFLOW_EUNKNOWN);
}
END_TEST

/* Of two rows that one file has for one year, each has an area of its own. */
START_TEST(schedule_c_has_no_twins)
{
    static const char *const twins[][2] = {
        {"7320", "7321"}, {"7740", "7749"}, {"5080", "5081"},
        {"5210", "5220"}, {"0004", "0015"}, {"5082", "5083"},
    };
    for (size_t i = 0; i < sizeof twins / sizeof *twins; i++) {
        tflow_area a, b;
        ck_assert_int_eq(tflow_i_area_schedule_c(twins[i][0], 4, &a, NULL), TFLOW_OK);
        ck_assert_int_eq(tflow_i_area_schedule_c(twins[i][1], 4, &b, NULL), TFLOW_OK);
        ck_assert_int_ne(a.id, b.id);
    }
}
END_TEST

static const struct {
    const char *text;
    const char *code;
    const char *why;
} texts[] = {
    {"blr", "BLR", "alpha-3 in any case"},
    {"bY", "BLR", "alpha-2 in any case"},
    {"112", "BLR", "M49"},
    {"004", "AFG", "leading zeros"},
    {"4", "AFG", "no leading zeros"},
    {"0004", "AFG", "more zeros: not the Census code, which has its own namespace"},
    {"0", "WLD", "UN Comtrade's World"},
    {"000", "WLD", "WITS' World"},
    {"W00", "WLD", "UN Comtrade's World"},
    {"WLD", "WLD", "World Bank's World"},
    {"WORLD", "WLD", "Eurostat's World"},
    {" World", "WLD", "WITS writes a blank before it"},
    {"_X ", "_X", "UN Comtrade writes a blank after it"},
    {"XX ", "XX", "the same"},
    {"X1", "X1", "bunkers"},
    {"837", "X1", "bunkers by number"},
    {"S19", "S19", "other Asia"},
    {"490", "S19", "other Asia by number"},
    {"492", "MCO", "ISO before UN Comtrade"},
    {"Europe EU, nes", "EU_NES", "UN Comtrade's 492"},
    {"842", "USA", "UN Comtrade's USA"},
    {"840", "USA", "M49's"},
    {"699", "IND", "UN Comtrade's India"},
    {"356", "IND", "M49's"},
    {"757", "CHE", "UN Comtrade's Switzerland"},
    {"251", "FRA", "UN Comtrade's France"},
    {"579", "NOR", "UN Comtrade's Norway"},
    {"58", "BLX", "Belgium-Luxembourg is not Belgium"},
    {"280", "DEU_1990", "nor is the Federal Republic the Germany of today"},
    {"736", "SDN_2011", "nor Sudan with the South"},
    {"810", "SUN", "USSR"},
    {"SUN", "SUN", "USSR"},
    {"SU", "SUN", "USSR"},
    {"SVU", "SUN", "WITS' code of it"},
    {"YUG", "YUG", "ISO 3166-3"},
    {"CSK", "CSK", "ISO 3166-3"},
    {"DDR", "DDR", "ISO 3166-3"},
    {"SCG", "SCG", "ISO 3166-3"},
    {"ANT", "ANT", "ISO 3166-3"},
    {"ZA1", "ZA1", "Southern African Customs Union"},
    {"ROM", "ROU", "WITS' code of Romania"},
    {"ZAR", "COD", "WITS' code of DR Congo"},
    {"BUR", "MMR", "a code given up for another, not for another area"},
    {"EL", "GRC", "Eurostat's code of Greece"},
    {"UK", "GBR", "Eurostat's code of the United Kingdom"},
    {"XK", "XKX", "Eurostat's code of Kosovo"},
    {"_KS", "XKX", "UN Comtrade's"},
    {"EU27_2020", "EU27_2020", "Eurostat"},
    {"eu27_2020_extra", "EXTRA_EU27_2020", "Eurostat"},
    {"R4 ", "ASEAN", "UN Comtrade's reporter 975"},
    {"97", "EU", "UN Comtrade's European Union"},
    {"us_0004", "US_0004", "US Census"},
    {"belarus", "BLR", "case"},
    {"  BELARUS\t", "BLR", "blanks around"},
    {"Belarus, Republic of", "BLR", "the comma turned"},
    {"Korea, Republic of", "KOR", "the comma turned"},
    {"Korea, Democratic People's Republic of", "PRK", "an apostrophe"},
    {"Korea, Democratic People’s Republic of", "PRK", "a curly one"},
    {"C\xc3\xb4te d'Ivoire", "CIV", "accent"},
    {"CO\xcc\x82TE D'IVOIRE", "CIV", "accent as a mark on its own"},
    {"C\xf4te d'Ivoire", "CIV", "Latin-1"},
    {"C\xc3\x83\xc2\xb4te d'Ivoire", "CIV", "UTF-8 encoded twice, as BACI has it"},
    {"Cote dIvoire", "CIV", "no accent, no apostrophe"},
    {"T\xfcrkiye", "TUR", "Latin-1"},
    {"Cura\xc3\xa7\x61o", "CUW", "cedilla"},
    {"S\xc3\xa3o Tom\xc3\xa9 and Pr\xc3\xadncipe", "STP", "tilde, acute"},
    {"Tu\xcc\x88rkiye", "TUR", "combining diaeresis"},
    {"TÜRKİYE", "TUR", "capital with a dot"},
    {"Trinidad & Tobago", "TTO", "ampersand"},
    {"St. Kitts & Nevis", "KNA", "St with a point"},
    {"ST LUCIA", "LCA", "St without"},
    {"Saint Lucia", "LCA", "Saint"},
    {"Guinea", "GIN", "every source means this one"},
    {"Guinea-Bissau", "GNB", "not Guinea"},
    {"Equatorial Guinea", "GNQ", "not Guinea"},
    {"Papua New Guinea", "PNG", "not Guinea"},
    {"Congo", "COG", "UN Comtrade and Eurostat"},
    {"Congo, Dem. Rep.", "COD", "WITS"},
    {"Congo, Democratic Republic of the", "COD", "IMF"},
    {"Congo, Republic of", "COG", "IMF"},
    {"Niger", "NER", "not Nigeria"},
    {"Nigeria", "NGA", "not Niger"},
    {"Dominica", "DMA", "not the Dominican Republic"},
    {"Georgia (incl. anything, (even this) at all)", "GEO", "parentheses inside"},
    {"Belgium (INCL. Luxembourg 'LU' -> 1998", "BEL", "a parenthesis that stays open"},
    {"Ethiopia(includes Eritrea)", "ETH_1992", "no (incl.)"},
    {"Ethiopia(excludes Eritrea)", "ETH", "nor here"},
    {"Hong Kong Special Administrative Region, People's Republic of China", "HKG",
     "IMF"},
    {"Tu rkiye", "TUR", "blanks within do not matter"},
};

START_TEST(texts_and_areas)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        expect(texts[i].text, texts[i].code, texts[i].why);
}
END_TEST

static const struct {
    const char *code;
    tflow_area_kind kind;
    int32_t to_year;
} kinds[] = {
    {"BLR", TFLOW_AREA_MEMBER, 0},
    {"TWN", TFLOW_AREA_MEMBER, 0},
    {"XKX", TFLOW_AREA_MEMBER, 0},
    {"SUN", TFLOW_AREA_MEMBER, 1991},
    {"BLX", TFLOW_AREA_MEMBER, 1998},
    {"DDR", TFLOW_AREA_MEMBER, 1990},
    {"SCG", TFLOW_AREA_MEMBER, 2006},
    {"S19", TFLOW_AREA_SPECIAL, 0},
    {"_X", TFLOW_AREA_SPECIAL, 0},
    {"XX", TFLOW_AREA_SPECIAL, 0},
    {"X1", TFLOW_AREA_SPECIAL, 0},
    {"X2", TFLOW_AREA_SPECIAL, 0},
    {"F19", TFLOW_AREA_SPECIAL, 0},
    {"ASIA_NES", TFLOW_AREA_SPECIAL, 0},
    {"QW", TFLOW_AREA_SPECIAL, 0},
    {"US_8220", TFLOW_AREA_SPECIAL, 0},
    {"WLD", TFLOW_AREA_WORLD, 0},
    {"US_0004", TFLOW_AREA_AGGREGATE, 0},
    {"US_0007", TFLOW_AREA_AGGREGATE, 0},
    {"OPEC", TFLOW_AREA_AGGREGATE, 0},
    {"NAFTA", TFLOW_AREA_AGGREGATE, 0},
    {"EU27_2020", TFLOW_AREA_AGGREGATE, 0},
    {"EXTRA_EU27_2020", TFLOW_AREA_AGGREGATE, 0},
    {"SSF", TFLOW_AREA_AGGREGATE, 0},
};

START_TEST(kinds_of_areas)
{
    int worlds = 0;

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        tflow_area area;
        const char *code = kinds[i].code;
        ck_assert_int_eq(tflow_area_find(code, strlen(code), &area, NULL), TFLOW_OK);
        ck_assert_str_eq(area.code, code);
        ck_assert_msg(area.kind == kinds[i].kind, "%s is of kind %d", code, area.kind);
        ck_assert_msg(area.to_year == kinds[i].to_year, "%s to %d", code, area.to_year);
    }
    for (int32_t i = 0; i < tflow_area_count(); i++) {
        tflow_area area;
        ck_assert_int_eq(tflow_area_get(i, &area), TFLOW_OK);
        worlds += area.kind == TFLOW_AREA_WORLD;
    }
    ck_assert_int_eq(worlds, 1);
}
END_TEST

START_TEST(unknown_texts)
{
    static const char not_utf8[] = "\xff\xfe\x80";
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_area area;

    expect_unknown("Atlantis", "\"Atlantis\"");
    expect_unknown("Belarsu", "Belarus (BLR)");
    expect_unknown("Germny", "Germany (DEU)");
    expect_unknown("Kazahstan", "Kazakhstan (KAZ)");
    expect_unknown("Korea", "KOR PRK");
    expect_unknown("Virgin Islands", "VGB VIR");
    expect_unknown("CS", "CSK SCG");
    expect_unknown("EU27", "EU27_2007 EU27_2020");
    expect_unknown("XYZ", "\"XYZ\"");
    expect_unknown("999", "\"999\"");
    expect_unknown("5700", "\"5700\"");
    expect_unknown("123456789012", "\"123456789012\"");
    expect_unknown("-4", "\"-4\"");
    expect_unknown("Scale: Millions", "Scale");
    expect_unknown("", "empty");
    expect_unknown("   ", "empty");
    expect_unknown("...", "...");
    expect_unknown("\xd0\x91\xd0\xb5\xd0\xbb\xd0\xb0\xd1\x80\xd1\x83\xd1\x81\xd1\x8c",
                   "\"");                         /* Cyrillic */
    expect_unknown("Belarus\xd0\x91", "Belarus"); /* a Cyrillic letter is no noise */
    expect_unknown(not_utf8, "\"");
    ck_assert_int_eq(tflow_area_find("Belarus\0x", 9, &area, &error), TFLOW_EUNKNOWN);
    ck_assert_int_eq(tflow_area_find(NULL, 0, &area, &error), TFLOW_EUNKNOWN);
    ck_assert_int_eq(tflow_area_find(NULL, 1, &area, &error), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_area_find("BLR", 3, NULL, &error), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_area_find("Atlantis", 8, &area, NULL), TFLOW_EUNKNOWN);
    ck_assert_int_eq(tflow_area_get(-1, &area), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_area_get(tflow_area_count(), &area), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_area_get(0, NULL), TFLOW_EINVAL);
}
END_TEST

START_TEST(long_texts)
{
    static const size_t lengths[] = {100, 158, 159, 160, 161, 162, 1000, 100000};
    char *text = malloc(100000);

    ck_assert_ptr_nonnull(text);
    memset(text, 'a', 100000);
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        tflow_error error = TFLOW_ERROR_INIT;
        tflow_area area;
        ck_assert_int_eq(tflow_area_find(text, lengths[i], &area, &error),
                         TFLOW_EUNKNOWN);
        ck_assert_ptr_nonnull(strstr(error.message, "..."));
        text[lengths[i] / 2] = ',';
        ck_assert_int_eq(tflow_area_find(text, lengths[i], &area, NULL),
                         TFLOW_EUNKNOWN);
        text[lengths[i] / 2] = 'a';
    }
    memcpy(text, "Belarus (incl. ", 15);
    ck_assert_int_eq(tflow_i_area_schedule_c(text, 1000, &(tflow_area){0}, NULL),
                     TFLOW_EUNKNOWN);
    free(text);
    /* However long, "(incl. ...)" is left out. */
    text = malloc(2000);
    ck_assert_ptr_nonnull(text);
    memset(text, 'a', 1999);
    memcpy(text, "Belarus (incl. ", 15);
    text[1998] = ')';
    text[1999] = '\0';
    expect(text, "BLR", "long parenthesis");
    free(text);
}
END_TEST

/* Any bytes: no crash, and an answer that is an area or unknown. */
START_TEST(random_bytes)
{
    uint64_t state = 11;

    for (int i = 0; i < test_draws(200000); i++) {
        char text[24];
        size_t n = 0;
        tflow_area area;
        tflow_status status;
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        for (uint64_t bits = state; n < (state >> 59) && n < sizeof text; n++) {
            text[n] = (char)(bits >> 56);
            bits = bits * UINT64_C(2862933555777941757) + 3037000493U;
        }
        status = tflow_area_find(text, n, &area, NULL);
        ck_assert(status == TFLOW_OK || status == TFLOW_EUNKNOWN);
        ck_assert_int_eq(status == TFLOW_OK, area.id >= 0);
    }
}
END_TEST

static const struct {
    const char *group;
    size_t n;
    const char *in;
    const char *out;
    int32_t date;
    const char *why;
} groups[] = {
    {"EU27_2020", 27, "AUT", "GBR", 0, "fixed composition"},
    {"EU27_2020", 27, "HRV", "BLR", 20130701, "the day of accession"},
    {"EU27_2020", 27, "DEU", "HRV", 20130630, "the day before"},
    {"EU27_2020", 27, "DEU", "AUT", 19941231, "before 1995"},
    {"European Union", 28, "DEU", "GBR", 0, "today's members"},
    {"EU", 28, "GBR", "NOR", 20200131, "its last day"},
    {"EU", 28, "FRA", "GBR", 20200201, "the day after"},
    {"EU28", 28, "GBR", "CHE", 0, "with the United Kingdom"},
    {"EU27_2007", 27, "BGR", "HRV", 0, "before Croatia"},
    {"EU25", 25, "CZE", "ROU", 0, "before Bulgaria and Romania"},
    {"EU15", 15, "SWE", "POL", 0, "before the East"},
    {"EAEU", 5, "BLR", "UKR", 0, "Treaty of 29 May 2014"},
    {"EAEU", 5, "BLR", "KGZ", 20150811, "Kyrgyzstan joined the day after"},
    {"ASEAN", 11, "TLS", "PNG", 0, "Timor-Leste joined in October 2025"},
    {"ASEAN", 11, "VNM", "TLS", 20251025, "the day before"},
    {"USMCA", 3, "MEX", "CUB", 0, "three"},
    {"NAFTA", 3, "CAN", "CUB", 0, "the same three"},
    {"MERCOSUR", 4, "URY", "CHL", 0, "the founders"},
    {"EFTA", 4, "LIE", "SWE", 0, "those who stayed"},
    {"G7", 7, "JPN", "RUS", 0, "seven"},
    {"South Asia", 8, "IND", "MMR", 0, "World Bank region by name"},
};

START_TEST(group_members)
{
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        tflow_group group;
        tflow_area in, out;
        const tflow_group_member *members;
        size_t n;
        const char *name = groups[i].group;
        ck_assert_int_eq(tflow_group_find(name, strlen(name), &group, NULL), TFLOW_OK);
        ck_assert_int_eq(tflow_group_members(group.id, &members, &n), TFLOW_OK);
        ck_assert_msg(n == groups[i].n && group.n == n, "%s has %zu", name, n);
        ck_assert_int_eq(tflow_area_find(groups[i].in, 3, &in, NULL), TFLOW_OK);
        ck_assert_int_eq(tflow_area_find(groups[i].out, 3, &out, NULL), TFLOW_OK);
        ck_assert_msg(tflow_group_includes(group.id, in.id, groups[i].date), "%s: %s",
                      name, groups[i].why);
        ck_assert_msg(!tflow_group_includes(group.id, out.id, groups[i].date), "%s: %s",
                      name, groups[i].why);
    }
}
END_TEST

/* Every group is an aggregate; its members are members, in order, each once; no dated
 * membership ends before it begins. */
START_TEST(groups_are_sound)
{
    ck_assert_int_eq(tflow_group_count(), 20);
    for (int32_t i = 0; i < tflow_group_count(); i++) {
        tflow_group group;
        tflow_area area;
        const tflow_group_member *members;
        size_t n;
        int32_t last = -1;
        ck_assert_int_eq(tflow_group_get(i, &group), TFLOW_OK);
        ck_assert_int_eq(tflow_area_get(group.area, &area), TFLOW_OK);
        ck_assert_int_eq(area.kind, TFLOW_AREA_AGGREGATE);
        ck_assert_str_eq(area.code, group.code);
        ck_assert_int_eq(tflow_group_members(i, &members, &n), TFLOW_OK);
        for (size_t j = 0; j < n; j++) {
            ck_assert_int_gt(members[j].area, last);
            last = members[j].area;
            ck_assert_int_eq(tflow_area_get(last, &area), TFLOW_OK);
            ck_assert_int_eq(area.kind, TFLOW_AREA_MEMBER);
            ck_assert(members[j].to == 0 || members[j].to >= members[j].from);
        }
    }
}
END_TEST

START_TEST(group_failures)
{
    tflow_error error = TFLOW_ERROR_INIT;
    tflow_group group;
    const tflow_group_member *members;
    size_t n;

    ck_assert_int_eq(tflow_group_find("OPEC", 4, &group, &error), TFLOW_EUNKNOWN);
    ck_assert_ptr_nonnull(strstr(error.message, "OPEC"));
    ck_assert_int_eq(group.id, -1);
    ck_assert_int_eq(tflow_group_find("BLR", 3, &group, &error), TFLOW_EUNKNOWN);
    ck_assert_int_eq(tflow_group_find("nowhere", 7, &group, &error), TFLOW_EUNKNOWN);
    ck_assert_int_eq(tflow_group_find(NULL, 3, &group, &error), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_group_find("EU", 2, NULL, &error), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_group_get(-1, &group), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_group_get(tflow_group_count(), &group), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_group_get(0, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_group_members(-1, &members, &n), TFLOW_EINVAL);
    ck_assert_ptr_null(members);
    ck_assert_int_eq(tflow_group_members(0, NULL, &n), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_group_members(0, &members, NULL), TFLOW_EINVAL);
    ck_assert_int_eq(tflow_group_includes(-1, 0, 0), 0);
    ck_assert_int_eq(tflow_group_includes(0, -1, 0), 0);
}
END_TEST

static const struct {
    const char *text;
    int level;
    int is_total;
    int special;
    size_t n;
    const char *why;
} products[] = {
    {"TOTAL", 0, 1, 0, 5, "UN Comtrade"},
    {"Total", 0, 1, 0, 5, "Eurostat, WITS"},
    {"AG0", 0, 1, 0, 3, "UN Comtrade's level 0"},
    {"TOTAL-Total", 0, 1, 0, 5, "Eurostat, code with label"},
    {"TOTAL - All products", 0, 1, 0, 20, "label"},
    {"All Commodities", 0, 1, 0, 15, "UN Comtrade, label"},
    {"All products", 0, 1, 0, 12, "label"},
    {"Total EBOPS 2010 Services", 0, 1, 0, 25, "UN Comtrade services, label"},
    {"S", 0, 1, 0, 1, "UN Comtrade services, code"},
    {"SA", -1, 0, 0, 2, "a service"},
    {"Totalisators", -1, 0, 0, 12, "no total"},
    {"01", 2, 0, 0, 2, "chapter"},
    {"1", 1, 0, 0, 1, "SITC section: the zero counts"},
    {"0102", 4, 0, 0, 4, "heading"},
    {"010210", 6, 0, 0, 6, "subheading"},
    {"8542310000", 10, 0, 0, 10, "national line"},
    {"85.42", 4, 0, 0, 5, "a point is no digit"},
    {"8542.31", 6, 0, 0, 7, "nor here"},
    {"8542-Electronic integrated circuits", 4, 0, 0, 4, "code with label"},
    {"8542 ", 4, 0, 0, 4, "a blank after"},
    {"8542 Electronic integrated circuits", 4, 0, 0, 4, "blank before the label"},
    {"84-85_MachElec", -1, 0, 0, 14, "a WITS group is a range, not a code"},
    {"99", 2, 0, 1, 2, "special chapter"},
    {"9999", 4, 0, 1, 4, "not classified by kind"},
    {"999999", 6, 0, 1, 6, "not classified by kind"},
    {"9", 1, 0, 0, 1, "SITC section 9 is a class"},
    {"990", 3, 0, 0, 3, "not all nines"},
    {"9999AA", -1, 0, 0, 6, "no HS code"},
    {"Cereals", -1, 0, 0, 7, "a label"},
    {"", -1, 0, 0, 0, "nothing"},
    {".", -1, 0, 0, 1, "no digit"},
    {"-", -1, 0, 0, 1, "nor here"},
};

START_TEST(product_texts)
{
    for (size_t i = 0; i < sizeof products / sizeof *products; i++) {
        const char *text = products[i].text;
        tflow_i_product p = tflow_i_product_classify(text, strlen(text));
        ck_assert_msg(p.level == products[i].level &&
                          p.is_total == products[i].is_total &&
                          p.special == products[i].special && p.n == products[i].n,
                      "%s: %s: level %d, total %d, special %d, n %zu", text,
                      products[i].why, p.level, p.is_total, p.special, p.n);
    }
}
END_TEST

static const struct {
    const char *code;
    const char *prefix;
    int under;
} prefixes[] = {
    {"854231", "85", 1},    {"854231", "8542", 1}, {"854231", "854231", 1},
    {"8542", "854231", 0},  {"854231", "84", 0},   {"0102", "01", 1},
    {"0102", "1", 0},       {"102", "01", 0},      {"85.42.31", "8542", 1},
    {"854231", "85.42", 1}, {"854231", "", 1},     {"TOTAL", "", 0},
    {"TOTAL", "85", 0},     {"TOTAL", "Total", 1}, {"85", "TOTAL", 0},
    {"SA1", "SA", 1},       {"", "85", 0},         {"", "", 1},
};

START_TEST(product_prefixes)
{
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        ck_assert_msg(tflow_i_product_under(prefixes[i].code, strlen(prefixes[i].code),
                                            prefixes[i].prefix,
                                            strlen(prefixes[i].prefix)) ==
                          prefixes[i].under,
                      "%s under %s", prefixes[i].code, prefixes[i].prefix);
}
END_TEST

/* The tables are sorted as the search needs them, whatever awk made them, and each text
 * finds what it is listed for. */
START_TEST(tables_are_sorted)
{
    for (size_t i = 1; i < tflow_i_areas_n; i++)
        ck_assert_int_lt(strcmp(tflow_i_areas[i - 1].code, tflow_i_areas[i].code), 0);
    for (size_t i = 1; i < tflow_i_area_codes_n; i++)
        ck_assert_int_lt(
            strcmp(tflow_i_area_codes[i - 1].text, tflow_i_area_codes[i].text), 0);
    for (size_t i = 1; i < tflow_i_area_names_n; i++)
        ck_assert_int_lt(
            strcmp(tflow_i_area_names[i - 1].text, tflow_i_area_names[i].text), 0);
    for (size_t i = 1; i < tflow_i_area_numbers_n; i++)
        ck_assert_int_lt(tflow_i_area_numbers[i - 1].number,
                         tflow_i_area_numbers[i].number);
    for (size_t i = 1; i < tflow_i_schedule_c_n; i++)
        ck_assert_int_lt(
            strcmp(tflow_i_schedule_c[i - 1].text, tflow_i_schedule_c[i].text), 0);
    for (int32_t i = 0; i < tflow_area_count(); i++) {
        tflow_area area;
        ck_assert_int_eq(tflow_area_get(i, &area), TFLOW_OK);
        expect(area.code, area.code, "its own code");
        expect(area.name, area.code, "its own name");
    }
}
END_TEST

/* The names of data/codes/names.csv reach the key that the generator gave them: the two
 * implementations of the key agree. */
START_TEST(names_of_the_tables)
{
    FILE *file = fopen(source_path("data/codes/names.csv"), "r");
    char line[1024];
    int n = 0;

    ck_assert_ptr_nonnull(file);
    ck_assert_ptr_nonnull(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file) != NULL) {
        char *name = line, *source = strrchr(line, ','), *code;
        *source = '\0';
        code = strrchr(line, ',');
        *code++ = '\0';
        if (name[0] == '"') {
            name++;
            name[strlen(name) - 1] = '\0';
        }
        expect(name, code, "names.csv");
        n++;
    }
    fclose(file);
    ck_assert_int_gt(n, 500);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, iso_codes);
    tcase_add_test(tests, labels_of_sources);
    tcase_add_test(tests, schedule_c);
    tcase_add_test(tests, schedule_c_has_no_twins);
    tcase_add_test(tests, texts_and_areas);
    tcase_add_test(tests, kinds_of_areas);
    tcase_add_test(tests, unknown_texts);
    tcase_add_test(tests, long_texts);
    tcase_add_test(tests, random_bytes);
    tcase_add_test(tests, group_members);
    tcase_add_test(tests, groups_are_sound);
    tcase_add_test(tests, group_failures);
    tcase_add_test(tests, product_texts);
    tcase_add_test(tests, product_prefixes);
    tcase_add_test(tests, tables_are_sorted);
    tcase_add_test(tests, names_of_the_tables);
}

int main(void)
{
    return run_suite("codes", add);
}
