package io.terrarium.archivist;

import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Service;
import io.terrarium.kernel.settings.Env;
import io.terrarium.testsupport.ServerProcess;

/// An archivist in a process of its own, with the settings of its environment.
final class ArchivistProcess {
  private ArchivistProcess() {}

  /// @param arguments the file for its port
  public static void main(String[] arguments) throws Exception {
    Env env = Env.system();
    ArchivistConfig config = ArchivistConfig.from(env);
    env.check();
    try (Platform platform = Platform.start();
        Service archivist = Archivist.start(config, platform)) {
      ServerProcess.serve(arguments[0], archivist.port());
    }
  }
}
