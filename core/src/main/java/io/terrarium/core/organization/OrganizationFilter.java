package io.terrarium.core.organization;

/// Which organizations are asked for, by parts of their words; an empty text filters nothing.
///
/// @param any in the name or the address
public record OrganizationFilter(String any, String name, String email) {}
