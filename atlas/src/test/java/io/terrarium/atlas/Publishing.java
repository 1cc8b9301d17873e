package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;

import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;

/// Publishes providers in acme's registry, as alice.
final class Publishing {
  static final String KEYS = "/api/registry/private/v2/gpg-keys";
  static final String KEY_ID = "4E919828808F1B0E";
  static final String PROVIDERS = "/organizations/acme/registry-providers";

  private final Tenants server;

  Publishing(Tenants server) {
    this.server = server;
  }

  /// A file of `gpg --export`, made for the tests.
  static String armored(String name) {
    try (InputStream file = Publishing.class.getResourceAsStream("/gpg/" + name + ".asc")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Answer key() {
    return key("alice", "acme", armored("public"));
  }

  Answer key(String caller, String namespace, String armor) {
    return keys(
        caller,
        "POST",
        "",
        "{\"namespace\":\"%s\",\"ascii-armor\":%s}"
            .formatted(namespace, Json.KEBAB.getNodeFactory().textNode(armor)));
  }

  Answer keys(String caller, String method, String path, String attributes) {
    String body = attributes.isEmpty() ? "" : document("gpg-keys", attributes);
    return server.caller(caller).send(method, KEYS + path, body, Map.of());
  }

  Answer provider(String name) {
    return server.post(
        "alice",
        PROVIDERS,
        document(
            "registry-providers",
            "{\"name\":\"%s\",\"namespace\":\"acme\",\"registry-name\":\"private\"}"
                .formatted(name)));
  }

  static String one(String name) {
    return PROVIDERS + "/private/acme/" + name;
  }

  Answer version(String name, String version) {
    return server.post(
        "alice",
        one(name) + "/versions",
        document(
            "registry-provider-versions",
            "{\"version\":\"%s\",\"key-id\":\"%s\",\"protocols\":[\"5.0\"]}"
                .formatted(version, KEY_ID)));
  }

  Answer platform(String name, String version, String os, String content) {
    return server.post(
        "alice",
        one(name) + "/versions/" + version + "/platforms",
        document(
            "registry-provider-platforms",
            "{\"os\":\"%s\",\"arch\":\"amd64\",\"shasum\":\"%s\",\"filename\":\"p_%s.zip\"}"
                .formatted(os, sha256(content), os)));
  }

  static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
