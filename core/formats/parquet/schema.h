// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/parquet/metadata.h"

#include <string>
#include <vector>

namespace hilo::parquet {

/// A node of the schema as a tree, with the levels that Parquet stores for it (Dremel: the definition level counts the
/// optional and repeated ancestors that are there, the repetition level the repeated ones).
struct Node
{
    /// How the values below become JSON: a list's two inner groups and a map's one are left out.
    enum class Shape { Value, Object, List, ListOfItself, Map };
    SchemaElement element;
    Shape shape = Shape::Value;
    int definition = 0;
    int repetition = 0;
    std::vector<Node> children;
    std::size_t firstColumn = 0; ///< of the columns below, in the file's order
    std::size_t columns = 0;     ///< how many
};

/// The root's node. Errors: a schema that does not fit together, or is nested more than 32 deep.
Result<Node> schemaTree(const std::vector<SchemaElement>& schema);

/// The leaves below a node, in the order of their columns.
std::vector<const Node*> leavesOf(const Node& node);

} // namespace hilo::parquet
