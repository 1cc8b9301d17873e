package io.terrarium.core.vcshost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.core.vcshost.CommitStatus.State;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;

/// What the tests of all hosts ask for.
final class Hosts {
  static final URI TARGET = URI.create("https://mesh.test/webhooks/vcs/8a1f");
  static final Secret SECRET = new Secret("secret of the hook");
  static final String SHA = "0d1a26e67d8f5eaf1f6ba5c57fc3c7d91ac0fd1c";

  private Hosts() {}

  static CommitStatus status(State state) {
    return new CommitStatus(
        state, "atlas/lab/network", "Planned.", URI.create("https://mesh.test/runs/run-1"));
  }

  static CommitStatus longStatus() {
    return new CommitStatus(
        State.SUCCESS,
        "context ".repeat(40).strip(),
        "description ".repeat(40),
        URI.create("https://mesh.test/runs/run-1"));
  }

  static <T> T done(Outcome<T> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done<T>) outcome).value();
  }

  static <T> Trouble trouble(Outcome<T> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return ((Outcome.Failed<T>) outcome).trouble();
  }

  static JsonNode json(String text) {
    try {
      return Json.SNAKE.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
