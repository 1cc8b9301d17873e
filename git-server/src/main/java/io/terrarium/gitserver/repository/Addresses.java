package io.terrarium.gitserver.repository;

import java.net.URI;

/// Where things are to be seen from outside.
public record Addresses(URI base) {
  public String html(RepositoryName name) {
    return base + "/" + name.full();
  }

  public String git(RepositoryName name) {
    return html(name) + ".git";
  }

  public String commit(RepositoryName name, String sha) {
    return html(name) + "/commit/" + sha;
  }

  public String compare(RepositoryName name, String before, String after) {
    return html(name) + "/compare/" + before + "..." + after;
  }

  public String pull(RepositoryName name, long number) {
    return html(name) + "/pulls/" + number;
  }
}
