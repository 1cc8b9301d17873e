package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.archivist.ObjectClaims;
import io.terrarium.contracts.archivist.SignedPaths;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Mac;
import io.terrarium.testsupport.Eventually;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What must end in one clear message: bad slugs, addresses, configurations, and a terraform that
/// does not listen.
class BadInputIT {
  private static final String ORGANIZATION = "bad";

  @TempDir private static Path directory;
  private static final Hold hold = new Hold();
  private static MeshFixture fixture;
  private static Site site;

  @BeforeAll
  static void start() {
    Path terraform = Wrapper.around(MeshFixture.terraform(), directory, hold);
    fixture = new MeshFixture(directory, false, terraform);
    site = fixture.site();
    site.organization(ORGANIZATION);
  }

  @AfterAll
  static void stop() {
    hold.close();
    fixture.close();
  }

  @Nested
  class A_slug {
    @ParameterizedTest
    @EnumSource(Slugs.Bad.class)
    void that_is_bad_ends_the_run_with_the_reason_in_its_log(Slugs.Bad bad) {
      String workspace = site.workspace(ORGANIZATION, bad.name());

      site.upload(workspace, bad.bytes());

      String run = site.queueRun(workspace);
      site.awaitStatus(run, "errored");
      assertThat(site.log(run, "plan")).contains(bad.complaint()).endsWith("\u0003");
      assertThat(site.api().get("/api/v2/workspaces/" + workspace).attribute("locked").asBoolean())
          .isFalse();
    }
  }

  @Nested
  class A_configuration {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            syntax   | resource "terraform_data" {                                              | Missing name for resource | main.tf line 1
            provider | terraform {\\n required_providers {\\n no = { source = "no.example/no/no" }\\n }\\n } | Failed to query available provider packages | no.example/no/no
            module   | module "gone" { source = "./gone" }                                      | Unreadable module directory | gone
            """)
    void that_is_bad_ends_the_run_with_terraforms_own_words(
        String workspace, String configuration, String words, String place) {
      String id = site.workspace(ORGANIZATION, workspace);

      site.upload(id, Slugs.of("main.tf", configuration.replace("\\n", "\n") + "\n"));

      String run = site.queueRun(id);
      site.awaitStatus(run, "errored");
      assertThat(site.log(run, "plan")).contains(words, place).endsWith("\u0003");
    }
  }

  @Nested
  class A_signed_address {
    @Test
    void that_was_tampered_with_leads_nowhere() {
      String workspace = site.workspace(ORGANIZATION, "tampered");
      String address = site.uploadAddress(workspace);
      int middle = address.length() - 20;
      char other = address.charAt(middle) == 'A' ? 'B' : 'A';
      String tampered = address.substring(0, middle) + other + address.substring(middle + 1);

      int status = site.api().put(tampered, Slugs.of("main.tf", ""));

      assertThat(status).isEqualTo(404);
      assertThat(site.api().put(address, Slugs.of("main.tf", ""))).isEqualTo(200);
    }

    @Test
    void takes_one_configuration_and_the_same_again_but_no_other() {
      String workspace = site.workspace(ORGANIZATION, "twice");
      String address = site.uploadAddress(workspace);
      byte[] first = Slugs.of("main.tf", "output \"of\" {\n  value = \"the first\"\n}\n");
      assertThat(site.api().put(address, first)).isEqualTo(200);

      int another = site.api().put(address, Slugs.of("main.tf", "output \"of\" {}\n"));

      assertThat(another).isEqualTo(409);
      assertThat(site.api().put(address, first)).as("a client's repetition").isEqualTo(200);
      String run = site.queueRun(workspace);
      site.awaitStatus(run, "applied");
      assertThat(site.log(run, "plan")).contains("the first");
    }

    @Test
    void that_has_expired_is_refused_in_words_that_say_so() {
      String address = site.uploadAddress(site.workspace(ORGANIZATION, "expired"));
      byte[] slug = Slugs.of("main.tf", "");

      ApiClient.Answer late = site.api().putAnswer(expired(address), slug);

      assertThat(late.status()).isEqualTo(403);
      assertThat(late.json().at("/errors/0/detail").asText()).contains("expired");
      assertThat(site.api().put(address, slug)).as("the same in time").isEqualTo(200);
    }

    /// The same as atlas would have signed it some time ago.
    private static String expired(String address) {
      SignedPaths paths =
          new SignedPaths(List.of(Mac.sha256(new Secret(site.secret("archivist_token")))));
      String path = URI.create(address).getPath();
      ObjectClaims claims = paths.read(path.substring(SignedPaths.PREFIX.length())).orElseThrow();
      return paths.sign(
          new ObjectClaims(
              claims.action(),
              claims.key(),
              Instant.now().minusSeconds(5).getEpochSecond(),
              claims.bytesMax(),
              claims.attempt(),
              claims.callback()));
    }

    @Test
    void does_not_serve_for_what_it_was_not_given() {
      String workspace = site.workspace(ORGANIZATION, "misused");

      ApiClient.Answer answer = site.api().open(site.uploadAddress(workspace));

      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.json().at("/errors/0/detail").asText()).isNotEmpty();
    }
  }

  @Nested
  class A_route {
    @ParameterizedTest
    @CsvSource({"GET", "POST", "PATCH", "DELETE"})
    void that_nobody_knows_is_not_found_in_the_clients_format(String method) {
      ApiClient.Answer answer = site.api().send(method, "/api/v2/no-such-thing/at-all", "");

      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.json().at("/errors/0/status").asText()).isEqualTo("404");
    }

    @Test
    void with_a_body_that_is_no_json_is_a_bad_request() {
      ApiClient.Answer answer =
          site.api().post("/api/v2/organizations/" + ORGANIZATION + "/workspaces", "{no json");

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().at("/errors/0/detail").asText()).contains("JSON");
    }
  }

  @Nested
  class A_terraform_that_ignores_the_interrupt {
    @Test
    void is_killed_after_its_grace_and_the_run_is_canceled() {
      String workspace = site.workspace(ORGANIZATION, "stubborn");
      site.upload(
          workspace,
          Slugs.of(
              "main.tf", Wrapper.IGNORES_INTERRUPT + "resource \"terraform_data\" \"a\" {}\n"));
      String run = site.queueRun(workspace);
      hold.awaitArrivals(1);
      hold.release();

      ApiClient.Answer asked = site.api().post("/api/v2/runs/" + run + "/actions/cancel", "{}");

      assertThat(asked.status()).isEqualTo(202);
      site.awaitStatus(run, "canceled");
      Eventually.until(
          () -> "its terraform still runs",
          () -> ProcessHandle.allProcesses().noneMatch(BadInputIT::isOurs));
    }
  }

  /// What the wrapper left of itself in the process table.
  private static boolean isOurs(ProcessHandle process) {
    return process
        .info()
        .commandLine()
        .filter(line -> line.contains(directory.resolve("terraform").toString()))
        .isPresent();
  }

  @Nested
  class A_big_output {
    @Test
    @Tag("long")
    void comes_whole_through_the_log() {
      String workspace = site.workspace(ORGANIZATION, "big");
      site.upload(
          workspace,
          Slugs.of(
              "main.tf",
              """
              resource "terraform_data" "many" {
                count = 1500
                input = "number ${count.index}"
              }
              """));

      String run = site.queueRun(workspace);

      site.awaitStatus(run, "applied");
      assertThat(site.log(run, "plan").getBytes(StandardCharsets.UTF_8).length)
          .isGreaterThan(250_000);
      assertThat(site.log(run, "apply"))
          .startsWith("\u0002")
          .contains("terraform_data.many[1499]", "1500 added")
          .endsWith("\u0003");
    }

    @Test
    @Tag("long")
    void of_200_megabytes_comes_whole_through_the_log() {
      String run = applied("much", Wrapper.PRINTS_MUCH);

      String tail = logTail(run, (200L << 20) - 1_000);
      assertThat(tail)
          .contains("somebody forgot to switch off", "1 to add, 0 to change")
          .endsWith("\u0003");
      assertThat(tail.length()).isLessThan(10_000);
    }

    @Test
    void with_lines_of_10_megabytes_comes_whole_through_the_log() {
      String run = applied("long", Wrapper.PRINTS_LONG_LINES);

      String tail = logTail(run, (20L << 20) - 10);
      assertThat(tail).contains("yyy", "1 to add, 0 to change").endsWith("\u0003");
    }

    private String applied(String name, String comment) {
      String workspace = site.workspace(ORGANIZATION, name);
      site.upload(
          workspace, Slugs.of("main.tf", comment + "resource \"terraform_data\" \"a\" {}\n"));
      String run = site.queueRun(workspace);
      site.awaitStatus(run, "applied");
      return run;
    }

    /// The log of the plan from an offset on.
    private String logTail(String run, long from) {
      String address =
          site.api().get("/api/v2/runs/" + run + "/plan").attribute("log-read-url").asText();
      StringBuilder tail = new StringBuilder();
      String piece;
      do {
        long offset = from + tail.length();
        piece = site.api().open(address + "?limit=1000000&offset=" + offset).text();
        tail.append(piece);
      } while (!piece.isEmpty() && tail.length() < 20_000_000);
      return tail.toString();
    }
  }
}
