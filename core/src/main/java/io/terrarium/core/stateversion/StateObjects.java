package io.terrarium.core.stateversion;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.terrarium.contracts.archivist.ObjectClaims;
import io.terrarium.contracts.archivist.ObjectClaims.Action;
import io.terrarium.contracts.archivist.SignedPaths;
import io.terrarium.contracts.id.StateVersionId;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.client.ServiceFault;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the bytes of states are. Each reader and writer gets a signed path of its own that ends
/// after 25 hours.
public final class StateObjects {
  /// Types of archivist's callbacks.
  public static final String STATE = "state-version";

  public static final String JSON_STATE = "state-version-json";

  private static final Duration VALID = Duration.ofHours(25);
  private static final long STATE_BYTES_MAX = 1L << 30;
  private static final Map<String, String> HEADERS =
      Map.of("Content-Type", "application/octet-stream");

  private final SignedPaths paths;
  private final ServiceClient archivist;
  private final Clock clock;

  /// @param archivist through the router's internal listener
  public StateObjects(SignedPaths paths, ServiceClient archivist, Clock clock) {
    this.paths = paths;
    this.archivist = archivist;
    this.clock = clock;
  }

  public static String key(StateVersionId id) {
    return "states/" + id + "/state";
  }

  public static String jsonKey(StateVersionId id) {
    return "states/" + id + "/json";
  }

  public String read(String key) {
    return sign(Action.READ, key, 0, null);
  }

  /// For the client that has the state; atlas is told when it is stored.
  public String write(StateVersionId id) {
    return sign(
        Action.WRITE, key(id), STATE_BYTES_MAX, new ObjectClaims.Callback(STATE, id.value()));
  }

  public String writeJson(StateVersionId id) {
    return sign(
        Action.WRITE,
        jsonKey(id),
        STATE_BYTES_MAX,
        new ObjectClaims.Callback(JSON_STATE, id.value()));
  }

  void store(String key, byte[] bytes) {
    archivist.put(
        sign(Action.WRITE, key, STATE_BYTES_MAX, null),
        HttpRequest.BodyPublishers.ofByteArray(bytes),
        HEADERS);
  }

  /// The bytes at `key`, closed by who asks.
  InputStream open(String key) {
    return archivist.get(read(key), Map.of()).orElseThrow(Fault.NotFound::new);
  }

  /// What was stored.
  record Stored(long bytes, String md5) {}

  /// Stores the state at `from` with another serial at `to`, whole or not at all.
  Stored storeWithSerial(String from, String to, long serial) {
    try (InputStream bytes = open(from);
        SucceedingState state = new SucceedingState(bytes, serial)) {
      put(to, state);
      return new Stored(state.size(), state.md5Hex());
    } catch (JsonProcessingException e) {
      throw new Fault.Conflict(
          "The state version cannot be rolled back to: " + e.getOriginalMessage() + ".");
    } catch (IOException e) {
      throw new Fault.Unavailable("The state could not be read to its end.", e);
    }
  }

  private void put(String key, SucceedingState state) throws JsonProcessingException {
    try {
      archivist.put(
          sign(Action.WRITE, key, STATE_BYTES_MAX, null),
          HttpRequest.BodyPublishers.ofInputStream(() -> state),
          HEADERS);
    } catch (ServiceFault fault) {
      if (state.broken().isPresent()) {
        throw state.broken().get();
      }
      throw fault;
    }
  }

  private String sign(
      Action action, String key, long bytesMax, ObjectClaims.@Nullable Callback callback) {
    long expires = clock.instant().plus(VALID).getEpochSecond();
    return paths.sign(new ObjectClaims(action, key, expires, bytesMax, 0, callback));
  }
}
