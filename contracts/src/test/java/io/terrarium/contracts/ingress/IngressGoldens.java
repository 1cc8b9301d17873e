package io.terrarium.contracts.ingress;

import io.terrarium.contracts.golden.Golden;
import io.terrarium.contracts.golden.Wire;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What slug-ingress is asked and answers.
public final class IngressGoldens {
  private static final String SHA = "b7c1a2d3e4f5061728394a5b6c7d8e9f00112233";
  private static final String BASE = "0f1e2d3c4b5a69788796a5b4c3d2e1f000112233";
  private static final String URL = "https://git.example.com/lab/network.git";

  private IngressGoldens() {}

  public static List<Golden<?>> all() {
    return Stream.concat(Stream.of(requests(), answers()).flatMap(List::stream), failures())
        .toList();
  }

  private static List<Golden<?>> requests() {
    return List.of(
        new Golden<>(
            "ingress-request",
            new IngressRequest(
                IngressRequest.VERSION,
                new GitRemote(URL, new GitLogin("oauth2", "token", null)),
                new GitRevision("main", null, SHA),
                "",
                true,
                List.of("/_archivist/v1/object/claims.signature")),
            new Wire.Body<>(IngressRequest.class)),
        new Golden<>(
            "ingress-request-of-a-tag",
            new IngressRequest(
                IngressRequest.VERSION,
                new GitRemote("git@git.example.com:lab/network.git", keyOnly()),
                new GitRevision(null, "v1.2.0", null),
                "modules/network",
                false,
                List.of("/_archivist/v1/object/claims.signature")),
            new Wire.Body<>(IngressRequest.class)),
        new Golden<>(
            "changes-request",
            new ChangesRequest(ChangesRequest.VERSION, new GitRemote(URL, null), BASE, SHA),
            new Wire.Body<>(ChangesRequest.class)),
        new Golden<>(
            "refs-request",
            new RefsRequest(RefsRequest.VERSION, new GitRemote(URL, null)),
            new Wire.Body<>(RefsRequest.class)));
  }

  private static GitLogin keyOnly() {
    return new GitLogin(null, null, "private key");
  }

  private static List<Golden<?>> answers() {
    return List.of(
        new Golden<>("ingested", ingested("main"), new Wire.Body<>(Ingested.class)),
        new Golden<>("ingested-tag", ingested(null), new Wire.Body<>(Ingested.class)),
        new Golden<>(
            "changes",
            new Changes(Changes.VERSION, List.of("main.tf", "modules/a/b.tf"), true),
            new Wire.Body<>(Changes.class)),
        new Golden<>(
            "refs",
            new Refs(Refs.VERSION, "main", Map.of("main", SHA), Map.of("v1.2.0", BASE)),
            new Wire.Body<>(Refs.class)),
        new Golden<>(
            "refs-of-an-empty-repository",
            new Refs(Refs.VERSION, null, Map.of(), Map.of()),
            new Wire.Body<>(Refs.class)));
  }

  private static Ingested ingested(@Nullable String branch) {
    return new Ingested(
        Ingested.VERSION,
        new GitCommit(
            SHA,
            branch,
            "Widen the network",
            "Ada",
            "ada@example.com",
            Instant.parse("2026-01-02T03:04:05Z")),
        12,
        4_096);
  }

  private static Stream<Golden<?>> failures() {
    return Stream.of(IngressFailure.Reason.values())
        .map(reason ->
            new Golden<>(
                "ingress-failure-" + reason.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                new IngressFailure(IngressFailure.VERSION, reason, "What is wrong."),
                new Wire.Body<>(IngressFailure.class)));
  }
}
