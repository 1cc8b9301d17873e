package io.terrarium.core.membership;

import io.terrarium.contracts.id.OrganizationMembershipId;
import io.terrarium.contracts.id.TeamId;
import io.terrarium.contracts.id.UserId;
import io.terrarium.core.LikePattern;
import io.terrarium.core.PagedQuery;
import io.terrarium.core.access.Principal.UserPrincipal;
import io.terrarium.core.membership.OrganizationMembership.Status;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// SQL of memberships in organizations, and of their places in teams.
final class MembershipStore {
  private static final String FROM =
      """
        FROM organization_memberships m
        JOIN organizations o ON o.id = m.organization_id
        LEFT JOIN users u ON u.id = m.user_id
      """;

  private static final String SELECT =
      """
      SELECT m.id, m.external_id, m.organization_id, o.name AS organization_name,
             o.collaborator_auth_policy = 'two_factor_mandatory' AS is_two_factor_required,
             coalesce(u.external_id, m.invited_user_id) AS user_id,
             coalesce(u.email, m.invited_email) AS email, m.user_id IS NOT NULL AS is_active,
             m.created_at,
             ARRAY(SELECT t.external_id FROM team_memberships p JOIN teams t ON t.id = p.team_id
                    WHERE p.membership_id = m.id ORDER BY t.id) AS teams
      """
          + FROM;

  private static final String FILTER =
      """
       WHERE m.organization_id = :organization
         AND (:status::text IS NULL
              OR :status = CASE WHEN m.user_id IS NULL THEN 'INVITED' ELSE 'ACTIVE' END)
         AND (cardinality(:emails) = 0 OR lower(coalesce(u.email, m.invited_email)) = ANY (:emails))
         AND (:text::text IS NULL OR u.username ILIKE :text
              OR coalesce(u.email, m.invited_email) ILIKE :text)
         AND (:team::text IS NULL
              OR EXISTS (SELECT FROM team_memberships p JOIN teams t ON t.id = p.team_id
                          WHERE p.membership_id = m.id AND t.external_id = :team))
      """;

  private static final String OF_USER =
      "WHERE m.user_id = :user AND NOT o.is_disabled AND o.id <> ALL (:closed)";

  private static final String INSERT =
      """
      INSERT INTO organization_memberships
             (external_id, organization_id, user_id, invited_email, invited_user_id, created_at)
      VALUES (:id, :organization, :user, :email,
              coalesce((SELECT before.invited_user_id FROM organization_memberships before
                         WHERE lower(before.invited_email) = lower(:email) LIMIT 1), :person),
              :now)
      ON CONFLICT DO NOTHING
      """;

  private static final String ENTER_TEAMS =
      """
      INSERT INTO team_memberships (team_id, membership_id)
      SELECT t, m FROM unnest(:teams) AS t, unnest(:members) AS m ON CONFLICT DO NOTHING
      """;

  private static final String OTHER_OWNERS =
      """
      SELECT EXISTS (
        SELECT FROM team_memberships p JOIN teams t ON t.id = p.team_id
          JOIN organization_memberships m ON m.id = p.membership_id
         WHERE t.organization_id = :organization AND t.name = 'owners'
           AND m.user_id IS NOT NULL AND m.id <> ALL (:members))
      """;

  private static final String OWNERS_AMONG =
      """
      SELECT EXISTS (
        SELECT FROM team_memberships p JOIN teams t ON t.id = p.team_id
         WHERE t.name = 'owners' AND p.membership_id = ANY (:members))
      """;

  /// A person, or an address to which nobody has an account.
  ///
  /// @param person the id of whom gets one, unless another invitation has given them one
  record Invited(@Nullable Long userKey, @Nullable String email, @Nullable UserId person) {
    static Invited user(long key) {
      return new Invited(key, null, null);
    }

    static Invited address(String email, UserId person) {
      return new Invited(null, email, person);
    }
  }

  /// How many there are, whatever a list is narrowed to.
  record Counts(long active, long invited) {}

  boolean insert(
      Handle db, OrganizationMembershipId id, long organizationKey, Invited who, Instant now) {
    return db.createUpdate(INSERT)
            .bind("id", id.value())
            .bind("organization", organizationKey)
            .bind("user", who.userKey())
            .bind("email", who.email())
            .bind("person", who.person() == null ? null : who.person().value())
            .bind("now", now)
            .execute()
        == 1;
  }

  Optional<OrganizationMembership> find(Handle db, OrganizationMembershipId id) {
    return db.createQuery(SELECT + " WHERE m.external_id = :id")
        .bind("id", id.value())
        .map((row, _) -> read(row))
        .findOne();
  }

  List<OrganizationMembership> findAll(Handle db, List<OrganizationMembershipId> ids) {
    return db.createQuery(SELECT + " WHERE m.external_id = ANY (:ids) ORDER BY m.id")
        .bindArray("ids", String.class, ids.stream().map(OrganizationMembershipId::value).toList())
        .map((row, _) -> read(row))
        .list();
  }

  Optional<OrganizationMembership> findOfUser(Handle db, long organizationKey, long userKey) {
    return db.createQuery(SELECT + " WHERE m.organization_id = :organization AND m.user_id = :user")
        .bind("organization", organizationKey)
        .bind("user", userKey)
        .map((row, _) -> read(row))
        .findOne();
  }

  Paged<OrganizationMembership> ofUser(Handle db, UserPrincipal user, Page page) {
    return new PagedQuery(SELECT, FROM, OF_USER, "o.name")
        .page(
            db,
            page,
            query ->
                query.bind("user", user.userKey()).bindArray("closed", Long.class, user.closed()),
            (row, _) -> read(row));
  }

  /// The oldest first.
  Paged<OrganizationMembership> list(
      Handle db, long organizationKey, MembershipFilter filter, Page page) {
    return new PagedQuery(SELECT, FROM, FILTER, "m.id")
        .page(db, page, query -> filtered(query, organizationKey, filter), (row, _) -> read(row));
  }

  Counts counts(Handle db, long organizationKey) {
    return db.createQuery(
            "SELECT count(user_id), count(invited_email) FROM organization_memberships"
                + " WHERE organization_id = :organization")
        .bind("organization", organizationKey)
        .map((row, _) -> new Counts(row.getLong(1), row.getLong(2)))
        .one();
  }

  private static Query filtered(Query query, long organizationKey, MembershipFilter filter) {
    return query
        .bind("organization", organizationKey)
        .bind("status", filter.status().map(Status::name).orElse(null))
        .bindArray(
            "emails", String.class, filter.emails().stream().map(String::toLowerCase).toList())
        .bind("text", filter.text().map(LikePattern::containing).orElse(null))
        .bind("team", filter.team().map(TeamId::value).orElse(null));
  }

  /// Until the end of the transaction nobody gets an account: who does afterwards takes up the
  /// invitation, who did before is found.
  void lockAccounts(Handle db) {
    db.execute("LOCK TABLE users IN SHARE MODE");
  }

  Optional<Long> userByEmail(Handle db, String email) {
    return db.createQuery("SELECT id FROM users WHERE lower(email) = lower(:email)")
        .bind("email", email)
        .mapTo(Long.class)
        .findOne();
  }

  /// By username, or by id.
  Optional<Long> user(Handle db, String name) {
    return db.createQuery(
            "SELECT id FROM users WHERE lower(username) = lower(:name) OR external_id = :name"
                + " ORDER BY external_id = :name DESC LIMIT 1")
        .bind("name", name)
        .mapTo(Long.class)
        .findOne();
  }

  void enter(Handle db, Collection<Long> teams, Collection<Long> members) {
    db.createUpdate(ENTER_TEAMS)
        .bindArray("teams", Long.class, teams)
        .bindArray("members", Long.class, members)
        .execute();
  }

  void leave(Handle db, long team, Collection<Long> members) {
    db.createUpdate(
            "DELETE FROM team_memberships WHERE team_id = :team AND membership_id = ANY (:members)")
        .bind("team", team)
        .bindArray("members", Long.class, members)
        .execute();
  }

  void delete(Handle db, long key) {
    db.execute("DELETE FROM organization_memberships WHERE id = ?", key);
  }

  boolean hasOwnersBeside(Handle db, long organizationKey, Collection<Long> members) {
    return db.createQuery(OTHER_OWNERS)
        .bind("organization", organizationKey)
        .bindArray("members", Long.class, members)
        .mapTo(Boolean.class)
        .one();
  }

  boolean hasOwnersAmong(Handle db, Collection<Long> members) {
    return db.createQuery(OWNERS_AMONG)
        .bindArray("members", Long.class, members)
        .mapTo(Boolean.class)
        .one();
  }

  private static OrganizationMembership read(ResultSet row) throws SQLException {
    return new OrganizationMembership(
        row.getLong("id"),
        new OrganizationMembershipId(row.getString("external_id")),
        row.getLong("organization_id"),
        row.getString("organization_name"),
        new UserId(row.getString("user_id")),
        row.getString("email"),
        row.getBoolean("is_active") ? Status.ACTIVE : Status.INVITED,
        row.getBoolean("is_two_factor_required"),
        Stream.of((Object[]) row.getArray("teams").getArray())
            .map(team -> new TeamId((String) team))
            .toList(),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
