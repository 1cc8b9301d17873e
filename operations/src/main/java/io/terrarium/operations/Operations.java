package io.terrarium.operations;

import io.terrarium.kernel.http.Health;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Program;
import io.terrarium.kernel.runtime.Service;

/// The operator's service of a node.
public final class Operations {
  private static final String NAME = "operations";

  private Operations() {}

  public static Service start(OperationsConfig config, Platform platform) {
    return Service.start(NAME, platform, config.listen(), parts -> new Health()::mount);
  }

  static void main(String[] args) {
    Program.serve(OperationsConfig::from, Operations::start);
  }
}
