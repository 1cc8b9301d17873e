package io.terrarium.core.registrymodule;

import io.terrarium.contracts.id.ModuleVersionId;
import io.terrarium.contracts.job.Job;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.registrymodule.ModuleVersion.Status;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Versions of modules as people and tags make them; [ModuleIngress] brings them in.
public final class ModuleVersions {
  private final Database database;
  private final Access access;
  private final Outbox outbox;
  private final Clock clock;
  private final Ids ids;
  private final ModuleStore modules = new ModuleStore();
  private final ModuleVersionStore store = new ModuleVersionStore();

  public ModuleVersions(Database database, Access access, Outbox outbox, Clock clock, Ids ids) {
    this.database = database;
    this.access = access;
    this.outbox = outbox;
    this.clock = clock;
    this.ids = ids;
  }

  /// As its caller sees it.
  ///
  /// @param isUploadable it waits for its slug, which the caller may upload
  public record Visible(ModuleVersion version, boolean isUploadable) {}

  public Visible find(Principal caller, RegistryModules.Address address, String version) {
    return database.read(db -> {
      OrganizationAccess owner =
          access
              .organization(db, caller, address.organization())
              .require(OrganizationRight.READ_REGISTRY);
      RegistryModule module = module(db, owner, address);
      return visible(store.find(db, module.key(), version).orElseThrow(Fault.NotFound::new), owner);
    });
  }

  public Visible find(Principal caller, ModuleVersionId id) {
    return database.read(db -> {
      ModuleVersion found = store.find(db, id).orElseThrow(Fault.NotFound::new);
      OrganizationAccess owner =
          access
              .organization(db, caller, found.owner().organization())
              .require(OrganizationRight.READ_REGISTRY);
      return visible(found, owner);
    });
  }

  /// A new version: to be uploaded, or of a commit of the module's branch.
  public Visible create(
      Principal caller, RegistryModules.Address address, String version, String commitSha) {
    return database.inTransaction(db -> {
      OrganizationAccess owner =
          access
              .organization(db, caller, address.organization())
              .require(OrganizationRight.MANAGE_MODULES);
      RegistryModule module = module(db, owner, address);
      check(module, version, commitSha);
      ModuleVersionId id =
          switch (module.publishing()) {
            case NON_VCS ->
                insert(db, module, version, "tfe-api", Status.PENDING, null, null)
                    .orElseThrow(ModuleVersions::isTaken);
            case BRANCH ->
                clone(
                        db,
                        module,
                        version,
                        repository(module).serviceProvider(),
                        null,
                        commitSha.isEmpty() ? null : commitSha)
                    .orElseThrow(ModuleVersions::isTaken);
            case GIT_TAG ->
                throw new Fault.Invalid(
                    List.of(
                        new Fault.Problem(
                            "The tags of its repository make this module's versions: push a tag",
                            "/data/attributes/version")));
          };
      return visible(store.find(db, id).orElseThrow(), owner);
    });
  }

  private static void check(RegistryModule module, String version, String commitSha) {
    if (!ModuleNames.isVersion(version)) {
      throw new Fault.Invalid(
          "version",
          version.isBlank()
              ? "Version can't be blank"
              : "Version must be one of Semantic Versioning, such as 1.2.0");
    }
    boolean isBranch = module.publishing() == RegistryModule.Publishing.BRANCH;
    if (isBranch && !commitSha.isEmpty() && !commitSha.matches("[0-9a-f]{40}")) {
      throw new Fault.Invalid("commit-sha", "Commit sha must be the whole name of a commit");
    }
  }

  private static RegistryModule.Repository repository(RegistryModule module) {
    RegistryModule.Repository repository = module.repository();
    if (repository == null) {
      throw new Fault.Invalid(
          List.of(
              new Fault.Problem(
                  "The module's connection to its Git host was deleted: publish it anew",
                  "/data/attributes/vcs-repo")));
    }
    return repository;
  }

  /// A version that slug-ingress fetches; empty where there is one of that number.
  Optional<ModuleVersionId> clone(
      Handle db,
      RegistryModule module,
      String version,
      String source,
      @Nullable String tag,
      @Nullable String commitSha) {
    Optional<ModuleVersionId> id =
        insert(db, module, version, source, Status.CLONING, tag, commitSha);
    id.ifPresent(made -> outbox.add(db, new Job.IngestModuleVersion(made), made.value(), ""));
    return id;
  }

  private Optional<ModuleVersionId> insert(
      Handle db,
      RegistryModule module,
      String version,
      String source,
      Status status,
      @Nullable String tag,
      @Nullable String commitSha) {
    ModuleVersionId id = new ModuleVersionId(ids.next(ModuleVersionId.PREFIX));
    boolean isNew =
        store.insert(
            db,
            new ModuleVersionStore.New(
                id, module.key(), version, source, status, tag, commitSha, clock.instant()));
    return isNew ? Optional.of(id) : Optional.empty();
  }

  private RegistryModule module(
      Handle db, OrganizationAccess owner, RegistryModules.Address address) {
    return modules
        .find(db, owner.key(), address.name(), address.provider())
        .orElseThrow(Fault.NotFound::new);
  }

  private static Visible visible(ModuleVersion version, OrganizationAccess owner) {
    boolean isWaiting = version.status() == Status.PENDING;
    return new Visible(version, isWaiting && owner.allows(OrganizationRight.MANAGE_MODULES));
  }

  private static Fault isTaken() {
    return new Fault.Invalid("version", "Version has already been taken");
  }
}
