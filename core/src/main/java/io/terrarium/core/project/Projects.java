package io.terrarium.core.project;

import io.terrarium.contracts.id.ProjectId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.ProjectAccess;
import io.terrarium.core.access.ProjectRight;
import io.terrarium.core.workspace.ProjectTags;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Lists, makes, changes and deletes projects.
public final class Projects {
  public static final String DEFAULT_NAME = "Default Project";

  private static final Pattern NAME = Pattern.compile("[\\w-](?:[\\w -]{1,38})[\\w-]");

  private static final Set<String> EXECUTION_MODES = Set.of("remote", "local");

  private final Database database;
  private final Ids ids;
  private final Clock clock;
  private final ProjectTags tags;
  private final Access access = new Access();
  private final ProjectStore store = new ProjectStore();

  public Projects(Database database, ProjectTags tags, Ids ids, Clock clock) {
    this.database = database;
    this.tags = tags;
    this.ids = ids;
    this.clock = clock;
  }

  public Paged<ProjectView> list(
      Principal principal, String organization, ProjectFilter filter, Page page) {
    return database.read(db -> {
      OrganizationAccess in =
          access.organization(db, principal, organization).require(OrganizationRight.READ_PROJECTS);
      Paged<Project> found =
          store.list(db, in, filter, withRights(db, principal, in, filter), page);
      return new Paged<>(visible(db, principal, found.items()), page, found.totalCount());
    });
  }

  private List<ProjectView> visible(Handle db, Principal principal, List<Project> found) {
    Map<Long, ProjectAccess> rights =
        access.projects(db, principal, found.stream().map(Project::key).toList());
    return found.stream()
        .flatMap(project ->
            Optional.ofNullable(rights.get(project.key())).stream()
                .map(allowed -> new ProjectView(project, allowed)))
        .toList();
  }

  /// Those that are there and that the caller may see.
  public List<ProjectView> findAll(Principal principal, List<ProjectId> ids) {
    return database.read(db -> visible(db, principal, store.findAll(db, ids)));
  }

  /// Rights come from teams in many ways, so they are asked for of each, and only where a filter
  /// wants them.
  private Optional<List<Long>> withRights(
      Handle db, Principal principal, OrganizationAccess in, ProjectFilter filter) {
    if (filter.rights().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        access.projects(db, principal, store.keys(db, in, filter)).values().stream()
            .filter(rights -> filter.rights().stream().allMatch(rights::allows))
            .map(ProjectAccess::key)
            .toList());
  }

  public ProjectView find(Principal principal, ProjectId id) {
    return database.read(db -> find(db, principal, id));
  }

  public ProjectView create(Principal principal, String organization, ProjectChanges asked) {
    return database.inTransaction(db -> {
      OrganizationAccess in =
          access
              .organization(db, principal, organization)
              .require(OrganizationRight.CREATE_PROJECT);
      String name = asked.name().over("", "");
      checkName(db, in.key(), name, 0);
      ProjectId id = new ProjectId(ids.next(ProjectId.PREFIX));
      ProjectSettings settings =
          new ProjectSettings(
              name, asked.description().over("", ""), executionMode(Optional.empty(), asked));
      long key = store.insert(db, id, in.key(), settings, false, now());
      tags.bindAll(db, key, asked.tags());
      return find(db, principal, id);
    });
  }

  /// Within the transaction that makes the organization.
  public void createDefault(Handle db, long organizationKey) {
    ProjectId id = new ProjectId(ids.next(ProjectId.PREFIX));
    ProjectSettings settings = new ProjectSettings(DEFAULT_NAME, "", null);
    store.insert(db, id, organizationKey, settings, true, now());
  }

  public ProjectView update(Principal principal, ProjectId id, ProjectChanges changes) {
    return database.inTransaction(db -> {
      ProjectView before = locked(db, principal, id, ProjectRight.UPDATE);
      Project project = before.project();
      String newName = changes.name().over(project.name());
      if (!newName.equals(project.name())) {
        checkName(db, project.organizationKey(), newName, project.key());
      }
      store.replace(
          db,
          project.key(),
          new ProjectSettings(
              newName,
              changes.description().over(project.description(), ""),
              executionMode(Optional.of(project), changes)));
      if (!changes.tags().isEmpty()) {
        tags.bindAll(db, project.key(), changes.tags());
      }
      return new ProjectView(store.find(db, id).orElseThrow(), before.access());
    });
  }

  /// A project that still has workspaces stays, and so does the default project.
  public void delete(Principal principal, ProjectId id) {
    database.useTransaction(db -> {
      Project project = locked(db, principal, id, ProjectRight.DESTROY).project();
      if (project.isDefault()) {
        throw new Fault.Forbidden("The default project cannot be deleted.");
      }
      if (project.workspaceCount() > 0) {
        throw new Fault.Invalid(
            List.of(
                new Fault.Problem(
                    "The project still has workspaces: move or delete them first.", null)));
      }
      store.delete(db, project.key());
    });
  }

  private ProjectView locked(Handle db, Principal principal, ProjectId id, ProjectRight right) {
    store.lock(db, id);
    ProjectView view = find(db, principal, id);
    view.access().require(right);
    return view;
  }

  private ProjectView find(Handle db, Principal principal, ProjectId id) {
    ProjectAccess rights = access.project(db, principal, id);
    return new ProjectView(store.find(db, id).orElseThrow(Fault.NotFound::new), rights);
  }

  /// What it is to have of its own, null for nothing.
  private static @Nullable String executionMode(Optional<Project> before, ProjectChanges changes) {
    Optional<String> asked = changes.executionMode().given();
    if (asked.filter(mode -> !EXECUTION_MODES.contains(mode)).isPresent()) {
      throw new Fault.Invalid(
          "default-execution-mode",
          "Default execution mode must be remote or local; agents are not available on this site");
    }
    if (changes.inheritsExecutionMode()) {
      return null;
    }
    String own = before.filter(Project::hasOwnExecutionMode).map(Project::executionMode).orElse("");
    String mode = changes.executionMode().over(own, "");
    return mode.isEmpty() ? null : mode;
  }

  private void checkName(Handle db, long organizationKey, String name, long exceptKey) {
    if (!NAME.matcher(name).matches()) {
      throw new Fault.Invalid(
          "name", "Name must have 3 to 40 letters, digits, dashes, underscores or inner spaces");
    }
    store.lockNames(db, organizationKey);
    if (store.isNameTaken(db, organizationKey, name, exceptKey)) {
      throw new Fault.Invalid("name", "Name has already been taken");
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
