package io.terrarium.buildworker.output;

import io.terrarium.contracts.archivist.LogPosition;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.client.ServiceFault;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log of one build as archivist has it.
///
/// @param path signed, at archivist
/// @param headers of each call
public record RemoteLog(
    ServiceClient archivist, String path, Supplier<Map<String, String>> headers) {
  private static final Logger log = LoggerFactory.getLogger(RemoteLog.class);

  /// How long it is.
  LogPosition position() {
    return post("", new byte[0]);
  }

  LogPosition append(long offset, byte[] bytes, boolean isLast) {
    return post("offset=" + offset + (isLast ? "&end=1" : ""), bytes);
  }

  /// Last words of a build that never got as far as having a log of its own; they are not worth
  /// waiting for.
  ///
  /// @return whether they were taken
  public boolean endWith(String line) {
    try {
      post("end=1", (line + "\n").getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (ServiceFault fault) {
      log.atWarn().addKeyValue("reason", fault.getMessage()).log("last words were not taken");
      return false;
    }
  }

  private LogPosition post(String query, byte[] bytes) {
    String full = query.isEmpty() ? path : path + (path.contains("?") ? "&" : "?") + query;
    Map<String, String> all = new LinkedHashMap<>(headers.get());
    all.put("Content-Type", "application/octet-stream");
    return archivist.postBytes(full, bytes, all, LogPosition.class);
  }
}
