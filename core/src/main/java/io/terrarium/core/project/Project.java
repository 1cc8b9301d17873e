package io.terrarium.core.project;

import io.terrarium.contracts.id.ProjectId;
import java.time.Instant;

/// A folder of workspaces; each organization has one default project, which cannot be deleted.
///
/// @param executionMode of new workspaces, as the organization has it
public record Project(
    long key,
    ProjectId id,
    long organizationKey,
    String organizationName,
    String name,
    String description,
    boolean isDefault,
    String executionMode,
    int workspaceCount,
    int teamCount,
    Instant createdAt) {}
