package io.terrarium.stateparser;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Service;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A state parser in a process of its own. It writes its port to a file, and ends with its input,
/// so that it never outlives the test that started it.
final class StateParserProcess {
  private StateParserProcess() {}

  /// @param arguments archivist's address, the internal token, the file
  public static void main(String[] arguments) throws Exception {
    StateParserConfig config =
        new StateParserConfig(
            HttpAddress.loopback(0), URI.create(arguments[0]), new Secret(arguments[1]));
    try (Platform platform = Platform.start();
        Service parser = StateParser.start(config, platform)) {
      Path file = Path.of(arguments[2]);
      Path fresh = Path.of(arguments[2] + ".new");
      Files.writeString(fresh, Integer.toString(parser.port()));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
    }
  }
}
