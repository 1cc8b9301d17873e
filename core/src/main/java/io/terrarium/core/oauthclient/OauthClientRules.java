package io.terrarium.core.oauthclient;

import io.terrarium.core.vcshost.ServiceProvider;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.jsonapi.Patch;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a connection may be; all problems are collected.
final class OauthClientRules {
  private static final int TEXT_CHARACTERS_MAX = 255;
  private static final int URL_CHARACTERS_MAX = 2_048;
  private static final int SECRET_CHARACTERS_MAX = 16_384;
  private static final Set<String> WEB = Set.of("http", "https");
  private static final Set<String> GIT = Set.of("http", "https", "ssh");

  private final List<Fault.Problem> problems = new ArrayList<>();

  /// A connection as it may be made.
  ///
  /// @param apiUrl null where the host has no API
  /// @param token null where anybody may read, or people are still to connect by the host's page
  record Definition(
      @Nullable String name,
      ServiceProvider provider,
      String httpUrl,
      @Nullable String apiUrl,
      @Nullable String key,
      @Nullable String secret,
      @Nullable String token,
      boolean isOrganizationScoped) {
    @Override
    public String toString() {
      return "Definition[" + provider + "]";
    }
  }

  /// @throws Fault.Invalid with all that is wrong
  Definition define(OauthClientChanges asked) {
    String wire = asked.serviceProvider().over("", "");
    Optional<ServiceProvider> provider = ServiceProvider.of(wire);
    if (provider.isEmpty()) {
      problem("service-provider", "Service provider must be one of " + wires());
      throw new Fault.Invalid(problems);
    }
    ServiceProvider known = provider.get();
    boolean hasApi = known.host().hasApi();
    String httpUrl =
        url(
            "http-url",
            asked.httpUrl(),
            known.fixedAddress().map(fixed -> fixed.httpUrl().toString()),
            hasApi ? WEB : GIT);
    Definition defined =
        new Definition(
            name(asked.name(), null),
            known,
            httpUrl,
            hasApi ? url("api-url", asked.apiUrl(), apiUrl(known, httpUrl), WEB) : null,
            key(asked.key(), null),
            optional("secret", asked.secret(), SECRET_CHARACTERS_MAX),
            optional("oauth-token-string", asked.oauthToken(), SECRET_CHARACTERS_MAX),
            asked.organizationScoped().over(true, true));
    if (hasApi && defined.token() == null && !isByWebLogin(defined)) {
      problem(
          "oauth-token-string",
          known.host().webLogin().isPresent()
              ? "Oauth token string can't be blank, unless key and secret of an OAuth application"
                  + " are given"
              : "Oauth token string can't be blank: the login page of "
                  + known.displayName()
                  + " is not known here, so make a token there and give it");
    }
    check();
    return defined;
  }

  /// By what a connection gets in; null for what stays.
  record Credentials(@Nullable String secret, @Nullable String token) {
    @Override
    public String toString() {
      return "Credentials[]";
    }
  }

  /// @throws Fault.Invalid with all that is wrong
  Credentials credentials(OauthClientChanges asked) {
    Credentials given =
        new Credentials(
            optional("secret", asked.secret(), SECRET_CHARACTERS_MAX),
            optional("oauth-token-string", asked.oauthToken(), SECRET_CHARACTERS_MAX));
    check();
    return given;
  }

  private static boolean isByWebLogin(Definition defined) {
    return defined.key() != null
        && defined.secret() != null
        && defined.provider().host().webLogin().isPresent();
  }

  @Nullable String name(Patch<String> given, @Nullable String current) {
    return given instanceof Patch.Absent ? current : optional("name", given, TEXT_CHARACTERS_MAX);
  }

  @Nullable String key(Patch<String> given, @Nullable String current) {
    return given instanceof Patch.Absent ? current : optional("key", given, TEXT_CHARACTERS_MAX);
  }

  private @Nullable String optional(String attribute, Patch<String> given, int charactersMax) {
    String text = given.over("", "");
    if (text.length() > charactersMax || text.indexOf('\0') >= 0) {
      problem(attribute, named(attribute) + " must have at most " + charactersMax + " characters");
    }
    return text.isBlank() ? null : text;
  }

  void check() {
    if (!problems.isEmpty()) {
      throw new Fault.Invalid(problems);
    }
  }

  private void problem(String attribute, String detail) {
    problems.add(new Fault.Problem(detail, "/data/attributes/" + attribute));
  }

  private String url(
      String attribute, Patch<String> given, Optional<String> usual, Set<String> schemes) {
    String text = given.over("", "").strip();
    if (text.isEmpty()) {
      if (usual.isEmpty()) {
        problem(attribute, named(attribute) + " can't be blank");
      }
      return usual.orElse("");
    }
    if (text.length() > URL_CHARACTERS_MAX || !isAddress(text, schemes)) {
      problem(
          attribute,
          named(attribute)
              + " must be an address such as https://git.example.com, without user, query or"
              + " fragment");
    }
    return text.replaceFirst("/+$", "");
  }

  /// Where it usually is; empty where there is something wrong with the address already.
  private Optional<String> apiUrl(ServiceProvider provider, String httpUrl) {
    return problems.isEmpty()
        ? Optional.of(provider.apiUrl(URI.create(httpUrl)).toString())
        : Optional.of(httpUrl);
  }

  private static String wires() {
    return Stream.of(ServiceProvider.values())
        .map(ServiceProvider::wire)
        .collect(Collectors.joining(", "));
  }

  private static boolean isAddress(String text, Set<String> schemes) {
    try {
      URI address = URI.create(text);
      boolean isLogin = address.getRawUserInfo() != null && !"ssh".equals(address.getScheme());
      return address.getScheme() != null
          && schemes.contains(address.getScheme())
          && address.getHost() != null
          && !isLogin
          && address.getRawQuery() == null
          && address.getRawFragment() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String named(String attribute) {
    String words = attribute.replace('-', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
