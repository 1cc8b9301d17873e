package io.terrarium.vault;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.runtime.Service;
import java.nio.file.Path;

/// The one vault of a test class, by paths below its API.
final class OneVault implements AutoCloseable {
  private final VaultFixture fixture;
  private final Service vault;

  OneVault(Path directory) {
    fixture = new VaultFixture(directory);
    vault = fixture.start();
  }

  /// For more vaults beside it.
  VaultFixture fixture() {
    return fixture;
  }

  Secret login() {
    return fixture.login(vault);
  }

  VaultFixture.Answer post(String path, String body) {
    return as(VaultFixture.TOKEN, "POST", path, body);
  }

  VaultFixture.Answer get(String path) {
    return as(VaultFixture.TOKEN, "GET", path, "");
  }

  VaultFixture.Answer as(Secret token, String method, String path, String body) {
    return fixture.send(vault, token, method, "/v1/" + path, body);
  }

  @Override
  public void close() {
    vault.close();
    fixture.close();
  }
}
