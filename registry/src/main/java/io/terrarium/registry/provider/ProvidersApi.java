package io.terrarium.registry.provider;

import io.terrarium.contracts.registry.ProviderVersionOffer.GpgKey;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.registry.access.Downloads;
import io.terrarium.registry.access.Namespace;
import io.terrarium.registry.provider.ProviderVersionStore.Packed;
import io.terrarium.registry.provider.ProviderVersionStore.Platform;
import io.terrarium.registry.provider.ProviderVersionStore.Version;
import java.util.List;

/// The provider registry protocol (`providers.v1`).
public final class ProvidersApi {
  private static final String PROVIDER = "/api/registry/v1/providers/:namespace/:type";

  private final Database database;
  private final Downloads downloads;
  private final ProviderVersionStore store = new ProviderVersionStore();

  public ProvidersApi(Database database, Downloads downloads) {
    this.database = database;
    this.downloads = downloads;
  }

  record Versions(List<Version> versions) {}

  /// Terraform resolves the addresses against the one that it asked.
  record Download(
      List<String> protocols,
      String os,
      String arch,
      String filename,
      String downloadUrl,
      String shasumsUrl,
      String shasumsSignatureUrl,
      String shasum,
      SigningKeys signingKeys) {}

  record SigningKeys(List<GpgKey> gpgPublicKeys) {}

  /// @param api behind which only those come who may read the registry of `:namespace`
  public void mount(Api api) {
    api.get(PROVIDER + "/versions", this::versions);
    api.get(PROVIDER + "/:version/download/:os/:arch", this::download);
  }

  private static ProviderAddress provider(Call call) {
    return new ProviderAddress(call.get(Namespace.class), call.path("type"));
  }

  private Reply versions(Call call) {
    List<Version> versions = database.read(db -> store.versions(db, provider(call)));
    if (versions.isEmpty()) {
      throw new Fault.NotFound();
    }
    return Reply.json(200, new Versions(versions));
  }

  private Reply download(Call call) {
    Platform platform = new Platform(call.path("os"), call.path("arch"));
    Packed found =
        database
            .read(db -> store.find(db, provider(call), call.path("version"), platform))
            .orElseThrow(Fault.NotFound::new);
    return Reply.json(
            200,
            new Download(
                found.protocols(),
                platform.os(),
                platform.arch(),
                found.filename(),
                downloads.path(found.objectId()),
                downloads.path(found.shasumsObjectId()),
                downloads.path(found.signatureObjectId()),
                found.shasum(),
                new SigningKeys(found.keys())))
        .with("Cache-Control", "no-store");
  }
}
