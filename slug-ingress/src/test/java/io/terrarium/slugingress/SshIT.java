package io.terrarium.slugingress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.terrarium.contracts.ingress.GitRevision;
import io.terrarium.contracts.ingress.IngressFailure;
import io.terrarium.contracts.ingress.IngressFailure.Reason;
import io.terrarium.testsupport.FreePorts;
import io.terrarium.testsupport.GitRepository;
import io.terrarium.testsupport.GitServer;
import io.terrarium.testsupport.SshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real `sshd`, with the old protocol of Git: it lets no environment through.
class SshIT {
  @TempDir private static Path directory;
  private static SshServer server;
  private static SshServer stranger;
  private static Lab lab;
  private static GitRepository repository;
  private static String first;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(GitServer.isInstalled(), "git is not installed");
    assumeTrue(SshServer.isInstalled(), "Debian's openssh-server is not installed");
    server = SshServer.start(Files.createDirectory(directory.resolve("sshd")));
    stranger = SshServer.start(Files.createDirectory(directory.resolve("stranger")));
    lab =
        new Lab(directory.resolve("lab"), Map.of("TERRARIUM_SSH_KNOWN_HOSTS", server.knownHost()));
    repository = lab.git().create("network");
    first = repository.commit("main", "one").file("main.tf", "# one").done();
    repository.commit("main", "two").file("main.tf", "# two").done();
  }

  @AfterAll
  static void stop() {
    if (lab != null) {
      lab.close();
      server.close();
      stranger.close();
    }
  }

  private static String url() {
    return server.url(repository.directory());
  }

  private static IngressFailure failure(String url, String key) {
    return lab.failure(Lab.branch("main"), Lab.withKey(url, key), false);
  }

  @Nested
  class A_repository_over_ssh {
    @Test
    void is_packed_for_who_has_the_key() {
      Slug slug = lab.slug(Lab.branch("main"), Lab.withKey(url(), server.privateKey()), false);

      assertThat(slug.content("main.tf")).isEqualTo("# two");
    }

    @Test
    void gives_out_an_older_commit_of_its_branch() {
      Slug slug =
          lab.slug(
              new GitRevision("main", null, first), Lab.withKey(url(), server.privateKey()), false);

      assertThat(slug.content("main.tf")).isEqualTo("# one");
    }

    @Test
    void gives_out_a_commit_of_more_than_a_thousand_generations_ago() {
      GitRepository aged = lab.git().create("aged");
      String wanted = aged.commit("main", "the wanted one").file("wanted.tf", "").done();
      addGenerations(aged, 1_100);

      Slug slug =
          lab.slug(
              new GitRevision("main", null, wanted),
              Lab.withKey(server.url(aged.directory()), server.privateKey()),
              false);

      assertThat(slug.names()).containsExactly("wanted.tf");
    }

    private static void addGenerations(GitRepository repository, int number) {
      StringBuilder stream = new StringBuilder();
      for (int generation = 0; generation < number; generation++) {
        stream
            .append("commit refs/heads/main\ncommitter A <a@example.com> 1700001000 +0000\n")
            .append(generation == 0 ? "data 0\nfrom refs/heads/main^0\n" : "data 0\n")
            .append("M 100644 inline other.tf\ndata 4\n%04d\n".formatted(generation));
      }
      repository.git(stream.toString().getBytes(UTF_8), "fast-import", "--quiet");
    }

    @Test
    void lets_nobody_in_who_shows_another_key() {
      IngressFailure failure = failure(url(), stranger.privateKey());

      assertThat(failure.error()).as(failure.message()).isEqualTo(Reason.AUTHENTICATION_FAILED);
    }

    @Test
    void wants_a_key_that_can_be_read() {
      IngressFailure failure = failure(url(), "-----BEGIN NOTHING-----");

      assertThat(failure.error()).as(failure.message()).isEqualTo(Reason.AUTHENTICATION_FAILED);
      assertThat(failure.message()).contains("private key");
    }

    @Test
    void that_is_not_there_is_not_found() {
      IngressFailure failure = failure(url() + "/nowhere.git", server.privateKey());

      assertThat(failure.error()).as(failure.message()).isEqualTo(Reason.REPOSITORY_NOT_FOUND);
    }
  }

  @Nested
  class A_host {
    @Test
    void that_shows_another_key_than_it_is_known_by_is_left() {
      IngressFailure failure = failure(stranger.url(repository.directory()), stranger.privateKey());

      assertThat(failure.error()).as(failure.message()).isEqualTo(Reason.HOST_UNREACHABLE);
      assertThat(failure.message()).contains("TERRARIUM_SSH_KNOWN_HOSTS");
    }

    @Test
    void that_is_not_public_is_refused_by_the_proxy() {
      IngressFailure failure = failure("ssh://git@10.1.2.3/x.git", server.privateKey());

      assertThat(failure.error()).as(failure.message()).isEqualTo(Reason.BAD_ADDRESS);
    }

    @Test
    void where_nobody_listens_is_said_to_be_so() {
      IngressFailure failure =
          failure("ssh://git@127.0.0.1:" + FreePorts.any() + "/x.git", server.privateKey());

      assertThat(failure.error()).as(failure.message()).isEqualTo(Reason.HOST_UNREACHABLE);
    }
  }
}
