package io.terrarium.core.vcshost;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The kinds of Git hosts, by the names that the API has for them; `gitea` and `git` are our own.
public enum ServiceProvider {
  GITHUB("GitHub", Source.GITHUB, Place.fixed("https://github.com", "https://api.github.com")),
  GITHUB_ENTERPRISE("GitHub Enterprise", Source.GITHUB, Place.below("/api/v3")),
  GITLAB_HOSTED(
      "GitLab.com", Source.GITLAB, Place.fixed("https://gitlab.com", "https://gitlab.com/api/v4")),
  GITLAB_COMMUNITY_EDITION("GitLab Community Edition", Source.GITLAB, Place.below("/api/v4")),
  GITLAB_ENTERPRISE_EDITION("GitLab Enterprise Edition", Source.GITLAB, Place.below("/api/v4")),
  BITBUCKET_HOSTED(
      "Bitbucket Cloud",
      Source.BITBUCKET_CLOUD,
      Place.fixed("https://bitbucket.org", "https://api.bitbucket.org/2.0")),
  BITBUCKET_SERVER("Bitbucket Server", Source.BITBUCKET_SERVER, Place.below("/rest/api/1.0")),
  BITBUCKET_DATA_CENTER(
      "Bitbucket Data Center", Source.BITBUCKET_SERVER, Place.below("/rest/api/1.0")),
  /// Forgejo too.
  GITEA("Gitea or Forgejo", Source.GITEA, Place.below("/api/v1")),
  /// Any server that Git can reach over http or ssh.
  GIT("Git", Source.GIT, Place.below(""));

  private final String displayName;
  private final Source source;
  private final Place place;

  ServiceProvider(String displayName, Source source, Place place) {
    this.displayName = displayName;
    this.source = source;
    this.place = place;
  }

  /// A family of them.
  private enum Source {
    GITHUB("github", new HubHost(HubDialect.GITHUB)),
    GITLAB("gitlab", new GitLabHost()),
    BITBUCKET_CLOUD("bitbucket", new BitbucketCloudHost()),
    BITBUCKET_SERVER("bitbucket", new BitbucketServerHost()),
    GITEA("gitea", new HubHost(HubDialect.GITEA)),
    GIT("git", new PlainGitHost());

    private final String wire;
    private final VcsHost host;

    Source(String wire, VcsHost host) {
      this.wire = wire;
      this.host = host;
    }
  }

  /// Where hosts of a kind are.
  ///
  /// @param fixed where there is but one
  /// @param apiPath of the API, below where people see it
  private record Place(Optional<HostAddress> fixed, String apiPath) {
    static Place fixed(String httpUrl, String apiUrl) {
      return new Place(Optional.of(new HostAddress(URI.create(httpUrl), URI.create(apiUrl))), "");
    }

    static Place below(String apiPath) {
      return new Place(Optional.empty(), apiPath);
    }
  }

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<ServiceProvider> of(String wire) {
    return Stream.of(values()).filter(provider -> provider.wire().equals(wire)).findFirst();
  }

  public String displayName() {
    return displayName;
  }

  /// What configuration versions say they come from.
  public String source() {
    return source.wire;
  }

  public VcsHost host() {
    return source.host;
  }

  /// Empty where everybody has their own.
  public Optional<HostAddress> fixedAddress() {
    return place.fixed();
  }

  /// Where the API of such a host is by default.
  public URI apiUrl(URI httpUrl) {
    return place
        .fixed()
        .filter(fixed -> HostAddress.base(fixed.httpUrl()).equals(HostAddress.base(httpUrl)))
        .map(HostAddress::apiUrl)
        .orElseGet(() -> URI.create(HostAddress.base(httpUrl) + place.apiPath()));
  }
}
