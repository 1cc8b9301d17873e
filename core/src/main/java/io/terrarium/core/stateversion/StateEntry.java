package io.terrarium.core.stateversion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import java.util.regex.Pattern;

/// An instance of a resource, or an output, as it stands in a state file.
///
/// @param isHidden whether none of its values may be shown
/// @param hidden names of attributes that hold something sensitive, at whatever depth
/// @param bytes that it takes in the file
record StateEntry(
    String address, ObjectNode attributes, boolean isHidden, Set<String> hidden, long bytes) {
  /// Older terraforms do not say in a state what a provider calls sensitive, so what is called like
  /// a secret counts as one.
  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "(?i).*(password|passwd|passphrase|secret|token|credential|private_?key|access_?key"
              + "|api_?key|connection_string).*");

  StateEntry {
    hidden = Set.copyOf(hidden);
  }

  /// Whether values of what is called `name` are kept back, wherever it stands.
  static boolean isSecret(String name) {
    return SECRET_NAME.matcher(name).matches();
  }

  boolean hides(String attribute) {
    return isHidden || hidden.contains(attribute) || isSecret(attribute);
  }

  /// What tells it from others of the same address.
  long digest() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return ByteBuffer.wrap(sha.digest(attributes.toString().getBytes(StandardCharsets.UTF_8)))
          .getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  JsonNode attribute(String name) {
    return attributes.path(name);
  }

  @Override
  public String toString() {
    return "StateEntry[" + address + "]";
  }
}
