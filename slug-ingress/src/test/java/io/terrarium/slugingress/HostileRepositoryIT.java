package io.terrarium.slugingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.terrarium.contracts.ingress.IngressFailure;
import io.terrarium.contracts.ingress.IngressFailure.Reason;
import io.terrarium.testsupport.GitRepository;
import io.terrarium.testsupport.GitRepository.Entry;
import io.terrarium.testsupport.GitServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Repositories that mean no good. Each ends in an error of its own.
class HostileRepositoryIT {
  private static final int MEGABYTE = 1_000_000;

  @TempDir private static Path directory;
  private static Lab lab;

  @BeforeAll
  static void start() {
    assumeTrue(GitServer.isInstalled(), "git is not installed");
    lab =
        new Lab(
            directory,
            Map.of(
                "TERRARIUM_SLUG_INGRESS_FETCH_MEGABYTES_MAX", "6",
                "TERRARIUM_SLUG_INGRESS_TREE_MEGABYTES_MAX", "5",
                "TERRARIUM_SLUG_INGRESS_FILE_MEGABYTES_MAX", "3",
                "TERRARIUM_SLUG_INGRESS_FILES_MAX", "500",
                "TERRARIUM_SLUG_INGRESS_SILENCE_SECONDS_MAX", "2"));
  }

  @AfterAll
  static void stop() {
    if (lab != null) {
      lab.close();
    }
  }

  private static IngressFailure failure(String name) {
    return lab.failure(Lab.branch("main"), lab.git().url(name));
  }

  private static void isRefused(IngressFailure failure, Reason reason, String... words) {
    assertThat(failure.error()).as(failure.message()).isEqualTo(reason);
    for (String word : words) {
      assertThat(failure.message()).contains(word);
    }
  }

  @Nested
  class A_size {
    @Test
    void of_one_file_has_a_limit() {
      lab.git()
          .create("huge-file")
          .commit("main", "huge")
          .file("huge.bin", new byte[4 * MEGABYTE])
          .done();

      isRefused(failure("huge-file"), Reason.TOO_LARGE, "3 MB", "one file");
    }

    @Test
    void of_what_is_fetched_has_a_limit() {
      GitRepository.Commit commit = lab.git().create("huge-pack").commit("main", "random");
      for (int file = 0; file < 4; file++) {
        byte[] noise = new byte[2 * MEGABYTE];
        new Random(file).nextBytes(noise);
        commit.file("noise" + file, noise);
      }
      commit.done();

      isRefused(failure("huge-pack"), Reason.TOO_LARGE, "6 MB", "fetched");
    }

    @Test
    void of_all_files_has_a_limit_however_small_they_are_packed() {
      GitRepository.Commit commit = lab.git().create("huge-tree").commit("main", "zeros");
      for (int file = 0; file < 3; file++) {
        commit.file("zeros" + file, new byte[2 * MEGABYTE + file]);
      }
      commit.done();

      isRefused(failure("huge-tree"), Reason.TOO_LARGE, "5 MB", "slug");
    }

    @Test
    void of_a_tree_that_is_in_itself_many_times_has_a_limit() {
      GitRepository bomb = lab.git().create("bomb");
      String id = bomb.blob("boom");
      String mode = "100644";
      for (int level = 0; level < 12; level++) {
        Entry[] entries = new Entry[10];
        for (int at = 0; at < entries.length; at++) {
          entries[at] = Entry.of(mode, "f" + at, id);
        }
        id = bomb.tree(entries);
        mode = "40000";
      }
      bomb.commitTree("main", id);

      isRefused(failure("bomb"), Reason.TOO_MANY_FILES, "500");
    }

    @Test
    void of_the_number_of_files_has_a_limit() {
      GitRepository.Commit commit = lab.git().create("many").commit("main", "many");
      for (int file = 0; file < 501; file++) {
        commit.file("f" + file, "");
      }
      commit.done();

      isRefused(failure("many"), Reason.TOO_MANY_FILES, "500");
    }

    @Test
    void of_the_depth_of_directories_has_a_limit() {
      lab.git().create("deep").commit("main", "deep").file("d/".repeat(120) + "main.tf", "").done();

      isRefused(failure("deep"), Reason.UNUSABLE_NAME, "100 directories");
    }
  }

  @Nested
  class A_name {
    @ParameterizedTest
    @ValueSource(strings = {"..", ".", ".git", ".GIT", "..\\..\\evil"})
    void that_leads_elsewhere_is_refused(String name) {
      GitRepository repository = lab.git().create("named-" + name.hashCode());
      String blob = repository.blob("evil");
      repository.commitTree("main", repository.tree(Entry.of("100644", name, blob)));

      isRefused(failure("named-" + name.hashCode()), Reason.UNUSABLE_NAME, "\"" + name + "\"");
    }

    @Test
    void with_a_slash_in_it_is_refused() {
      GitRepository repository = lab.git().create("slash");
      String blob = repository.blob("evil");
      repository.commitTree("main", repository.tree(Entry.of("100644", "a/../../evil", blob)));

      isRefused(failure("slash"), Reason.UNUSABLE_NAME, "evil");
    }

    @Test
    void that_is_no_utf_8_is_refused() {
      GitRepository repository = lab.git().create("latin");
      String blob = repository.blob("");
      byte[] name = "gr\u00fc\u00df".getBytes(StandardCharsets.ISO_8859_1);
      repository.commitTree("main", repository.tree(new Entry("100644", name, blob)));

      isRefused(failure("latin"), Reason.UNUSABLE_NAME, "UTF-8");
    }

    @Test
    void that_is_there_twice_is_refused() {
      GitRepository repository = lab.git().create("twice");
      String blob = repository.blob("one");
      repository.commitTree(
          "main",
          repository.tree(
              Entry.of("100644", "main.tf", blob), Entry.of("100644", "main.tf", blob)));

      isRefused(failure("twice"), Reason.UNUSABLE_NAME, "main.tf", "twice");
    }
  }

  @Nested
  class A_link {
    @ParameterizedTest
    @CsvSource({"link, /etc/passwd", "link, ../outside", "a/b/link, ../../../outside"})
    void that_leaves_the_repository_is_refused(String path, String target) {
      String name = "link-" + (path + target).hashCode();
      lab.git().create(name).commit("main", "link").link(path, target).file("x", "").done();

      isRefused(
          failure(name),
          Reason.LINK_LEAVES_REPOSITORY,
          "Invalid symlink (\"" + path + "\" -> \"" + target + "\") has external target");
    }

    @Test
    void that_leaves_the_repository_by_way_of_another_is_refused() {
      lab.git()
          .create("two-links")
          .commit("main", "two")
          .link("d/e/up", "../..")
          .link("out", "d/e/up/../secret")
          .done();

      isRefused(failure("two-links"), Reason.LINK_LEAVES_REPOSITORY, "\"out\"");
    }

    @Test
    void that_leads_in_a_circle_stays_as_it_is() {
      lab.git().create("circle").commit("main", "o").link("a", "b").link("b", "a").done();

      Slug slug = lab.slug(Lab.branch("main"), lab.git().url("circle"));

      assertThat(slug.entries()).containsExactly("777 a -> b", "777 b -> a");
    }
  }

  @Nested
  class A_submodule {
    private static void withModule(String name, String url, String commit) {
      lab.git()
          .create(name)
          .commit("main", "parent")
          .file(".gitmodules", "[submodule \"m\"]\n\tpath = m\n\turl = " + url + "\n")
          .submodule("m", commit)
          .done();
    }

    private static IngressFailure failure(String name) {
      return lab.failure(Lab.branch("main"), Lab.remote(lab.git().url(name)), true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc", "ext::sh -c id", "../../../../../x"})
    void from_where_nobody_may_fetch_is_refused(String url) {
      withModule("module-" + url.hashCode(), url, "1".repeat(40));

      isRefused(failure("module-" + url.hashCode()), Reason.SUBMODULE_FAILED, "\"m\"");
    }

    @Test
    void that_is_not_there_is_named() {
      withModule("module-gone", "../not-there-either.git", "1".repeat(40));

      isRefused(failure("module-gone"), Reason.SUBMODULE_FAILED, "\"m\"", "no repository");
    }

    @Test
    void that_nothing_is_said_of_is_named() {
      lab.git().create("module-unsaid").commit("main", "x").submodule("m", "1".repeat(40)).done();

      isRefused(failure("module-unsaid"), Reason.SUBMODULE_FAILED, "\"m\"", ".gitmodules");
    }

    @Test
    void that_goes_deeper_and_deeper_ends() {
      String commit = lab.git().create("russian-0").commit("main", "0").file("x", "").done();
      for (int doll = 1; doll < 8; doll++) {
        GitRepository outer = lab.git().create("russian-" + doll);
        commit =
            outer
                .commit("main", "doll")
                .file(
                    ".gitmodules",
                    "[submodule \"m\"]\n\tpath = m\n\turl = ../russian-" + (doll - 1) + ".git\n")
                .submodule("m", commit)
                .done();
      }

      isRefused(failure("russian-7"), Reason.SUBMODULE_FAILED, "nested");
    }
  }
}
