// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/adapter/adapter.h"
#include "export/adapter_content.h"

namespace hilo {

/// The numbers of an adapter, copied.
AdapterContent contentOf(const MixtureAdapter& adapter, const ModelConfig& model);

/// The map that holds these experts: alpha from the scales where one value fits all experts of a module.
AllocationMap mapOf(const AdapterContent& content, const std::string& name);

/// An adapter with these numbers, on the CPU. Scales that no alpha can express are multiplied into b. Bad input: the
/// map is not valid for the model; routers of different kinds in one adapter.
Result<std::shared_ptr<MixtureAdapter>> adapterOf(AdapterContent content, const std::string& name);

} // namespace hilo
