package io.terrarium.registry.access;

import io.terrarium.contracts.id.OrganizationId;

/// Whose registry is read, as atlas has told it.
///
/// @param name of the organization, as its reader wrote it
public record Namespace(OrganizationId organization, String name) {}
