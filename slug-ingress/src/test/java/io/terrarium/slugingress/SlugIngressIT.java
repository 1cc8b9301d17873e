package io.terrarium.slugingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.testsupport.GitRepository;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ordinary repositories of a real Git server, over http.
class SlugIngressIT {
  @TempDir private static Path directory;
  private static Lab lab;
  private static GitRepository repository;
  private static String first;
  private static String second;

  @BeforeAll
  static void start() {
    lab = new Lab(directory, Map.of());
    repository = lab.git().create("network");
    first =
        repository
            .commit("main", "Begin\n\nwith the network")
            .file("main.tf", "# one")
            .file("modules/vpc/main.tf", "# vpc")
            .executable("scripts/run.sh", "#!/bin/sh")
            .link("scripts/start", "run.sh")
            .done();
    repository.git("tag", "-a", "-m", "the first", "v1.0.0", first);
    second =
        repository
            .commit("main", "Go on")
            .file("main.tf", "# two")
            .without("modules/vpc/main.tf")
            .file("modules/net/main.tf", "# vpc")
            .done();
    repository.git("branch", "old", first);
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  private static String url() {
    return lab.git().url("network");
  }

  @Nested
  class A_slug {
    @Test
    void has_the_files_of_the_commit_in_order_with_their_modes() {
      Slug slug = lab.slug(Lab.commit(first), url());

      assertThat(slug.entries())
          .containsExactly(
              "644 main.tf",
              "755 modules/",
              "755 modules/vpc/",
              "644 modules/vpc/main.tf",
              "755 scripts/",
              "755 scripts/run.sh",
              "777 scripts/start -> run.sh");
    }
  }
}
