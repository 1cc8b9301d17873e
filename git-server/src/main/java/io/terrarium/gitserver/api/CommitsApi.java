package io.terrarium.gitserver.api;

import io.terrarium.gitserver.repository.Addresses;
import io.terrarium.gitserver.repository.CommitDocument;
import io.terrarium.gitserver.repository.FileChanges;
import io.terrarium.gitserver.repository.History;
import io.terrarium.gitserver.repository.Repositories;
import io.terrarium.gitserver.repository.RepositoryName;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.revwalk.RevCommit;

/// Commits in Gitea's API.
public final class CommitsApi {
  private static final int COMMITS_MAX = 250;

  private final Repositories repositories;
  private final Addresses addresses;

  public CommitsApi(Repositories repositories, Addresses addresses) {
    this.repositories = repositories;
    this.addresses = addresses;
  }

  record Parent(String sha) {}

  record Contents(String message, CommitDocument.Author author, CommitDocument.Author committer) {}

  record Document(
      String sha,
      String created,
      String htmlUrl,
      Contents commit,
      List<Parent> parents,
      List<FileChanges.Document> files) {}

  /// @param totalCommits how many there are, told or not
  record Comparison(int totalCommits, List<Document> commits) {}

  /// @param repository path of one
  public void mount(Api api, String repository) {
    api.get(repository + "/git/commits/:sha", this::show);
    api.get(repository + "/compare/:range", this::compare);
  }

  private RepositoryName name(Call call) {
    return RepositoryName.of(call.path("owner"), call.path("name"));
  }

  private Reply show(Call call) {
    RepositoryName name = name(call);
    try (History history = History.of(repositories.get(name))) {
      return Reply.json(200, document(name, history, find(history, call.path("sha"))));
    }
  }

  private static RevCommit find(History history, String revision) {
    return history
        .find(revision)
        .orElseThrow(() ->
            new Fault.NotFound("The repository has no commit, branch or tag " + revision + "."));
  }

  /// What leads to the second and not to the first, as both `..` and `...` mean it here.
  private Reply compare(Call call) {
    String range = call.path("range");
    String[] ends = range.split("\\.{2,3}", -1);
    if (ends.length != 2) {
      throw new Fault.BadRequest("What is compared is named base...head.");
    }
    RepositoryName name = name(call);
    try (History history = History.of(repositories.get(name))) {
      RevCommit base = find(history, ends[0]);
      RevCommit head = find(history, ends[1]);
      History.Stretch stretch = history.between(List.of(base), head, COMMITS_MAX);
      List<Document> commits = new ArrayList<>();
      int files = 0;
      for (RevCommit commit : stretch.commits()) {
        Document document = document(name, history, commit);
        files += document.files().size();
        if (files > History.FILES_MAX) {
          // Who counts the commits sees that some are left out.
          break;
        }
        commits.add(document);
      }
      return Reply.json(200, new Comparison(stretch.total(), commits));
    }
  }

  private Document document(RepositoryName name, History history, RevCommit commit) {
    FileChanges changes = history.changes(commit);
    CommitDocument told = CommitDocument.of(commit, changes, addresses.commit(name, commit.name()));
    return new Document(
        told.id(),
        told.timestamp(),
        told.url(),
        new Contents(told.message(), told.author(), told.committer()),
        Stream.of(commit.getParents()).map(parent -> new Parent(parent.name())).toList(),
        changes.documents());
  }
}
