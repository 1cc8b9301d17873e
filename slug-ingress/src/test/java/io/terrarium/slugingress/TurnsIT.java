package io.terrarium.slugingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.terrarium.contracts.ingress.IngressFailure;
import io.terrarium.contracts.ingress.IngressFailure.Reason;
import io.terrarium.kernel.settings.Env;
import io.terrarium.testsupport.GitServer;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Time and places, of which there are few here.
class TurnsIT {
  @TempDir private Path directory;

  private Lab lab(Map<String, String> settings) {
    assumeTrue(GitServer.isInstalled(), "git is not installed");
    return new Lab(directory, settings);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Nested
  class A_host_that_drips {
    @Test
    void is_left_when_time_is_over() {
      try (Lab lab = lab(Map.of("TERRARIUM_SLUG_INGRESS_SECONDS_MAX", "1"))) {
        lab.git()
            .answerFor(
                "slow",
                exchange -> {
                  try (exchange) {
                    exchange
                        .getResponseHeaders()
                        .add("Content-Type", "application/x-git-upload-pack-advertisement");
                    exchange.sendResponseHeaders(200, 0);
                    while (true) {
                      exchange.getResponseBody().write('0');
                      exchange.getResponseBody().flush();
                      new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });

        IngressFailure failure = lab.failure(Lab.branch("main"), lab.git().url("slow"));

        assertThat(failure.error()).as(failure.message()).isEqualTo(Reason.TOO_SLOW);
      }
    }
  }

  @Nested
  class A_caller_who_finds_all_places_taken {
    @Test
    void is_sent_away_after_a_while() {
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch end = new CountDownLatch(1);
      try (Lab lab =
          lab(
              Map.of(
                  "TERRARIUM_SLUG_INGRESS_AT_ONCE_MAX", "1",
                  "TERRARIUM_SLUG_INGRESS_SECONDS_MAX", "2"))) {
        lab.git()
            .answerFor(
                "held",
                exchange -> {
                  begun.countDown();
                  try (exchange) {
                    end.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
        // The first is over a moment after the second would have had its turn; so it takes two.
        CompletableFuture<IngressFailure> first = held(lab);
        await(begun);
        CompletableFuture<HttpResponse<byte[]>> second =
            CompletableFuture.supplyAsync(() ->
                lab.ingress(
                    Lab.remote(lab.git().url("held")), Lab.branch("main"), false, List.of("x")));
        CompletableFuture<HttpResponse<byte[]>> third =
            CompletableFuture.supplyAsync(() ->
                lab.ingress(
                    Lab.remote(lab.git().url("held")), Lab.branch("main"), false, List.of("x")));

        List<Integer> answers = List.of(second.join().statusCode(), third.join().statusCode());

        end.countDown();
        assertThat(first.join().error()).isEqualTo(Reason.TOO_SLOW);
        assertThat(answers).contains(503);
      }
    }

    private static CompletableFuture<IngressFailure> held(Lab lab) {
      return CompletableFuture.supplyAsync(
          () -> lab.failure(Lab.branch("main"), lab.git().url("held")));
    }
  }

  @Nested
  class A_host_that_keeps_its_callers_waiting {
    @Test
    void leaves_a_place_to_others() {
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch end = new CountDownLatch(1);
      try (Lab lab = lab(Map.of("TERRARIUM_SLUG_INGRESS_AT_ONCE_MAX", "2"))) {
        lab.git().create("quick").commit("main", "x").file("x", "").done();
        lab.git()
            .answerFor(
                "held",
                exchange -> {
                  begun.countDown();
                  try (exchange) {
                    end.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
        List<CompletableFuture<HttpResponse<byte[]>>> waiting =
            Stream.generate(() -> held(lab)).limit(3).toList();
        await(begun);

        Slug slug =
            lab.slug(Lab.branch("main"), lab.git().url("quick").replace("127.0.0.1", "localhost"));

        end.countDown();
        waiting.forEach(CompletableFuture::join);
        assertThat(slug.names()).containsExactly("x");
      }
    }

    private static CompletableFuture<HttpResponse<byte[]>> held(Lab lab) {
      return CompletableFuture.supplyAsync(() ->
          lab.ingress(Lab.remote(lab.git().url("held")), Lab.branch("main"), false, List.of("x")));
    }
  }

  @Nested
  class A_service_that_was_killed {
    @Test
    void leaves_nothing_that_the_next_one_does_not_remove() throws Exception {
      Path left = directory.resolve("work/ingress-dead");
      Files.createDirectories(left.resolve("work-1"));
      Files.writeString(left.resolve("work-1/slug.tar.gz"), "half a slug");
      Files.createFile(directory.resolve("work/ingress-dead.lock"));

      try (Lab lab = lab(Map.of())) {
        assertThat(lab.port()).isPositive();
        assertThat(left).doesNotExist();
      }
      assertThat(directory.resolve("work")).isEmptyDirectory();
    }
  }

  @Nested
  class Settings {
    @Test
    void with_known_hosts_that_are_none_are_refused() {
      Env env = Env.of(Map.of("TERRARIUM_SSH_KNOWN_HOSTS", "not a line"));

      SlugIngressConfig.from(env);

      assertThatThrownBy(env::check).hasMessageContaining("TERRARIUM_SSH_KNOWN_HOSTS");
    }
  }
}
