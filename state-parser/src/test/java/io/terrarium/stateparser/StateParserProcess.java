package io.terrarium.stateparser;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Service;
import io.terrarium.testsupport.ServerProcess;
import java.net.URI;

/// A state parser in a process of its own.
final class StateParserProcess {
  private StateParserProcess() {}

  /// @param arguments the file for its port, archivist's address, the internal token
  public static void main(String[] arguments) throws Exception {
    StateParserConfig config =
        new StateParserConfig(
            HttpAddress.loopback(0), URI.create(arguments[1]), new Secret(arguments[2]));
    try (Platform platform = Platform.start();
        Service parser = StateParser.start(config, platform)) {
      ServerProcess.serve(arguments[0], parser.port());
    }
  }
}
