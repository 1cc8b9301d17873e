package io.terrarium.terrarium;

import io.terrarium.embedded.EmbeddedServices;
import io.terrarium.embedded.EmbeddedServices.Part;

/// One of the servers that came along.
record LocalServer(EmbeddedServices servers, Part part) implements Breakable {
  @Override
  public String name() {
    return part.wire();
  }

  @Override
  public void stop() {
    servers.takeAway(part);
  }

  @Override
  public void start() {
    servers.bringBack(part);
  }
}
