package io.terrarium.terrarium;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options of the commands that speak with a mesh which runs: by its data directory where it is
/// here, else by its address.
final class RunningMeshOptions {
  @Option(names = "--data", paramLabel = "DIR", description = "The mesh's data directory.")
  private @Nullable Path data;

  @Option(
      names = "--address",
      paramLabel = "URL",
      description = "Address of the mesh without TLS (default: that of the mesh on the data).")
  private @Nullable URI address;

  Path data() {
    return PlaceOptions.data(data);
  }

  URI address() {
    Path place = data();
    return Optional.ofNullable(address)
        .or(() -> StatusFile.address(place))
        .orElseThrow(
            () -> new MeshFault("no mesh runs on " + place + "; see --data and --address"));
  }

  /// What a file that an option names holds.
  ///
  /// @param what begins the sentence that tells of a file that cannot be read
  static String text(String what, Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new MeshFault(what + " " + file + " cannot be read", e);
    }
  }
}
