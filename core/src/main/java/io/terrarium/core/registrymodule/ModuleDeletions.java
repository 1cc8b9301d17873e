package io.terrarium.core.registrymodule;

import io.terrarium.core.access.Access;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.registry.Withdrawals;
import io.terrarium.core.vcs.Repositories;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Deletes modules of a private registry and versions of them.
public final class ModuleDeletions {
  private final Database database;
  private final Access access;
  private final Repositories repositories;
  private final Withdrawals withdrawals;
  private final ModuleStore modules = new ModuleStore();
  private final ModuleVersionStore versions = new ModuleVersionStore();

  public ModuleDeletions(
      Database database, Access access, Repositories repositories, Outbox outbox) {
    this.database = database;
    this.access = access;
    this.repositories = repositories;
    this.withdrawals = new Withdrawals(outbox);
  }

  /// What is to be deleted: a name with all its providers, one module, or one version of it.
  public record Deletion(
      String organization, String name, Optional<String> provider, Optional<String> version) {}

  /// With the last version goes the module, as in the real product.
  public void delete(Principal caller, Deletion wanted) {
    database.useTransaction(db -> {
      long owner =
          access
              .organization(db, caller, wanted.organization())
              .require(OrganizationRight.MANAGE_MODULES)
              .key();
      List<RegistryModule> meant =
          wanted
              .provider()
              .map(provider -> modules.find(db, owner, wanted.name(), provider).stream().toList())
              .orElseGet(() -> modules.named(db, owner, wanted.name()));
      if (meant.isEmpty()) {
        throw new Fault.NotFound();
      }
      for (RegistryModule module : meant) {
        delete(db, module, wanted.version());
      }
    });
  }

  private void delete(Handle db, RegistryModule module, Optional<String> version) {
    List<ModuleVersion> all = versions.ofModule(db, module.key());
    List<ModuleVersion> gone =
        all.stream()
            .filter(one -> version.isEmpty() || version.get().equals(one.version()))
            .toList();
    if (version.isPresent() && gone.isEmpty()) {
      throw new Fault.NotFound();
    }
    gone.forEach(one -> versions.delete(db, one.key()));
    if (gone.size() == all.size()) {
      modules.delete(db, module.key());
      RegistryModule.Repository repository = module.repository();
      if (repository != null) {
        repositories.left(db, repository.key());
      }
    }
    withdrawals.modules(
        db,
        gone.stream().map(ModuleVersion::id).toList(),
        gone.stream().map(ModuleVersion::objectId).filter(Objects::nonNull).toList());
  }
}
