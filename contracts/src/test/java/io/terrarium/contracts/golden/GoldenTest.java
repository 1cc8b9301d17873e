package io.terrarium.contracts.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.archivist.ArchivistGoldens;
import io.terrarium.contracts.build.BuildGoldens;
import io.terrarium.contracts.hop.HopGoldens;
import io.terrarium.contracts.hop.Shown;
import io.terrarium.contracts.hop.ShownEvent;
import io.terrarium.contracts.id.Id;
import io.terrarium.contracts.ingress.IngressGoldens;
import io.terrarium.contracts.internal.InternalGoldens;
import io.terrarium.contracts.job.JobGoldens;
import io.terrarium.contracts.lab.LabGoldens;
import io.terrarium.contracts.node.NodeGoldens;
import io.terrarium.contracts.node.NodeRegister;
import io.terrarium.contracts.registry.RegistryGoldens;
import io.terrarium.contracts.route.NginxSettings;
import io.terrarium.contracts.route.Route;
import io.terrarium.contracts.state.StateGoldens;
import io.terrarium.testsupport.ArchitectureRules;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenTest {
  /// Routes are rows of a table in the program, and the time of a beat is Redis' own; nobody sends
  /// one. What is shown of a hop travels as text.
  private static final Set<Class<?>> NO_PAYLOADS =
      Set.of(
          NginxSettings.Listeners.class,
          Route.class,
          NodeRegister.Listed.class,
          ShownEvent.Outcome.class);

  static List<Golden<?>> goldens() {
    return Stream.of(
            ArchivistGoldens.all(),
            BuildGoldens.all(),
            HopGoldens.all(),
            IngressGoldens.all(),
            InternalGoldens.all(),
            JobGoldens.all(),
            LabGoldens.all(),
            NodeGoldens.all(),
            RegistryGoldens.all(),
            StateGoldens.all())
        .<Golden<?>>flatMap(List::stream)
        .toList();
  }

  @Nested
  class A_payload {
    @ParameterizedTest
    @MethodSource("io.terrarium.contracts.golden.GoldenTest#goldens")
    void is_written_as_its_file_says(Golden<?> golden) throws IOException {
      assertThat(golden.written()).isEqualTo(golden.expected());
    }

    @ParameterizedTest
    @MethodSource("io.terrarium.contracts.golden.GoldenTest#goldens")
    void is_read_from_its_file(Golden<?> golden) throws IOException {
      assertThat(golden.read()).isEqualTo(golden.payload());
    }
  }

  @Nested
  class The_files {
    @Test
    void belong_to_one_payload_each() throws IOException {
      List<String> names = goldens().stream().map(Golden::name).toList();

      assertThat(Golden.files()).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void show_every_payload_with_all_its_alternatives() {
      Set<String> shown = new TreeSet<>();

      goldens().forEach(golden -> Coverage.collect(golden.payload(), shown));

      assertThat(shown).containsExactlyElementsOf(thereIs());
    }

    private Set<String> thereIs() {
      Predicate<Class<?>> isPayload =
          type ->
              type.isRecord()
                  && !Id.class.isAssignableFrom(type)
                  && !Shown.class.isAssignableFrom(type)
                  && !NO_PAYLOADS.contains(type);
      return ArchitectureRules.classesOf("io.terrarium.contracts").stream()
          .<Class<?>>map(type -> type.reflect())
          .filter(isPayload)
          .flatMap(type -> Coverage.of(type).stream())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
