package io.terrarium.gitserver.hook;

import io.terrarium.gitserver.repository.HostedRepository;
import io.terrarium.gitserver.repository.ListPage;
import io.terrarium.gitserver.repository.Repositories;
import io.terrarium.gitserver.repository.RepositoryName;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Webhooks in Gitea's API.
public final class HooksApi {
  private static final Set<String> TYPES = Set.of("gitea", "forgejo");
  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final int TEXT_CHARACTERS_MAX = 2_000;
  private static final int EVENTS_MAX = 50;
  private static final int PORT_MAX = 65_535;

  private final Repositories repositories;
  private final Clock clock;

  public HooksApi(Repositories repositories, Clock clock) {
    this.repositories = repositories;
    this.clock = clock;
  }

  /// What may be told of a webhook; what is left out stays as it is.
  record Wanted(
      @Nullable String type,
      @Nullable Boolean active,
      @Nullable List<String> events,
      @Nullable WantedTarget config) {}

  record WantedTarget(
      @Nullable String url, @Nullable String contentType, @Nullable String secret) {}

  /// @param repository path of one
  public void mount(Api api, String repository) {
    api.get(repository + "/hooks", this::list);
    api.post(repository + "/hooks", this::add);
    api.get(repository + "/hooks/:id", this::show);
    api.patch(repository + "/hooks/:id", this::change);
    api.delete(repository + "/hooks/:id", this::remove);
  }

  private HostedRepository repository(Call call) {
    return repositories.get(RepositoryName.of(call.path("owner"), call.path("name")));
  }

  private Reply list(Call call) {
    return ListPage.of(call).of(Hooks.of(repository(call)).stream().map(Hook::document).toList());
  }

  private Reply show(Call call) {
    return Reply.json(
        200, Hooks.find(repository(call), id(call)).orElseThrow(HooksApi::missing).document());
  }

  private Reply add(Call call) {
    Wanted wanted = call.json(Wanted.class);
    String type = Optional.ofNullable(wanted.type()).orElse("");
    if (!TYPES.contains(type)) {
      throw new Fault.Invalid("type", "type must be gitea, the only kind of webhook here.");
    }
    Hook hook =
        Hooks.add(
            repository(call),
            id ->
                with(
                    new Hook(
                        id,
                        type,
                        false,
                        List.of("push"),
                        new Hook.Target("", ""),
                        clock.instant(),
                        clock.instant()),
                    wanted));
    return Reply.json(201, hook.document());
  }

  private Reply change(Call call) {
    Wanted wanted = call.json(Wanted.class);
    return Reply.json(
        200,
        Hooks.change(repository(call), id(call), hook -> with(hook, wanted))
            .orElseThrow(HooksApi::missing)
            .document());
  }

  private Hook with(Hook before, Wanted wanted) {
    List<String> events = Optional.ofNullable(wanted.events()).orElse(before.events());
    if (events.size() > EVENTS_MAX || events.stream().anyMatch(HooksApi::isTooLong)) {
      throw new Fault.Invalid("events", "events must be at most " + EVENTS_MAX + " short words.");
    }
    return new Hook(
        before.id(),
        before.type(),
        Optional.ofNullable(wanted.active()).orElse(before.active()),
        events,
        target(before.config(), wanted.config()),
        before.createdAt(),
        clock.instant());
  }

  private static Hook.Target target(Hook.Target before, @Nullable WantedTarget wanted) {
    if (wanted == null) {
      if (before.url().isEmpty()) {
        throw new Fault.Invalid("config", "config must be given, with url and content_type.");
      }
      return before;
    }
    String url = Optional.ofNullable(wanted.url()).orElse(before.url());
    String secret = Optional.ofNullable(wanted.secret()).orElse(before.secret());
    String form = Optional.ofNullable(wanted.contentType()).orElse("json");
    if (!isHttp(url) || isTooLong(url)) {
      throw new Fault.Invalid("config/url", "config.url must be an address of http or https.");
    }
    if (!form.equals("json")) {
      throw new Fault.Invalid("config/content_type", "config.content_type must be json.");
    }
    if (isTooLong(secret)) {
      throw new Fault.Invalid(
          "config/secret", "config.secret has more than " + TEXT_CHARACTERS_MAX + " characters.");
    }
    return new Hook.Target(url, secret);
  }

  private static boolean isTooLong(String text) {
    return text.length() > TEXT_CHARACTERS_MAX;
  }

  private static boolean isHttp(String url) {
    try {
      URI address = URI.create(url);
      return address.getHost() != null
          && address.getScheme() != null
          && SCHEMES.contains(address.getScheme())
          && address.getPort() <= PORT_MAX
          && address.getRawUserInfo() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Reply remove(Call call) {
    if (!Hooks.remove(repository(call), id(call))) {
      throw missing();
    }
    return Reply.noContent();
  }

  private static long id(Call call) {
    return ListPage.number(call.path("id")).orElseThrow(HooksApi::missing);
  }

  private static Fault.NotFound missing() {
    return new Fault.NotFound("The repository has no such webhook.");
  }
}
