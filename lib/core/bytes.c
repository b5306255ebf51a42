/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/bytes.h"

void tflow_i_bytes_put32(unsigned char *bytes, uint32_t number)
{
    for (int i = 0; i < 4; i++)
        bytes[i] = (unsigned char)(number >> 8 * i & 0xff);
}

void tflow_i_bytes_put64(unsigned char *bytes, uint64_t number)
{
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(number >> 8 * i & 0xff);
}

uint32_t tflow_i_bytes_get32(const unsigned char *bytes)
{
    uint32_t number = 0;
    for (int i = 0; i < 4; i++)
        number |= (uint32_t)bytes[i] << 8 * i;
    return number;
}

uint64_t tflow_i_bytes_get64(const unsigned char *bytes)
{
    uint64_t number = 0;
    for (int i = 0; i < 8; i++)
        number |= (uint64_t)bytes[i] << 8 * i;
    return number;
}

uint64_t tflow_i_bytes_crc64(uint64_t crc, const unsigned char *bytes, size_t n)
{
    /* Four bits at a time: the remainder of each number below 16. */
    static const uint64_t remainder[16] = {
        UINT64_C(0x0000000000000000), UINT64_C(0x7d9ba13851336649),
        UINT64_C(0xfb374270a266cc92), UINT64_C(0x86ace348f355aadb),
        UINT64_C(0x64b62bcaebc387a1), UINT64_C(0x192d8af2baf0e1e8),
        UINT64_C(0x9f8169ba49a54b33), UINT64_C(0xe21ac88218962d7a),
        UINT64_C(0xc96c5795d7870f42), UINT64_C(0xb4f7f6ad86b4690b),
        UINT64_C(0x325b15e575e1c3d0), UINT64_C(0x4fc0b4dd24d2a599),
        UINT64_C(0xadda7c5f3c4488e3), UINT64_C(0xd041dd676d77eeaa),
        UINT64_C(0x56ed3e2f9e224471), UINT64_C(0x2b769f17cf112238),
    };

    crc = ~crc;
    for (size_t i = 0; i < n; i++) {
        crc ^= bytes[i];
        crc = crc >> 4 ^ remainder[crc & 15];
        crc = crc >> 4 ^ remainder[crc & 15];
    }
    return ~crc;
}
