package io.terrarium.core.workspace;

import io.terrarium.contracts.id.ProjectId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.ProjectRight;
import io.terrarium.core.access.WorkspaceAccess;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.settings.GeneralSettings;
import io.terrarium.core.terraformversion.TerraformVersions;
import io.terrarium.core.terraformversion.VersionChoice;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import io.terrarium.kernel.jsonapi.Patch;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What people and their tools do with workspaces.
public final class Workspaces {
  private static final Logger log = LoggerFactory.getLogger(Workspaces.class);

  private final Database database;
  private final Access access;
  private final Clock clock;
  private final Ids ids;
  private final TerraformVersions versions;
  private final Supplier<GeneralSettings> site;
  private final WorkspaceRepositories repositories;
  private final WorkspaceStore store = new WorkspaceStore();
  private final WorkspaceListStore lists = new WorkspaceListStore();
  private final TagStore tags = new TagStore();
  private final WorkspacePlaces places;

  /// What workspaces need of others.
  ///
  /// @param site the settings that new workspaces heed
  public record Neighbours(
      TerraformVersions versions,
      Supplier<GeneralSettings> site,
      WorkspaceRepositories repositories) {}

  public Workspaces(Database database, Access access, Clock clock, Ids ids, Neighbours neighbours) {
    this.database = database;
    this.access = access;
    this.clock = clock;
    this.ids = ids;
    this.versions = neighbours.versions();
    this.site = neighbours.site();
    this.repositories = neighbours.repositories();
    this.places = new WorkspacePlaces(access);
  }

  /// Which workspace is meant; clients name it in two ways.
  public sealed interface Address {
    record ById(WorkspaceId id) implements Address {}

    record ByName(String organization, String workspace) implements Address {}
  }

  public Visible create(
      Principal caller, String organization, WorkspaceChanges asked, Workspace.Origin origin) {
    GeneralSettings now = site.get();
    return database.inTransaction(db -> {
      OrganizationAccess owner =
          access.organization(db, caller, organization).require(OrganizationRight.READ_WORKSPACES);
      long project = places.toCreateIn(db, caller, owner, asked.project());
      checkCeiling(db, owner, now);
      VersionChoice choice = versions.choice(db, owner.key());
      WorkspaceSettings settings =
          new WorkspaceRules(choice)
              .apply(
                  WorkspaceSettings.fresh(choice.usual(), now.defaultRemoteStateAccess()), asked);
      WorkspaceStore.NewWorkspace row =
          new WorkspaceStore.NewWorkspace(
              new WorkspaceId(ids.next(WorkspaceId.PREFIX)),
              owner.key(),
              project,
              settings,
              origin,
              clock.instant());
      long key = store.insert(db, row).orElseThrow(Workspaces::nameIsTaken);
      tags.bind(db, key, asked.tags());
      follow(db, key, null, asked, settings);
      log.atInfo()
          .addKeyValue("workspace_id", row.id())
          .addKeyValue("organization", owner.name())
          .log("workspace created");
      return visible(db, access.workspace(db, caller, row.id()));
    });
  }

  /// Another repository, branch or set of tags is fetched at once; a connection that stays as it
  /// was stays.
  private void follow(
      Handle db,
      long key,
      @Nullable VcsRepo before,
      WorkspaceChanges changes,
      WorkspaceSettings settings) {
    if (changes.vcsRepo() instanceof Patch.Absent) {
      return;
    }
    Optional<VcsRepo.Link> link = repositories.settle(db, key, before, changes.vcsRepo());
    store.follow(db, key, link);
    Optional<VcsRepo.Link> old = Optional.ofNullable(before).map(VcsRepo::link);
    if (link.isPresent() && (!link.equals(old) || repositories.hasFailed(db, key))) {
      repositories.followed(db, key, link.get(), settings.queueAllRuns());
    }
  }

  private void checkCeiling(Handle db, OrganizationAccess owner, GeneralSettings now) {
    Integer site = now.defaultWorkspacesPerOrganizationCeiling();
    int ceiling =
        store
            .workspaceLimit(db, owner.key())
            .orElse(now.limitWorkspacesPerOrganization() && site != null ? site : 0);
    if (ceiling > 0 && store.countAlone(db, owner.key()) >= ceiling) {
      throw new Fault.Invalid(
          List.of(
              new Fault.Problem(
                  "The organization has as many workspaces as are allowed: " + ceiling + ".",
                  null)));
    }
  }

  public Visible find(Principal caller, Address address) {
    Visible found =
        database.read(db -> store.find(db, caller, address)).orElseThrow(Fault.NotFound::new);
    if (address instanceof Address.ByName) {
      Access.requireOpen(caller, found.access().organizationKey());
    }
    found.access().require(WorkspaceRight.READ);
    return found;
  }

  /// Those that are there and that the caller may see.
  public List<Visible> findAll(Principal caller, List<WorkspaceId> ids) {
    return database.read(db -> visible(db, caller, store.findAll(db, ids)));
  }

  /// Those of `found` that the caller may see, by one query.
  private List<Visible> visible(Handle db, Principal caller, List<Workspace> found) {
    Map<Long, WorkspaceAccess> rights =
        access.workspaces(db, caller, found.stream().map(Workspace::key).toList());
    List<Visible> visible = new ArrayList<>();
    for (Workspace workspace : found) {
      WorkspaceAccess allowed = rights.get(workspace.key());
      if (allowed != null) {
        visible.add(new Visible(workspace, allowed));
      }
    }
    return visible;
  }

  public Paged<Visible> list(
      Principal caller, String organization, WorkspaceFilter filter, Page page) {
    return database.read(db -> {
      OrganizationAccess owner =
          access.organization(db, caller, organization).require(OrganizationRight.READ_WORKSPACES);
      Paged<Workspace> found =
          Paged.of(lists.list(db, owner, filter, page), page, () -> lists.count(db, owner, filter));
      return found.withItems(visible(db, caller, found.items()));
    });
  }

  public Visible update(Principal caller, Address address, WorkspaceChanges changes) {
    return database.inTransaction(db -> {
      WorkspaceAccess rights = access(db, caller, address).require(WorkspaceRight.UPDATE_SETTINGS);
      Workspace before = store.findForUpdate(db, rights.key()).orElseThrow(Fault.NotFound::new);
      long owner = rights.organizationKey();
      WorkspaceSettings settings =
          new WorkspaceRules(versions.choice(db, owner)).apply(before.settings(), changes);
      if (store.isNameTaken(db, owner, settings.name(), rights.key())) {
        throw nameIsTaken();
      }
      Optional<Long> project = places.after(db, caller, before, changes.project());
      store.update(db, rights.key(), project, settings, clock.instant());
      follow(db, rights.key(), before.related().vcsRepo(), changes, settings);
      if (changes.replacesTags()) {
        tags.bindOnly(db, rights.key(), changes.tags());
      } else {
        tags.bind(db, rights.key(), changes.tags());
      }
      return visible(db, rights);
    });
  }

  /// Puts workspaces, the whole body of what a client sent, into a project: all or none.
  public void move(Principal caller, ProjectId project, List<WorkspaceId> ids) {
    database.useTransaction(db -> {
      access.project(db, caller, project).require(ProjectRight.MOVE_WORKSPACE);
      Map<Long, Integer> positions = new TreeMap<>();
      for (int at = 0; at < ids.size(); at++) {
        WorkspaceId id = ids.get(at);
        String pointer = pointer(at);
        positions.put(
            store.key(db, id).orElseThrow(() -> WorkspacePlaces.noSuchWorkspace(id, pointer)), at);
      }
      // In the order of their keys, as two who move the same must not wait for each other.
      positions.forEach((key, at) -> {
        Workspace workspace = store.findForUpdate(db, key).orElseThrow(Fault.NotFound::new);
        places
            .entered(db, caller, workspace, project, pointer(at))
            .ifPresent(target -> store.move(db, key, target, clock.instant()));
      });
    });
  }

  private static String pointer(int at) {
    return "/data/" + at + "/id";
  }

  /// Deletes it with everything in it, whatever it manages.
  public void delete(Principal caller, Address address) {
    database.useTransaction(db -> {
      WorkspaceAccess rights = access(db, caller, address).require(WorkspaceRight.DESTROY);
      delete(db, rights.key(), rights.id());
    });
  }

  /// The same for site admins, who need have no part in its organization.
  public void deleteAny(Principal admin, WorkspaceId id) {
    Access.requireSiteAdmin(admin);
    database.useTransaction(
        db -> delete(db, store.key(db, id).orElseThrow(Fault.NotFound::new), id));
  }

  /// Deletes it unless something would be orphaned.
  public void safeDelete(Principal caller, Address address) {
    database.useTransaction(db -> {
      WorkspaceAccess rights = access(db, caller, address).require(WorkspaceRight.DESTROY);
      Workspace workspace = store.findForUpdate(db, rights.key()).orElseThrow(Fault.NotFound::new);
      if (workspace.isLocked()) {
        throw new Fault.Conflict(
            "Workspace cannot be safely deleted while it is locked. Unlock it first.");
      }
      if (store.isStateUnparsed(db, rights.key())) {
        throw new Fault.Conflict(
            "Workspace cannot be safely deleted: its latest state is being processed.");
      }
      int resources = workspace.counts().resources();
      if (resources > 0) {
        throw new Fault.Conflict(
            "Workspace cannot be safely deleted because it still manages "
                + (resources == 1
                    ? "one resource. Destroy it first."
                    : resources + " resources. Destroy them first."));
      }
      delete(db, rights.key(), rights.id());
    });
  }

  /// For transactions of runs: the row stays as it is until they end.
  public Optional<Workspace> findForUpdate(Handle db, long key) {
    return store.findForUpdate(db, key);
  }

  private void delete(Handle db, long key, WorkspaceId id) {
    repositories.left(db, key);
    store.delete(db, key);
    log.atInfo().addKeyValue("workspace_id", id).log("workspace deleted");
  }

  private WorkspaceAccess access(Handle db, Principal caller, Address address) {
    return switch (address) {
      case Address.ById(WorkspaceId id) -> access.workspace(db, caller, id);
      case Address.ByName(String organization, String name) ->
          access.workspaceNamed(db, caller, organization, name);
    };
  }

  private Visible visible(Handle db, WorkspaceAccess rights) {
    return new Visible(store.find(db, rights.key()).orElseThrow(Fault.NotFound::new), rights);
  }

  private static Fault nameIsTaken() {
    return new Fault.Invalid("name", "Name has already been taken");
  }
}
