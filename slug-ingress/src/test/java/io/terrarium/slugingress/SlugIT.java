package io.terrarium.slugingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.terrarium.contracts.ingress.GitCommit;
import io.terrarium.contracts.ingress.GitRevision;
import io.terrarium.contracts.ingress.IngressFailure;
import io.terrarium.testsupport.Eventually;
import io.terrarium.testsupport.GitRepository;
import io.terrarium.testsupport.GitServer;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Slugs of ordinary repositories of a real Git server, over http.
class SlugIT {
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
  class A_slug {
    @Test
    void has_the_files_of_the_commit_in_the_order_of_go_with_their_modes() {
      Slug slug = lab.slug(Lab.commit(network.first()), network.url());

      assertThat(slug.entries())
          .containsExactly(
              "644 main.tf",
              "755 modules/",
              "755 modules/vpc/",
              "644 modules/vpc/main.tf",
              "644 modules-old.tf",
              "755 scripts/",
              "755 scripts/run.sh",
              "777 scripts/start -> run.sh");
      assertThat(slug.said().files()).isEqualTo(5);
      assertThat(slug.said().slugBytes()).isEqualTo(slug.bytes().length);
    }

    @Test
    void of_a_directory_has_what_is_below_it_alone() {
      Slug slug = lab.slug(Lab.commit(network.first()), network.url(), "modules");

      assertThat(slug.entries()).containsExactly("755 vpc/", "644 vpc/main.tf");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "main.tf", "modules/none", "modules/..", "scripts/start"})
    void of_a_directory_that_is_not_there_is_refused(String wanted) {
      IngressFailure failure = lab.failure(Lab.commit(network.first()), network.url(), wanted);

      assertThat(failure.error()).isEqualTo(IngressFailure.Reason.DIRECTORY_NOT_FOUND);
      assertThat(failure.message()).contains("\"" + wanted + "\"").contains(network.first());
    }

    @Test
    void tells_of_its_commit() {
      GitCommit commit = lab.slug(Lab.branch("old"), network.url()).said().commit();

      assertThat(commit)
          .isEqualTo(
              new GitCommit(
                  network.first(),
                  "old",
                  "Begin\n\nwith the network",
                  "Ada Lovelace",
                  "ada@example.com",
                  Instant.ofEpochSecond(GitRepository.FIRST_COMMIT_SECONDS)));
    }

    @Test
    void has_the_same_bytes_each_time_and_the_times_of_its_commit() {
      Slug once = lab.slug(Lab.commit(network.first()), network.url());
      Slug twice = lab.slug(Lab.tag("v1.0.0"), network.url());

      assertThat(once.bytes()).isEqualTo(twice.bytes());
      once.each((entry, _) ->
          assertThat(entry.getLastModifiedTime().toInstant())
              .isEqualTo(Instant.ofEpochSecond(GitRepository.FIRST_COMMIT_SECONDS)));
    }

    @Test
    void of_no_revision_is_that_of_the_default_branch() {
      Slug slug = lab.slug(GitRevision.DEFAULT, network.url());

      assertThat(slug.said().commit().sha()).isEqualTo(network.second());
      assertThat(slug.said().commit().branch()).isEqualTo("main");
    }

    @Test
    void of_a_tag_is_that_of_the_commit_it_leads_to() {
      GitCommit commit = lab.slug(Lab.tag("v1.0.0"), network.url()).said().commit();

      assertThat(commit.sha()).isEqualTo(network.first());
      assertThat(commit.branch()).isNull();
    }

    @Test
    void of_an_old_commit_comes_from_hosts_that_give_out_branches_alone_too() {
      lab.git().speakOldFor("aged");
      GitRepository aged = lab.git().create("aged");
      String wanted = aged.commit("main", "the wanted one").file("wanted.tf", "").done();
      for (int generation = 0; generation < 60; generation++) {
        aged.commit("main", "one more").file("other.tf", "# " + generation).done();
      }

      Slug slug = lab.slug(new GitRevision("main", null, wanted), lab.git().url("aged"));

      assertThat(slug.said().commit().sha()).isEqualTo(wanted);
      assertThat(slug.names()).containsExactly("wanted.tf");
    }

    @Test
    void leaves_out_what_terraformignore_says() {
      lab.git()
          .create("ignoring")
          .commit("main", "ignore")
          .file(".terraformignore", "# comment\n*.log\n!keep.log\nsecret/\n/top.txt\n")
          .file(".terraform/providers/p", "")
          .file(".terraform/modules/m/main.tf", "")
          .file("a.log", "")
          .file("keep.log", "")
          .file("secret/key", "")
          .file("sub/top.txt", "")
          .file("top.txt", "")
          .done();

      Slug slug = lab.slug(Lab.branch("main"), lab.git().url("ignoring"));

      assertThat(slug.names())
          .containsExactly(
              ".terraform/modules/m/",
              ".terraform/modules/m/main.tf",
              ".terraformignore",
              "keep.log",
              "sub/",
              "sub/top.txt");
    }

    @Test
    void holds_names_that_are_long_or_beyond_ascii_and_large_files() {
      String longName = "d".repeat(120) + "/" + "ü".repeat(100) + ".tf";
      String large = "0123456789".repeat(600_000);
      lab.git()
          .create("names")
          .commit("main", "names")
          .file(longName, "long")
          .file("line\nbreak \\ \"quote\"", "odd")
          .file("large.bin", large)
          .done();

      Slug slug = lab.slug(Lab.branch("main"), lab.git().url("names"));

      assertThat(slug.content(longName)).isEqualTo("long");
      assertThat(slug.content("line\nbreak \\ \"quote\"")).isEqualTo("odd");
      assertThat(slug.content("large.bin")).isEqualTo(large);
    }

    @Test
    void is_stored_under_every_path() {
      HttpResponse<byte[]> answer =
          lab.ingress(Lab.remote(network.url()), Lab.branch("main"), false, List.of("one", "two"));

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(lab.stored("one")).isEqualTo(lab.stored("two"));
    }

    @Test
    void leaves_nothing_behind_and_its_hops_with_atlas() throws Exception {
      lab.slug(Lab.branch("main"), network.url());

      try (Stream<Path> left = Files.walk(lab.work())) {
        assertThat(left.filter(path -> path.getFileName().toString().startsWith("work-")))
            .isEmpty();
      }
      Eventually.until(
          () -> "the hops are told: " + lab.hops(),
          () ->
              lab.hops()
                  .containsAll(
                      List.of(
                          "pass the details sidekiq-worker -> slug-ingress: ok",
                          "fetch the repository slug-ingress -> git-host: ok",
                          "call 127.0.0.1 slug-ingress -> outbound-proxy: ok")));
    }
  }

  @Nested
  class Submodules_of_a_repository {
    private static GitRepository parent(String name) {
      GitRepository leaf = lab.git().create(name + "-leaf");
      String leafCommit = leaf.commit("main", "leaf").file("leaf.tf", "").done();
      GitRepository child = lab.git().create(name + "-child");
      String childCommit =
          child
              .commit("main", "child")
              .file("child.tf", "")
              .file(".gitmodules", modules("leaf", "../" + name + "-leaf.git"))
              .submodule("leaf", leafCommit)
              .done();
      GitRepository parent = lab.git().create(name);
      parent
          .commit("main", "parent")
          .file("main.tf", "")
          .file(".gitmodules", modules("lib/child", "../" + name + "-child.git"))
          .submodule("lib/child", childCommit)
          .done();
      return parent;
    }

    private static String modules(String path, String url) {
      return "[submodule \"%s\"]\n\tpath = %s\n\turl = %s\n".formatted(path, path, url);
    }

    @Test
    void come_along_when_they_are_asked_for() {
      parent("whole");

      Slug slug = lab.slug(Lab.branch("main"), Lab.remote(lab.git().url("whole")), true);

      assertThat(slug.names())
          .containsExactly(
              ".gitmodules",
              "lib/",
              "lib/child/",
              "lib/child/.gitmodules",
              "lib/child/child.tf",
              "lib/child/leaf/",
              "lib/child/leaf/leaf.tf",
              "main.tf");
    }

    @Test
    void are_empty_directories_otherwise() {
      parent("hollow");

      Slug slug = lab.slug(Lab.branch("main"), lab.git().url("hollow"));

      assertThat(slug.names()).containsExactly(".gitmodules", "lib/", "lib/child/", "main.tf");
    }
  }
}
