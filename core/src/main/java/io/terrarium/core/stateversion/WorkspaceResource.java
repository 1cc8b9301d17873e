package io.terrarium.core.stateversion;

import io.terrarium.contracts.id.StateVersionId;
import io.terrarium.contracts.id.WorkspaceResourceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A managed resource instance of a workspace's current state.
///
/// @param provider without the host where that is the public registry's
/// @param nameIndex its key where the resource has several instances
/// @param modifiedBy the state that has changed it last
public record WorkspaceResource(
    WorkspaceResourceId id,
    String address,
    String name,
    String module,
    String provider,
    String providerType,
    @Nullable String nameIndex,
    StateVersionId modifiedBy,
    Instant createdAt,
    Instant updatedAt) {}
