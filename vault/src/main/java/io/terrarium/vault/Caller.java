package io.terrarium.vault;

import io.terrarium.kernel.Secret;
import java.util.Optional;

/// Who sent a request, by its token.
///
/// @param issued absent for the token of the settings, which ends with them alone
record Caller(Secret token, Policy policy, Optional<ClientTokens.Issued> issued) {
  /// @param path without `/v1/`
  void require(String path, Policy.Capability capability) {
    if (!policy.allows(path, capability)) {
      throw VaultFault.denied();
    }
  }
}
