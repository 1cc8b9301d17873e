package io.terrarium.gitserver.api;

import io.terrarium.gitserver.repository.Addresses;
import io.terrarium.gitserver.repository.ListPage;
import io.terrarium.gitserver.repository.PersonDocument;
import io.terrarium.gitserver.repository.Repositories;
import io.terrarium.gitserver.repository.RepositoryDocument;
import io.terrarium.gitserver.repository.RepositoryName;
import io.terrarium.gitserver.repository.Visitor;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;

/// Repositories in Gitea's API, and whose the token is.
public final class RepositoriesApi {
  private final Repositories repositories;
  private final Addresses addresses;

  public RepositoriesApi(Repositories repositories, Addresses addresses) {
    this.repositories = repositories;
    this.addresses = addresses;
  }

  /// @param repository path of one
  public void mount(Api api, String repository) {
    api.get("/api/v1/user", call -> Reply.json(200, PersonDocument.of(Visitor.of(call).login())));
    api.get("/api/v1/user/repos", this::list);
    api.get(repository, this::show);
  }

  private Reply list(Call call) {
    return ListPage.of(call)
        .of(repositories.all(), repository -> RepositoryDocument.of(repository, addresses));
  }

  private Reply show(Call call) {
    RepositoryName name = RepositoryName.of(call.path("owner"), call.path("name"));
    return Reply.json(200, RepositoryDocument.of(repositories.get(name), addresses));
  }
}
