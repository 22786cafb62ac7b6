// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/torch_border.h"

#include "gpu/tensor.h"

#include <new>
#include <string>

namespace hilo {
namespace {

std::string firstLine(const std::string& text)
{
    return text.substr(0, text.find('\n'));
}

bool saysOutOfMemory(const std::string& text)
{
    return text.find("out of memory") != std::string::npos || text.find("can't allocate memory") != std::string::npos ||
           text.find("not enough memory") != std::string::npos;
}

} // namespace

Status catchTorchErrors(const std::function<void()>& work)
{
    const auto fromText = [](const std::string& text) {
        if (saysOutOfMemory(text))
            return noSpace("There is not enough memory: " + firstLine(text),
                           "Use a smaller batch_size or max_length, or turn activation_checkpointing on.");
        return internalError(firstLine(text));
    };
    try {
        work();
        return {};
    } catch (const c10::Error& error) {
        return failure(fromText(error.what_without_backtrace()));
    } catch (const std::bad_alloc&) {
        return failure(fromText("out of memory"));
    } catch (const std::exception& error) {
        return failure(fromText(error.what()));
    }
}

} // namespace hilo
