package io.terrarium.atlas.api.vcs;

import com.fasterxml.jackson.databind.node.NullNode;
import io.terrarium.contracts.id.OauthTokenId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.vcs.HostRepositories;
import io.terrarium.core.vcshost.Repository;
import io.terrarium.core.vcshost.RepositoryPage;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.util.List;
import java.util.Map;

/// The repositories that a connection reaches.
public final class HostRepositoriesApi {
  private final HostRepositories repositories;

  public HostRepositoriesApi(HostRepositories repositories) {
    this.repositories = repositories;
  }

  public void mount(Api api) {
    api.get("/api/v2/oauth-tokens/:id/authorized-repos", this::list);
    api.get("/api/v2/organizations/:organization_name/vcs/repo", this::check);
  }

  record Attributes(String name, String displayIdentifier) {}

  record Checked(boolean exists, String identifier) {}

  private Reply list(Call call) {
    OauthTokenId token = call.path("id", OauthTokenId::new);
    RepositoryPage page =
        repositories.list(
            call.get(Principal.class),
            token,
            call.query("organization").orElse(""),
            Page.of(call).number());
    List<Resource> found = page.repositories().stream().map(one -> resource(token, one)).toList();
    Object next = page.next().isPresent() ? page.next().getAsInt() : NullNode.getInstance();
    return Reply.document(200, Document.of(found).withMeta("next-page", next));
  }

  private static Resource resource(OauthTokenId token, Repository repository) {
    String identifier = repository.identifier();
    return new Resource(
        identifier,
        "authorized-repos",
        new Attributes(identifier, identifier),
        Map.of("oauth-token", Relationship.one("oauth-tokens", token.value())),
        Map.of());
  }

  private Reply check(Call call) {
    String identifier = required(call, "identifier");
    boolean exists =
        repositories.exists(
            call.get(Principal.class),
            call.path("organization_name"),
            new OauthTokenId(required(call, "oauth_token_id")),
            identifier);
    return Reply.document(
        200,
        Document.of(
            new Resource(
                identifier,
                "vcs-repo-check",
                new Checked(exists, identifier),
                Map.of(),
                Map.of())));
  }

  private static String required(Call call, String name) {
    return call.query(name)
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> new Fault.BadRequest("The parameter " + name + " is missing."));
  }
}
