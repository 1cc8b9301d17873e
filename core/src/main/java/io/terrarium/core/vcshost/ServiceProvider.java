package io.terrarium.core.vcshost;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The kinds of Git hosts, by the names that the API has for them; `gitea` and `git` are our own.
public enum ServiceProvider {
  GITHUB("GitHub", "github", "https://github.com", "https://api.github.com"),
  GITHUB_ENTERPRISE("GitHub Enterprise", "github", "", "/api/v3"),
  GITLAB_HOSTED("GitLab.com", "gitlab", "https://gitlab.com", "https://gitlab.com/api/v4"),
  GITLAB_COMMUNITY_EDITION("GitLab Community Edition", "gitlab", "", "/api/v4"),
  GITLAB_ENTERPRISE_EDITION("GitLab Enterprise Edition", "gitlab", "", "/api/v4"),
  BITBUCKET_HOSTED(
      "Bitbucket Cloud", "bitbucket", "https://bitbucket.org", "https://api.bitbucket.org/2.0"),
  BITBUCKET_SERVER("Bitbucket Server", "bitbucket", "", "/rest/api/1.0"),
  BITBUCKET_DATA_CENTER("Bitbucket Data Center", "bitbucket", "", "/rest/api/1.0"),
  /// Forgejo too.
  GITEA("Gitea or Forgejo", "gitea", "", "/api/v1"),
  /// Any server that Git can reach over http or ssh.
  GIT("Git", "git", "", "");

  private static final VcsHost GITHUB_HOST = new HubHost(HubDialect.GITHUB);
  private static final VcsHost GITLAB_HOST = new GitLabHost();
  private static final VcsHost BITBUCKET_CLOUD_HOST = new BitbucketCloudHost();
  private static final VcsHost BITBUCKET_SERVER_HOST = new BitbucketServerHost();
  private static final VcsHost GITEA_HOST = new HubHost(HubDialect.GITEA);
  private static final VcsHost PLAIN_GIT_HOST = new PlainGitHost();

  private final String displayName;
  private final String source;
  private final String fixedHttpUrl;
  private final String api;

  /// @param fixedHttpUrl where there is but one host of the kind, else empty
  /// @param api address of that one's API, else its path below where people see the host
  ServiceProvider(String displayName, String source, String fixedHttpUrl, String api) {
    this.displayName = displayName;
    this.source = source;
    this.fixedHttpUrl = fixedHttpUrl;
    this.api = api;
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
    return source;
  }

  public VcsHost host() {
    return switch (this) {
      case GITHUB, GITHUB_ENTERPRISE -> GITHUB_HOST;
      case GITLAB_HOSTED, GITLAB_COMMUNITY_EDITION, GITLAB_ENTERPRISE_EDITION -> GITLAB_HOST;
      case BITBUCKET_HOSTED -> BITBUCKET_CLOUD_HOST;
      case BITBUCKET_SERVER, BITBUCKET_DATA_CENTER -> BITBUCKET_SERVER_HOST;
      case GITEA -> GITEA_HOST;
      case GIT -> PLAIN_GIT_HOST;
    };
  }

  /// Empty where everybody has their own.
  public Optional<HostAddress> fixedAddress() {
    return fixedHttpUrl.isEmpty()
        ? Optional.empty()
        : Optional.of(new HostAddress(URI.create(fixedHttpUrl), URI.create(api)));
  }

  /// Where the API of such a host is by default; a kind of which there is but one has it there.
  public URI apiUrl(URI httpUrl) {
    return fixedHttpUrl.isEmpty() ? URI.create(HostAddress.base(httpUrl) + api) : URI.create(api);
  }
}
