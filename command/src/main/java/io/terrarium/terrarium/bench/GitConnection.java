package io.terrarium.terrarium.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Mac;
import io.terrarium.kernel.crypto.Tokens;
import io.terrarium.terrarium.MeshFault;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// The connection of an organization to a Git host, and the signed calls of the host's webhook.
final class GitConnection {
  private static final int SECRET_LENGTH = 32;

  private final Site site;
  private final String organization;
  private final String identifier;
  private final Secret secret = new Secret(Tokens.base58(SECRET_LENGTH));
  private final String token;

  GitConnection(Site site, String organization, GitOrigin origin) {
    this.site = site;
    this.organization = organization;
    this.identifier = origin.identifier();
    site.organization(organization);
    token =
        site.post(
                "/api/v2/organizations/" + organization + "/oauth-clients",
                """
                {"data":{"type":"oauth-clients","attributes":{"service-provider":"git",
                "http-url":"%s","secret":"%s"}}}\
                """
                    .formatted(origin.address(), secret.value()))
            .at("/data/relationships/oauth-tokens/data/0/id")
            .asText();
  }

  private String repository() {
    return "\"vcs-repo\":{\"identifier\":\"%s\",\"oauth-token-id\":\"%s\"}"
        .formatted(identifier, token);
  }

  /// A new workspace that follows the repository; the first run is asked for by itself.
  JsonNode workspace(String name) {
    return site.post(
            "/api/v2/organizations/" + organization + "/workspaces",
            "{\"data\":{\"type\":\"workspaces\",\"attributes\":{\"name\":\"%s\",\"queue-all-runs\":true,%s}}}"
                .formatted(name, repository()))
        .path("data");
  }

  /// A module whose versions are the repository's tags.
  JsonNode module() {
    return site.post(
            "/api/v2/organizations/" + organization + "/registry-modules/vcs",
            "{\"data\":{\"type\":\"registry-modules\",\"attributes\":{%s}}}"
                .formatted(repository()))
        .path("data");
  }

  /// The path of the webhook of who follows.
  static String webhook(JsonNode follower) {
    return Site.path(follower.at("/attributes/vcs-repo/webhook-url").asText());
  }

  /// A call of the webhook, ready to be sent.
  record Delivery(byte[] head, byte[] body) {}

  Delivery delivery(String webhook, String ref, String before, String after) {
    byte[] body =
        "{\"ref\":\"%s\",\"before\":\"%s\",\"after\":\"%s\",\"default_branch\":\"main\"}"
            .formatted(ref, before, after)
            .getBytes(StandardCharsets.UTF_8);
    String signature = HexFormat.of().formatHex(Mac.sha256(secret).sign(body));
    return new Delivery(site.signed(webhook, "sha256=" + signature, body.length), body);
  }

  /// Sends it; returns when it is acknowledged.
  static void send(Wire wire, Delivery delivery) {
    Wire.Answer answer = wire.upload(delivery.head(), out -> out.write(delivery.body()));
    if (answer.status() != 202) {
      throw new MeshFault("a webhook is answered with " + answer.status() + ": " + answer.text());
    }
  }
}
