/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The layouts that can be written, as far as a table of flows fills them. */
#include "io/write_layout.h"

#define COLUMN(header, content, column, text)                                          \
    {                                                                                  \
        header, content, column, text                                                  \
    }
#define COUNT(array) (sizeof(array) / sizeof *(array))

static const tflow_i_target_column as_long[] = {
    COLUMN("reporter", TFLOW_I_TEXT_OF, "reporter", NULL),
    COLUMN("partner", TFLOW_I_TEXT_OF, "partner", NULL),
    COLUMN("product", TFLOW_I_TEXT_OF, "product", NULL),
    COLUMN("flow", TFLOW_I_TEXT_OF, "flow", NULL),
    COLUMN("partner2", TFLOW_I_TEXT_OF, "partner2", NULL),
    COLUMN("customs", TFLOW_I_TEXT_OF, "customs", NULL),
    COLUMN("mode", TFLOW_I_TEXT_OF, "mode", NULL),
    COLUMN("supply", TFLOW_I_TEXT_OF, "supply", NULL),
    COLUMN("period", TFLOW_I_PERIOD_LABEL, "period", NULL),
    COLUMN("value", TFLOW_I_VALUE_OF, "value", NULL),
    COLUMN("status", TFLOW_I_STATUS_OF, "status", NULL),
    COLUMN("quantity", TFLOW_I_NUMBER_OF, "quantity", NULL),
    COLUMN("quantity_unit", TFLOW_I_UNIT_OF, "quantity", NULL),
    COLUMN("quantity_status", TFLOW_I_STATUS_OF, "quantity_status", NULL),
    COLUMN("net_weight_kg", TFLOW_I_NUMBER_OF, "net_weight", NULL),
    COLUMN("net_weight_status", TFLOW_I_STATUS_OF, "net_weight_status", NULL),
    COLUMN("currency", TFLOW_I_FACT_OF, "currency", NULL),
    COLUMN("valuation", TFLOW_I_FACT_OF, "valuation", NULL),
    COLUMN("classification", TFLOW_I_FACT_OF, "classification", NULL),
};

static const tflow_i_target_column as_comtrade[] = {
    COLUMN("freqCode", TFLOW_I_FREQUENCY, "period", NULL),
    COLUMN("period", TFLOW_I_PERIOD_PLAIN, "period", NULL),
    COLUMN("reporterISO", TFLOW_I_AREA_OF, "reporter", NULL),
    COLUMN("flowCode", TFLOW_I_TEXT_OF, "flow", NULL),
    COLUMN("partnerISO", TFLOW_I_AREA_OF, "partner", NULL),
    COLUMN("partner2ISO", TFLOW_I_AREA_OF, "partner2", "W00"),
    COLUMN("classificationCode", TFLOW_I_FACT_OF, "classification", NULL),
    COLUMN("cmdCode", TFLOW_I_TEXT_OF, "product", "TOTAL"),
    COLUMN("customsCode", TFLOW_I_TEXT_OF, "customs", "C00"),
    COLUMN("mosCode", TFLOW_I_TEXT_OF, "supply", "0"),
    COLUMN("motCode", TFLOW_I_TEXT_OF, "mode", "0"),
    COLUMN("qtyUnitAbbr", TFLOW_I_UNIT_OF, "quantity", NULL),
    COLUMN("qty", TFLOW_I_NUMBER_OF, "quantity", NULL),
    COLUMN("isQtyEstimated", TFLOW_I_IS_ESTIMATED, "quantity_status", NULL),
    COLUMN("netWgt", TFLOW_I_NUMBER_OF, "net_weight", NULL),
    COLUMN("isNetWgtEstimated", TFLOW_I_IS_ESTIMATED, "net_weight_status", NULL),
    COLUMN("primaryValue", TFLOW_I_VALUE_OF, "value", NULL),
    COLUMN("isReported", TFLOW_I_IS_REPORTED, "status", NULL),
    COLUMN("isAggregate", TFLOW_I_CONSTANT, NULL, "false"),
};

static const tflow_i_target_column as_baci[] = {
    COLUMN("t", TFLOW_I_PERIOD_PLAIN, "period", NULL),
    COLUMN("i", TFLOW_I_AREA_NUMBER, "reporter", NULL),
    COLUMN("j", TFLOW_I_AREA_NUMBER, "partner", NULL),
    COLUMN("k", TFLOW_I_HS6_NUMBER, "product", NULL),
    COLUMN("v", TFLOW_I_VALUE_OF, "value", NULL),
    COLUMN("q", TFLOW_I_NUMBER_OF, "quantity", NULL),
};

/* The columns of the periods follow. */
static const tflow_i_target_column as_imf_wide[] = {
    COLUMN("Reporter", TFLOW_I_TEXT_OF, "reporter", NULL),
    COLUMN("Flow", TFLOW_I_TEXT_OF, "flow", NULL),
    COLUMN("Partner", TFLOW_I_TEXT_OF, "partner", NULL),
};

static const tflow_i_target_column as_eurostat[] = {
    COLUMN("freq", TFLOW_I_FREQUENCY, "period", NULL),
    COLUMN("reporter", TFLOW_I_AREA_ALPHA2, "reporter", NULL),
    COLUMN("partner", TFLOW_I_AREA_ALPHA2, "partner", NULL),
    COLUMN("product", TFLOW_I_TEXT_OF, "product", "TOTAL"),
    COLUMN("flow", TFLOW_I_FLOW_NUMBER, "flow", NULL),
    COLUMN("stat_procedure", TFLOW_I_TEXT_OF, "customs", "C00"),
    COLUMN("indicators", TFLOW_I_INDICATOR, NULL, NULL),
    COLUMN("TIME_PERIOD", TFLOW_I_PERIOD_LABEL, "period", NULL),
    COLUMN("OBS_VALUE", TFLOW_I_INDICATED, "value", NULL),
    COLUMN("OBS_FLAG", TFLOW_I_STATUS_OF, "status", NULL),
};

#define COLUMNS(array) array, COUNT(array)

const tflow_i_target tflow_i_targets[] = {
    {"long", NULL, -1, NULL, NULL, NULL, NULL, COLUMNS(as_long), 1, 0, 0},
    {"comtrade", "USD", 0, "FOB/CIF", "AM", NULL, "AEO", COLUMNS(as_comtrade), 0, 0, 0},
    {"baci", "USD", 3, "reconciled FOB", "A", " X ", "A", COLUMNS(as_baci), 0, 0, 0},
    {"imf-wide", "USD", 0, "FOB/CIF", NULL, " X M ", "AO", COLUMNS(as_imf_wide), 1, 1,
     0},
    {"eurostat-sdmx", "EUR", 0, "FOB/CIF", NULL, " X M ", NULL, COLUMNS(as_eurostat), 0,
     0, 1},
};

const size_t tflow_i_n_targets = COUNT(tflow_i_targets);
