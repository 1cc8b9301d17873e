package io.terrarium.core.admin;

import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.WorkspaceId;
import org.jspecify.annotations.Nullable;

/// A workspace as site admins see it.
public record AdminWorkspace(
    WorkspaceId id,
    String name,
    boolean locked,
    String organizationName,
    @Nullable RunId currentRun) {}
