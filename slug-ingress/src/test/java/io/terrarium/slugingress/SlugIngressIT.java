package io.terrarium.slugingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.terrarium.contracts.ingress.Changes;
import io.terrarium.contracts.ingress.Refs;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.testsupport.GitRepository;
import io.terrarium.testsupport.GitServer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What else is asked of a repository, and calls that are no good.
class SlugIngressIT {
  @TempDir private static Path directory;
  private static Lab lab;
  private static Network network;

  @BeforeAll
  static void start() {
    assumeTrue(GitServer.isInstalled(), "git is not installed");
    lab = new Lab(directory, Map.of());
    network = Network.in(lab);
  }

  @AfterAll
  static void stop() {
    if (lab != null) {
      lab.close();
    }
  }

  @Nested
  class A_private_repository {
    @Test
    void lets_in_who_knows_the_password() {
      lab.git().create("private").commit("main", "secret").file("main.tf", "").done();
      lab.git().protect("private", "ada", "pass:word");

      Slug slug =
          lab.slug(
              Lab.branch("main"),
              Lab.withPassword(lab.git().url("private"), "ada", "pass:word"),
              false);

      assertThat(slug.names()).containsExactly("main.tf");
    }

    @Test
    void that_another_host_redirects_to_is_shown_no_password_of_that_host() {
      lab.git().create("elsewhere").commit("main", "open").file("main.tf", "").done();
      String target = lab.git().url("elsewhere").replace("127.0.0.1", "localhost");
      lab.git().protect("moved", "ada", "password");
      lab.git().answerFor("moved", Redirects.to(target));

      Slug slug =
          lab.slug(
              Lab.branch("main"),
              Lab.withPassword(lab.git().url("moved"), "ada", "password"),
              false);

      assertThat(slug.names()).containsExactly("main.tf");
      assertThat(lab.git().authorization("moved")).startsWith("Basic ");
      assertThat(lab.git().authorization("elsewhere")).isEmpty();
    }
  }

  @Nested
  class The_refs {
    @Test
    void are_branches_and_tags_with_their_commits() {
      Refs refs = lab.refs(network.url());

      assertThat(refs.defaultBranch()).isEqualTo("main");
      assertThat(refs.branches())
          .isEqualTo(Map.of("main", network.second(), "old", network.first()));
      assertThat(refs.tags()).isEqualTo(Map.of("v1.0.0", network.first()));
    }

    @Test
    void of_an_empty_repository_are_none() {
      lab.git().create("empty");

      Refs refs = lab.refs(lab.git().url("empty"));

      assertThat(refs.branches()).isEmpty();
      assertThat(refs.defaultBranch()).isNull();
    }
  }

  @Nested
  class Changes_between_two_commits {
    @Test
    void are_the_files_that_differ_under_old_and_new_names() {
      Changes changes = lab.changes(network.url(), network.first(), network.second());

      assertThat(changes.files())
          .containsExactly("main.tf", "modules/net/main.tf", "modules/vpc/main.tf");
      assertThat(changes.isComplete()).isTrue();
    }

    @Test
    void are_not_all_told_where_they_are_very_many() {
      GitRepository many = lab.git().create("many");
      String before = many.commit("main", "one").file("main.tf", "").done();
      GitRepository.Commit more = many.commit("main", "and many");
      for (int file = 0; file < 1_200; file++) {
        more.file("files/" + file, "");
      }

      Changes changes = lab.changes(lab.git().url("many"), before, more.done());

      assertThat(changes.files()).hasSize(1_000);
      assertThat(changes.isComplete()).isFalse();
    }
  }

  @Nested
  class A_call {
    @Test
    void without_the_right_token_is_refused() {
      assertThat(lab.post(InternalApi.REFS, "wrong", Map.of()).statusCode()).isEqualTo(401);
    }

    @Test
    void is_told_what_it_lacks() {
      HttpResponse<byte[]> answer =
          lab.post(
              InternalApi.INGRESS,
              Lab.TOKEN,
              Map.of("v", 1, "remote", Map.of(), "upload_paths", List.of()));

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(new String(answer.body(), StandardCharsets.UTF_8))
          .contains("remote.url", "revision");
    }

    @Test
    void may_name_signed_paths_alone() {
      HttpResponse<byte[]> answer =
          lab.post(
              InternalApi.INGRESS,
              Lab.TOKEN,
              Map.of(
                  "v", 1,
                  "remote", Map.of("url", network.url()),
                  "revision", Map.of(),
                  "submodules", false,
                  "upload_paths", List.of("/internal/v1/objects")));

      assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void whose_slug_archivist_does_not_take_says_so() {
      HttpResponse<byte[]> refused =
          lab.ingress(Lab.remote(network.url()), Lab.branch("main"), false, List.of(Lab.REFUSED));

      assertThat(refused.statusCode()).isEqualTo(409);
    }

    @Test
    void may_come_again_when_archivist_is_away() {
      HttpResponse<byte[]> away =
          lab.ingress(Lab.remote(network.url()), Lab.branch("main"), false, List.of(Lab.GONE));

      assertThat(away.statusCode()).isEqualTo(503);
      assertThat(away.headers().firstValue("Retry-After")).isPresent();
    }
  }
}
