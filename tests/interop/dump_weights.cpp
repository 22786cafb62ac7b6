// SPDX-License-Identifier: GPL-3.0-or-later
// dump_weights MODEL: for each tensor of the architecture one line of JSON with its name and shape, then its values as
// little-endian float32. For comparisons with other readers (check_gguf.py).
#include "base/json.h"
#include "formats/model_source.h"

#include <iostream>

int main(int argc, char** argv)
{
    if (argc != 2)
        return 2;
    const auto model = hilo::openModel(argv[1]);
    if (!model || !model->weights) {
        std::cerr << (model ? "The folder has no weights." : hilo::describe(model.error())) << '\n';
        return 3;
    }
    for (const hilo::TensorInfo& tensor : hilo::expectedTensors(model->config)) {
        std::size_t count = 1;
        for (const std::int64_t size : tensor.shape)
            count *= static_cast<std::size_t>(size);
        std::vector<float> values(count);
        const auto status = model->weights->readFloat32(tensor.name, values);
        if (!status) {
            std::cerr << hilo::describe(status.error()) << '\n';
            return 3;
        }
        std::cout << hilo::Json({{"name", tensor.name}, {"shape", tensor.shape}}).dump() << '\n';
        std::cout.write(reinterpret_cast<const char*>(values.data()),
                        static_cast<std::streamsize>(values.size() * sizeof(float)));
    }
    return std::cout.flush() ? 0 : 4;
}
