package io.terrarium.mesh.agent;

import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.Locale;

/// Entered before `main` of every Java process of the mesh; the command itself is left alone.
public final class FaultAgent {
  private static final String OURS = "io.terrarium.";
  private static final String COMMAND = "io.terrarium.terrarium.";

  private FaultAgent() {}

  /// @param directory of the files by which the test and this process talk
  public static void premain(String directory, Instrumentation instrumentation) {
    String main = System.getProperty("sun.java.command", "").split(" ", 2)[0];
    if (main.startsWith(OURS) && !main.startsWith(COMMAND)) {
      FaultPoints.begin(Path.of(directory), service(main));
      instrumentation.addTransformer(new FaultTransformer());
    }
  }

  /// As the supervisor of the mesh names it.
  private static String service(String main) {
    return switch (main.substring(main.lastIndexOf('.') + 1)) {
      case "VaultServer" -> "vault";
      case "EmbeddedBroker" -> "broker";
      case "EmbeddedS3" -> "s3";
      case String name -> name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    };
  }
}
