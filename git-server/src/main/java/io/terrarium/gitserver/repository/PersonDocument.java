package io.terrarium.gitserver.repository;

/// Who uses the server, by the name that they gave; there is one token for all.
public record PersonDocument(String login, String username) {
  public static PersonDocument of(String login) {
    return new PersonDocument(login, login);
  }
}
