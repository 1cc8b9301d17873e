package io.terrarium.mesh;

/// What is brought to the mesh again and again while its services die: each time another push, tag
/// or archive, of which something has to come, once.
interface Ingested extends AutoCloseable {
  /// Brings one and waits for what comes of it.
  ///
  /// @throws AssertionError where nothing comes of it, or something twice
  void once();

  /// Fails where something has come twice, however late.
  void assertNothingTwice();

  @Override
  void close();
}
