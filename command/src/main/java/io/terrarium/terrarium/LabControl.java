package io.terrarium.terrarium;

import io.terrarium.contracts.lab.LabAction;
import io.terrarium.contracts.lab.LabPart;
import io.terrarium.contracts.lab.LabRepository;
import io.terrarium.contracts.lab.LabState;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.BearerToken;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Program;
import io.terrarium.kernel.runtime.Service;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What lets the pages of the labs take parts of this mesh away and bring them back. It listens on
/// loopback alone, wants a token that only atlas has, and is there only after `up --lab`.
final class LabControl implements AutoCloseable {
  static final String URL = "TERRARIUM_LAB_URL";
  static final String TOKEN = "TERRARIUM_LAB_TOKEN";
  static final String NAME = "lab";
  static final int PREFERRED_PORT = 7599;

  private final Map<String, BreakablePart> parts = new LinkedHashMap<>();
  private final LabRepositories repositories;
  private final String options;
  private final String node;
  private final Service service;

  private LabControl(
      Platform platform,
      Map<String, String> environment,
      List<Breakable> breakable,
      LabRepositories repositories,
      String options) {
    breakable.forEach(one -> parts.put(one.name(), new BreakablePart(one)));
    this.repositories = repositories;
    this.options = options;
    node = environment.getOrDefault(Program.NODE, "");
    Secret token = new Secret(environment.getOrDefault(TOKEN, ""));
    int port = URI.create(environment.getOrDefault(URL, "")).getPort();
    service =
        Service.start(
            NAME,
            platform,
            HttpAddress.loopback(port),
            _ -> api -> mount(api.behind(BearerToken.required(token))));
  }

  /// @param options those by which commands find this mesh
  static LabControl start(
      Platform platform,
      Map<String, String> environment,
      List<Breakable> breakable,
      LabRepositories repositories,
      String options) {
    return new LabControl(platform, environment, breakable, repositories, options);
  }

  private void mount(Api api) {
    api.get(LabState.PATH, _ -> Reply.json(200, state()));
    api.post(LabState.PATH + "/parts/:name/:action", this::act);
    api.post(LabRepository.PATH, this::commit);
    api.post(LabRepository.PATH + "/forge", this::forge);
  }

  private LabState state() {
    List<LabPart> told = parts.values().stream().map(BreakablePart::told).toList();
    return new LabState(told, options, node);
  }

  private Reply act(Call call) {
    BreakablePart part = parts.get(call.path("name"));
    LabAction action = LabAction.of(call.path("action")).orElseThrow(Fault.NotFound::new);
    if (part == null) {
      throw new Fault.NotFound();
    }
    part.take(action);
    return Reply.json(202, part.told());
  }

  private Reply commit(Call call) {
    return Reply.json(200, repositories.commit(call.json(LabRepository.class)));
  }

  private Reply forge(Call call) {
    repositories.forge(call.json(LabRepository.class).name());
    return Reply.noContent();
  }

  @Override
  public void close() {
    parts.values().forEach(BreakablePart::letGo);
    service.close();
  }
}
