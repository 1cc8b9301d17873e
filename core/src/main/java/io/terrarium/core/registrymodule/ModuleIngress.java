package io.terrarium.core.registrymodule;

import io.terrarium.contracts.archivist.ObjectStored;
import io.terrarium.contracts.id.ModuleVersionId;
import io.terrarium.contracts.ingress.GitRemote;
import io.terrarium.contracts.ingress.GitRevision;
import io.terrarium.contracts.ingress.Ingested;
import io.terrarium.contracts.ingress.IngressFailure;
import io.terrarium.contracts.ingress.IngressRequest;
import io.terrarium.contracts.registry.ExtractionStatus;
import io.terrarium.contracts.registry.ModuleExtracted;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.registrymodule.ModuleVersion.Status;
import io.terrarium.core.run.RunObjects;
import io.terrarium.core.vcs.GitQuestions;
import io.terrarium.core.vcs.HostAway;
import io.terrarium.core.vcs.Repositories;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The way of a module's version ("Module Ingress"), from the order to fetch it to the word of the
/// registry that it serves it.
///
/// Each step is written where it happens, and moves a version on from the statuses before it alone:
/// said twice or late, it changes nothing. Archivist's word makes it `reg_ingressing`; from then on
/// [ModuleOffers] tells the registry until it has it, and the registry tells us what it has read.
public final class ModuleIngress {
  private static final Set<Status> BEFORE_STORED = Set.of(Status.PENDING, Status.CLONING);
  private static final Set<Status> BEFORE_READ =
      Set.of(Status.REG_INGRESSING, Status.REG_INGRESS_REQ_FAILED);
  private static final Set<Status> HOPELESS =
      Set.of(Status.CLONE_FAILED, Status.REG_INGRESS_REQ_FAILED, Status.REG_INGRESS_FAILED);

  private final Database database;
  private final Repositories repositories;
  private final RunObjects objects;
  private final Outbox outbox;
  private final Clock clock;
  private final ModuleStore modules = new ModuleStore();
  private final ModuleVersionStore versions = new ModuleVersionStore();

  public ModuleIngress(
      Database database,
      Repositories repositories,
      RunObjects objects,
      Outbox outbox,
      Clock clock) {
    this.database = database;
    this.repositories = repositories;
    this.objects = objects;
    this.outbox = outbox;
    this.clock = clock;
  }

  /// What slug-ingress is to be asked for a version; empty where it has been, or never will be.
  ///
  /// @param git tells which commit a branch has now; it is written down before it is fetched, so
  ///   that who does it again fetches the same
  public Optional<IngressRequest> order(ModuleVersionId id, GitQuestions git) {
    Optional<ModuleVersion> found =
        database
            .read(db -> versions.find(db, id))
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
    Optional<RegistryModule.Origin> origin =
        database
            .read(db -> modules.find(db, version.owner().moduleId()))
            .map(RegistryModule::repository)
            .map(RegistryModule.Repository::origin);
    String branch = origin.map(RegistryModule.Origin::branch).orElse(null);
    return Optional.of(
        new IngressRequest(
            IngressRequest.VERSION,
            remote.get(),
            revision(version, branch, remote.get(), git),
            origin.map(RegistryModule.Origin::directory).orElse(""),
            false,
            List.of(objects.writeModule(version.id().value()))));
  }

  private GitRevision revision(
      ModuleVersion version, @Nullable String branch, GitRemote remote, GitQuestions git) {
    if (version.tag() != null || version.commitSha() != null) {
      return new GitRevision(
          version.tag() == null ? branch : null, version.tag(), version.commitSha());
    }
    Optional<GitRevision> named = git.refs(remote).flatMap(refs -> refs.newestOf(branch));
    named
        .map(GitRevision::commit)
        .ifPresent(
            sha -> database.useTransaction(db -> versions.setCommit(db, version.key(), sha)));
    return named.orElse(new GitRevision(branch, null, null));
  }

  /// Slug-ingress has fetched it.
  public void fetched(ModuleVersionId id, Ingested ingested, String jid) {
    database.useTransaction(db -> {
      versions
          .find(db, id)
          .ifPresent(version -> versions.setCommit(db, version.key(), ingested.commit().sha()));
      outbox.done(db, jid);
    });
  }

  /// Slug-ingress has said that it never will.
  ///
  /// @throws HostAway where the host alone is to blame, and may be back soon
  public void failed(ModuleVersionId id, IngressFailure failure, String jid) {
    if (failure.error() == IngressFailure.Reason.HOST_UNREACHABLE
        && database
            .read(db -> versions.find(db, id))
            .filter(version -> HostAway.isExcused(version.createdAt(), clock))
            .isPresent()) {
      throw new HostAway(failure.message());
    }
    gaveUp(id, failure.message(), jid);
  }

  /// It will never be fetched.
  public void gaveUp(ModuleVersionId id, String why, String jid) {
    database.useTransaction(db -> {
      versions.find(db, id).ifPresent(version -> fail(db, version, Status.CLONE_FAILED, why));
      outbox.done(db, jid);
    });
  }

  /// Archivist has stored its slug. The first one counts; the same again is a repetition.
  ///
  /// @throws Fault.Conflict when something else has been stored before
  public void stored(ObjectStored stored) {
    database.useTransaction(db -> {
      boolean isFirst = versions.stored(db, stored, clock.instant());
      ModuleVersion found =
          versions.find(db, new ModuleVersionId(stored.id())).orElseThrow(Fault.NotFound::new);
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
      Optional<ModuleVersion> found = versions.find(db, read.moduleVersionId());
      if (found.isEmpty() || !read.objectId().equals(found.get().objectId())) {
        return;
      }
      if (read.status() == ExtractionStatus.OK) {
        versions.move(db, found.get().key(), BEFORE_READ, Status.OK, null, clock.instant());
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
    if (versions.move(db, version.key(), from, to, error, clock.instant())) {
      long module = version.owner().moduleKey();
      modules.lock(db, module);
      boolean isHopeless =
          versions.ofModule(db, module).stream().allMatch(one -> HOPELESS.contains(one.status()));
      if (isHopeless) {
        modules.setStatus(db, module, RegistryModule.Status.SETUP_FAILED, clock.instant());
      }
    }
  }
}
