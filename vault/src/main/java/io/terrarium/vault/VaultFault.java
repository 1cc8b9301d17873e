package io.terrarium.vault;

/// An answer that is an error, in Vault's own shape.
final class VaultFault extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int status;

  VaultFault(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
