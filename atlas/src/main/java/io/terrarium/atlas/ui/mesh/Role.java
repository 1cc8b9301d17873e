package io.terrarium.atlas.ui.mesh;

import java.util.Arrays;
import java.util.Optional;

/// Those who take part in flows, in the order in which they stand side by side, and what each does
/// in Terraform Enterprise.
public enum Role {
  CLIENT("client", "Whoever calls from outside: terraform, a browser, a pipeline."),
  GIT_HOST("git-host", "Where the code is: it tells of pushes and tags, and is cloned from."),
  ROUTER(
      "router",
      "nginx, the one way in: it ends TLS and sends each path to its service; results of builds"
          + " come back to atlas through it too, by the internal webhook."),
  ATLAS(
      "atlas",
      "The application: UI and API, and the state machine of runs. It keeps everything in"
          + " PostgreSQL and leaves work that may wait as jobs in Redis."),
  SIDEKIQ_WORKER(
      "sidekiq-worker",
      "Takes jobs from Redis: it hands plans and applies to build-manager, commits to slug-ingress"
          + " and notifications to those who wait for them."),
  BUILD_MANAGER(
      "build-manager",
      "Queues plans and applies in RabbitMQ for the workers, and posts what they come back with to"
          + " atlas' internal webhook."),
  BUILD_WORKER(
      "build-worker",
      "Takes one build after the other from RabbitMQ and runs terraform in a sandbox; its log goes"
          + " to archivist line by line, and so does what comes of it."),
  SLUG_INGRESS(
      "slug-ingress",
      "Clones a repository at one commit and packs it as a slug, which it hands to archivist."),
  REGISTRY_API("registry-api", "Answers those who install modules and providers."),
  REGISTRY_WORKER(
      "registry-worker", "Reads what a new version of a module holds: inputs, outputs, README."),
  STATE_PARSER("state-parser", "Reads the resources and outputs out of a new state."),
  ARCHIVIST(
      "archivist",
      "The one way to the object storage: slugs, plans, states and logs, each encrypted with a key"
          + " of Vault's."),
  VAULT("vault", "Encrypts the keys of everything that is kept."),
  S3("s3", "The object storage, which sees nothing but ciphertext."),
  OUTBOUND_PROXY(
      "outbound-proxy", "Every call to an address that somebody has given goes out through it."),
  POSTGRES("postgres", "The one truth: what is not here has not happened."),
  REDIS(
      "redis",
      "The coordination layer's first half: jobs for sidekiq-worker, the newest lines of logs, and"
          + " how often somebody has asked."),
  RABBITMQ(
      "rabbitmq",
      "The other half: plans and applies wait here for a worker, and one that dies with a build in"
          + " hand gives it back.");

  private final String wire;
  private final String words;

  Role(String wire, String words) {
    this.wire = wire;
    this.words = words;
  }

  /// The one that is called so in hops.
  static Optional<Role> of(String wire) {
    return Arrays.stream(values()).filter(role -> role.wire.equals(wire)).findFirst();
  }

  /// What the one who is called so does; "" for one that is not known here.
  public static String words(String wire) {
    return of(wire).map(role -> role.words).orElse("");
  }

  /// Where one who is called so stands; the unknown are last.
  static int place(String wire) {
    return of(wire).map(Role::ordinal).orElse(values().length);
  }
}
