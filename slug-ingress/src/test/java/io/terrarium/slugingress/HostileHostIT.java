package io.terrarium.slugingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpHandler;
import io.terrarium.contracts.ingress.GitRevision;
import io.terrarium.contracts.ingress.IngressFailure;
import io.terrarium.contracts.ingress.IngressFailure.Reason;
import io.terrarium.testsupport.FreePorts;
import io.terrarium.testsupport.GitRepository;
import io.terrarium.testsupport.GitServer;
import io.terrarium.testsupport.LocalServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Hosts that mean no good or are broken, and addresses that lead nowhere. Each ends in an error of
/// its own.
class HostileHostIT {
  private static final int MEGABYTE = 1_000_000;

  @TempDir private static Path directory;
  private static Lab lab;

  @BeforeAll
  static void start() {
    assumeTrue(GitServer.isInstalled(), "git is not installed");
    lab = new Lab(directory, Map.of("TERRARIUM_SLUG_INGRESS_SILENCE_SECONDS_MAX", "2"));
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
  class A_revision {
    @Test
    void that_is_not_there_is_named() {
      lab.git().create("small").commit("main", "small").file("x", "").done();
      String url = lab.git().url("small");

      isRefused(lab.failure(Lab.branch("nowhere"), url), Reason.REVISION_NOT_FOUND, "\"nowhere\"");
      isRefused(lab.failure(Lab.tag("v9"), url), Reason.REVISION_NOT_FOUND, "\"v9\"");
      isRefused(lab.failure(Lab.commit("1".repeat(40)), url), Reason.REVISION_NOT_FOUND, "1111111");
      isRefused(lab.failure(Lab.commit("main"), url), Reason.REVISION_NOT_FOUND, "40");
      isRefused(lab.failure(Lab.branch("a..b"), url), Reason.REVISION_NOT_FOUND, "a..b");
    }

    @Test
    void of_an_empty_repository_is_not_there() {
      lab.git().create("void");

      isRefused(lab.failure(GitRevision.DEFAULT, lab.git().url("void")), Reason.REVISION_NOT_FOUND);
    }

    @Test
    void that_is_no_commit_is_not_there() {
      GitRepository repository = lab.git().create("tagged-blob");
      repository.git("tag", "blob", repository.blob("no commit"));

      isRefused(
          lab.failure(Lab.tag("blob"), lab.git().url("tagged-blob")), Reason.REVISION_NOT_FOUND);
    }
  }

  @Nested
  class An_address {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "file:///etc",
          "git://127.0.0.1/x",
          "/etc",
          "ext::sh -c id",
          "https://",
          "ftp://h/x",
          "http://127.0.0.1:99999/x.git",
          "https://h/x?y=z",
          "ssh://-oProxyCommand=id/x",
          ""
        })
    void of_another_kind_is_refused(String url) {
      isRefused(lab.failure(Lab.branch("main"), url), Reason.BAD_ADDRESS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://10.1.2.3/x.git", "https://10.1.2.3/x.git"})
    void that_is_not_public_is_refused(String url) {
      isRefused(lab.failure(Lab.branch("main"), url), Reason.BAD_ADDRESS, "10.1.2.3", "ALLOW");
    }

    @Test
    void that_redirects_to_one_that_is_not_public_is_refused() {
      lab.git().answerFor("trap", Redirects.to("http://169.254.169.254/x.git"));

      isRefused(failure("trap"), Reason.BAD_ADDRESS, "169.254.169.254");
    }

    @Test
    void where_nobody_answers_is_said_to_be_so() {
      isRefused(
          lab.failure(Lab.branch("main"), "http://127.0.0.1:" + FreePorts.any() + "/x.git"),
          Reason.HOST_UNREACHABLE,
          "127.0.0.1");
      isRefused(
          lab.failure(Lab.branch("main"), "https://127.0.0.1.invalid/x.git"),
          Reason.HOST_UNREACHABLE,
          "127.0.0.1.invalid");
    }

    @Test
    void with_a_password_in_it_is_told_without() {
      lab.git().protect("hidden", "ada", "right");

      IngressFailure failure =
          lab.failure(
              Lab.branch("main"),
              lab.git().url("hidden").replace("http://", "http://ada:hunter2@"));

      isRefused(failure, Reason.AUTHENTICATION_FAILED, "401");
      assertThat(failure.message()).doesNotContain("hunter2");
    }
  }

  @Nested
  class A_host {
    @Test
    void that_knows_no_such_repository_says_so() {
      isRefused(failure("not-there"), Reason.REPOSITORY_NOT_FOUND, "not-there.git");
    }

    @Test
    void that_is_no_git_server_is_seen_as_such() {
      lab.git().answerFor("website", exchange -> LocalServer.answer(exchange, 200, "<html>"));

      isRefused(failure("website"), Reason.HOST_UNREACHABLE, "does not answer as a Git server");
    }

    @Test
    void whose_certificate_nobody_vouches_for_is_left(@TempDir Path keys) throws Exception {
      lab.git().create("self-made").commit("main", "x").file("x", "").done();
      try (SelfMade server = SelfMade.start(keys, lab.git()::serve)) {
        isRefused(
            lab.failure(Lab.branch("main"), server.url("self-made")),
            Reason.HOST_UNREACHABLE,
            "secure connection");
      }
    }

    @Test
    void that_fails_is_told_with_its_status() {
      lab.git().answerFor("failing", exchange -> LocalServer.answer(exchange, 500, "oh"));

      isRefused(failure("failing"), Reason.HOST_UNREACHABLE, "500");
    }

    @Test
    void that_redirects_for_ever_is_left() {
      String url = lab.git().url("endless");
      lab.git().answerFor("endless", Redirects.to(url));

      isRefused(failure("endless"), Reason.HOST_UNREACHABLE);
    }

    @Test
    void that_never_answers_is_left() {
      CountDownLatch end = new CountDownLatch(1);
      lab.git().answerFor("silent", silent(end));

      IngressFailure failure = failure("silent");

      end.countDown();
      isRefused(failure, Reason.HOST_UNREACHABLE, "2 seconds");
    }

    @Test
    void that_takes_an_ssh_connection_and_says_nothing_is_left() throws IOException {
      try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
        isRefused(
            lab.failure(
                Lab.branch("main"), "ssh://git@127.0.0.1:" + silent.getLocalPort() + "/x.git"),
            Reason.HOST_UNREACHABLE,
            "2 seconds");
      }
    }

    private static HttpHandler silent(CountDownLatch end) {
      return exchange -> {
        try (exchange) {
          end.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      };
    }

    @Test
    void that_sends_half_a_pack_is_seen_through() {
      GitRepository whole = lab.git().create("half");
      byte[] noise = new byte[MEGABYTE];
      new Random(1).nextBytes(noise);
      whole.commit("main", "noise").file("noise", noise).done();
      lab.git().answerFor("half", Halves.of(lab.git()));

      assertThat(failure("half").error()).isIn(Reason.BROKEN_REPOSITORY, Reason.HOST_UNREACHABLE);
    }

    @Test
    void that_announces_thousands_of_millions_of_objects_gets_no_room_for_them() {
      lab.git().create("nonsense").commit("main", "x").file("x", "").done();
      lab.git().answerFor("nonsense", Halves.nonsense(lab.git()));

      assertThat(failure("nonsense").error()).isEqualTo(Reason.TOO_MANY_FILES);
    }
  }
}
