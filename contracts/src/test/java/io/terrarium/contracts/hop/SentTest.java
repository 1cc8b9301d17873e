package io.terrarium.contracts.hop;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.build.BuildCommand;
import io.terrarium.contracts.build.BuildEvent;
import io.terrarium.contracts.build.BuildEvent.Changes;
import io.terrarium.contracts.build.BuildEvent.PlanSummary;
import io.terrarium.contracts.build.BuildEvent.Timings;
import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.ingress.GitRevision;
import io.terrarium.contracts.job.Job;
import io.terrarium.kernel.Secret;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SentTest {
  private static final RunId RUN = new RunId("run-CZcmD7eagjhyX0vN");

  private static BuildEvent errored(String message) {
    return new BuildEvent.BuildErrored(
        1, RUN, Phase.PLAN, "plan-1", 1, "worker-1", Timings.none(), false, message);
  }

  @Nested
  class What_was_sent {
    @Test
    void is_a_job_as_it_travels() {
      Sent sent = Sent.of(new Shown.LeftJob(new Job.TriggerRuns(RUN), "5a6b"));

      assertThat(sent.line()).isEqualTo("LPUSH queue:default");
      assertThat(sent.body().lines().map(String::strip))
          .containsExactly(
              "{",
              "\"class\" : \"Runs::TriggerRuns\",",
              "\"jid\" : \"5a6b\",",
              "\"args\" : [ {",
              "\"run_id\" : \"run-CZcmD7eagjhyX0vN\"",
              "} ]",
              "}");
      assertThat(sent.isCut()).isFalse();
    }

    @Test
    void is_cut_where_it_is_long_in_whole_characters() {
      Sent sent = Sent.of(ShownEvent.posted(errored("é𝄞".repeat(2_000))));

      assertThat(sent.isCut()).isTrue();
      assertThat((sent.line() + sent.body()).getBytes(StandardCharsets.UTF_8).length)
          .isLessThanOrEqualTo(Sent.BYTES_MAX)
          .isGreaterThan(Sent.BYTES_MAX - 4);
      assertThat(Character.isHighSurrogate(sent.body().charAt(sent.body().length() - 1))).isFalse();
    }

    @Test
    void has_no_configuration_that_terraform_wrote() {
      PlanSummary plan =
          new PlanSummary(true, new Changes(1, 0, 0, 0), "1.11.4", "resource \"a\" \"b\" {}", true);

      Sent sent =
          Sent.of(
              ShownEvent.published(
                  new BuildEvent.PlanFinished(
                      1, RUN, "plan-1", 1, "worker-1", Timings.none(), false, plan)));

      assertThat(sent.body()).contains("plan_finished", "1.11.4").doesNotContain("resource");
    }
  }

  @Nested
  class What_is_shown {
    private static final Set<String> SUSPICIOUS =
        Set.of("token", "secret", "password", "login", "key", "path", "url", "source", "value");

    /// Whoever adds such a field says here why nobody is let in by it.
    @Test
    void has_no_field_that_is_named_like_a_secret() {
      Set<String> found = new TreeSet<>();
      Set<Class<?>> seen = new HashSet<>();
      Deque<Class<?>> open = new ArrayDeque<>(List.of(Shown.class, BuildCommand.class, Job.class));

      while (!open.isEmpty()) {
        Class<?> type = open.pop();
        if (seen.add(type)) {
          below(type).forEach(open::push);
          fields(type).filter(What_is_shown::isSuspicious).forEach(found::add);
        }
      }

      assertThat(seen).contains(Shown.Upload.class, Job.EnqueueBuild.class, GitRevision.class);
      assertThat(found).isEmpty();
    }

    private static Stream<Class<?>> below(Class<?> type) {
      Stream<Class<?>> permitted =
          type.isSealed() ? Arrays.stream(type.getPermittedSubclasses()) : Stream.empty();
      Stream<Class<?>> components =
          type.isRecord()
              ? Arrays.stream(type.getRecordComponents())
                  .<Class<?>>map(RecordComponent::getType)
                  .filter(Class::isRecord)
              : Stream.empty();
      return Stream.concat(permitted, components);
    }

    private static Stream<String> fields(Class<?> type) {
      return type.isRecord()
          ? Arrays.stream(type.getRecordComponents())
              .map(field ->
                  field.getType() == Secret.class
                      ? type.getName() + ".secret"
                      : type.getName() + "." + field.getName())
          : Stream.empty();
    }

    private static boolean isSuspicious(String field) {
      String name = field.substring(field.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
      return !field.contains(".id.") && SUSPICIOUS.stream().anyMatch(name::contains);
    }
  }
}
