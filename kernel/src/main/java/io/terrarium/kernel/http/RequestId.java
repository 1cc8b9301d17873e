package io.terrarium.kernel.http;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// The name of a request, by which its answer and the lines of all services that had to do with it
/// are found.
public final class RequestId {
  public static final String HEADER = "X-Request-Id";

  /// What is safe in headers and in logs, whoever has written it.
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");

  private RequestId() {}

  /// The caller's own, if it is of good form, else a new one.
  public static String of(Optional<String> header) {
    return header
        .filter(id -> FORM.matcher(id).matches())
        .orElseGet(() -> UUID.randomUUID().toString());
  }
}
