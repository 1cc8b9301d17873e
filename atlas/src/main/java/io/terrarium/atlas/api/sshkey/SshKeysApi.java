package io.terrarium.atlas.api.sshkey;

import io.terrarium.contracts.id.SshKeyId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.sshkey.SshKey;
import io.terrarium.core.sshkey.SshKeys;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Incoming;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Resource;
import java.util.Map;

/// SSH keys: create, read, list, update, delete. Their values are written only.
public final class SshKeysApi {
  private static final String TYPE = "ssh-keys";
  private static final String OF_ORGANIZATION = "/api/v2/organizations/:organization_name/ssh-keys";
  private static final String ONE = "/api/v2/ssh-keys/:id";

  private final SshKeys keys;

  public SshKeysApi(SshKeys keys) {
    this.keys = keys;
  }

  public void mount(Api api) {
    api.get(OF_ORGANIZATION, this::list);
    api.post(OF_ORGANIZATION, this::create);
    api.get(ONE, call -> one(200, keys.find(call.get(Principal.class), id(call))));
    api.patch(
        ONE, call -> one(200, keys.update(call.get(Principal.class), id(call), changes(call))));
    api.delete(
        ONE,
        call -> {
          keys.delete(call.get(Principal.class), id(call));
          return Reply.noContent();
        });
  }

  record Attributes(String name) {}

  private Reply list(Call call) {
    return Reply.document(
        200,
        Listing.of(
            call,
            keys.list(call.get(Principal.class), call.path("organization_name"), Page.of(call))
                .map(SshKeysApi::resource)));
  }

  private Reply create(Call call) {
    return one(
        201, keys.create(call.get(Principal.class), call.path("organization_name"), changes(call)));
  }

  private static SshKeys.Changes changes(Call call) {
    return changes(Incoming.of(call, TYPE));
  }

  /// What is asked for.
  public static SshKeys.Changes changes(Incoming body) {
    SshKeys.Changes changes = new SshKeys.Changes(body.text("name"), body.text("value"));
    body.check();
    return changes;
  }

  private static Reply one(int status, SshKey key) {
    return Reply.document(status, Document.of(resource(key)));
  }

  private static Resource resource(SshKey key) {
    return new Resource(
        key.id().value(),
        TYPE,
        new Attributes(key.name()),
        Map.of(),
        Map.of("self", "/api/v2/ssh-keys/" + key.id()));
  }

  private static SshKeyId id(Call call) {
    return call.path("id", SshKeyId::new);
  }
}
