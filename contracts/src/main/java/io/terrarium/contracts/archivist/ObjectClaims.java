package io.terrarium.contracts.archivist;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/// What the bearer of a signed path may do, and until when. Short names, since it is part of a URL.
///
/// @param action what may be done with the object
/// @param key of the object or log in the store, such as `configuration-versions/cv-…/slug`
/// @param expires seconds since 1970
/// @param bytesMax largest body of a write, 0 where nothing is written
/// @param attempt of the phase that writes a log or a state, 0 elsewhere; older ones are refused
/// @param callback tells atlas once the object is stored, absent where the caller itself does
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ObjectClaims(
    @JsonProperty("a") Action action,
    @JsonProperty("k") String key,
    @JsonProperty("e") long expires,
    @JsonProperty("m") long bytesMax,
    @JsonProperty("n") int attempt,
    @JsonProperty("c") @Nullable Callback callback) {

  /// What a signed path is good for.
  public enum Action {
    /// GET of an object.
    @JsonProperty("r")
    READ,
    /// PUT of an object; may be repeated.
    @JsonProperty("w")
    WRITE,
    /// GET of a log by byte `offset` and `limit`.
    @JsonProperty("l")
    READ_LOG,
    /// POST to a log at a byte offset.
    @JsonProperty("p")
    APPEND_LOG,
    /// DELETE of an object; may be repeated.
    @JsonProperty("d")
    DELETE,
    /// DELETE of a log; may be repeated.
    @JsonProperty("x")
    DELETE_LOG
  }

  /// Which thing of atlas the object belongs to, such as `configuration-version` and its id.
  public record Callback(@JsonProperty("t") String type, @JsonProperty("i") String id) {}
}
