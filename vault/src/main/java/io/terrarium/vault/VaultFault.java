package io.terrarium.vault;

/// An answer that is an error, in Vault's own shape.
final class VaultFault extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int status;

  VaultFault(int status, String message) {
    super(message);
    this.status = status;
  }

  VaultFault(int status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  static VaultFault denied() {
    return new VaultFault(403, "permission denied");
  }

  int status() {
    return status;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
