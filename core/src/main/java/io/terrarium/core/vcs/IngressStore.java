package io.terrarium.core.vcs;

import io.terrarium.contracts.id.ConfigurationVersionId;
import io.terrarium.contracts.id.IngressAttributesId;
import io.terrarium.contracts.ingress.GitCommit;
import io.terrarium.contracts.ingress.GitRevision;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// SQL of where configurations come from.
final class IngressStore {
  private static final String INSERT =
      """
      INSERT INTO ingress_attributes (external_id, configuration_version_id, vcs_repository_id,
        webhook_delivery_id, ingress_submodules, identifier, clone_url, branch, tag, commit_sha,
        commit_message, commit_url, compare_url, on_default_branch, pull_request_number,
        pull_request_title, pull_request_body, pull_request_url, sender_username,
        sender_avatar_url, sender_html_url, is_run_due, created_at)
      SELECT :id, c.id, :repository, :delivery, :submodules, :identifier, :cloneUrl, :branch, :tag,
             :sha, :message, :url, :compareUrl, :onDefaultBranch, :number, :title, :body,
             :requestUrl, :username, :avatarUrl, :htmlUrl, c.auto_queue_runs, :now
        FROM configuration_versions c WHERE c.external_id = :configuration
      """;

  private static final String ALL =
      """
      SELECT i.*, c.external_id AS configuration
        FROM ingress_attributes i JOIN configuration_versions c ON c.id = i.configuration_version_id
       WHERE c.external_id = ANY (:ids)
       ORDER BY i.id
      """;

  private static final String WAITING =
      """
      SELECT i.vcs_repository_id, i.ingress_submodules, i.branch, i.tag, i.commit_sha, i.created_at,
             c.external_id AS configuration
        FROM ingress_attributes i JOIN configuration_versions c ON c.id = i.configuration_version_id
       WHERE c.external_id = ANY (:ids)
         AND (c.status = 'fetching'
              -- Stored, but who was to be told of the commit died: by its name the same comes again.
              OR c.status = 'uploaded' AND i.told_at IS NULL AND i.commit_sha IS NOT NULL)
       ORDER BY i.id
      """;

  private static final String FETCHED =
      """
      UPDATE ingress_attributes i
         SET branch = coalesce(i.branch, :branch), told_at = :now,
             -- Some hosts name the tag itself, where it has a message, instead of its commit.
             commit_sha = CASE WHEN i.tag IS NULL THEN coalesce(i.commit_sha, :sha) ELSE :sha END,
             commit_message = coalesce(i.commit_message, :message),
             sender_username = coalesce(i.sender_username, :author)
        FROM configuration_versions c
       WHERE c.id = i.configuration_version_id AND c.external_id = ANY (:ids)
      """;

  private static final String NAMED =
      """
      UPDATE ingress_attributes i SET branch = coalesce(i.branch, :branch), commit_sha = :sha
        FROM configuration_versions c
       WHERE c.id = i.configuration_version_id AND c.external_id = ANY (:ids)
         AND i.commit_sha IS NULL AND i.tag IS NULL
      """;

  /// What is inserted.
  record New(
      IngressAttributesId id,
      ConfigurationVersionId configuration,
      long repositoryKey,
      @Nullable Long deliveryKey,
      boolean submodules,
      String identifier,
      String cloneUrl,
      Commit commit,
      Instant now) {}

  /// One that is still to be fetched.
  ///
  /// @param repositoryKey null where the connection is gone
  record Waiting(
      ConfigurationVersionId configuration,
      @Nullable Long repositoryKey,
      boolean submodules,
      GitRevision revision,
      Instant since) {}

  void insert(Handle db, New asked) {
    Commit commit = asked.commit();
    Commit.PullRequest request = commit.pullRequest();
    Commit.Sender sender = commit.sender();
    db.createUpdate(INSERT)
        .bind("id", asked.id().value())
        .bind("configuration", asked.configuration().value())
        .bind("repository", asked.repositoryKey())
        .bind("delivery", asked.deliveryKey())
        .bind("submodules", asked.submodules())
        .bind("identifier", asked.identifier())
        .bind("cloneUrl", asked.cloneUrl())
        .bind("branch", commit.branch())
        .bind("tag", commit.tag())
        .bind("sha", commit.sha())
        .bind("message", commit.message())
        .bind("url", commit.url())
        .bind("compareUrl", commit.compareUrl())
        .bind("onDefaultBranch", commit.onDefaultBranch())
        .bind("number", request == null ? null : request.number())
        .bind("title", request == null ? null : request.title())
        .bind("body", request == null ? null : request.body())
        .bind("requestUrl", request == null ? null : request.url())
        .bind("username", sender == null ? null : sender.username())
        .bind("avatarUrl", sender == null ? null : sender.avatarUrl())
        .bind("htmlUrl", sender == null ? null : sender.htmlUrl())
        .bind("now", asked.now())
        .execute();
  }

  List<IngressAttributes> findAll(Handle db, Collection<ConfigurationVersionId> ids) {
    return db.createQuery(ALL)
        .bindArray("ids", String.class, values(ids))
        .map((row, _) -> read(row))
        .list();
  }

  List<Waiting> waiting(Handle db, Collection<ConfigurationVersionId> ids) {
    return db.createQuery(WAITING)
        .bindArray("ids", String.class, values(ids))
        .map((row, _) ->
            new Waiting(
                new ConfigurationVersionId(row.getString("configuration")),
                row.getObject("vcs_repository_id", Long.class),
                row.getBoolean("ingress_submodules"),
                new GitRevision(
                    row.getString("branch"), row.getString("tag"), row.getString("commit_sha")),
                row.getTimestamp("created_at").toInstant()))
        .list();
  }

  /// Adds what Git tells to what nobody has told before.
  void fetched(Handle db, Collection<ConfigurationVersionId> ids, GitCommit commit, Instant now) {
    db.createUpdate(FETCHED)
        .bindArray("ids", String.class, values(ids))
        .bind("branch", commit.branch())
        .bind("sha", commit.sha())
        .bind("message", commit.message())
        .bind("author", commit.authorName())
        .bind("now", now)
        .execute();
  }

  /// Which commit is meant, where only a branch was.
  void named(Handle db, Collection<ConfigurationVersionId> ids, GitRevision commit) {
    db.createUpdate(NAMED)
        .bindArray("ids", String.class, values(ids))
        .bind("branch", commit.branch())
        .bind("sha", commit.commit())
        .execute();
  }

  private static List<String> values(Collection<ConfigurationVersionId> ids) {
    return ids.stream().map(ConfigurationVersionId::value).toList();
  }

  private static IngressAttributes read(ResultSet row) throws SQLException {
    Integer number = row.getObject("pull_request_number", Integer.class);
    return new IngressAttributes(
        new IngressAttributesId(row.getString("external_id")),
        new ConfigurationVersionId(row.getString("configuration")),
        row.getString("identifier"),
        row.getString("clone_url"),
        new Commit(
            row.getString("branch"),
            row.getString("tag"),
            row.getString("commit_sha"),
            row.getString("commit_message"),
            row.getString("commit_url"),
            row.getString("compare_url"),
            row.getObject("on_default_branch", Boolean.class),
            number == null
                ? null
                : new Commit.PullRequest(
                    number,
                    row.getString("pull_request_title"),
                    row.getString("pull_request_body"),
                    row.getString("pull_request_url")),
            new Commit.Sender(
                row.getString("sender_username"),
                row.getString("sender_avatar_url"),
                row.getString("sender_html_url"))),
        row.getTimestamp("created_at").toInstant());
  }
}
