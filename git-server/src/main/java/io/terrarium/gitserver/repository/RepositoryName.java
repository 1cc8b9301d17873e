package io.terrarium.gitserver.repository;

import io.terrarium.kernel.Fault;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// `owner/name` of a repository. What is of this type has been checked, and is a path that cannot
/// lead out of the served directory.
public record RepositoryName(String owner, String name) {
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");
  private static final String ENDING = ".git";

  /// Below it lie the paths of the API.
  private static final String RESERVED_OWNER = "api";

  /// @param name with or without `.git` at its end
  /// @throws Fault.BadRequest when no repository can have that name
  public static RepositoryName of(String owner, String name) {
    return find(owner, name)
        .orElseThrow(() ->
            new Fault.BadRequest(
                "A repository is named owner/name here: of letters, digits, '.', '_' and '-', at"
                    + " most 100 each, neither beginning with '.' or '-', and the owner not"
                    + " 'api'."));
  }

  /// Empty when no repository can have that name.
  static Optional<RepositoryName> find(String owner, String name) {
    String bare = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    boolean isGood =
        PART.matcher(owner).matches()
            && PART.matcher(bare).matches()
            && !bare.endsWith(ENDING)
            && !owner.equals(RESERVED_OWNER);
    return isGood ? Optional.of(new RepositoryName(owner, bare)) : Optional.empty();
  }

  public String full() {
    return owner + "/" + name;
  }

  Path below(Path root) {
    return root.resolve(owner).resolve(name + ENDING);
  }
}
