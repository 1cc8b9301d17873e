package io.terrarium.registry;

import io.terrarium.contracts.archivist.ObjectClaims;
import io.terrarium.contracts.archivist.SignedPaths;
import io.terrarium.contracts.hop.Hop;
import io.terrarium.contracts.id.ModuleVersionId;
import io.terrarium.contracts.id.OrganizationId;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.registry.ModuleExtracted;
import io.terrarium.contracts.registry.RegistryAccess;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Mac;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.BearerToken;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.http.HttpService;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.runtime.Platform;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// One HTTP server in the place of atlas and archivist. It keeps what it is told.
final class Neighbours implements AutoCloseable {
  static final Secret INTERNAL = new Secret("internal token");
  static final Secret SIGNING = new Secret("archivist token");

  static final OrganizationId ACME = new OrganizationId("org-acme");

  /// Of somebody who may read the registry of `acme`, and of somebody who may not.
  static final String READER = "reader.atlasv1.secret";

  static final String STRANGER = "stranger.atlasv1.secret";

  final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  final AtomicInteger questions = new AtomicInteger();
  final AtomicReference<String> reader = new AtomicReference<>(READER);

  /// Names of organizations that the reader may see.
  final Map<String, OrganizationId> organizations = new ConcurrentHashMap<>(Map.of("acme", ACME));

  final Map<String, Integer> answers = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<ModuleExtracted> told = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Hop> hops = new ConcurrentLinkedQueue<>();
  private final SignedPaths paths = new SignedPaths(List.of(Mac.sha256(SIGNING)));
  private final HttpService http;

  Neighbours(Platform platform) {
    http =
        HttpService.start(
            platform.vertx(), "neighbours of the test", HttpAddress.loopback(0), this::mount);
  }

  private void mount(Api api) {
    api.get(SignedPaths.PREFIX + ":token", this::object);
    api.get(
        "/.well-known/terraform.json",
        _ ->
            Reply.json(
                200,
                Map.of(
                    "modules.v1", "/api/registry/v1/modules/",
                    "providers.v1", "/api/registry/v1/providers/")));
    Api internal = api.behind(BearerToken.required(INTERNAL));
    internal.post(InternalApi.MODULE_EXTRACTED, this::extracted);
    internal.post(InternalApi.REGISTRY_ACCESS, this::access);
    internal.post(
        InternalApi.HOPS,
        call -> {
          hops.addAll(List.of(call.json(Hop[].class)));
          return Reply.noContent();
        });
  }

  private Reply object(Call call) {
    ObjectClaims claims = paths.read(call.path("token")).orElseThrow(Fault.NotFound::new);
    byte[] found = objects.get(claims.key());
    if (claims.action() != ObjectClaims.Action.READ || found == null) {
      throw new Fault.NotFound();
    }
    return Reply.bytes("application/octet-stream", found);
  }

  private Reply extracted(Call call) {
    ModuleExtracted word = call.json(ModuleExtracted.class);
    told.add(word);
    return Reply.of(answers.getOrDefault(word.moduleVersionId().value(), 204));
  }

  private Reply access(Call call) {
    questions.incrementAndGet();
    RegistryAccess.Question question = call.json(RegistryAccess.Question.class);
    boolean isReader = question.token().equals(reader.get());
    if (!isReader && !question.token().equals(STRANGER)) {
      throw new Fault.Unauthorized();
    }
    return Reply.json(
        200,
        new RegistryAccess.Answer(
            RegistryAccess.VERSION, isReader ? organizations.get(question.namespace()) : null));
  }

  /// What atlas was told of a version.
  List<ModuleExtracted> told(ModuleVersionId id) {
    return told.stream().filter(word -> word.moduleVersionId().equals(id)).toList();
  }

  Collection<Hop> hops() {
    return hops;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + http.port());
  }

  @Override
  public void close() {
    http.close();
  }
}
