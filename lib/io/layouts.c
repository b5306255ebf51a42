/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The layouts that are known; two of one name are variants. Adding one is adding a
 * table here; what the words mean is in layout.h. */
#include "io/layout.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* A column that must be there, one that may, a number and what it is of. */
#define NEED(name, role)                                                               \
    {                                                                                  \
        name, role, 1, 0, NULL, NULL, NULL, NULL, NULL                                 \
    }
#define MAY(name, role)                                                                \
    {                                                                                  \
        name, role, 0, 0, NULL, NULL, NULL, NULL, NULL                                 \
    }
#define UNIT(name, role, unit)                                                         \
    {                                                                                  \
        name, role, 0, 0, NULL, NULL, unit, NULL, NULL                                 \
    }
#define OF(name, role, flow)                                                           \
    {                                                                                  \
        name, role, 1, 0, flow, NULL, NULL, NULL, NULL                                 \
    }
#define MONEY(name, flow, unit, multiplier, valuation)                                 \
    {                                                                                  \
        name, TFLOW_I_VALUE, 1, 0, flow, NULL, unit, multiplier, valuation             \
    }
#define BY_MODE(name, when, mode)                                                      \
    {                                                                                  \
        name, TFLOW_I_VALUE, 1, when, NULL, mode, NULL, NULL, NULL                     \
    }
#define KG_BY_MODE(name, when, mode)                                                   \
    {                                                                                  \
        name, TFLOW_I_NET_WEIGHT, 0, when, NULL, mode, "kg", NULL, NULL                \
    }
#define WHEN(name, flow, when)                                                         \
    {                                                                                  \
        name, TFLOW_I_VALUE, 1, when, flow, NULL, NULL, NULL, NULL                     \
    }

/* Any order, any case. An exporter and an importer make a flow of exports, reported by
 * the exporter. */
static const tflow_i_layout_column generic[] = {
    MAY("reporter", TFLOW_I_REPORTER),
    MAY("reporter_iso", TFLOW_I_REPORTER),
    MAY("reporter_code", TFLOW_I_REPORTER),
    MAY("reporting_country", TFLOW_I_REPORTER),
    {"exporter", TFLOW_I_REPORTER, 0, 0, "X", NULL, NULL, NULL, NULL},
    {"origin", TFLOW_I_REPORTER, 0, 0, "X", NULL, NULL, NULL, NULL},
    {"iso_o", TFLOW_I_REPORTER, 0, 0, "X", NULL, NULL, NULL, NULL},
    MAY("country", TFLOW_I_REPORTER),
    MAY("partner", TFLOW_I_PARTNER),
    MAY("partner_iso", TFLOW_I_PARTNER),
    MAY("partner_code", TFLOW_I_PARTNER),
    MAY("partner_country", TFLOW_I_PARTNER),
    {"importer", TFLOW_I_PARTNER, 0, 0, "X", NULL, NULL, NULL, NULL},
    {"destination", TFLOW_I_PARTNER, 0, 0, "X", NULL, NULL, NULL, NULL},
    {"iso_d", TFLOW_I_PARTNER, 0, 0, "X", NULL, NULL, NULL, NULL},
    MAY("product", TFLOW_I_PRODUCT),
    MAY("product_code", TFLOW_I_PRODUCT),
    MAY("commodity", TFLOW_I_PRODUCT),
    MAY("commodity_code", TFLOW_I_PRODUCT),
    MAY("cmd_code", TFLOW_I_PRODUCT),
    MAY("hs_code", TFLOW_I_PRODUCT),
    MAY("hs", TFLOW_I_PRODUCT),
    MAY("hs6", TFLOW_I_PRODUCT),
    MAY("hs4", TFLOW_I_PRODUCT),
    MAY("hs2", TFLOW_I_PRODUCT),
    MAY("sitc", TFLOW_I_PRODUCT),
    MAY("flow", TFLOW_I_FLOW),
    MAY("trade_flow", TFLOW_I_FLOW),
    MAY("flow_code", TFLOW_I_FLOW),
    MAY("partner2", TFLOW_I_PARTNER2),
    MAY("customs", TFLOW_I_CUSTOMS),
    MAY("mode", TFLOW_I_MODE),
    MAY("supply", TFLOW_I_SUPPLY),
    MAY("period", TFLOW_I_PERIOD),
    MAY("year", TFLOW_I_PERIOD),
    MAY("time", TFLOW_I_PERIOD),
    MAY("time_period", TFLOW_I_PERIOD),
    MAY("date", TFLOW_I_PERIOD),
    MAY("month", TFLOW_I_MONTH),
    NEED("value", TFLOW_I_VALUE),
    NEED("obs_value", TFLOW_I_VALUE),
    NEED("trade_value", TFLOW_I_VALUE),
    NEED("trade", TFLOW_I_VALUE),
    MONEY("value_usd", NULL, "USD", "0", NULL),
    MONEY("value_kusd", NULL, "USD", "3", NULL),
    MONEY("value_musd", NULL, "USD", "6", NULL),
    MONEY("trade_value_usd", NULL, "USD", "0", NULL),
    MONEY("value_eur", NULL, "EUR", "0", NULL),
    MONEY("value_in_eur", NULL, "EUR", "0", NULL),
    MONEY("exports", "X", NULL, NULL, NULL),
    MONEY("imports", "M", NULL, NULL, NULL),
    UNIT("quantity", TFLOW_I_QUANTITY, NULL),
    UNIT("qty", TFLOW_I_QUANTITY, NULL),
    MAY("quantity_unit", TFLOW_I_QUANTITY_UNIT),
    MAY("qty_unit", TFLOW_I_QUANTITY_UNIT),
    UNIT("net_weight", TFLOW_I_NET_WEIGHT, NULL),
    UNIT("net_wgt", TFLOW_I_NET_WEIGHT, NULL),
    UNIT("net_weight_kg", TFLOW_I_NET_WEIGHT, "kg"),
    UNIT("netweight_(kg)", TFLOW_I_NET_WEIGHT, "kg"),
    MAY("status", TFLOW_I_STATUS),
    MAY("obs_status", TFLOW_I_STATUS),
    MAY("quantity_status", TFLOW_I_QUANTITY_STATUS),
    MAY("net_weight_status", TFLOW_I_WEIGHT_STATUS),
    MAY("classification", TFLOW_I_CLASSIFICATION),
    MAY("currency", TFLOW_I_CURRENCY),
    MAY("valuation", TFLOW_I_VALUATION),
};

static const tflow_i_layout_column comtrade[] = {
    NEED("reporterISO", TFLOW_I_REPORTER),
    NEED("reporterCode", TFLOW_I_REPORTER),
    NEED("reporterDesc", TFLOW_I_REPORTER),
    NEED("partnerISO", TFLOW_I_PARTNER),
    NEED("partnerCode", TFLOW_I_PARTNER),
    NEED("partnerDesc", TFLOW_I_PARTNER),
    MAY("partner2ISO", TFLOW_I_PARTNER2),
    MAY("partner2Code", TFLOW_I_PARTNER2),
    MAY("partner2Desc", TFLOW_I_PARTNER2),
    NEED("cmdCode", TFLOW_I_PRODUCT),
    NEED("flowCode", TFLOW_I_FLOW),
    NEED("period", TFLOW_I_PERIOD),
    NEED("primaryValue", TFLOW_I_VALUE),
    MAY("customsCode", TFLOW_I_CUSTOMS),
    MAY("motCode", TFLOW_I_MODE),
    MAY("mosCode", TFLOW_I_SUPPLY),
    MAY("qty", TFLOW_I_QUANTITY),
    MAY("qtyUnitAbbr", TFLOW_I_QUANTITY_UNIT),
    MAY("qtyUnitCode", TFLOW_I_UNIT_CODE),
    UNIT("netWgt", TFLOW_I_NET_WEIGHT, "kg"),
    MAY("isQtyEstimated", TFLOW_I_QUANTITY_ESTIMATED),
    MAY("isNetWgtEstimated", TFLOW_I_WEIGHT_ESTIMATED),
    MAY("isReported", TFLOW_I_REPORTED),
    MAY("isAggregate", TFLOW_I_AGGREGATED),
    MAY("typeCode", TFLOW_I_TRADE_TYPE),
    MAY("classificationCode", TFLOW_I_CLASSIFICATION),
};

static const tflow_i_layout_column comtradr[] = {
    NEED("reporter_iso", TFLOW_I_REPORTER),
    NEED("reporter_code", TFLOW_I_REPORTER),
    NEED("reporter_desc", TFLOW_I_REPORTER),
    NEED("partner_iso", TFLOW_I_PARTNER),
    NEED("partner_code", TFLOW_I_PARTNER),
    NEED("partner_desc", TFLOW_I_PARTNER),
    MAY("partner2iso", TFLOW_I_PARTNER2),
    MAY("partner2code", TFLOW_I_PARTNER2),
    MAY("partner2desc", TFLOW_I_PARTNER2),
    MAY("partner_2_iso", TFLOW_I_PARTNER2),
    MAY("partner_2_code", TFLOW_I_PARTNER2),
    NEED("cmd_code", TFLOW_I_PRODUCT),
    NEED("flow_code", TFLOW_I_FLOW),
    NEED("period", TFLOW_I_PERIOD),
    NEED("primary_value", TFLOW_I_VALUE),
    MAY("customs_code", TFLOW_I_CUSTOMS),
    MAY("mot_code", TFLOW_I_MODE),
    MAY("mos_code", TFLOW_I_SUPPLY),
    MAY("qty", TFLOW_I_QUANTITY),
    MAY("qty_unit_abbr", TFLOW_I_QUANTITY_UNIT),
    MAY("qty_unit_code", TFLOW_I_UNIT_CODE),
    UNIT("net_wgt", TFLOW_I_NET_WEIGHT, "kg"),
    MAY("is_qty_estimated", TFLOW_I_QUANTITY_ESTIMATED),
    MAY("is_net_wgt_estimated", TFLOW_I_WEIGHT_ESTIMATED),
    MAY("is_reported", TFLOW_I_REPORTED),
    MAY("is_aggregate", TFLOW_I_AGGREGATED),
    MAY("type_code", TFLOW_I_TRADE_TYPE),
    MAY("classification_code", TFLOW_I_CLASSIFICATION),
};

static const tflow_i_layout_column comtrade_legacy[] = {
    NEED("Reporter ISO", TFLOW_I_REPORTER),
    NEED("Reporter Code", TFLOW_I_REPORTER),
    NEED("Reporter", TFLOW_I_REPORTER),
    NEED("Partner ISO", TFLOW_I_PARTNER),
    NEED("Partner Code", TFLOW_I_PARTNER),
    NEED("Partner", TFLOW_I_PARTNER),
    MAY("2nd Partner ISO", TFLOW_I_PARTNER2),
    MAY("2nd Partner Code", TFLOW_I_PARTNER2),
    MAY("2nd Partner", TFLOW_I_PARTNER2),
    NEED("Commodity Code", TFLOW_I_PRODUCT),
    NEED("Trade Flow", TFLOW_I_FLOW),
    NEED("Trade Flow Code", TFLOW_I_FLOW),
    NEED("Period", TFLOW_I_PERIOD),
    NEED("Trade Value (US$)", TFLOW_I_VALUE),
    MAY("Customs Proc. Code", TFLOW_I_CUSTOMS),
    MAY("Mode of Transport Code", TFLOW_I_MODE),
    MAY("Qty", TFLOW_I_QUANTITY),
    MAY("Qty Unit", TFLOW_I_QUANTITY_UNIT),
    MAY("Qty Unit Code", TFLOW_I_UNIT_CODE),
    UNIT("Netweight (kg)", TFLOW_I_NET_WEIGHT, "kg"),
    MAY("Flag", TFLOW_I_ESTIMATION),
    MAY("Classification", TFLOW_I_CLASSIFICATION),
};

static const tflow_i_layout_column baci[] = {
    NEED("t", TFLOW_I_PERIOD),  NEED("i", TFLOW_I_REPORTER),
    NEED("j", TFLOW_I_PARTNER), NEED("k", TFLOW_I_PRODUCT),
    NEED("v", TFLOW_I_VALUE),   UNIT("q", TFLOW_I_QUANTITY, "t"),
};

/* A sheet as the IMF's query tool saves it: a row a partner, no word on the reporter or
 * the flow; or the bulk file, which has both. */
static const tflow_i_layout_column imf_wide[] = {
    NEED("", TFLOW_I_PARTNER),
    NEED("Country", TFLOW_I_PARTNER),
    NEED("Partner", TFLOW_I_PARTNER),
    NEED("Counterpart Country Name", TFLOW_I_PARTNER),
    NEED("COUNTERPART_COUNTRY", TFLOW_I_PARTNER),
    MAY("Reporter", TFLOW_I_REPORTER),
    MAY("Country Name", TFLOW_I_REPORTER),
    MAY("COUNTRY", TFLOW_I_REPORTER),
    MAY("Flow", TFLOW_I_FLOW),
    MAY("Indicator Code", TFLOW_I_FLOW),
    MAY("INDICATOR", TFLOW_I_FLOW),
    MAY("Attribute", TFLOW_I_INDICATOR),
    MAY("Country Code", TFLOW_I_ROLES),
    MAY("Indicator Name", TFLOW_I_ROLES),
    MAY("Counterpart Country Code", TFLOW_I_ROLES),
};

/* The bulk file of DOTS, and SDMX-CSV of IMTS. */
static const tflow_i_layout_column imf_long[] = {
    NEED("Country Name", TFLOW_I_REPORTER),
    NEED("COUNTRY", TFLOW_I_REPORTER),
    NEED("Counterpart Country Name", TFLOW_I_PARTNER),
    NEED("COUNTERPART_COUNTRY", TFLOW_I_PARTNER),
    MAY("Indicator Code", TFLOW_I_FLOW),
    MAY("INDICATOR", TFLOW_I_FLOW),
    NEED("Time Period", TFLOW_I_PERIOD),
    NEED("TIME_PERIOD", TFLOW_I_PERIOD),
    OF("Goods, Value of Exports, Free on board (FOB), US Dollars (TXG_FOB_USD)",
       TFLOW_I_VALUE, "X"),
    OF("Goods, Value of Imports, Cost, Insurance, Freight (CIF), US Dollars "
       "(TMG_CIF_USD)",
       TFLOW_I_VALUE, "M"),
    NEED("Value", TFLOW_I_VALUE),
    NEED("OBS_VALUE", TFLOW_I_VALUE),
};

/* DOTS as people pass it on, tidied. */
static const tflow_i_layout_column imf_tidy[] = {
    NEED("reporter", TFLOW_I_REPORTER),
    NEED("partner", TFLOW_I_PARTNER),
    NEED("year", TFLOW_I_PERIOD),
    NEED("period", TFLOW_I_PERIOD),
    OF("exports_fob_usd", TFLOW_I_VALUE, "X"),
    OF("imports_cif_usd", TFLOW_I_VALUE, "M"),
};

static const tflow_i_layout_column wits_partner[] = {
    NEED("Reporter Name", TFLOW_I_REPORTER),
    NEED("Partner Name", TFLOW_I_PARTNER),
    NEED("Year", TFLOW_I_PERIOD),
    MAY("Trade Flow", TFLOW_I_FLOW),
    OF("Export (US$ Thousand)", TFLOW_I_VALUE, "X"),
    OF("Import (US$ Thousand)", TFLOW_I_VALUE, "M"),
};

static const tflow_i_layout_column wits_world[] = {
    NEED("Partner Name", TFLOW_I_PARTNER),
    NEED("Year", TFLOW_I_PERIOD),
    OF("Export (US$ Thousand)", TFLOW_I_VALUE, "X"),
    OF("Import (US$ Thousand)", TFLOW_I_VALUE, "M"),
};

static const tflow_i_layout_column eurostat_sdmx[] = {
    NEED("reporter", TFLOW_I_REPORTER),
    NEED("partner", TFLOW_I_PARTNER),
    NEED("product", TFLOW_I_PRODUCT),
    NEED("flow", TFLOW_I_FLOW),
    NEED("indicators", TFLOW_I_INDICATOR),
    NEED("TIME_PERIOD", TFLOW_I_PERIOD),
    NEED("OBS_VALUE", TFLOW_I_VALUE),
    MAY("OBS_FLAG", TFLOW_I_STATUS),
    MAY("stat_procedure", TFLOW_I_CUSTOMS),
    MAY("CONF_STATUS", TFLOW_I_ROLES),
    MAY("DATAFLOW", TFLOW_I_ROLES),
    MAY("LAST UPDATE", TFLOW_I_ROLES),
    MAY("freq", TFLOW_I_ROLES),
};

static const tflow_i_layout_column eurostat_relational[] = {
    NEED("REPORTER", TFLOW_I_REPORTER),
    NEED("PARTNER", TFLOW_I_PARTNER),
    NEED("PRODUCT", TFLOW_I_PRODUCT),
    NEED("FLOW", TFLOW_I_FLOW),
    MAY("STAT_PROCEDURE", TFLOW_I_CUSTOMS),
    NEED("PERIOD", TFLOW_I_PERIOD),
    NEED("VALUE_IN_EUR", TFLOW_I_VALUE),
    NEED("VALUE_IN_EUROS", TFLOW_I_VALUE),
    UNIT("QUANTITY_IN_KG", TFLOW_I_NET_WEIGHT, "kg"),
    UNIT("QUANTITY_IN_100KG", TFLOW_I_NET_WEIGHT, "100 kg"),
};

/* A year a row: twelve months and the year of imports, then of exports. */
static const tflow_i_layout_column census_country[] = {
    NEED("year", TFLOW_I_PERIOD),
    NEED("CTY_CODE", TFLOW_I_PARTNER),
    NEED("CTYNAME", TFLOW_I_PARTNER),
    WHEN("IJAN", "M", 1),
    WHEN("IFEB", "M", 2),
    WHEN("IMAR", "M", 3),
    WHEN("IAPR", "M", 4),
    WHEN("IMAY", "M", 5),
    WHEN("IJUN", "M", 6),
    WHEN("IJUL", "M", 7),
    WHEN("IAUG", "M", 8),
    WHEN("ISEP", "M", 9),
    WHEN("IOCT", "M", 10),
    WHEN("INOV", "M", 11),
    WHEN("IDEC", "M", 12),
    WHEN("IYR", "M", TFLOW_I_OF_ROW),
    WHEN("EJAN", "X", 1),
    WHEN("EFEB", "X", 2),
    WHEN("EMAR", "X", 3),
    WHEN("EAPR", "X", 4),
    WHEN("EMAY", "X", 5),
    WHEN("EJUN", "X", 6),
    WHEN("EJUL", "X", 7),
    WHEN("EAUG", "X", 8),
    WHEN("ESEP", "X", 9),
    WHEN("EOCT", "X", 10),
    WHEN("ENOV", "X", 11),
    WHEN("EDEC", "X", 12),
    WHEN("EYR", "X", TFLOW_I_OF_ROW),
};

/* Value and weight by mode of transport. Containers (CNT) are carried by vessel: where
 * the file has vessels too they are a part of those and left out. Ports stand where
 * customs procedures stand in other layouts; "-" is all of them. */
static const tflow_i_layout_column census_api[] = {
    NEED("CTY_CODE", TFLOW_I_PARTNER),
    MAY("CTY_NAME", TFLOW_I_PARTNER),
    {"E_COMMODITY", TFLOW_I_PRODUCT, 1, 0, "X", NULL, NULL, NULL, NULL},
    {"I_COMMODITY", TFLOW_I_PRODUCT, 1, 0, "M", NULL, NULL, NULL, NULL},
    MAY("PORT", TFLOW_I_CUSTOMS),
    NEED("time", TFLOW_I_PERIOD),
    BY_MODE("ALL_VAL_MO", 0, "0"),
    BY_MODE("AIR_VAL_MO", 0, "AIR"),
    BY_MODE("VES_VAL_MO", 0, "VES"),
    BY_MODE("CNT_VAL_MO", 0, "CNT"),
    BY_MODE("ALL_VAL_YR", TFLOW_I_TO_DATE, "0"),
    BY_MODE("AIR_VAL_YR", TFLOW_I_TO_DATE, "AIR"),
    BY_MODE("VES_VAL_YR", TFLOW_I_TO_DATE, "VES"),
    BY_MODE("CNT_VAL_YR", TFLOW_I_TO_DATE, "CNT"),
    KG_BY_MODE("AIR_WGT_MO", 0, "AIR"),
    KG_BY_MODE("VES_WGT_MO", 0, "VES"),
    KG_BY_MODE("CNT_WGT_MO", 0, "CNT"),
    KG_BY_MODE("AIR_WGT_YR", TFLOW_I_TO_DATE, "AIR"),
    KG_BY_MODE("VES_WGT_YR", TFLOW_I_TO_DATE, "VES"),
    KG_BY_MODE("CNT_WGT_YR", TFLOW_I_TO_DATE, "CNT"),
};

#define COLUMNS(array) array, COUNT(array)

const tflow_i_layout tflow_i_layouts[] = {
    {"long", "one flow a row: reporter, partner, product, flow, period, value, ...",
     COLUMNS(generic), NULL, NULL, NULL, NULL, NULL,
     TFLOW_I_FOLD_CASE | TFLOW_I_FALLBACK},
    {"comtrade", "UN Comtrade, columns such as primaryValue (47)", COLUMNS(comtrade),
     "USD", "0", "FOB/CIF", NULL, NULL, 0},
    {"comtrade-legacy", "UN Comtrade, columns such as Trade Value (US$) (35)",
     COLUMNS(comtrade_legacy), "USD", "0", "FOB/CIF", NULL, NULL, TFLOW_I_FLOW_NUMBERS},
    {"comtradr", "UN Comtrade through R, columns such as primary_value (47)",
     COLUMNS(comtradr), "USD", "0", "FOB/CIF", NULL, NULL, 0},
    {"comtrade-json", "UN Comtrade API: JSON with a list \"data\"", COLUMNS(comtrade),
     "USD", "0", "FOB/CIF", NULL, NULL, TFLOW_I_JSON},
    {"baci", "CEPII BACI: t,i,j,k,v,q in thousand USD and tonnes", COLUMNS(baci), "USD",
     "3", "reconciled FOB", NULL, "X", TFLOW_I_PAD_HS6},
    {"imf-wide", "IMF DOTS or IMTS, a column a period", COLUMNS(imf_wide), "USD", "0",
     "FOB/CIF", NULL, NULL, TFLOW_I_WIDE | TFLOW_I_IMF},
    {"imf-long", "IMF DOTS or IMTS, a row a period", COLUMNS(imf_long), "USD", "0",
     "FOB/CIF", NULL, NULL, TFLOW_I_IMF},
    {"imf-long", "IMF DOTS or IMTS, a row a period", COLUMNS(imf_tidy), "USD", "0",
     "FOB/CIF", NULL, NULL, 0},
    {"wits-partner", "World Bank WITS, one reporter by partner", COLUMNS(wits_partner),
     "USD", "3", "FOB/CIF", NULL, NULL, 0},
    {"wits-world", "World Bank WITS, the World by partner", COLUMNS(wits_world), "USD",
     "3", "FOB/CIF", "WLD", NULL, 0},
    {"eurostat-sdmx", "Eurostat Comext, SDMX-CSV with indicators",
     COLUMNS(eurostat_sdmx), "EUR", "0", "FOB/CIF", NULL, NULL,
     TFLOW_I_FLOW_NUMBERS | TFLOW_I_PIVOT},
    {"eurostat-relational", "Eurostat Comext, relational view, labels or codes",
     COLUMNS(eurostat_relational), "EUR", "0", "FOB/CIF", NULL, NULL,
     TFLOW_I_FLOW_NUMBERS | TFLOW_I_CODE_LABEL},
    {"census-country", "US Census country table: months across, million USD",
     COLUMNS(census_country), "USD", "6", NULL, "USA", NULL, TFLOW_I_CENSUS},
    {"census-api", "US Census API: value and weight by mode of transport",
     COLUMNS(census_api), "USD", "0", NULL, "USA", NULL, TFLOW_I_CENSUS},
};

const size_t tflow_i_n_layouts = COUNT(tflow_i_layouts);
