package io.terrarium.kernel.runtime;

/// Which Terrarium this is; all programs of a mesh are of one.
public final class Release {
  public static final String VERSION = "0.1.0";

  private Release() {}
}
