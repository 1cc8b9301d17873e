package io.terrarium.core.project;

import io.terrarium.contracts.id.ProjectId;
import java.time.Instant;

/// A folder of workspaces; each organization has one default project, which cannot be deleted.
///
/// @param executionMode of its workspaces that have none of their own
/// @param hasOwnExecutionMode false where that is the organization's
public record Project(
    long key,
    ProjectId id,
    long organizationKey,
    String organizationName,
    String name,
    String description,
    boolean isDefault,
    String executionMode,
    boolean hasOwnExecutionMode,
    int workspaceCount,
    int teamCount,
    Instant createdAt) {}
