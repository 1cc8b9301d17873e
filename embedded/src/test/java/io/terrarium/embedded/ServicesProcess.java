package io.terrarium.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/// A process of its own that holds all local services, with a thing in each, until it is killed.
final class ServicesProcess {
  private ServicesProcess() {}

  public static void main(String[] arguments) throws Exception {
    DataDirectory data = DataDirectory.open(Path.of(arguments[0]));
    EmbeddedServices services = EmbeddedServices.start(data, (_, _, _) -> {});
    new StoredThings(services).store(arguments[1]);
    Files.createFile(data.root().resolve("stored"));
    new CountDownLatch(1).await();
  }
}
