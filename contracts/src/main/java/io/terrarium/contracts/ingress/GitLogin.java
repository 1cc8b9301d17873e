package io.terrarium.contracts.ingress;

import org.jspecify.annotations.Nullable;

/// By what a Git host lets us in. It travels in the body of a call between services, and is kept
/// nowhere.
///
/// @param username for http
/// @param password for http; a token counts as one
/// @param privateKey for ssh, PEM or OpenSSH's form
public record GitLogin(
    @Nullable String username, @Nullable String password, @Nullable String privateKey) {
  @Override
  public String toString() {
    return "GitLogin[]";
  }
}
