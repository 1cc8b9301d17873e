package io.terrarium.core.vcshost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.terrarium.core.vcshost.VcsEvent.BranchDeleted;
import io.terrarium.core.vcshost.VcsEvent.Push;
import io.terrarium.core.vcshost.VcsEvent.TagPush;
import io.terrarium.kernel.Secret;
import io.terrarium.testsupport.OnThePath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The hook of `docs/vcs-hosts.md`, called by a real Git.
class PostReceiveHookIT {
  private static final String SECRET = "it's 100% \\secret";

  private final VcsHost host = ServiceProvider.GIT.host();
  private final List<WebhookRequest> received = new CopyOnWriteArrayList<>();
  @TempDir private Path directory;
  private HttpServer server;
  private int status = 204;

  @BeforeEach
  void begin() throws IOException, InterruptedException {
    for (String program : List.of("sh", "git", "curl", "openssl", "od", "sed", "cut")) {
      assumeTrue(OnThePath.has(program), program);
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/webhooks/vcs/8a1f", this::receive);
    server.start();
    git(directory, "init", "--quiet", "--bare", "server.git");
    git(directory, "init", "--quiet", "--initial-branch=main", "work");
    git(work(), "commit", "--quiet", "--allow-empty", "--message=one");
  }

  @AfterEach
  void end() {
    server.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      received.add(
          new WebhookRequest(
              Map.of(
                  "Content-Type",
                  exchange.getRequestHeaders().getFirst("Content-Type"),
                  "X-Hub-Signature-256",
                  exchange.getRequestHeaders().getFirst("X-Hub-Signature-256")),
              body));
      exchange.sendResponseHeaders(status, -1);
    }
  }

  private void installHook(String secret) throws IOException {
    Path hook = directory.resolve("server.git/hooks/post-receive");
    Files.createDirectories(hook.getParent());
    Files.writeString(hook, hook());
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(
        directory.resolve("server.git/terrarium.conf"),
        """
        [webhook]
        	url = http://127.0.0.1:%d/webhooks/vcs/8a1f
        	secret = "%s"
        	repository = server.git
        """
            .formatted(server.getAddress().getPort(), secret.replace("\\", "\\\\")));
  }

  private static String hook() throws IOException {
    String document = Files.readString(Path.of("../docs/vcs-hosts.md"));
    int begin = document.indexOf("#!/bin/sh");
    return document.substring(begin, document.indexOf("```", begin));
  }

  private Path work() {
    return directory.resolve("work");
  }

  private String git(Path where, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "HOME", directory.toString(),
                "GIT_CONFIG_NOSYSTEM", "1",
                "GIT_AUTHOR_NAME", "ada",
                "GIT_AUTHOR_EMAIL", "ada@lab.test",
                "GIT_COMMITTER_NAME", "ada",
                "GIT_COMMITTER_EMAIL", "ada@lab.test",
                "no_proxy", "*"));
    Process git = builder.start();
    String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(git.waitFor()).as(said).isZero();
    return said.strip();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {SECRET, "0123456789012345678901234567890123456789012345678901234567890123"})
  void tells_of_branches_and_tags_with_a_signature_that_holds(String secret)
      throws IOException, InterruptedException {
    installHook(secret);
    String one = git(work(), "rev-parse", "HEAD");

    git(work(), "push", "--quiet", "../server.git", "main", "main:fe\"at/1", "main:refs/tags/v1");
    git(work(), "push", "--quiet", "../server.git", ":fe\"at/1");

    assertThat(received)
        .hasSize(4)
        .allSatisfy(request -> assertThat(host.verifies(request, new Secret(secret))).isTrue())
        .allSatisfy(request -> assertThat(host.verifies(request, new Secret("another"))).isFalse());
    Repository repository = new Repository("server.git", null, null, null, null);
    assertThat(received.stream().flatMap(request -> host.read(request).stream()))
        .containsExactlyInAnyOrder(
            push(repository, "main", one),
            push(repository, "fe\"at/1", one),
            new TagPush(repository, "v1", one, null, null, VcsEvent.Sender.UNKNOWN),
            new BranchDeleted(repository, "fe\"at/1", VcsEvent.Sender.UNKNOWN));
  }

  private static Push push(Repository repository, String branch, String after) {
    return new Push(
        repository,
        branch,
        null,
        after,
        null,
        null,
        null,
        ChangedFiles.UNKNOWN,
        VcsEvent.Sender.UNKNOWN);
  }

  @Test
  void lets_a_push_be_where_nobody_takes_its_word() throws IOException, InterruptedException {
    installHook(SECRET);
    status = 404;

    String said = git(work(), "push", "../server.git", "main");

    assertThat(said).contains("terrarium: was not told of refs/heads/main");
    assertThat(git(directory.resolve("server.git"), "rev-parse", "main")).hasSize(40);
  }

  @Test
  void says_what_it_lacks() throws IOException, InterruptedException {
    installHook("x".repeat(65));

    String said = git(work(), "push", "../server.git", "main");

    assertThat(said).contains("terrarium.conf needs webhook.url");
    assertThat(received).isEmpty();
  }
}
