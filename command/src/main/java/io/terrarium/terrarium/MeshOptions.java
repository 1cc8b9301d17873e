package io.terrarium.terrarium;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where and how a mesh is to run.
///
/// @param data directory that holds all of its state
/// @param httpsPort public port, 0 for any that is free
/// @param httpPort public port without TLS, 0 for any that is free
/// @param separate one process per service instead of one for all
/// @param settings `ptfe-settings.json`, if there is one
/// @param terraformBinaries terraform executables that runs may use
/// @param outboundAllow ranges and hosts that notifications may go to although they are not public
/// @param providerMirror file-system mirror of providers for the runs, if there is one
/// @param git the lab's Git server, where one is wanted
/// @param lab whether site admins may break and mend it from the pages of the labs
public record MeshOptions(
    Path data,
    int httpsPort,
    int httpPort,
    boolean separate,
    Optional<Path> settings,
    List<Path> terraformBinaries,
    Optional<Path> providerMirror,
    String outboundAllow,
    Optional<Git> git,
    boolean lab) {

  /// @param directory that holds its repositories
  /// @param port 0 for the one it had before, or any that is free
  public record Git(Path directory, int port) {}

  /// Without a Git server, and not in a lab.
  public MeshOptions(
      Path data,
      int httpsPort,
      int httpPort,
      boolean separate,
      Optional<Path> settings,
      List<Path> terraformBinaries,
      Optional<Path> providerMirror,
      String outboundAllow) {
    this(
        data,
        httpsPort,
        httpPort,
        separate,
        settings,
        terraformBinaries,
        providerMirror,
        outboundAllow,
        Optional.empty(),
        false);
  }

  public MeshOptions with(Git server) {
    return new MeshOptions(
        data,
        httpsPort,
        httpPort,
        separate,
        settings,
        terraformBinaries,
        providerMirror,
        outboundAllow,
        Optional.of(server),
        lab);
  }

  public MeshOptions inLab() {
    return new MeshOptions(
        data,
        httpsPort,
        httpPort,
        separate,
        settings,
        terraformBinaries,
        providerMirror,
        outboundAllow,
        git,
        true);
  }
}
