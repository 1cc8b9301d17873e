package io.terrarium.atlas.api.vcs;

import io.terrarium.contracts.id.ConfigurationVersionId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.vcs.Commit;
import io.terrarium.core.vcs.Ingress;
import io.terrarium.core.vcs.IngressAttributes;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where configurations from Git come from.
public final class IngressAttributesApi {
  private final Ingress ingress;

  public IngressAttributesApi(Ingress ingress) {
    this.ingress = ingress;
  }

  public void mount(Api api) {
    api.get("/api/v2/configuration-versions/:id/ingress-attributes", this::show);
  }

  record Attributes(
      @Nullable String branch,
      String cloneUrl,
      @Nullable String commitMessage,
      @Nullable String commitSha,
      @Nullable String commitUrl,
      @Nullable String compareUrl,
      String identifier,
      boolean isPullRequest,
      @Nullable Boolean onDefaultBranch,
      @Nullable Integer pullRequestNumber,
      @Nullable String pullRequestUrl,
      @Nullable String pullRequestTitle,
      @Nullable String pullRequestBody,
      @Nullable String tag,
      @Nullable String senderUsername,
      @Nullable String senderAvatarUrl,
      @Nullable String senderHtmlUrl,
      Instant createdAt) {}

  private Reply show(Call call) {
    ConfigurationVersionId id = call.path("id", ConfigurationVersionId::new);
    return resources(call.get(Principal.class), List.of(id)).stream()
        .findFirst()
        .map(found -> Reply.document(200, Document.of(found)))
        .orElseThrow(Fault.NotFound::new);
  }

  /// For `include=ingress_attributes` of other resources.
  public List<Resource> resources(Principal caller, List<ConfigurationVersionId> configurations) {
    return ingress.of(caller, configurations).values().stream()
        .map(IngressAttributesApi::resource)
        .toList();
  }

  private static Resource resource(IngressAttributes found) {
    Commit commit = found.commit();
    Optional<Commit.PullRequest> request = Optional.ofNullable(commit.pullRequest());
    Optional<Commit.Sender> sender = Optional.ofNullable(commit.sender());
    return new Resource(
        found.id().value(),
        "ingress-attributes",
        new Attributes(
            commit.branch(),
            found.cloneUrl(),
            commit.message(),
            commit.sha(),
            commit.url(),
            commit.compareUrl(),
            found.identifier(),
            request.isPresent(),
            commit.onDefaultBranch(),
            of(request, Commit.PullRequest::number),
            of(request, Commit.PullRequest::url),
            of(request, Commit.PullRequest::title),
            of(request, Commit.PullRequest::body),
            commit.tag(),
            of(sender, Commit.Sender::username),
            of(sender, Commit.Sender::avatarUrl),
            of(sender, Commit.Sender::htmlUrl),
            found.createdAt()),
        Map.of(),
        Map.of(
            "self",
            "/api/v2/configuration-versions/" + found.configuration() + "/ingress-attributes"));
  }

  private static <T, V> @Nullable V of(Optional<T> from, Function<T, @Nullable V> part) {
    return from.isPresent() ? part.apply(from.get()) : null;
  }
}
