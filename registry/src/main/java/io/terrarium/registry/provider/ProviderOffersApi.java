package io.terrarium.registry.provider;

import io.terrarium.contracts.id.ProviderVersionId;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.registry.ProviderVersionOffer;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.registry.version.OfferedNames;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/// What atlas says of versions of providers.
public final class ProviderOffersApi {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

  private final Database database;
  private final ProviderVersionStore store = new ProviderVersionStore();

  public ProviderOffersApi(Database database) {
    this.database = database;
  }

  public void mount(Api api) {
    api.post(InternalApi.PROVIDER_VERSIONS, this::offer);
    api.delete(InternalApi.PROVIDER_VERSION, this::delete);
  }

  private Reply offer(Call call) {
    ProviderVersionOffer offer = call.json(ProviderVersionOffer.class);
    check(offer);
    database.useTransaction(db -> {
      store
          .otherAt(db, offer)
          .ifPresent(other -> {
            throw new Fault.Conflict(
                "The version %s of %s/%s is %s already; delete that first."
                    .formatted(offer.version(), offer.organizationId(), offer.type(), other));
          });
      store.save(db, offer);
    });
    return Reply.of(202);
  }

  private static void check(ProviderVersionOffer offer) {
    OfferedNames.requireNames(offer.organizationId().value(), offer.type());
    OfferedNames.requireVersion(offer.version());
    Set<ProviderVersionStore.Platform> seen = new HashSet<>();
    for (ProviderVersionOffer.Platform platform : offer.platforms()) {
      OfferedNames.requireNames(platform.os(), platform.arch());
      if (!SHA256.matcher(platform.shasum()).matches()) {
        throw new Fault.BadRequest(
            "The shasum of %s must be 64 hexadecimal digits.".formatted(platform.filename()));
      }
      if (!seen.add(new ProviderVersionStore.Platform(platform.os(), platform.arch()))) {
        throw new Fault.BadRequest(
            "The platform %s_%s is there twice.".formatted(platform.os(), platform.arch()));
      }
    }
  }

  private Reply delete(Call call) {
    ProviderVersionId id = call.path("provider_version_id", ProviderVersionId::new);
    database.useTransaction(db -> store.delete(db, id));
    return Reply.noContent();
  }
}
