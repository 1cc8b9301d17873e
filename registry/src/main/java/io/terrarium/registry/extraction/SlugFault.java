package io.terrarium.registry.extraction;

/// A slug that holds no module, or none that can be read, with the reason for people.
final class SlugFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SlugFault(String reason) {
    super(reason);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
