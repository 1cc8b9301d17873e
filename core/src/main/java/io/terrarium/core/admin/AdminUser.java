package io.terrarium.core.admin;

import io.terrarium.contracts.id.UserId;
import java.util.List;

/// A person as site admins see them.
///
/// @param hasPassword not before they have used the link of their new account
/// @param organizations the names of those that they belong to
public record AdminUser(
    long key,
    UserId id,
    String username,
    String email,
    boolean admin,
    boolean suspended,
    boolean hasPassword,
    List<String> organizations) {
  public AdminUser {
    organizations = List.copyOf(organizations);
  }

  /// Whether they can administer the site now.
  boolean isActiveAdmin() {
    return admin && !suspended && hasPassword;
  }
}
