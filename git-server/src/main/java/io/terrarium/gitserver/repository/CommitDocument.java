package io.terrarium.gitserver.repository;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;

/// A commit as Gitea's webhooks show it.
public record CommitDocument(
    String id,
    String message,
    String url,
    Author author,
    Author committer,
    String timestamp,
    List<String> added,
    List<String> removed,
    List<String> modified) {

  /// Who has made a commit, by what it says itself.
  public record Author(String name, String email, String username) {
    static Author of(PersonIdent person) {
      return new Author(person.getName(), person.getEmailAddress(), "");
    }
  }

  public static CommitDocument of(RevCommit commit, FileChanges changes, String url) {
    return new CommitDocument(
        commit.name(),
        commit.getFullMessage(),
        url,
        Author.of(commit.getAuthorIdent()),
        Author.of(commit.getCommitterIdent()),
        time(commit.getCommitterIdent()),
        changes.added(),
        changes.removed(),
        changes.modified());
  }

  static String time(PersonIdent person) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        OffsetDateTime.ofInstant(person.getWhenAsInstant(), person.getZoneId()));
  }
}
