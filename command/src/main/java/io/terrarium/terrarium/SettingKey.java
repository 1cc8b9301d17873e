package io.terrarium.terrarium;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One key of the documents: what it may hold, and which variable of the services it becomes.
///
/// @param variable absent where the key means nothing to the services
/// @param works false for keys of modes that do not work here yet
/// @param mode the first in which it means something
record SettingKey(
    String name, Format format, Optional<String> variable, boolean works, OperationalMode mode) {
  /// What a value may look like, and how to say so.
  @SuppressWarnings("ImmutableEnumChecker") // patterns hold nothing that changes
  enum Format {
    TEXT("a text", value -> true),
    FLAG("1 or 0", Pattern.compile("[01]").asMatchPredicate()),
    NUMBER("a whole number", Pattern.compile("\\d{1,9}").asMatchPredicate()),
    HEX("a hex value", Pattern.compile("([0-9a-fA-F]{2})+").asMatchPredicate()),
    MINUTES(
        "a number of minutes or unlimited",
        Pattern.compile("\\d{1,6}|unlimited").asMatchPredicate()),
    SUBNETS(
        "a comma separated list of subnets such as 10.0.0.0/8",
        Pattern.compile("[0-9a-fA-F.:]+/\\d{1,3}(,\\s*[0-9a-fA-F.:]+/\\d{1,3})*")
            .asMatchPredicate()),
    TLS(
        "tls_1_2, tls_1_3 or tls_1_2_tls_1_3",
        Pattern.compile("tls_1_2|tls_1_3|tls_1_2_tls_1_3").asMatchPredicate()),
    PORT("a port, such as 6379", Pattern.compile("[1-9]\\d{0,4}").asMatchPredicate()),
    PLACEMENT("placement_s3", Pattern.compile("placement_(s3|azure|gcs)").asMatchPredicate());

    private final String description;
    private final Predicate<String> accepts;

    Format(String description, Predicate<String> accepts) {
      this.description = description;
      this.accepts = accepts;
    }
  }

  private static final Map<String, SettingKey> TABLE =
      Stream.of(
              given("hostname", Format.TEXT, "TFE_HOSTNAME"),
              plain("installation_type", Format.TEXT),
              plain("production_type", Format.TEXT),
              plain("disk_path", Format.TEXT),
              plain("enable_active_active", Format.FLAG),
              given("enc_password", Format.TEXT, "TFE_ENCRYPTION_PASSWORD"),
              given("capacity_concurrency", Format.NUMBER, "TFE_CAPACITY_CONCURRENCY"),
              given("capacity_memory", Format.NUMBER, "TFE_CAPACITY_MEMORY"),
              given("capacity_cpus", Format.NUMBER, "TFE_CAPACITY_CPU"),
              given("iact_subnet_list", Format.SUBNETS, "TFE_IACT_SUBNETS"),
              given("iact_subnet_time_limit", Format.MINUTES, "TFE_IACT_TIME_LIMIT"),
              given("trusted_proxies", Format.SUBNETS, "TFE_IACT_TRUSTED_PROXIES"),
              given("root_secret", Format.TEXT, "TERRARIUM_ROOT_SECRET"),
              given("user_token", Format.TEXT, "TFE_IACT_TOKEN"),
              given("backup_token", Format.TEXT, BackupToken.VARIABLE),
              given("archivist_token", Format.TEXT, "TERRARIUM_ARCHIVIST_TOKEN"),
              given("cookie_hash", Format.TEXT, "TERRARIUM_COOKIE_HASH"),
              given("internal_api_token", Format.HEX, "TERRARIUM_INTERNAL_API_TOKEN"),
              given("install_id", Format.TEXT, "TERRARIUM_INSTALL_ID"),
              given(
                  "registry_session_encryption_key",
                  Format.HEX,
                  "TERRARIUM_REGISTRY_SESSION_ENCRYPTION_KEY"),
              given(
                  "registry_session_secret_key",
                  Format.HEX,
                  "TERRARIUM_REGISTRY_SESSION_SECRET_KEY"),
              later("extra_no_proxy", Format.TEXT),
              later("restrict_worker_metadata_access", Format.FLAG),
              later("hairpin_addressing", Format.FLAG),
              later("tls_vers", Format.TLS),
              later("tls_ciphers", Format.TEXT),
              later("force_tls", Format.FLAG),
              given("ca_certs", Format.TEXT, "TFE_TLS_CA_BUNDLE"),
              later("log_forwarding_enabled", Format.FLAG),
              later("log_forwarding_config", Format.TEXT),
              given("metrics_endpoint_enabled", Format.FLAG, "TFE_METRICS_ENABLE"),
              given("metrics_endpoint_port_http", Format.PORT, "TFE_METRICS_HTTP_PORT"),
              given("metrics_endpoint_port_https", Format.PORT, "TFE_METRICS_HTTPS_PORT"),
              later("enable_metrics_collection", Format.FLAG),
              given("extern_vault_enable", Format.FLAG, "TFE_VAULT_USE_EXTERNAL"),
              given("extern_vault_addr", Format.TEXT, "TFE_VAULT_ADDRESS"),
              given("extern_vault_role_id", Format.TEXT, "TFE_VAULT_ROLE_ID"),
              given("extern_vault_secret_id", Format.TEXT, "TFE_VAULT_SECRET_ID"),
              given("extern_vault_path", Format.TEXT, "TFE_VAULT_PATH"),
              given("extern_vault_token_renew", Format.NUMBER, "TFE_VAULT_TOKEN_RENEW"),
              given("extern_vault_namespace", Format.TEXT, "TFE_VAULT_NAMESPACE"),
              later("vault_path", Format.TEXT),
              later("vault_store_snapshot", Format.FLAG),
              external("pg_user", Format.TEXT, "TFE_DATABASE_USER"),
              external("pg_password", Format.TEXT, "TFE_DATABASE_PASSWORD"),
              external("pg_netloc", Format.TEXT, "TFE_DATABASE_HOST"),
              external("pg_dbname", Format.TEXT, "TFE_DATABASE_NAME"),
              external("pg_extra_params", Format.TEXT, "TFE_DATABASE_PARAMETERS"),
              external("placement", Format.PLACEMENT, "TFE_OBJECT_STORAGE_TYPE"),
              external(
                  "aws_instance_profile",
                  Format.FLAG,
                  "TFE_OBJECT_STORAGE_S3_USE_INSTANCE_PROFILE"),
              external("aws_access_key_id", Format.TEXT, "TFE_OBJECT_STORAGE_S3_ACCESS_KEY_ID"),
              external(
                  "aws_secret_access_key", Format.TEXT, "TFE_OBJECT_STORAGE_S3_SECRET_ACCESS_KEY"),
              external("s3_endpoint", Format.TEXT, "TFE_OBJECT_STORAGE_S3_ENDPOINT"),
              external("s3_bucket", Format.TEXT, "TFE_OBJECT_STORAGE_S3_BUCKET"),
              external("s3_region", Format.TEXT, "TFE_OBJECT_STORAGE_S3_REGION"),
              external("s3_sse", Format.TEXT, "TFE_OBJECT_STORAGE_S3_SERVER_SIDE_ENCRYPTION"),
              external(
                  "s3_sse_kms_key_id",
                  Format.TEXT,
                  "TFE_OBJECT_STORAGE_S3_SERVER_SIDE_ENCRYPTION_KMS_KEY_ID"),
              later("azure_account_name", Format.TEXT),
              later("azure_account_key", Format.TEXT),
              later("azure_container", Format.TEXT),
              later("azure_endpoint", Format.TEXT),
              later("gcs_credentials", Format.TEXT),
              later("gcs_project", Format.TEXT),
              later("gcs_bucket", Format.TEXT),
              later("tbw_image", Format.TEXT),
              later("custom_image_tag", Format.TEXT),
              later("run_pipeline_mode", Format.TEXT),
              later("custom_agent_image_tag", Format.TEXT),
              shared("redis_host", Format.TEXT, "TFE_REDIS_HOST"),
              active("redis_port", Format.PORT),
              shared("redis_use_password_auth", Format.FLAG, "TFE_REDIS_USE_AUTH"),
              shared("redis_pass", Format.TEXT, "TFE_REDIS_PASSWORD"),
              shared("redis_use_tls", Format.FLAG, "TFE_REDIS_USE_TLS"),
              later("redis_use_mtls", Format.FLAG),
              later("consolidated_services_enabled", Format.FLAG),
              later("optout_license_reporting", Format.FLAG),
              later("optout_usage_reporting", Format.FLAG))
          .collect(
              Collectors.toMap(
                  SettingKey::name, key -> key, (first, _) -> first, LinkedHashMap::new));

  private static final Pattern VARIABLE = Pattern.compile("\\b(TFE|TERRARIUM)_[A-Z0-9_]+");

  static Optional<SettingKey> of(String name) {
    return Optional.ofNullable(TABLE.get(name));
  }

  static Set<String> names() {
    return TABLE.keySet();
  }

  static Collection<SettingKey> all() {
    return TABLE.values();
  }

  /// A problem that names variables, with the keys that people know these by.
  static String withKeys(String problem) {
    return VARIABLE
        .matcher(problem)
        .replaceAll(name -> Matcher.quoteReplacement(withKey(name.group())));
  }

  private static String withKey(String variable) {
    return all().stream()
        .filter(key -> key.variable().filter(bare(variable)::equals).isPresent())
        .map(key -> key.name + " (" + variable + ")")
        .findFirst()
        .orElse(variable);
  }

  /// The bundle is a text in the file and a file in the environment.
  private static String bare(String variable) {
    return variable.equals("TFE_TLS_CA_BUNDLE_FILE") ? "TFE_TLS_CA_BUNDLE" : variable;
  }

  /// What is wrong with `value`, if anything is. A switch that is off asks for nothing.
  Optional<String> problem(String value) {
    if (!format.accepts.test(value)) {
      return Optional.of("must be " + format.description);
    }
    boolean off = format == Format.FLAG && value.equals("0");
    return works || off ? Optional.empty() : Optional.of("has no effect here yet; remove it");
  }

  /// As [#problem], of its variable: those have other words for switches and stores.
  Optional<String> problemInShell(String value) {
    return switch (format) {
      case FLAG ->
          value.equals("true") || value.equals("false") ? Optional.empty() : problem(value);
      case PLACEMENT -> Optional.empty();
      default -> problem(value);
    };
  }

  /// Whether `value` is that of a switch that is off.
  boolean isOff(String value) {
    return format == Format.FLAG && (value.equals("0") || value.equals("false"));
  }

  private static SettingKey given(String name, Format format, String variable) {
    return new SettingKey(name, format, Optional.of(variable), true, OperationalMode.LOCAL);
  }

  private static SettingKey plain(String name, Format format) {
    return new SettingKey(name, format, Optional.empty(), true, OperationalMode.LOCAL);
  }

  private static SettingKey later(String name, Format format) {
    return new SettingKey(name, format, Optional.empty(), false, OperationalMode.LOCAL);
  }

  private static SettingKey external(String name, Format format, String variable) {
    return new SettingKey(name, format, Optional.of(variable), true, OperationalMode.EXTERNAL);
  }

  private static SettingKey shared(String name, Format format, String variable) {
    return new SettingKey(name, format, Optional.of(variable), true, OperationalMode.ACTIVE_ACTIVE);
  }

  private static SettingKey active(String name, Format format) {
    return new SettingKey(name, format, Optional.empty(), true, OperationalMode.ACTIVE_ACTIVE);
  }
}
