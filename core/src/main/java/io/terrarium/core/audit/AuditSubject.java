package io.terrarium.core.audit;

import java.util.Optional;

/// What was changed.
///
/// @param owner the organization that it is of; none for what belongs to a person or to the site
public record AuditSubject(String id, Optional<Owner> owner) {
  /// An organization.
  public record Owner(String id, String name) {}
}
