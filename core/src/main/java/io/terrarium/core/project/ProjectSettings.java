package io.terrarium.core.project;

import org.jspecify.annotations.Nullable;

/// What people say about a project.
///
/// @param executionMode of its workspaces that have none of their own; null: as the organization
///   has it
record ProjectSettings(String name, String description, @Nullable String executionMode) {}
