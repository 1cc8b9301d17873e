package io.terrarium.testservers;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.database.DatabaseCheck;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.settings.Env;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OwnPostgresIT extends OwnServerContract {
  private String authority = "";

  OwnPostgresIT() {
    super("TFE_DATABASE_PASSWORD");
  }

  @Override
  Map<String, String> start(ServersWithTls servers) {
    Map<String, String> settings = servers.postgres();
    servers.sql("CREATE ROLE reader LOGIN PASSWORD 'r'");
    authority = servers.authority().toString();
    return settings;
  }

  @Override
  Optional<String> problem(Env env) {
    DatabaseConfig config = DatabaseConfig.from(env, 1);
    env.check();
    return DatabaseCheck.problem(config);
  }

  @Override
  Refusal refusal() {
    return new Refusal("TFE_DATABASE_PARAMETERS cannot be met", List.of("TFE_TLS_CA_BUNDLE_FILE"));
  }

  @Override
  Stream<Change> changes() {
    return Stream.of(
        new Change(
            "TFE_DATABASE_PASSWORD",
            "wrong",
            "TFE_DATABASE_PASSWORD or TFE_DATABASE_USER is refused"),
        new Change("TFE_DATABASE_NAME", "absent", "TFE_DATABASE_NAME is not there"),
        new Change(
            "TFE_DATABASE_PARAMETERS", "sslmode=disable", "TFE_DATABASE_PARAMETERS cannot be met"),
        new Change("TFE_DATABASE_HOST", "127.0.0.1:1", "TFE_DATABASE_HOST does not answer"));
  }

  @Test
  void that_the_bundle_vouches_for_is_used_over_tls() {
    DatabaseConfig config = DatabaseConfig.from(Env.of(settings()), 1);

    try (Database database = Database.open(config, "it", "public", List.of())) {
      boolean encrypted =
          database.read(db ->
              db.createQuery("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
                  .mapTo(Boolean.class)
                  .one());
      assertThat(encrypted).isTrue();
    }
  }

  @Test
  void is_verified_by_a_file_of_its_own_as_well() {
    Map<String, String> settings = settingsWithoutBundle();
    settings.put("TFE_DATABASE_PARAMETERS", "sslmode=verify-ca&sslrootcert=" + authority);

    assertThat(problem(Env.of(settings))).isEmpty();
  }

  @Test
  void in_which_nothing_may_be_made_is_refused() {
    Map<String, String> settings = settings();
    settings.put("TFE_DATABASE_USER", "reader");
    settings.put("TFE_DATABASE_PASSWORD", "r");

    assertThat(problem(Env.of(settings)))
        .hasValueSatisfying(
            problem -> assertThat(problem).startsWith("TFE_DATABASE_USER may make no schemas"));
  }
}
