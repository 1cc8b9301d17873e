package io.terrarium.core.team;

import io.terrarium.contracts.id.OrganizationMembershipId;
import io.terrarium.contracts.id.TeamId;
import io.terrarium.contracts.id.UserId;
import io.terrarium.core.LikePattern;
import io.terrarium.core.PagedQuery;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.OrganizationPermission;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;

/// SQL of teams.
final class TeamStore {
  private static final String SELECT =
      """
      SELECT t.*, o.name AS organization_name,
             ARRAY(SELECT u.external_id FROM team_memberships p
                     JOIN organization_memberships m ON m.id = p.membership_id
                     JOIN users u ON u.id = m.user_id
                    WHERE p.team_id = t.id ORDER BY m.id) AS users,
             ARRAY(SELECT m.external_id FROM team_memberships p
                     JOIN organization_memberships m ON m.id = p.membership_id
                    WHERE p.team_id = t.id ORDER BY m.id) AS memberships
        FROM teams t JOIN organizations o ON o.id = t.organization_id
      """;

  private static final String FILTER =
      """
       WHERE t.organization_id = :organization
         AND (:isAllVisible OR t.visibility = 'organization' OR t.id = ANY (:teams))
         AND (cardinality(:names) = 0 OR t.name = ANY (:names))
         AND (:text::text IS NULL OR t.name ILIKE :text)
      """;

  private static final String INSERT =
      """
      INSERT INTO teams (external_id, organization_id, name, description, visibility, sso_team_id,
                         allow_member_token_management, organization_access, created_at)
      VALUES (:id, :organization, :name, :description, :visibility, :ssoTeamId, :memberTokens,
              :access, :now) ON CONFLICT DO NOTHING
      """;

  private static final String UPDATE =
      """
      UPDATE teams
         SET name = :name, description = :description, visibility = :visibility,
             sso_team_id = :ssoTeamId, allow_member_token_management = :memberTokens,
             organization_access = :access
       WHERE id = :key
         AND NOT EXISTS (SELECT FROM teams o
                          WHERE o.organization_id = teams.organization_id AND o.name = :name
                            AND o.id <> :key)
      """;

  Optional<Team> find(Handle db, long key) {
    return db.createQuery(SELECT + " WHERE t.id = :key")
        .bind("key", key)
        .map((row, _) -> read(row))
        .findOne();
  }

  List<Team> findAll(Handle db, Collection<TeamId> ids) {
    return db.createQuery(SELECT + " WHERE t.external_id = ANY (:ids) ORDER BY t.name")
        .bindArray("ids", String.class, ids.stream().map(TeamId::value).toList())
        .map((row, _) -> read(row))
        .list();
  }

  /// Those that the caller may see, by name.
  Paged<Team> list(Handle db, OrganizationAccess organization, TeamFilter filter, Page page) {
    return new PagedQuery(SELECT, "FROM teams t", FILTER, "t.name")
        .page(db, page, query -> filtered(query, organization, filter), (row, _) -> read(row));
  }

  private static Query filtered(Query query, OrganizationAccess organization, TeamFilter filter) {
    boolean isAllVisible =
        organization.allows(OrganizationRight.READ_SECRET_TEAMS)
            || organization.allows(OrganizationRight.MANAGE_TEAMS);
    return query
        .bind("organization", organization.key())
        .bind("isAllVisible", isAllVisible)
        .bindArray("teams", Long.class, organization.teams())
        .bindArray("names", String.class, filter.names())
        .bind("text", filter.text().isEmpty() ? null : LikePattern.containing(filter.text()));
  }

  /// False when the name is taken.
  boolean insert(Handle db, TeamId id, long organizationKey, TeamOptions options, Instant now) {
    return options(db.createUpdate(INSERT), options)
            .bind("id", id.value())
            .bind("organization", organizationKey)
            .bind("now", now)
            .execute()
        == 1;
  }

  /// False when the name is taken.
  boolean update(Handle db, long key, TeamOptions options) {
    return options(db.createUpdate(UPDATE), options).bind("key", key).execute() == 1;
  }

  /// Until the end of the transaction nobody else gives a name there.
  void lockNames(Handle db, long organizationKey) {
    db.execute("SELECT pg_advisory_xact_lock(hashtext('teams_of_' || ?))", organizationKey);
  }

  void delete(Handle db, long key) {
    db.execute("DELETE FROM teams WHERE id = ?", key);
  }

  private static <S extends SqlStatement<S>> S options(S statement, TeamOptions options) {
    return statement
        .bind("name", options.name())
        .bind("description", options.description())
        .bind("visibility", options.visibility())
        .bind("ssoTeamId", options.ssoTeamId())
        .bind("memberTokens", options.allowMemberTokenManagement())
        .bindArray(
            "access",
            String.class,
            options.organizationAccess().stream()
                .map(OrganizationPermission::wire)
                .sorted()
                .toList());
  }

  private static Team read(ResultSet row) throws SQLException {
    return new Team(
        row.getLong("id"),
        new TeamId(row.getString("external_id")),
        row.getString("organization_name"),
        new TeamOptions(
            row.getString("name"),
            row.getString("description"),
            row.getString("visibility"),
            row.getString("sso_team_id"),
            row.getBoolean("allow_member_token_management"),
            texts(row, "organization_access")
                .map(OrganizationPermission::ofWire)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet())),
        texts(row, "users").map(UserId::new).toList(),
        texts(row, "memberships").map(OrganizationMembershipId::new).toList());
  }

  private static Stream<String> texts(ResultSet row, String column) throws SQLException {
    return Stream.of((Object[]) row.getArray(column).getArray()).map(String.class::cast);
  }
}
