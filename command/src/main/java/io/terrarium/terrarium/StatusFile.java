package io.terrarium.terrarium;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.terrarium.embedded.DataDirectory;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What `app status` shows, kept as a file in the data directory by the running mesh.
final class StatusFile implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Clock CLOCK = Clock.systemUTC();
  private static final String APP = "terrarium";
  // The first release of the documents that knew several nodes.
  private static final int SEQUENCE = 504;

  /// The documents' object ("Active/Active", Wait for Terraform Enterprise to Install).
  record Status(
      @JsonProperty("AppID") String appId,
      @JsonProperty("Sequence") int sequence,
      @JsonProperty("PatchSequence") int patchSequence,
      @JsonProperty("State") String state,
      @JsonProperty("DesiredState") String desiredState,
      @JsonProperty("IsCancellable") boolean isCancellable,
      @JsonProperty("IsTransitioning") boolean isTransitioning,
      @JsonProperty("LastModifiedAt") String lastModifiedAt) {
    boolean isStarted() {
      return state.equals("started") && !isTransitioning;
    }
  }

  /// @param address of the mesh without TLS, once it has one
  /// @param operations where the operator's service of this node answers, once it does
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Kept(@Nullable URI address, @Nullable URI operations, Status status) {}

  private final Path file;

  private StatusFile(Path file) {
    this.file = file;
  }

  static StatusFile starting(Path data) {
    StatusFile status = new StatusFile(data.resolve("status.json"));
    status.write("starting", "started", true, null, null);
    return status;
  }

  void started(URI address, URI operations) {
    write("started", "started", false, address, operations);
  }

  @Override
  public void close() {
    write("stopped", "stopped", false, null, null);
  }

  /// The status of the mesh on `data`; one that does not hold the directory any more is stopped,
  /// whatever it wrote.
  static Optional<List<Status>> read(Path data) {
    return kept(data)
        .map(kept ->
            DataDirectory.isInUse(data) || kept.status().state().equals("stopped")
                ? kept.status()
                : status("stopped", "started", false, kept.status().lastModifiedAt()))
        .map(List::of);
  }

  /// Where the mesh on `data` answers without TLS; empty when none is up.
  static Optional<URI> address(Path data) {
    return DataDirectory.isInUse(data) ? kept(data).map(Kept::address) : Optional.empty();
  }

  /// Where operations of the mesh on `data` answers; empty when none is up.
  static Optional<URI> operations(Path data) {
    return DataDirectory.isInUse(data) ? kept(data).map(Kept::operations) : Optional.empty();
  }

  private static Optional<Kept> kept(Path data) {
    Path file = data.resolve("status.json");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(file.toFile(), Kept.class));
    } catch (IOException e) {
      throw new MeshFault(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void write(
      String state,
      String desired,
      boolean transitioning,
      @Nullable URI address,
      @Nullable URI operations) {
    Status status = status(state, desired, transitioning, Json.format(CLOCK.instant()));
    try {
      Path fresh = file.resolveSibling("status.json.new");
      JSON.writeValue(fresh.toFile(), new Kept(address, operations, status));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Status status(String state, String desired, boolean transitioning, String when) {
    return new Status(APP, SEQUENCE, 0, state, desired, false, transitioning, when);
  }
}
