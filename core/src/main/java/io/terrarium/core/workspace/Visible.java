package io.terrarium.core.workspace;

import io.terrarium.core.access.WorkspaceAccess;

/// A workspace, and what its reader may do with it.
public record Visible(Workspace workspace, WorkspaceAccess access) {}
