package io.terrarium.sidekiqworker;

import static io.terrarium.sidekiqworker.SidekiqWorkerFixture.LONGEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.sidekiqworker.Neighbours.Asked;
import io.terrarium.sidekiqworker.readme.ASlug;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The job that looks for a README, by way of its queue.
class ReadmesIT {
  @TempDir private static Path directory;
  private static SidekiqWorkerFixture fixture;
  private static Neighbours archivist;

  @BeforeAll
  static void start() {
    fixture = new SidekiqWorkerFixture(directory);
    archivist = fixture.neighbours();
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @BeforeEach
  void empty() {
    fixture.empty();
    fixture.insertUploads("live", "cv-1", "cv-2");
  }

  private static void push(String jid, String configuration) {
    fixture.push(
        "default",
        jid,
        "ConfigurationVersions::ReadReadme",
        "[{\"configuration_version_id\":\"%s\"}]".formatted(configuration));
  }

  /// Has the README looked for in a slug that archivist gives out.
  private static void read(String configuration, byte[] slug) {
    archivist.willAnswer(200, slug);
    readUnasked(configuration);
  }

  private static void readUnasked(String configuration) {
    push("of-" + configuration, configuration);
    fixture.awaitDone("of-" + configuration);
  }

  private static byte[] slug(String readme) {
    return new ASlug().file("live/README.md", readme).file("README.md", "root").packed();
  }

  @Nested
  class The_readme_of_a_workspace {
    @Test
    void is_read_by_a_signed_path_alone() throws Exception {
      read("cv-1", slug("# Hello"));

      Asked asked = archivist.next(LONGEST);
      assertThat(asked.uri()).startsWith("GET /_archivist/v1/object/");
      assertThat(asked.token()).isEmpty();
      assertThat(asked.flow()).isEqualTo("flow-of-cv-1");
      assertThat(fixture.readme()).isEqualTo("cv-1: # Hello");
    }

    @Test
    void is_that_of_the_newer_configuration() {
      read("cv-1", slug("first"));
      read("cv-2", slug("second"));

      assertThat(fixture.readme()).isEqualTo("cv-2: second");
    }

    @Test
    void is_that_of_the_newer_configuration_when_the_older_one_s_job_comes_late() {
      read("cv-2", slug("second"));
      readUnasked("cv-1");

      assertThat(fixture.readme()).isEqualTo("cv-2: second");
      assertThat(archivist.waiting()).as("slugs asked for").isEqualTo(1);
    }

    @Test
    void is_gone_with_the_newer_configuration_that_has_none() {
      read("cv-1", slug("first"));
      read("cv-2", new ASlug().file("main.tf", "").packed());

      assertThat(fixture.readme()).isEqualTo("cv-2: none");
    }

    @Test
    void is_the_same_when_the_job_comes_twice() {
      read("cv-1", slug("first"));
      readUnasked("cv-1");

      assertThat(fixture.readme()).isEqualTo("cv-1: first");
      assertThat(archivist.waiting()).as("slugs asked for").isEqualTo(1);
    }

    @Test
    void is_looked_for_again_when_archivist_is_back() {
      archivist.willAnswer(503, "");
      push("patient", "cv-1");
      fixture.only("retry");
      archivist.willAnswer(200, slug("# Hello"));

      fixture.clock().advance(Duration.ofMinutes(1));

      fixture.awaitDone("patient");
      assertThat(fixture.readme()).isEqualTo("cv-1: # Hello");
    }
  }

  @Nested
  class There_is_no_readme {
    @Test
    void in_what_is_no_slug_and_nothing_is_tried_again() {
      read("cv-1", "this is no archive at all".getBytes(StandardCharsets.UTF_8));

      assertThat(fixture.readme()).isEqualTo("cv-1: none");
      assertThat(fixture.size("retry")).isZero();
    }

    @Test
    void of_a_slug_that_is_gone_from_the_store() {
      archivist.willAnswer(404, "");
      readUnasked("cv-1");

      assertThat(fixture.readme()).isEmpty();
      assertThat(fixture.size("retry")).isZero();
    }

    @Test
    void of_a_configuration_that_is_gone() {
      readUnasked("cv-gone");

      assertThat(archivist.waiting()).isZero();
    }
  }
}
