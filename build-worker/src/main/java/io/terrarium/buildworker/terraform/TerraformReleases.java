package io.terrarium.buildworker.terraform;

import io.terrarium.buildworker.fault.BuildFault;
import io.terrarium.contracts.internal.TerraformOffer;
import io.terrarium.kernel.json.Json;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Terraform's releases as their maker publishes them. Each is fetched once, checked against its
/// SHA-256 sum, and kept in a directory under a name that only a whole executable ever has.
public final class TerraformReleases implements AutoCloseable {
  private static final Pattern KEPT = Pattern.compile("terraform_([^_]+)_([a-z0-9]+_[a-z0-9]+)");
  private static final String HALF = ".half";

  /// Nobody fetches for so long: what is older was left by a worker that died.
  private static final Duration HALF_LIFE = Duration.ofDays(1);

  private final URI address;
  private final Path cache;
  private final HostPlatform platform = HostPlatform.here();
  private final Clock clock;
  private final Download download;

  /// One at a time, so that two builds in need of the same do not fetch it twice.
  private final ReentrantLock fetching = new ReentrantLock();

  /// @param address such as `https://releases.hashicorp.com`
  /// @param cache made when it is not there; several workers may share it
  /// @param limit of the time for one file
  public TerraformReleases(URI address, Path cache, Duration limit, Clock clock) {
    this.address = address;
    this.cache = cache;
    this.clock = clock;
    this.download = new Download(limit);
  }

  /// What was fetched before, by this worker or another, newest first.
  List<TerraformBinary> kept() {
    if (!Files.isDirectory(cache)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(cache)) {
      return files
          .flatMap(file -> read(file).stream())
          .sorted(Comparator.comparing(TerraformBinary::version).reversed())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<TerraformBinary> read(Path file) {
    Matcher kept = KEPT.matcher(String.valueOf(file.getFileName()));
    if (!kept.matches() || !kept.group(2).equals(platform.toString())) {
      return Optional.empty();
    }
    return TerraformVersion.parse(kept.group(1))
        .map(version -> new TerraformBinary(version, platform.toString(), file));
  }

  /// Fetches the newest release that fits.
  ///
  /// @param notice is told before the long part begins
  /// @throws BuildFault when there is none, or it cannot be had; the message is a clause
  TerraformBinary fetch(VersionConstraint constraint, Consumer<String> notice)
      throws InterruptedException {
    fetching.lockInterruptibly();
    try {
      Optional<TerraformVersion> exact = constraint.exact();
      TerraformVersion version = exact.isPresent() ? exact.get() : newest(constraint);
      Path file = cache.resolve("terraform_" + version + "_" + platform);
      if (!Files.exists(file)) {
        Files.createDirectories(cache);
        removeHalves();
        notice.accept("Downloading Terraform " + version + " from " + address + "...");
        fetch(version, file);
      }
      return new TerraformBinary(version, platform.toString(), file.toRealPath());
    } catch (IOException e) {
      throw new BuildFault(reason(e), e);
    } finally {
      fetching.unlock();
    }
  }

  /// Fetches what site admins have registered, once for each sum.
  TerraformBinary fetch(String wanted, TerraformOffer.Archive archive, Consumer<String> notice)
      throws InterruptedException {
    TerraformVersion version =
        TerraformVersion.parse(wanted)
            .orElseThrow(() -> new BuildFault("\"" + wanted + "\" is no version of Terraform"));
    URI uri = URI.create(archive.url());
    fetching.lockInterruptibly();
    try {
      Path file = cache.resolve("registered_" + archive.sha() + "_" + platform);
      if (!Files.exists(file)) {
        Files.createDirectories(cache);
        removeHalves();
        notice.accept("Downloading Terraform " + version + " from " + uri.getHost() + "...");
        fetch(uri, archive.sha(), "The archive from " + uri.getHost(), file);
      }
      return new TerraformBinary(version, platform.toString(), file.toRealPath());
    } catch (IOException e) {
      // Without the address: it may open doors.
      throw new BuildFault(uri.getHost() + " does not give it", e);
    } finally {
      fetching.unlock();
    }
  }

  private String reason(IOException e) {
    return switch (e) {
      case FileNotFoundException missing -> String.valueOf(missing.getMessage());
      case ConnectException _, HttpConnectTimeoutException _ -> address + " cannot be reached";
      default -> address + " does not give it: " + e;
    };
  }

  private TerraformVersion newest(VersionConstraint constraint)
      throws IOException, InterruptedException {
    byte[] index = download.text(URI.create(address + "/terraform/index.json"));
    return Json.SNAKE
        .readTree(index)
        .path("versions")
        .propertyStream()
        .flatMap(release -> TerraformVersion.parse(release.getKey()).stream())
        .filter(constraint::accepts)
        .max(Comparator.naturalOrder())
        .orElseThrow(() -> new BuildFault(address + " has none that fits"));
  }

  private void fetch(TerraformVersion version, Path file) throws IOException, InterruptedException {
    String directory = address + "/terraform/" + version + "/terraform_" + version + "_";
    String zipName = "terraform_" + version + "_" + platform + ".zip";
    String sum =
        ReleaseSums.read(download.text(URI.create(directory + "SHA256SUMS")))
            .of(zipName)
            .orElseThrow(() -> new BuildFault(address + " has no " + zipName));
    fetch(URI.create(directory + platform + ".zip"), sum, zipName + " from " + address, file);
  }

  private void fetch(URI uri, String sum, String what, Path file)
      throws IOException, InterruptedException {
    Path zip = Files.createTempFile(cache, "terraform", HALF);
    Path executable = Files.createTempFile(cache, "terraform", HALF);
    try {
      String actual = download.file(uri, zip);
      if (!actual.equals(sum)) {
        throw new BuildFault(what + " has the SHA-256 sum " + actual + " instead of " + sum);
      }
      Download.unpackTerraform(zip, executable);
      Files.move(executable, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(zip);
      Files.deleteIfExists(executable);
    }
  }

  private void removeHalves() throws IOException {
    FileTime oldest = FileTime.from(clock.instant().minus(HALF_LIFE));
    try (DirectoryStream<Path> halves = Files.newDirectoryStream(cache, "*" + HALF)) {
      for (Path half : halves) {
        if (Files.getLastModifiedTime(half).compareTo(oldest) < 0) {
          Files.deleteIfExists(half);
        }
      }
    }
  }

  @Override
  public void close() {
    download.close();
  }
}
