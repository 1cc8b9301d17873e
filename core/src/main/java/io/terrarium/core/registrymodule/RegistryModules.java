package io.terrarium.core.registrymodule;

import io.terrarium.contracts.id.RegistryModuleId;
import io.terrarium.contracts.job.Job;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.registrymodule.RegistryModule.Publishing;
import io.terrarium.core.vcs.Repositories;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What people and their tools do with the modules of a private registry.
public final class RegistryModules {
  private static final String FIRST_VERSION = "0.0.0";

  private final Database database;
  private final Access access;
  private final Repositories repositories;
  private final ModuleVersions versions;
  private final Outbox outbox;
  private final Clock clock;
  private final Ids ids;
  private final ModuleStore store = new ModuleStore();

  public RegistryModules(
      Database database,
      Access access,
      Repositories repositories,
      ModuleVersions versions,
      Outbox outbox,
      Clock clock,
      Ids ids) {
    this.database = database;
    this.access = access;
    this.repositories = repositories;
    this.versions = versions;
    this.outbox = outbox;
    this.clock = clock;
    this.ids = ids;
  }

  /// A module as its caller sees it.
  public record Visible(RegistryModule module, boolean isManaged) {}

  /// Which module is meant.
  public record Address(String organization, String name, String provider) {}

  /// What a list is narrowed to; "" narrows nothing.
  ///
  /// @param any part of a name, a provider or a namespace
  public record Filter(String any, String provider) {}

  /// A repository that makes versions.
  ///
  /// @param name and provider: both are "" where the repository is called after them
  /// @param initialVersion of a branch
  public record Publication(
      String identifier,
      String oauthTokenId,
      @Nullable String displayIdentifier,
      String name,
      String provider,
      RegistryModule.Origin origin,
      Optional<String> initialVersion) {
    ModuleNames.Names names() {
      return name.isEmpty() && provider.isEmpty()
          ? ModuleNames.ofRepository(identifier)
          : ModuleNames.of(name, provider);
    }
  }

  public Paged<Visible> list(Principal caller, String organization, Filter filter, Page page) {
    return database.read(db -> {
      OrganizationAccess owner =
          access.organization(db, caller, organization).require(OrganizationRight.READ_REGISTRY);
      return store
          .list(db, owner.key(), filter.any(), filter.provider(), page)
          .map(module -> visible(module, owner));
    });
  }

  public Visible find(Principal caller, Address address) {
    return database.read(db -> {
      OrganizationAccess owner = readable(db, caller, address.organization());
      return visible(found(db, owner, address), owner);
    });
  }

  public Visible find(Principal caller, RegistryModuleId id) {
    return database.read(db -> {
      RegistryModule module = store.find(db, id).orElseThrow(Fault.NotFound::new);
      OrganizationAccess owner =
          access
              .organization(db, caller, module.organizationKey())
              .require(OrganizationRight.READ_REGISTRY);
      return visible(module, owner);
    });
  }

  /// A module whose versions are uploaded.
  public Visible create(Principal caller, String organization, String name, String provider) {
    return database.inTransaction(db -> {
      OrganizationAccess owner = managed(db, caller, organization);
      RegistryModuleId id = insert(db, owner, ModuleNames.of(name, provider), null, null, null);
      return visible(store.find(db, id).orElseThrow(), owner);
    });
  }

  /// Whether a module may be called so; empty names may not.
  public boolean isFree(Principal caller, String organization, String name, String provider) {
    return database.read(db -> {
      OrganizationAccess owner = readable(db, caller, organization);
      ModuleNames.of(name, provider);
      return store.find(db, owner.key(), name, provider).isEmpty();
    });
  }

  /// A module whose versions come from a repository.
  public Visible publish(Principal caller, String organization, Publication wanted) {
    return database.inTransaction(db -> publish(db, managed(db, caller, organization), wanted));
  }

  /// The same in the organization whose connection it is.
  public Visible publish(Principal caller, Publication wanted) {
    return database.inTransaction(db -> {
      long owner =
          repositories.organizationOf(db, wanted.oauthTokenId()).orElseThrow(Fault.NotFound::new);
      return publish(
          db,
          access.organization(db, caller, owner).require(OrganizationRight.MANAGE_MODULES),
          wanted);
    });
  }

  private Visible publish(Handle db, OrganizationAccess owner, Publication wanted) {
    Repositories.Followed repository =
        repositories.forOrganization(
            db, owner.key(), wanted.oauthTokenId(), wanted.identifier(), problems(wanted));
    RegistryModuleId id =
        insert(
            db,
            owner,
            wanted.names(),
            repository.key(),
            wanted.displayIdentifier(),
            wanted.origin());
    RegistryModule module = store.find(db, id).orElseThrow();
    if (module.publishing() == Publishing.BRANCH) {
      versions.clone(
          db,
          module,
          wanted.initialVersion().orElse(FIRST_VERSION),
          repository.source(),
          null,
          null);
    } else {
      outbox.add(db, new Job.SyncModule(id), id.value(), "");
    }
    return visible(store.find(db, id).orElseThrow(), owner);
  }

  private static List<Fault.Problem> problems(Publication wanted) {
    List<Fault.Problem> problems = new ArrayList<>();
    wanted
        .initialVersion()
        .filter(version -> !ModuleNames.isVersion(version))
        .ifPresent(_ ->
            problems.add(
                new Fault.Problem(
                    "Initial version must be a version such as 0.0.0",
                    "/data/attributes/initial-version")));
    return problems;
  }

  /// Changes what makes versions from now on.
  public Visible setOrigin(
      Principal caller, Address address, UnaryOperator<RegistryModule.Origin> change) {
    return database.inTransaction(db -> {
      OrganizationAccess owner = managed(db, caller, address.organization());
      RegistryModule module = found(db, owner, address);
      if (module.repository() == null) {
        throw new Fault.Invalid(
            List.of(
                new Fault.Problem(
                    "The module comes from no repository; its versions are uploaded",
                    "/data/attributes/vcs-repo")));
      }
      RegistryModule.Origin origin = change.apply(module.repository().origin());
      store.setOrigin(db, module.key(), origin, clock.instant());
      if (origin.publishing() == Publishing.GIT_TAG) {
        outbox.add(db, new Job.SyncModule(module.id()), module.id().value(), "");
      }
      return visible(store.find(db, module.id()).orElseThrow(), owner);
    });
  }

  private RegistryModuleId insert(
      Handle db,
      OrganizationAccess owner,
      ModuleNames.Names names,
      @Nullable Long repositoryKey,
      @Nullable String displayIdentifier,
      RegistryModule.@Nullable Origin origin) {
    RegistryModuleId id = new RegistryModuleId(ids.next(RegistryModuleId.PREFIX));
    boolean isNew =
        store.insert(
            db,
            new ModuleStore.New(
                id, owner.key(), names, repositoryKey, displayIdentifier, origin, clock.instant()));
    if (!isNew) {
      throw new Fault.Invalid("name", "Name has already been taken");
    }
    return id;
  }

  private RegistryModule found(Handle db, OrganizationAccess owner, Address address) {
    return store
        .find(db, owner.key(), address.name(), address.provider())
        .orElseThrow(Fault.NotFound::new);
  }

  private OrganizationAccess readable(Handle db, Principal caller, String organization) {
    return access.organization(db, caller, organization).require(OrganizationRight.READ_REGISTRY);
  }

  private OrganizationAccess managed(Handle db, Principal caller, String organization) {
    return access.organization(db, caller, organization).require(OrganizationRight.MANAGE_MODULES);
  }

  private static Visible visible(RegistryModule module, OrganizationAccess owner) {
    return new Visible(module, owner.allows(OrganizationRight.MANAGE_MODULES));
  }
}
