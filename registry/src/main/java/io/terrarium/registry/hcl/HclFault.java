package io.terrarium.registry.hcl;

/// A configuration that cannot be read: in which file, in which line, and what is wrong there.
public final class HclFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param line from 1, or 0 where it is the file as a whole
  public HclFault(String file, int line, String what) {
    super(line == 0 ? file + ": " + what : file + ":" + line + ": " + what);
  }
}
