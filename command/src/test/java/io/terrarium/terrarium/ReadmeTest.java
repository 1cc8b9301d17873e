package io.terrarium.terrarium;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.core.assembly.CoreConfig;
import io.terrarium.kernel.amqp.AmqpConfig;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.objectstore.ObjectStoreConfig;
import io.terrarium.kernel.redis.RedisConfig;
import io.terrarium.kernel.settings.Env;
import io.terrarium.kernel.settings.SettingsFault;
import io.terrarium.kernel.vault.TransitConfig;
import io.terrarium.testsupport.VariablesTable;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReadmeTest {
  /// A module with a README, and what reads its settings.
  record Module(String name, Consumer<Env> settings) {
    Env read() {
      Env env = Env.of(Map.of());
      settings.accept(env);
      return env;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Module> modules() {
    Map<String, List<ServiceProgram>> byModule =
        Arrays.stream(ServiceProgram.values()).collect(Collectors.groupingBy(ReadmeTest::module));
    Stream<Module> services =
        byModule.entrySet().stream()
            .map(entry ->
                new Module(
                    entry.getKey(),
                    env -> entry.getValue().forEach(service -> service.settings(env))));
    return Stream.concat(
            services,
            Stream.of(
                new Module("core", CoreConfig::from), new Module("kernel", ReadmeTest::kernel)))
        .toList();
  }

  /// Two programs are of one module.
  private static String module(ServiceProgram service) {
    return service.wire().replaceFirst("^registry-(api|worker)$", "registry");
  }

  private static void kernel(Env env) {
    AmqpConfig.from(env);
    DatabaseConfig.from(env, 1);
    ObjectStoreConfig.from(env);
    RedisConfig.from(env);
    TransitConfig.from(env);
  }

  @Nested
  class The_variables_of_a_readme {
    @ParameterizedTest
    @MethodSource("io.terrarium.terrarium.ReadmeTest#modules")
    void are_those_that_the_code_reads(Module module) throws IOException {
      VariablesTable table = VariablesTable.of(module.name());

      assertThat(table.names()).containsExactlyElementsOf(module.read().asked());
    }

    @ParameterizedTest
    @MethodSource("io.terrarium.terrarium.ReadmeTest#modules")
    void have_a_default_unless_the_code_insists_on_them(Module module) throws IOException {
      VariablesTable table = VariablesTable.of(module.name());

      assertThat(table.required()).containsExactlyElementsOf(missing(module.read()));
    }

    /// Each problem begins with the name of the variable.
    private Set<String> missing(Env env) {
      try {
        env.check();
        return Set.of();
      } catch (SettingsFault fault) {
        return fault.problems().stream()
            .map(problem -> problem.substring(0, problem.indexOf(' ')))
            .collect(Collectors.toCollection(TreeSet::new));
      }
    }
  }
}
