package io.terrarium.registry.module;

import io.terrarium.contracts.registry.ModuleContent;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.registry.access.Downloads;
import io.terrarium.registry.access.Namespace;
import io.terrarium.registry.module.ServedStore.Served;
import io.terrarium.registry.version.SemanticVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The module registry protocol (`modules.v1`), with what the public registry's API tells besides.
public final class ModulesApi {
  private static final String ROOT = "/api/registry/v1/modules";
  private static final String MODULE = ROOT + "/:namespace/:name/:provider";
  private static final int LISTED_MAX = 100;
  private static final int LISTED = 15;

  private final Database database;
  private final Downloads downloads;
  private final ServedStore store = new ServedStore();

  public ModulesApi(Database database, Downloads downloads) {
    this.database = database;
    this.downloads = downloads;
  }

  /// @param api behind which only those come who may read the registry of `:namespace`
  public void mount(Api api) {
    api.get(MODULE + "/versions", this::versions);
    api.get(MODULE + "/download", this::latest);
    api.get(MODULE + "/:version/download", this::download);
    api.get(MODULE + "/:version", this::details);
    api.get(MODULE, this::newest);
    api.get(ROOT + "/:namespace", this::list);
  }

  private static ModuleAddress module(Call call) {
    return new ModuleAddress(call.get(Namespace.class), call.path("name"), call.path("provider"));
  }

  private Reply versions(Call call) {
    ModuleAddress module = module(call);
    Map<SemanticVersion, List<ServedStore.Needs>> versions =
        database.read(db -> store.versions(db, module));
    if (versions.isEmpty()) {
      throw new Fault.NotFound();
    }
    return Reply.json(200, ModuleDocuments.versions(module, versions));
  }

  private Reply latest(Call call) {
    ModuleAddress module = module(call);
    SemanticVersion latest = database.read(db -> latest(store.numbers(db, module)));
    return Reply.redirect(302, "%s/%s/%s/download".formatted(ROOT, module, latest.text()));
  }

  private static SemanticVersion latest(List<SemanticVersion> versions) {
    return versions.stream().max(SemanticVersion.BY_PREFERENCE).orElseThrow(Fault.NotFound::new);
  }

  /// Terraform resolves what the header says against the address that it asked, and needs to be
  /// told what the object is, since its path does not end in `.tar.gz`.
  private Reply download(Call call) {
    ModuleAddress module = module(call);
    Served served =
        database
            .read(db -> store.find(db, module, call.path("version")))
            .orElseThrow(Fault.NotFound::new);
    return Reply.noContent()
        .with("X-Terraform-Get", downloads.path(served.objectId()) + "?archive=tar.gz")
        .with("Cache-Control", "no-store");
  }

  private Reply details(Call call) {
    return shown(call, Optional.of(call.path("version")));
  }

  private Reply newest(Call call) {
    return shown(call, Optional.empty());
  }

  private Reply shown(Call call, Optional<String> version) {
    ModuleAddress module = module(call);
    return Reply.json(200, database.inTransaction(db -> details(db, module, version)));
  }

  private ModuleDocuments.Details details(
      Handle db, ModuleAddress module, Optional<String> version) {
    List<SemanticVersion> versions = store.numbers(db, module);
    Served served =
        store
            .find(db, module, version.orElseGet(() -> latest(versions).text()))
            .orElseThrow(Fault.NotFound::new);
    List<ModuleContent> contents = store.contents(db, served);
    if (contents.isEmpty()) {
      // It was deleted in this moment.
      throw new Fault.NotFound();
    }
    return ModuleDocuments.details(served, contents, versions);
  }

  private Reply list(Call call) {
    int offset = number(call, "offset", 0, Integer.MAX_VALUE);
    int limit = number(call, "limit", LISTED, LISTED_MAX);
    List<Served> page =
        database.read(db ->
            store.newest(
                db, call.get(Namespace.class), call.query("provider").orElse(null), offset, limit));
    return Reply.json(
        200,
        new ModuleDocuments.Listing(
            new ModuleDocuments.Meta(limit, offset),
            page.stream().map(ModuleDocuments::listed).toList()));
  }

  private static int number(Call call, String name, int otherwise, int most) {
    Optional<String> text = call.query(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!text.get().matches("\\d{1,9}")) {
      throw new Fault.BadRequest(name + " must be a whole number.");
    }
    return Math.min(Integer.parseInt(text.get()), most);
  }
}
