package io.terrarium.registry.hcl;

import java.util.List;

/// A block with its labels, such as `resource "aws_vpc" "this" { … }`.
///
/// @param file that it stands in
/// @param line where it begins
public record Block(String file, int line, String type, List<String> labels, Body body) {}
