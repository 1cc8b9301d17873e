package io.terrarium.core.project;

import io.terrarium.core.access.ProjectAccess;

/// A project and what the caller may do with it.
public record ProjectView(Project project, ProjectAccess access) {}
