package io.terrarium.core.organization;

import io.terrarium.core.access.OrganizationAccess;

/// An organization and what the caller may do with it.
public record OrganizationView(Organization organization, OrganizationAccess access) {}
