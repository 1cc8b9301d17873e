package io.terrarium.buildworker.terraform;

import io.terrarium.buildworker.fault.BuildFault;
import io.terrarium.contracts.internal.TerraformOffer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The terraform executables of this worker, each asked once for its version.
public final class TerraformBinaries {
  private static final Logger log = LoggerFactory.getLogger(TerraformBinaries.class);

  private final List<TerraformBinary> binaries;

  private final Optional<TerraformReleases> releases;

  private TerraformBinaries(List<TerraformBinary> binaries, Optional<TerraformReleases> releases) {
    this.binaries = List.copyOf(binaries);
    this.releases = releases;
  }

  /// Asks each executable; one that does not answer is left out with a warning.
  ///
  /// @param releases where others come from, empty for nowhere
  public static TerraformBinaries of(List<Path> paths, Optional<TerraformReleases> releases) {
    List<TerraformBinary> binaries = new ArrayList<>();
    for (Path path : paths) {
      try {
        binaries.add(TerraformBinary.ask(path));
      } catch (IOException | BuildFault e) {
        log.atWarn().setCause(e).addKeyValue("path", path).log("terraform executable is unusable");
      }
    }
    binaries.sort(Comparator.comparing(TerraformBinary::version).reversed());
    return new TerraformBinaries(binaries, releases);
  }

  /// The newest that fits: of those that are registered here, else of those that were fetched
  /// before, else of those that can be fetched.
  ///
  /// @param wanted a version, a constraint or `latest`
  /// @param offer where a registered version comes from, and which no constraint may lead to
  /// @param notice is told when this takes long
  /// @throws BuildFault when none does
  public TerraformBinary choose(String wanted, TerraformOffer offer, Consumer<String> notice)
      throws InterruptedException {
    if (!offer.archives().isEmpty()) {
      return registered(wanted, offer.archives(), notice);
    }
    VersionConstraint constraint = VersionConstraint.parse(wanted).without(offer.disabled());
    Stream<TerraformBinary> kept = releases.stream().flatMap(all -> all.kept().stream());
    Optional<TerraformBinary> here =
        Stream.concat(binaries.stream(), kept)
            .filter(binary -> constraint.accepts(binary.version()))
            .findFirst();
    if (here.isPresent()) {
      return here.get();
    }
    if (releases.isEmpty()) {
      throw absent(wanted, "Downloads are off", null);
    }
    try {
      return releases.get().fetch(constraint, notice);
    } catch (BuildFault fault) {
      throw absent(wanted, "It could not be downloaded: " + fault.line(), fault);
    }
  }

  /// What site admins have registered comes from where they say, even where another of its version
  /// is here.
  private TerraformBinary registered(
      String wanted, List<TerraformOffer.Archive> archives, Consumer<String> notice)
      throws InterruptedException {
    HostPlatform here = HostPlatform.here();
    Optional<TerraformOffer.Archive> archive =
        archives.stream().filter(one -> one.isFor(here.os(), here.arch())).findFirst();
    if (archive.isEmpty()) {
      throw new BuildFault(
          "Terraform "
              + wanted
              + " is registered for "
              + archives.stream()
                  .map(TerraformOffer.Archive::platform)
                  .collect(Collectors.joining(", "))
              + " alone, and this worker is "
              + here
              + ".");
    }
    if (releases.isEmpty()) {
      throw absent(wanted, "Downloads are off", null);
    }
    try {
      return releases.get().fetch(wanted, archive.get(), notice);
    } catch (BuildFault fault) {
      throw absent(wanted, "It could not be downloaded: " + fault.line(), fault);
    }
  }

  private BuildFault absent(String wanted, String why, @Nullable BuildFault cause) {
    return new BuildFault(
        "Terraform "
            + wanted
            + " is not installed on this worker. It has "
            + shown()
            + ". "
            + why
            + ". Make it available with: terrarium up --terraform FILE",
        cause);
  }

  private String shown() {
    return binaries.isEmpty()
        ? "no terraform at all"
        : binaries.stream().map(one -> one.version().toString()).collect(Collectors.joining(", "));
  }
}
