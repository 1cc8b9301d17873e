package io.terrarium.testservers;

/// A server that somebody else runs, and what is to be done when the test is over.
record LentServer<C>(String name, C config, Runnable end) implements BackingServer<C> {
  @Override
  public boolean isOurs() {
    return false;
  }

  @Override
  public void stop() {
    throw new UnsupportedOperationException(name + " is not ours to stop");
  }

  @Override
  public void start() {
    throw new UnsupportedOperationException(name + " is not ours to start");
  }

  @Override
  public void close() {
    end.run();
  }
}
