package io.terrarium.buildworker.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrarium.buildworker.fault.BuildFault;
import io.terrarium.contracts.internal.TerraformOffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerraformReleasesIT {
  @TempDir Path directory;
  private Path cache;
  private Publisher publisher;
  private TerraformReleases releases;
  private final List<String> notices = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    cache = directory.resolve("terraform");
    publisher = new Publisher();
    releases =
        new TerraformReleases(publisher.address(), cache, Duration.ofSeconds(2), Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    releases.close();
    publisher.close();
  }

  private TerraformBinary choose(String wanted) throws InterruptedException {
    return choose(wanted, TerraformOffer.NONE);
  }

  private TerraformBinary choose(String wanted, TerraformOffer offer) throws InterruptedException {
    return TerraformBinaries.of(List.of(), Optional.of(releases))
        .choose(wanted, offer, notices::add);
  }

  private String path(String version, String rest) {
    return "/terraform/" + version + "/terraform_" + version + "_" + rest;
  }

  @Nested
  class A_missing_version {
    @Test
    void is_fetched_and_runs() throws Exception {
      publisher.publish("1.9.2");

      TerraformBinary binary = choose("1.9.2");

      assertThat(TerraformBinary.ask(binary.path())).isEqualTo(binary);
      assertThat(binary.version()).hasToString("1.9.2");
      assertThat(notices)
          .containsExactly("Downloading Terraform 1.9.2 from " + publisher.address() + "...");
    }

    @Test
    void is_fetched_once() throws Exception {
      publisher.publish("1.9.2");
      choose("1.9.2");

      choose("1.9.2");

      assertThat(publisher.asked())
          .containsExactly(
              path("1.9.2", "SHA256SUMS"), path("1.9.2", HostPlatform.here() + ".zip"));
    }

    @Test
    void is_the_newest_that_fits_a_constraint() throws Exception {
      publisher.index("1.9.10", "1.9.2", "1.10.0", "1.9.11-rc1");
      publisher.publish("1.9.10");

      TerraformBinary binary = choose("~> 1.9.0");

      assertThat(binary.version()).hasToString("1.9.10");
    }

    @Test
    void that_nobody_published_is_told_of_in_one_line() {
      assertThatThrownBy(() -> choose("1.99.0"))
          .isInstanceOf(BuildFault.class)
          .hasMessage(
              "Terraform 1.99.0 is not installed on this worker. It has no terraform at all. It"
                  + " could not be downloaded: "
                  + publisher.address()
                  + path("1.99.0", "SHA256SUMS")
                  + " is not there. Make it available with: terrarium up --terraform FILE");
    }

    @Test
    void cannot_come_from_where_nobody_answers() {
      publisher.close();

      assertThatThrownBy(() -> choose("1.9.2"))
          .isInstanceOf(BuildFault.class)
          .hasMessageContaining(publisher.address() + " cannot be reached");
    }
  }

  @Nested
  class A_registered_version {
    private TerraformOffer.Archive archive(String os, String sum) {
      return new TerraformOffer.Archive(
          os,
          HostPlatform.here().arch(),
          publisher.address() + path("1.9.2", HostPlatform.here() + ".zip"),
          sum);
    }

    private TerraformOffer offer(String sum) {
      return new TerraformOffer(List.of(archive(HostPlatform.here().os(), sum)), List.of());
    }

    @Test
    void comes_from_where_it_is_said_to_be_and_once() throws Exception {
      publisher.publish("1.9.2");
      TerraformOffer offer = offer(Publisher.sum(Publisher.zip("1.9.2")));
      choose("1.9.2-bundle", offer);

      TerraformBinary binary = choose("1.9.2-bundle", offer);

      assertThat(binary.version()).hasToString("1.9.2-bundle");
      assertThat(TerraformBinary.ask(binary.path()).version()).hasToString("1.9.2");
      assertThat(publisher.asked()).containsExactly(path("1.9.2", HostPlatform.here() + ".zip"));
      assertThat(releases.kept()).isEmpty();
    }

    @Test
    void of_another_sum_is_refused_and_leaves_nothing() throws Exception {
      publisher.publish("1.9.2");

      assertThatThrownBy(() -> choose("1.9.2-bundle", offer("b".repeat(64))))
          .isInstanceOf(BuildFault.class)
          .hasMessageContaining("instead of " + "b".repeat(64));
      assertThat(cache).isEmptyDirectory();
    }

    @Test
    void for_other_systems_alone_is_refused() {
      TerraformOffer offer = new TerraformOffer(List.of(archive("plan9", "")), List.of());

      assertThatThrownBy(() -> choose("1.9.2-bundle", offer))
          .isInstanceOf(BuildFault.class)
          .hasMessageContaining("plan9");
    }
  }

  @Nested
  class A_disabled_version {
    @Test
    void is_what_no_constraint_leads_to() throws Exception {
      publisher.index("1.9.3", "1.9.2");
      publisher.publish("1.9.2");

      TerraformBinary binary = choose("~> 1.9.0", new TerraformOffer(List.of(), List.of("1.9.3")));

      assertThat(binary.version()).hasToString("1.9.2");
    }
  }

  @Nested
  class A_bad_release {
    @Test
    void with_another_sum_is_refused_and_leaves_nothing() throws Exception {
      publisher.publish("1.9.2", Publisher.zip("1.9.2"), "a".repeat(64));

      assertThatThrownBy(() -> choose("1.9.2"))
          .isInstanceOf(BuildFault.class)
          .hasMessageContaining("instead of " + "a".repeat(64));
      assertThat(cache).isEmptyDirectory();
    }

    @Test
    void that_is_no_archive_is_refused_and_leaves_nothing() {
      byte[] junk = "junk".getBytes(StandardCharsets.UTF_8);
      publisher.publish("1.9.2", junk, Publisher.sum(junk));

      assertThatThrownBy(() -> choose("1.9.2"))
          .isInstanceOf(BuildFault.class)
          .hasMessageContaining("could not be downloaded");
      assertThat(cache).isEmptyDirectory();
    }

    @Test
    void from_a_server_that_falls_silent_is_given_up() throws Exception {
      publisher.publish("1.9.2");
      publisher.fallSilentIn(".zip");

      assertThatThrownBy(() -> choose("1.9.2"))
          .isInstanceOf(BuildFault.class)
          .hasMessageContaining("takes longer than 2 seconds");
      assertThat(cache).isEmptyDirectory();
    }

    @Test
    void that_a_dead_worker_left_half_fetched_is_removed() throws Exception {
      Path left = Files.createDirectories(cache).resolve("terraform.zip1.half");
      Files.writeString(left, "half");
      Files.setLastModifiedTime(left, FileTime.from(Instant.parse("2020-01-02T03:04:05Z")));
      publisher.publish("1.9.2");

      choose("1.9.2");

      assertThat(left).doesNotExist();
    }

    @Test
    void for_other_systems_only_is_refused() {
      publisher.publish("1.9.2", new byte[0], "no sum");

      assertThatThrownBy(() -> choose("1.9.2"))
          .isInstanceOf(BuildFault.class)
          .hasMessageContaining("has no terraform_1.9.2_" + HostPlatform.here() + ".zip");
    }
  }
}
