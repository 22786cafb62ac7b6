// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "export/adapter_content.h"
#include "export/export_format.h"

#include <filesystem>
#include <string_view>

namespace hilo {

/// "hilo_adapter.py"
extern const std::string_view pythonModuleName;

/// Its source: resources/python/hilo_adapter.py, which is part of the program.
std::string_view pythonModuleText();

/// Any map with experts, of any family and router: the module computes what was trained.
Verdict judgePython(const ExportSubject& subject);

/// The module into an existing folder, beside the own format's two files.
Status writePythonModule(const std::filesystem::path& folder);

/// What the module makes of a folder: the experts and routers that the map in adapter.json asks for, by the tensors'
/// names, each once, with scales as the settings say. Other code than the own format's (engine/adapter). Bad input: a
/// file or tensor is missing, there are tensors that the map does not know, another shape, another model; the module is
/// not the one of this program.
Result<AdapterContent> readPython(const std::filesystem::path& folder, const ModelConfig& model);

} // namespace hilo
