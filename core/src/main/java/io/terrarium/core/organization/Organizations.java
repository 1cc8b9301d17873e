package io.terrarium.core.organization;

import io.terrarium.contracts.id.OrganizationId;
import io.terrarium.contracts.id.OrganizationMembershipId;
import io.terrarium.contracts.id.TeamId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.Principal.UserPrincipal;
import io.terrarium.core.oauthclient.Farewell;
import io.terrarium.core.organization.Organization.OrganizationOptions;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.project.Projects;
import io.terrarium.core.registry.Withdrawals;
import io.terrarium.core.settings.GeneralSettings;
import io.terrarium.core.settings.Settings;
import io.terrarium.core.token.Authentication;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/// Lists, makes, changes and deletes organizations.
public final class Organizations {
  private final Database database;
  private final Projects projects;
  private final Settings settings;
  private final Authentication authentication;
  private final Withdrawals withdrawals;
  private final Farewell farewell;
  private final Ids ids;
  private final Clock clock;
  private final Access access = new Access();
  private final OrganizationStore store = new OrganizationStore();

  /// What stands around it.
  public record Neighbours(
      Projects projects,
      Settings settings,
      Authentication authentication,
      Outbox outbox,
      Farewell farewell) {}

  public Organizations(Database database, Neighbours neighbours, Ids ids, Clock clock) {
    this.database = database;
    this.projects = neighbours.projects();
    this.settings = neighbours.settings();
    this.authentication = neighbours.authentication();
    this.withdrawals = new Withdrawals(neighbours.outbox());
    this.farewell = neighbours.farewell();
    this.ids = ids;
    this.clock = clock;
  }

  public Paged<OrganizationView> list(Principal principal, OrganizationFilter filter, Page page) {
    return database.read(db -> {
      Paged<Organization> organizations = store.list(db, Viewer.of(principal), filter, page);
      List<Long> keys = organizations.items().stream().map(Organization::key).toList();
      Map<Long, OrganizationAccess> visible = access.organizations(db, principal, keys);
      List<OrganizationView> views = new ArrayList<>();
      for (Organization organization : organizations.items()) {
        OrganizationAccess in = visible.get(organization.key());
        if (in != null) {
          views.add(new OrganizationView(organization, in));
        }
      }
      return new Paged<>(List.copyOf(views), page, organizations.totalCount());
    });
  }

  public OrganizationView find(Principal principal, String name) {
    return database.read(db -> view(db, access.organization(db, principal, name)));
  }

  /// What somebody may do there.
  public OrganizationAccess access(Principal principal, String name) {
    return database.read(db -> access.organization(db, principal, name));
  }

  /// The creator owns it: they are the owners team's first member.
  public OrganizationView create(Principal principal, OrganizationOptions options) {
    UserPrincipal user = Access.requireUser(principal);
    GeneralSettings site = settings.current();
    if (site.limitUserOrganizationCreation() && !user.siteAdmin()) {
      throw new Fault.NotFound();
    }
    OrganizationRules.check(options);
    OrganizationView created = database.inTransaction(db -> create(db, user, site, options));
    authentication.forgetAll();
    return created;
  }

  private OrganizationView create(
      Handle db, UserPrincipal user, GeneralSettings site, OrganizationOptions options) {
    checkName(db, options.name(), 0);
    checkCeiling(db, user, site);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    long key =
        store.insert(
            db,
            new OrganizationId(ids.next(OrganizationId.PREFIX)),
            options.name(),
            options.email(),
            now);
    store.insertOwners(
        db,
        new OrganizationStore.Founding(
            key,
            user.userKey(),
            new TeamId(ids.next(TeamId.PREFIX)),
            new OrganizationMembershipId(ids.next(OrganizationMembershipId.PREFIX)),
            now));
    store.replace(db, key, options);
    projects.createDefault(db, key);
    return view(db, access.organization(db, user, key));
  }

  /// @throws Fault.Forbidden for who changes it without owning it and says which tokens work there
  public OrganizationView update(
      Principal principal, String name, UnaryOperator<OrganizationOptions> change) {
    OrganizationView updated =
        database.inTransaction(db -> {
          OrganizationAccess in =
              access.organization(db, principal, name).require(OrganizationRight.UPDATE);
          store.lock(db, in.key());
          OrganizationOptions before = store.find(db, in.key()).orElseThrow().options();
          OrganizationOptions after = change.apply(before);
          OrganizationRules.check(after);
          checkTokens(in, before, after);
          if (!after.name().equals(before.name())) {
            checkName(db, after.name(), in.key());
          }
          store.replace(db, in.key(), after);
          return view(db, access.organization(db, principal, in.key()));
        });
    authentication.forgetAll();
    return updated;
  }

  private static void checkTokens(
      OrganizationAccess in, OrganizationOptions before, OrganizationOptions after) {
    boolean isSame =
        Objects.equals(after.maxTtlEnabled(), before.maxTtlEnabled())
            && after.userTokensEnabled() == before.userTokensEnabled();
    if (!isSame && !in.allows(OrganizationRight.MANAGE_TOKEN)) {
      throw new Fault.Forbidden(
          "Only owners of the organization say which tokens work in it, and how long.");
    }
  }

  /// Everything in it goes with it, or, while a run is still at work, nothing.
  public void delete(Principal principal, String name) {
    database.useTransaction(db ->
        delete(
            db, access.organization(db, principal, name).require(OrganizationRight.DESTROY).key()));
  }

  /// The same for site admins, who need have no part in it.
  public void deleteAny(Principal admin, String name) {
    Access.requireSiteAdmin(admin);
    database.useTransaction(db -> delete(db, store.key(db, name).orElseThrow(Fault.NotFound::new)));
  }

  private void delete(Handle db, long key) {
    store.lock(db, key);
    if (store.hasOpenRuns(db, key)) {
      throw new Fault.Conflict(
          "The organization has runs that are not finished: cancel or discard them first.");
    }
    withdrawals.organization(db, key);
    farewell.take(db, new Farewell.Of(Farewell.Kind.ORGANIZATION, key));
    store.delete(db, key);
  }

  private OrganizationView view(Handle db, OrganizationAccess in) {
    return new OrganizationView(store.find(db, in.key()).orElseThrow(Fault.NotFound::new), in);
  }

  private void checkName(Handle db, String name, long exceptKey) {
    store.lockNames(db);
    if (OrganizationRules.isReserved(name) || store.isNameTaken(db, name, exceptKey)) {
      throw new Fault.Invalid("name", "Name has already been taken");
    }
  }

  private void checkCeiling(Handle db, UserPrincipal user, GeneralSettings site) {
    Integer ceiling = site.defaultOrganizationsPerUserCeiling();
    if (site.limitOrganizationsPerUser()
        && ceiling != null
        && store.countOwnedBy(db, user.userKey()) >= ceiling) {
      throw new Fault.Invalid(
          List.of(new Fault.Problem("You own as many organizations as are allowed.", null)));
    }
  }
}
