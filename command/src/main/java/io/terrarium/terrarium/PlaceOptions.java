package io.terrarium.terrarium;

import io.terrarium.kernel.settings.Env;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options of the commands that start a mesh.
final class PlaceOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Keep everything there (default: .terrarium, or $TERRARIUM_DATA).")
  private @Nullable Path data;

  @Option(
      names = "--https-port",
      paramLabel = "PORT",
      defaultValue = "8443",
      converter = PortNumber.class,
      description = "Public port with TLS, 0 for any (default: ${DEFAULT-VALUE}).")
  private int httpsPort;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      defaultValue = "8080",
      converter = PortNumber.class,
      description = "Public port without TLS, 0 for any (default: ${DEFAULT-VALUE}).")
  private int httpPort;

  @Option(
      names = "--settings",
      paramLabel = "FILE",
      description = "A ptfe-settings.json with the installation's settings.")
  private @Nullable Path settings;

  @Option(
      names = "--terraform",
      paramLabel = "FILE",
      description = "A terraform executable that runs may use; may be repeated (default: PATH).")
  private List<Path> terraform = List.of();

  @Option(
      names = "--provider-mirror",
      paramLabel = "DIR",
      description = "A file-system mirror of providers for the runs.")
  private @Nullable Path providerMirror;

  @Option(
      names = "--outbound-allow",
      paramLabel = "RANGE|HOST[:PORT]",
      split = ",",
      description = "What notifications may be sent to although it is not public; for labs.")
  private List<String> outboundAllow = List.of();

  /// Where the data is: as asked, else as the environment says, else here.
  static Path data(@Nullable Path asked) {
    if (asked != null) {
      return asked.toAbsolutePath();
    }
    return Path.of(Env.system().text("TERRARIUM_DATA", ".terrarium")).toAbsolutePath();
  }

  /// Commands that are not told of `data` find it, too.
  static boolean isUsual(Path data) {
    try {
      return Files.isSameFile(data, data(null));
    } catch (IOException e) {
      return false;
    }
  }

  boolean namesData() {
    return data != null;
  }

  /// As asked, else the disk of the settings, else as [#data(Path)] says.
  Path data() {
    return Optional.ofNullable(data)
        .or(() -> Optional.ofNullable(settings).flatMap(Settings::diskPath))
        .map(Path::toAbsolutePath)
        .orElseGet(() -> data(null));
  }

  MeshOptions mesh(Path where, boolean separate) {
    Optional<Path> providers =
        providerMirror != null ? Optional.of(providerMirror.toAbsolutePath()) : usualMirror();
    List<Path> binaries =
        terraform.isEmpty()
            ? usualTerraform()
            : terraform.stream().map(Path::toAbsolutePath).toList();
    return new MeshOptions(
        where,
        httpsPort,
        httpPort,
        separate,
        Optional.ofNullable(settings),
        binaries,
        providers,
        outboundAllow.isEmpty() ? usualAllowance() : String.join(",", outboundAllow));
  }

  private static Optional<Path> usualMirror() {
    return Env.system().find("TERRARIUM_PROVIDER_MIRROR").map(Path::of);
  }

  private static String usualAllowance() {
    return Env.system().text("TERRARIUM_OUTBOUND_ALLOW", "");
  }

  private static List<Path> usualTerraform() {
    return TerraformBinary.onPath(Env.system().text("PATH", ""));
  }

  /// A mesh on `data` as the environment alone says, on any free ports.
  static MeshOptions usualMesh(Path data) {
    return new MeshOptions(
        data, 0, 0, false, Optional.empty(), usualTerraform(), usualMirror(), usualAllowance());
  }
}
