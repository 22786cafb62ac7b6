// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/dataset.h"

#include "input_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const hilo::fuzz::InputFile files[] = {hilo::fuzz::InputFile(".jsonl"), hilo::fuzz::InputFile(".json"),
                                                  hilo::fuzz::InputFile(".csv"), hilo::fuzz::InputFile(".tsv")};
    for (const auto& file : files) {
        hilo::DataSpec spec;
        spec.path = file.write(data, size).string();
        spec.columns = {{"text", "text"}};
        (void)hilo::readDataset(spec);
    }
    return 0;
}
