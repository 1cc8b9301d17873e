package io.terrarium.atlas.api.gpgkey;

import io.terrarium.core.access.Principal;
import io.terrarium.core.gpgkey.GpgKey;
import io.terrarium.core.gpgkey.GpgKeys;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Incoming;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The public keys that sign providers: add, read, list, give to another organization, delete. The
/// answers have the statuses of the documents, 201 for all changes.
public final class GpgKeysApi {
  private static final String TYPE = "gpg-keys";
  private static final String ALL = "/api/registry/private/v2/gpg-keys";
  private static final String ONE = ALL + "/:namespace/:key_id";
  private static final String NAMESPACE_FILTER = "filter[namespace]";
  private static final int NAMESPACES_MAX = 100;

  private final GpgKeys keys;

  public GpgKeysApi(GpgKeys keys) {
    this.keys = keys;
  }

  public void mount(Api api) {
    api.get(ALL, this::list);
    api.post(ALL, this::create);
    api.get(ONE, call -> one(200, keys.find(caller(call), call.path("namespace"), keyId(call))));
    api.patch(ONE, this::move);
    api.delete(ONE, this::delete);
  }

  record Attributes(
      String asciiArmor,
      Instant createdAt,
      String keyId,
      String namespace,
      String source,
      @Nullable String sourceUrl,
      String trustSignature,
      Instant updatedAt) {}

  private Reply list(Call call) {
    // Clients give several namespaces with commas, or each by itself.
    List<String> namespaces =
        call.queries().stream()
            .filter(query ->
                query.getKey().equals(NAMESPACE_FILTER)
                    || query.getKey().equals(NAMESPACE_FILTER + "[]"))
            .flatMap(query -> Stream.of(query.getValue().split(",")))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .distinct()
            .toList();
    if (namespaces.isEmpty()) {
      throw new Fault.BadRequest(
          "filter[namespace] is needed: the names of organizations, with commas.");
    }
    if (namespaces.size() > NAMESPACES_MAX) {
      throw new Fault.BadRequest("filter[namespace] takes at most " + NAMESPACES_MAX + " names.");
    }
    return Reply.document(
        200,
        Listing.of(
            call, keys.list(caller(call), namespaces, Page.of(call)).map(GpgKeysApi::resource)));
  }

  private Reply create(Call call) {
    Incoming body = Incoming.of(call, TYPE);
    String namespace = namespace(body);
    String armor = body.text("ascii-armor").over("", "");
    body.check();
    return one(201, keys.create(caller(call), namespace, armor));
  }

  private Reply move(Call call) {
    Incoming body = Incoming.of(call, TYPE);
    String namespace = namespace(body);
    body.check();
    return one(201, keys.move(caller(call), call.path("namespace"), keyId(call), namespace));
  }

  private static String namespace(Incoming body) {
    String namespace = body.text("namespace").over("", "").strip();
    if (namespace.isEmpty()) {
      body.problem("namespace", "can't be blank");
    }
    return namespace;
  }

  private Reply delete(Call call) {
    keys.delete(caller(call), call.path("namespace"), keyId(call));
    return Reply.of(201);
  }

  private static String keyId(Call call) {
    return call.path("key_id");
  }

  private static Principal caller(Call call) {
    return call.get(Principal.class);
  }

  private static Reply one(int status, GpgKey key) {
    return Reply.document(status, Document.of(resource(key)));
  }

  private static Resource resource(GpgKey key) {
    return new Resource(
        key.id().value(),
        TYPE,
        new Attributes(
            key.asciiArmor(),
            key.createdAt(),
            key.keyId(),
            key.organization(),
            "",
            null,
            "",
            key.updatedAt()),
        Map.of(),
        Map.of("self", ALL + "/" + key.organization() + "/" + key.keyId()));
  }
}
