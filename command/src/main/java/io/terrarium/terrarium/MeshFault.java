package io.terrarium.terrarium;

/// Why the mesh cannot run, in one line for a person, with what mends it.
public final class MeshFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MeshFault(String message) {
    super(message);
  }

  public MeshFault(String message, Throwable cause) {
    super(message, cause);
  }
}
