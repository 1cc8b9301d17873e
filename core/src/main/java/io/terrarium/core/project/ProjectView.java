package io.terrarium.core.project;

import io.terrarium.core.access.OrganizationAccess;

/// A project and what the caller may do with its organization.
public record ProjectView(Project project, OrganizationAccess access) {}
