package io.terrarium.core.registrymodule;

import io.terrarium.contracts.archivist.ObjectStored;
import io.terrarium.contracts.id.ModuleVersionId;
import io.terrarium.contracts.ingress.GitRemote;
import io.terrarium.contracts.ingress.GitRevision;
import io.terrarium.contracts.ingress.Ingested;
import io.terrarium.contracts.ingress.IngressFailure;
import io.terrarium.contracts.ingress.IngressRequest;
import io.terrarium.contracts.job.Job;
import io.terrarium.contracts.registry.ExtractionStatus;
import io.terrarium.contracts.registry.ModuleExtracted;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.registrymodule.ModuleVersion.Status;
import io.terrarium.core.run.RunObjects;
import io.terrarium.core.vcs.Repositories;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Versions of modules, from the wish to the word of the registry that it serves them.
///
/// Each step is written where it happens, and moves a version on from the statuses before it alone:
/// said twice or late, it changes nothing. Archivist's word makes it `reg_ingressing`; from then on
/// [ModuleOffers] tells the registry until it has it, and the registry tells us what it has read.
public final class ModuleVersions {
  private static final Set<Status> BEFORE_STORED = Set.of(Status.PENDING, Status.CLONING);
  private static final Set<Status> BEFORE_READ =
      Set.of(Status.REG_INGRESSING, Status.REG_INGRESS_REQ_FAILED);

  private final Database database;
  private final Access access;
  private final Repositories repositories;
  private final RunObjects objects;
  private final Outbox outbox;
  private final Clock clock;
  private final Ids ids;
  private final ModuleStore modules = new ModuleStore();
  private final ModuleVersionStore store = new ModuleVersionStore();

  public ModuleVersions(
      Database database, Access access, Neighbours neighbours, Clock clock, Ids ids) {
    this.database = database;
    this.access = access;
    this.repositories = neighbours.repositories();
    this.objects = neighbours.objects();
    this.outbox = neighbours.outbox();
    this.clock = clock;
    this.ids = ids;
  }

  /// What stands around it.
  public record Neighbours(Repositories repositories, RunObjects objects, Outbox outbox) {}

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
                        Objects.requireNonNull(module.repository()).serviceProvider(),
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

  /// What slug-ingress is to be asked for a version; empty where it has been, or never will be.
  public Optional<IngressRequest> order(ModuleVersionId id) {
    Optional<ModuleVersion> found =
        database
            .read(db -> store.find(db, id))
            .filter(version -> version.status() == Status.CLONING);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    ModuleVersion version = found.get();
    Long repository = version.owner().repositoryKey();
    Optional<GitRemote> remote =
        repository == null ? Optional.empty() : repositories.remote(repository);
    if (remote.isEmpty()) {
      database.useTransaction(
          db -> fail(db, version, Status.CLONE_FAILED, "The connection to the Git host is gone."));
      return Optional.empty();
    }
    String branch =
        database
            .read(db -> modules.find(db, version.owner().moduleId()))
            .map(RegistryModule::repository)
            .map(RegistryModule.Repository::branch)
            .orElse(null);
    return Optional.of(
        new IngressRequest(
            IngressRequest.VERSION,
            remote.get(),
            new GitRevision(
                version.tag() == null ? branch : null, version.tag(), version.commitSha()),
            false,
            List.of(objects.writeModule(version.id().value()))));
  }

  /// Slug-ingress has fetched it.
  public void fetched(ModuleVersionId id, Ingested ingested, String jid) {
    database.useTransaction(db -> {
      store
          .find(db, id)
          .ifPresent(version -> store.setCommit(db, version.key(), ingested.commit().sha()));
      outbox.done(db, jid);
    });
  }

  /// Slug-ingress has said that it never will.
  public void failed(ModuleVersionId id, IngressFailure failure, String jid) {
    database.useTransaction(db -> {
      store
          .find(db, id)
          .ifPresent(version -> fail(db, version, Status.CLONE_FAILED, failure.message()));
      outbox.done(db, jid);
    });
  }

  /// Archivist has stored its slug. The first one counts; the same again is a repetition.
  ///
  /// @throws Fault.Conflict when something else has been stored before
  public void stored(ObjectStored stored) {
    database.useTransaction(db -> {
      boolean isFirst = store.stored(db, stored, clock.instant());
      ModuleVersion found =
          store.find(db, new ModuleVersionId(stored.id())).orElseThrow(Fault.NotFound::new);
      if (!isFirst && !stored.sha256().equals(found.sha256())) {
        throw new Fault.Conflict(
            "The version is "
                + found.status().wire()
                + " already; delete it to publish something else under its number.");
      }
    });
  }

  /// The registry has read it, or cannot. What is said of a slug that is no longer its own is old.
  public void extracted(ModuleExtracted read) {
    database.useTransaction(db -> {
      Optional<ModuleVersion> found = store.find(db, read.moduleVersionId());
      if (found.isEmpty() || !read.objectId().equals(found.get().objectId())) {
        return;
      }
      if (read.status() == ExtractionStatus.OK) {
        store.move(db, found.get().key(), BEFORE_READ, Status.OK, null, clock.instant());
        modules.setStatus(
            db,
            found.get().owner().moduleKey(),
            RegistryModule.Status.SETUP_COMPLETE,
            clock.instant());
      } else {
        fail(
            db,
            found.get(),
            Status.REG_INGRESS_FAILED,
            Objects.requireNonNullElse(read.error(), "The registry could not read the module."));
      }
    });
  }

  /// A module none of whose versions is there has failed too.
  void fail(Handle db, ModuleVersion version, Status to, String error) {
    Set<Status> from = to == Status.CLONE_FAILED ? BEFORE_STORED : BEFORE_READ;
    if (store.move(db, version.key(), from, to, error, clock.instant())) {
      long module = version.owner().moduleKey();
      boolean isHopeless =
          store.ofModule(db, module).stream()
              .allMatch(one ->
                  Set.of(
                          Status.CLONE_FAILED,
                          Status.REG_INGRESS_REQ_FAILED,
                          Status.REG_INGRESS_FAILED)
                      .contains(one.status()));
      if (isHopeless) {
        modules.setStatus(db, module, RegistryModule.Status.SETUP_FAILED, clock.instant());
      }
    }
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
