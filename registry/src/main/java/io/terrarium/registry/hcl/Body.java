package io.terrarium.registry.hcl;

import java.util.List;
import java.util.Map;

/// What stands in a file or a block.
///
/// @param attributes by name, in the order of the file
public record Body(Map<String, Expression> attributes, List<Block> blocks) {}
