package io.terrarium.testservers;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.kernel.runtime.Parts;
import io.terrarium.kernel.settings.Env;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What an installation says of a server of its own, with TLS by an authority that only its bundle
/// knows, and a password.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OwnServerContract {
  private static final String BUNDLE = "TFE_TLS_CA_BUNDLE_FILE";

  private final Parts parts = new Parts("own server");
  private final String secret;
  private Map<String, String> settings = Map.of();

  /// @param secret variable that nothing tells of
  OwnServerContract(String secret) {
    this.secret = secret;
  }

  /// A setting that is not as the server is, and how what is said of it begins.
  record Change(String name, String value, String problem) {}

  /// Starts the server; the variables that name it.
  abstract Map<String, String> start(ServersWithTls servers);

  /// What is said of the server of these settings.
  abstract Optional<String> problem(Env env);

  /// How what is said of a certificate that nobody vouches for begins, and what else is in it.
  abstract Refusal refusal();

  abstract Stream<Change> changes();

  /// See [#refusal].
  record Refusal(String beginning, List<String> more) {}

  @BeforeAll
  void start(@TempDir Path directory) {
    settings = start(parts.add(new ServersWithTls(directory)));
  }

  @AfterAll
  void stop() {
    parts.close();
  }

  /// The settings as the server is.
  final Map<String, String> settings() {
    return new HashMap<>(settings);
  }

  /// The same, but for one.
  final Env but(String name, String value) {
    Map<String, String> changed = settings();
    changed.put(name, value);
    return Env.of(changed);
  }

  /// The same with nobody to vouch for the server.
  final Map<String, String> settingsWithoutBundle() {
    Map<String, String> changed = settings();
    changed.remove(BUNDLE);
    return changed;
  }

  @Test
  void as_the_settings_say_has_no_problem() {
    assertThat(problem(Env.of(settings()))).isEmpty();
  }

  @Test
  void of_an_unknown_authority_is_refused() {
    Refusal expected = refusal();

    assertThat(problem(Env.of(settingsWithoutBundle())))
        .hasValueSatisfying(problem ->
            assertThat(problem).startsWith(expected.beginning()).contains(expected.more()));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void that_is_not_as_the_settings_say_names_the_setting(Change change) {
    assertThat(problem(but(change.name(), change.value())))
        .hasValueSatisfying(found ->
            assertThat(found)
                .startsWith(change.problem())
                .doesNotContain(settings.getOrDefault(secret, "")));
  }
}
