/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of made-up trade for benchmarks, and the sums that are in them:
 *
 *     gentrade baci ROWS FILE SUMS     as CEPII BACI: t,i,j,k,v,q and exactly ROWS rows
 *     gentrade wide BYTES FILE SUMS    as UN Comtrade: 47 columns, texts quoted; a
 *                                      smaller file is the beginning of a larger one
 *
 * Fixed seed and whole numbers alone: the same files on any machine. SUMS has a line
 * for each period, reporter, partner and flow with the exact sum of the values, which
 * is added up as the rows are made: what is read back can be held against it. */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AREAS 220
#define PRODUCTS 5000
#define FIRST_YEAR 2017
#define LAST_YEAR 2022
#define YEARS (LAST_YEAR - FIRST_YEAR + 1)
/* Of a pair of countries, the most products that one sells to the other. */
#define MOST (0.95 * PRODUCTS)
/* What the wide file would have if it was never cut off: some 7 GB. */
#define WIDE_ROWS 20e6

/* ISO 3166-1 alpha-3 and numeric codes, by number. */
static const char area_codes[] =
    "AFG004ALB008DZA012AND020AGO024ATG028AZE031ARG032AUS036AUT040BHS044"
    "BHR048BGD050ARM051BRB052BEL056BMU060BTN064BOL068BIH070BWA072BRA076"
    "BLZ084SLB090VGB092BRN096BGR100MMR104BDI108BLR112KHM116CMR120CAN124"
    "CPV132CYM136CAF140LKA144TCD148CHL152CHN156CXR162CCK166COL170COM174"
    "COG178COD180COK184CRI188HRV191CUB192CYP196CZE203BEN204DNK208DMA212"
    "DOM214ECU218SLV222GNQ226ETH231ERI232EST233FRO234FLK238FJI242FIN246"
    "FRA250PYF258DJI262GAB266GEO268GMB270PSE275DEU276GHA288GIB292KIR296"
    "GRC300GRL304GRD308GTM320GIN324GUY328HTI332HND340HKG344HUN348ISL352"
    "IND356IDN360IRN364IRQ368IRL372ISR376ITA380CIV384JAM388JPN392KAZ398"
    "JOR400KEN404PRK408KOR410KWT414KGZ417LAO418LBN422LSO426LVA428LBR430"
    "LBY434LTU440LUX442MAC446MDG450MWI454MYS458MDV462MLI466MLT470MRT478"
    "MUS480MEX484MNG496MDA498MNE499MSR500MAR504MOZ508OMN512NAM516NRU520"
    "NPL524NLD528CUW531ABW533SXM534BES535NCL540VUT548NZL554NIC558NER562"
    "NGA566NIU570NFK574NOR578MNP580FSM583MHL584PLW585PAK586PAN591PNG598"
    "PRY600PER604PHL608POL616PRT620GNB624TLS626QAT634ROU642RUS643RWA646"
    "SHN654KNA659AIA660LCA662SPM666VCT670SMR674STP678SAU682SEN686SRB688"
    "SYC690SLE694SGP702SVK703VNM704SVN705SOM706ZAF710ZWE716ESP724SSD728"
    "SDN729SUR740SWZ748SWE752CHE756SYR760TJK762THA764TGO768TKL772TON776"
    "TTO780ARE784TUN788TUR792TKM795TCA796TUV798UGA800UKR804MKD807EGY818"
    "GBR826TZA834USA840BFA854URY858UZB860VEN862WLF876WSM882YEM887ZMB894";

static const char header[] =
    "typeCode,freqCode,refPeriodId,refYear,refMonth,period,reporterCode,reporterISO,"
    "reporterDesc,flowCode,flowDesc,partnerCode,partnerISO,partnerDesc,partner2Code,"
    "partner2ISO,partner2Desc,classificationCode,classificationSearchCode,"
    "isOriginalClassification,cmdCode,cmdDesc,aggrLevel,isLeaf,customsCode,customsDesc,"
    "mosCode,motCode,motDesc,qtyUnitCode,qtyUnitAbbr,qty,isQtyEstimated,altQtyUnitCode,"
    "altQtyUnitAbbr,altQty,isAltQtyEstimated,netWgt,isNetWgtEstimated,grossWgt,"
    "isGrossWgtEstimated,cifvalue,fobvalue,primaryValue,legacyEstimationFlag,"
    "isReported,isAggregate\n";

typedef struct area {
    char iso[4];
    int code;
    char name[40];
    uint64_t size; /* how much it trades */
} area;

typedef struct cell { /* what one country sells another in a year */
    int year;
    const area *reporter;
    const area *partner;
    char flow;
} cell;

static area areas[AREAS];
static int products[PRODUCTS];
static char texts[PRODUCTS][200];
static double weight[AREAS][AREAS];
static FILE *rows, *sums;

static int fail(const char *what)
{
    fprintf(stderr, "gentrade: %s\n", what);
    exit(1);
}

/* ---- random numbers: xoshiro256**, seeded by splitmix64 (Blackman and Vigna) ---- */

static uint64_t state[4];

static uint64_t turned(uint64_t x, int k)
{
    return (x << k) | (x >> (64 - k));
}

static uint64_t next(void)
{
    uint64_t result = turned(state[1] * 5, 7) * 9, t = state[1] << 17;

    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= t;
    state[3] = turned(state[3], 45);
    return result;
}

static void seed(uint64_t x)
{
    for (int i = 0; i < 4; i++) {
        uint64_t z = (x += 0x9e3779b97f4a7c15u);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        state[i] = z ^ (z >> 31);
    }
}

static uint64_t below(uint64_t n)
{
    return next() % n;
}

static int in_100(unsigned percent)
{
    return below(100) < percent;
}

/* From 0 to 1, without 1. */
static double fraction(void)
{
    return (double)(next() >> 11) / 9007199254740992.0;
}

/* A whole number of @p least digits at least and 8 more at most; most are between. */
static uint64_t amount(unsigned least)
{
    uint64_t power = 1;
    uint64_t digits = least + below(4) + below(4) + below(3);

    for (uint64_t i = 0; i < digits; i++)
        power *= 10;
    return 1 + below(power - 1);
}

/* ---- text ---- */

static char line[1024];

static char *put(char *at, const char *text)
{
    size_t n = strlen(text);

    memcpy(at, text, n);
    return at + n;
}

/* At least @p width digits. */
static char *put_number(char *at, uint64_t x, int width)
{
    char digits[24];
    int n = 0;

    for (; x > 0 || n < width; x /= 10)
        digits[n++] = (char)('0' + x % 10);
    while (n > 0)
        *at++ = digits[--n];
    return at;
}

static char *put_thousandths(char *at, uint64_t x)
{
    at = put_number(at, x / 1000, 1);
    *at++ = '.';
    return put_number(at, x % 1000, 3);
}

static size_t end_line(char *end)
{
    size_t n = (size_t)(end - line) + 1;

    *end = '\n';
    if (fwrite(line, 1, n, rows) != n)
        fail("cannot write the rows");
    return n;
}

static void sum(const cell *c, uint64_t thousandths)
{
    fprintf(sums, "%d,%d,%s,%d,%s,%c,%" PRIu64 ".%03u\n", c->year, c->reporter->code,
            c->reporter->iso, c->partner->code, c->partner->iso, c->flow,
            thousandths / 1000, (unsigned)(thousandths % 1000));
}

/* ---- who trades what ---- */

static void make_areas(void)
{
    for (int i = 0; i < AREAS; i++) {
        area *a = &areas[i];
        const char *at = area_codes + (size_t)i * 6;
        memcpy(a->iso, at, 3);
        a->code = (at[3] - '0') * 100 + (at[4] - '0') * 10 + (at[5] - '0');
        /* Names of any length, with commas and letters beyond ASCII in some. */
        char *end = put(a->name, "Land ");
        end = put(end, a->iso);
        for (uint64_t n = below(12); n > 0; n--)
            *end++ = (char)('a' + below(26));
        end = put(end, i % 9 == 0    ? ", Rep. of"
                       : i % 31 == 1 ? " \xc3\xa9\xc3\xa8"
                                     : "");
        *end = '\0';
        a->size = (uint64_t)(16 + below(16)) << below(8);
    }
}

static int smaller(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

static void make_products(void)
{
    static const char *const words[] = {
        "machinery", "parts",     "thereof",   "n.e.s.",     "other",  "frozen",
        "fresh",     "chilled",   "of cotton", "knitted",    "steel",  "apparatus",
        "plates",    "sheets",    "film",      "electrical", "fabric", "vehicles",
        "compounds", "exceeding", "organic",   "refined",    "yarn",   "containing"};
    static char taken[1000000];
    int n = 0;

    while (n < PRODUCTS) {
        int chapter = 1 + (int)below(97);
        int code = chapter * 10000 + (1 + (int)below(20)) * 100 + (int)below(100);
        if (chapter == 77 || taken[code])
            continue;
        taken[code] = 1;
        products[n++] = code;
    }
    qsort(products, PRODUCTS, sizeof *products, smaller);
    for (int k = 0; k < PRODUCTS; k++) {
        char *end = texts[k];
        for (uint64_t i = 4 + below(9); i > 0; i--) {
            end = put(end, words[below(sizeof words / sizeof *words)]);
            end = put(end, i == 1 ? "" : in_100(35) ? ", " : " ");
        }
        /* What a reader that only looks for commas and line ends would get wrong. */
        end = put(end, k % 50 == 7 ? " over 20\"\" (50 cm)" : "");
        end = put(end, k % 997 == 3 ? "\nsee note" : "");
        *end = '\0';
    }
}

/* Weights become the number of products a year of each pair, @p total in all. */
static void make_weights(double total)
{
    double low = 0, high = 1e12;

    for (int i = 0; i < AREAS; i++)
        for (int j = 0; j < AREAS; j++)
            weight[i][j] = i == j ? 0
                                  : (double)(areas[i].size * areas[j].size) *
                                        (double)(1 + below(16));
    for (int step = 0; step < 200; step++) {
        double scale = (low + high) / 2, have = 0;
        for (int i = 0; i < AREAS; i++)
            for (int j = 0; j < AREAS; j++) {
                double n = weight[i][j] * scale;
                have += n < MOST ? n : MOST;
            }
        if (have < total)
            low = scale;
        else
            high = scale;
    }
    for (int i = 0; i < AREAS; i++)
        for (int j = 0; j < AREAS; j++) {
            double n = weight[i][j] * high;
            weight[i][j] = n < MOST ? n : MOST;
        }
}

/* So many products, in order: one of each of as many equal parts of the list. */
static uint64_t pick(uint64_t i, uint64_t n, uint64_t *from)
{
    uint64_t k = (i * PRODUCTS + below(PRODUCTS)) / n;

    k = k < *from ? *from : k;
    *from = k + 1;
    return k;
}

/* How many products of the pair in one year. */
static uint64_t count(int i, int j)
{
    return (uint64_t)(weight[i][j] + fraction());
}

/* ---- the files ---- */

static void baci(uint64_t wanted)
{
    uint64_t left = wanted;

    fputs("t,i,j,k,v,q\n", rows);
    /* A little more than wanted, so that the end can be cut off at the exact row. */
    make_weights(((double)wanted * 1.01 + 200) / YEARS);
    for (int year = FIRST_YEAR; year <= LAST_YEAR; year++)
        for (int i = 0; i < AREAS; i++)
            for (int j = 0; j < AREAS; j++) {
                cell c = {year, &areas[i], &areas[j], 'X'};
                uint64_t n = count(i, j), total = 0, from = 0, made = 0;
                for (; made < n && left > 0; made++, left--) {
                    uint64_t k = pick(made, n, &from), value = amount(1);
                    if (k >= PRODUCTS)
                        break;
                    char *at = put_number(line, (uint64_t)year, 1);
                    at = put_number(put(at, ","), (uint64_t)areas[i].code, 1);
                    at = put_number(put(at, ","), (uint64_t)areas[j].code, 1);
                    at = put_number(put(at, ","), (uint64_t)products[k], 6);
                    at = put(put_thousandths(put(at, ","), value), ",");
                    uint64_t known = below(1000);
                    if (known >= 35)
                        at = put_thousandths(at, amount(1));
                    else if (known < 5)
                        at = put(at, "NA");
                    end_line(at);
                    total += value;
                }
                if (made > 0)
                    sum(&c, total);
            }
    if (left > 0)
        fail("more rows than there are products that countries sell each other");
}

static char *put_truth(char *at, unsigned percent)
{
    return put(at, in_100(percent) ? "true," : "false,");
}

/* What all rows of a cell begin with. */
static void wide_start(char *at, const cell *c)
{
    uint64_t year = (uint64_t)c->year;

    at = put_number(put(at, "\"C\",\"A\","), year, 4);
    at = put_number(put(at, "0101,"), year, 4);
    at = put_number(put(at, ",52,"), year, 4);
    at = put_number(put(at, ","), (uint64_t)c->reporter->code, 1);
    at = put(put(at, ",\""), c->reporter->iso);
    at = put(put(at, "\",\""), c->reporter->name);
    at = put(at, c->flow == 'M' ? "\",\"M\",\"Import\"," : "\",\"X\",\"Export\",");
    at = put_number(at, (uint64_t)c->partner->code, 1);
    at = put(put(at, ",\""), c->partner->iso);
    at = put(put(at, "\",\""), c->partner->name);
    at = put(at, "\",0,\"W00\",\"World\",\"H5\",\"HS\",true,\"");
    *at = '\0';
}

/* One row of the wide file; @p start is what all rows of the cell begin with. */
static size_t wide_row(const char *start, const cell *c, uint64_t k, uint64_t value)
{
    uint64_t net = amount(3), gross = net + below(1000);
    int pieces = in_100(30);
    char *at = put(line, start);

    at = put_number(at, (uint64_t)products[k], 6);
    at = put(put(at, "\",\""), texts[k]);
    at = put(at, "\",6,true,\"C00\",\"TOTAL CPC\",0,0,\"TOTAL MOT\",");
    at = put(at, pieces ? "5,\"u\"," : "8,\"kg\",");
    if (!in_100(5))
        at = put_thousandths(at, pieces ? amount(3) : net);
    *at++ = ',';
    at = put_truth(at, 20);
    at = put_thousandths(put(at, "8,\"kg\","), net);
    at = put_thousandths(put(at, ",false,"), net);
    *at++ = ',';
    at = put_truth(at, 20);
    at = put_thousandths(at, gross);
    at = put(at, ",false,");
    /* Imports are CIF, exports FOB. */
    if (c->flow == 'M')
        at = put_thousandths(at, value);
    *at++ = ',';
    if (c->flow == 'X')
        at = put_thousandths(at, value);
    *at++ = ',';
    at = put_thousandths(at, value);
    *at++ = ',';
    at = put_number(at, below(7), 1);
    at = put(put(at, ",false,"), in_100(10) ? "true" : "false");
    return end_line(at);
}

static void wide(uint64_t wanted)
{
    uint64_t bytes = sizeof header - 1;
    char start[512];

    fputs(header, rows);
    make_weights(WIDE_ROWS / (2 * YEARS));
    for (int i = 0; i < AREAS && bytes < wanted; i++)
        for (int cut = 0; cut < YEARS * 2 * AREAS && bytes < wanted; cut++) {
            int j = cut % AREAS, year = FIRST_YEAR + cut / AREAS / 2;
            cell c = {year, &areas[i], &areas[j], cut / AREAS % 2 == 0 ? 'M' : 'X'};
            uint64_t n = count(i, j), total = 0, from = 0, made = 0;
            wide_start(start, &c);
            for (; made < n && bytes < wanted; made++) {
                uint64_t k = pick(made, n, &from), value = amount(4);
                if (k >= PRODUCTS)
                    break;
                bytes += wide_row(start, &c, k, value);
                total += value;
            }
            if (made > 0)
                sum(&c, total);
        }
    if (bytes < wanted)
        fail("no more rows for a file that large");
}

int main(int argc, char **argv)
{
    uint64_t wanted = argc == 5 ? strtoull(argv[2], NULL, 10) : 0;

    if (wanted == 0 || (strcmp(argv[1], "baci") != 0 && strcmp(argv[1], "wide") != 0)) {
        fputs("usage: gentrade baci ROWS FILE SUMS\n"
              "       gentrade wide BYTES FILE SUMS\n",
              stderr);
        return 2;
    }
    rows = fopen(argv[3], "wb");
    sums = fopen(argv[4], "wb");
    if (rows == NULL || sums == NULL)
        fail("cannot open a file to write to");
    seed(20240607);
    make_areas();
    make_products();
    fputs("period,reporterCode,reporterISO,partnerCode,partnerISO,flow,sum\n", sums);
    if (argv[1][0] == 'b')
        baci(wanted);
    else
        wide(wanted);
    if (fclose(rows) != 0 || ferror(sums) || fclose(sums) != 0)
        fail("cannot write all");
    return 0;
}
