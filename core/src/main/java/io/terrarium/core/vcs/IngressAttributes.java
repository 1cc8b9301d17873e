package io.terrarium.core.vcs;

import io.terrarium.contracts.id.ConfigurationVersionId;
import io.terrarium.contracts.id.IngressAttributesId;
import java.time.Instant;

/// Where a configuration from Git comes from.
///
/// @param identifier of the repository, such as `lab/network`
public record IngressAttributes(
    IngressAttributesId id,
    ConfigurationVersionId configuration,
    String identifier,
    String cloneUrl,
    Commit commit,
    Instant createdAt) {}
