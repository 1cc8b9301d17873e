package io.terrarium.core.admin;

import java.util.Optional;

/// Which organizations are asked for; what is empty narrows nothing.
///
/// @param any a part of the name or of the address
/// @param moduleProducer whether they share their modules with all others
public record AdminOrganizationFilter(
    Optional<String> any,
    Optional<String> name,
    Optional<String> email,
    Optional<Boolean> moduleProducer) {
  /// The same without what is sought in a single attribute.
  public AdminOrganizationFilter withAnyAlone() {
    return new AdminOrganizationFilter(any, Optional.empty(), Optional.empty(), moduleProducer);
  }
}
