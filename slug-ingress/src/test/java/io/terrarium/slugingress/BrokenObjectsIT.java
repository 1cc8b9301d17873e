package io.terrarium.slugingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.terrarium.contracts.ingress.ChangesRequest;
import io.terrarium.contracts.ingress.IngressFailure;
import io.terrarium.contracts.ingress.IngressFailure.Reason;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.testsupport.GitRepository;
import io.terrarium.testsupport.GitServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Objects that no `git` would send, in packs of a host that does.
class BrokenObjectsIT {
  @TempDir private static Path directory;
  private static Lab lab;

  @BeforeAll
  static void start() {
    assumeTrue(GitServer.isInstalled(), "git is not installed");
    lab = new Lab(directory, Map.of("TERRARIUM_SLUG_INGRESS_SILENCE_SECONDS_MAX", "5"));
  }

  @AfterAll
  static void stop() {
    if (lab != null) {
      lab.close();
    }
  }

  private static String object(GitRepository repository, String type, String content) {
    return repository.git(
        content.getBytes(StandardCharsets.UTF_8),
        "hash-object",
        "-t",
        type,
        "-w",
        "--literally",
        "--stdin");
  }

  private static String commit(GitRepository repository, String tree) {
    String who = " A <a@example.com> 1700000000 +0000\n";
    return object(
        repository, "commit", "tree " + tree + "\nauthor" + who + "committer" + who + "\nbroken\n");
  }

  /// Has the host send these objects, whatever it is asked for, and `main` lead to the first.
  private static void send(GitRepository repository, String name, String... objects)
      throws IOException {
    String list = String.join("\n", objects) + "\n";
    String hash =
        repository.git(list.getBytes(StandardCharsets.US_ASCII), "pack-objects", "-q", "canned");
    byte[] pack = Files.readAllBytes(repository.directory().resolve("canned-" + hash + ".pack"));
    Files.writeString(repository.directory().resolve("refs/heads/main"), objects[0] + "\n");
    lab.git().answerFor(name, Halves.pack(lab.git(), pack));
  }

  private static void isBroken(HttpResponse<byte[]> answer) {
    assertThat(answer.statusCode())
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(422);
    assertThat(Lab.read(answer, IngressFailure.class).error()).isEqualTo(Reason.BROKEN_REPOSITORY);
  }

  @Nested
  class A_commit {
    @Test
    void that_is_none_is_the_repositorys_fault() throws IOException {
      GitRepository repository = lab.git().create("no-commit");
      send(repository, "no-commit", object(repository, "commit", "tree 1\n"));

      isBroken(
          lab.ingress(
              Lab.remote(lab.git().url("no-commit")), Lab.branch("main"), false, List.of("never")));
    }
  }

  @Nested
  class A_directory {
    @Test
    void that_is_none_is_the_repositorys_fault_where_commits_are_compared() throws IOException {
      GitRepository repository = lab.git().create("no-tree");
      String none = object(repository, "tree", "100644");
      String empty = object(repository, "tree", "");
      String head = commit(repository, none);
      String base = commit(repository, empty);
      send(repository, "no-tree", head, base, none, empty);

      isBroken(
          lab.post(
              InternalApi.CHANGES,
              Lab.TOKEN,
              new ChangesRequest(
                  ChangesRequest.VERSION, Lab.remote(lab.git().url("no-tree")), base, head)));
    }
  }
}
