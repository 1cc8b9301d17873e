package io.terrarium.core.readme;

import io.terrarium.contracts.id.ReadmeId;

/// What a workspace says of itself.
public record Readme(ReadmeId id, String markdown) {}
