package io.terrarium.operations.health;

import java.util.List;

/// What the health of the mesh is made of. A server is judged by the services that depend on it,
/// since what counts is whether they reach it; a service by whether it answers.
enum Subject {
  POSTGRES("postgres", "PostgreSQL Health Check", "PostgreSQL answers", "database"),
  REDIS("redis", "Redis Health Check", "Redis answers", "redis"),
  VAULT("vault", "Vault Server Health Check", "Vault answers and is unsealed", "vault"),
  RABBITMQ("rabbitmq", "RabbitMQ Health Check", "RabbitMQ answers", "broker"),
  OBJECT_STORAGE(
      "object-storage",
      "Object Storage Health Check",
      "the object storage answers and has the bucket",
      "object-store"),
  ATLAS("atlas", "Terraform Enterprise Health Check"),
  ARCHIVIST("archivist", "Archivist Health Check"),
  SIDEKIQ_WORKER("sidekiq-worker", "Sidekiq Health Check"),
  BUILD_MANAGER("build-manager", "Build Manager Health Check"),
  BUILD_WORKER("build-worker", "Build Worker Health Check"),
  STATE_PARSER("state-parser", "State Parser Health Check"),
  OUTBOUND_PROXY("outbound-proxy", "Outbound HTTP Proxy Health Check"),
  SLUG_INGRESS("slug-ingress", "Slug Ingress Health Check"),
  REGISTRY_API("registry-api", "Private Registry API Health Check"),
  REGISTRY_WORKER("registry-worker", "Private Module Registry Worker Health Check");

  /// The services that are asked.
  static final List<Subject> SERVICES =
      List.of(
          ATLAS,
          ARCHIVIST,
          SIDEKIQ_WORKER,
          BUILD_MANAGER,
          BUILD_WORKER,
          STATE_PARSER,
          OUTBOUND_PROXY,
          SLUG_INGRESS,
          REGISTRY_API,
          REGISTRY_WORKER);

  private final String wire;
  private final String title;
  private final String description;
  private final String dependency;

  Subject(String wire, String title, String description, String dependency) {
    this.wire = wire;
    this.title = title;
    this.description = description;
    this.dependency = dependency;
  }

  Subject(String wire, String title) {
    this(wire, title, wire + " is up and answers", "");
  }

  String wire() {
    return wire;
  }

  /// As `tfe-admin health-check` calls it.
  String title() {
    return title;
  }

  /// What is checked, after the word "that".
  String description() {
    return description;
  }

  /// The name under which services report it; "" for a service.
  String dependency() {
    return dependency;
  }

  boolean isService() {
    return dependency.isEmpty();
  }

  /// The name of its address in the environment.
  String urlKey() {
    return "TERRARIUM_" + name() + "_URL";
  }
}
