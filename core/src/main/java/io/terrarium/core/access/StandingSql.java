package io.terrarium.core.access;

import io.terrarium.contracts.id.OrganizationId;
import io.terrarium.core.access.Principal.TeamPrincipal;
import io.terrarium.core.access.Principal.UserPrincipal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// The part of every query here that finds how the caller stands in the organization `o`.
final class StandingSql {
  static final String COLUMNS =
      """
      o.id AS organization_key, o.external_id AS organization_external_id, o.name AS organization_name,
      (me.id IS NOT NULL OR mine.teams IS NOT NULL) AS is_member,
      coalesce(mine.is_owner, false) AS is_owner, mine.teams, mine.permissions
      """;

  static final String JOIN =
      """
       LEFT JOIN organization_memberships me ON me.organization_id = o.id AND me.user_id = :user
                                          AND o.id <> ALL (:closed)
       LEFT JOIN LATERAL (
         SELECT array_agg(DISTINCT t.id) AS teams, bool_or(t.name = 'owners') AS is_owner,
                array_agg(DISTINCT p) FILTER (WHERE p IS NOT NULL) AS permissions
           FROM teams t LEFT JOIN LATERAL unnest(t.organization_access) AS p ON true
          WHERE t.organization_id = o.id
            AND (t.id = :team
                 OR EXISTS (SELECT FROM team_memberships m
                             WHERE m.team_id = t.id AND m.membership_id = me.id))) mine ON true
      """;

  private StandingSql() {}

  static Query bind(Query query, Principal principal) {
    @Nullable Long user = principal instanceof UserPrincipal person ? person.userKey() : null;
    @Nullable Long team = principal instanceof TeamPrincipal group ? group.teamKey() : null;
    return query
        .bind("user", user)
        .bind("team", team)
        .bindArray("closed", Long.class, principal.closed());
  }

  static OrganizationAccess organization(Principal principal, ResultSet row) throws SQLException {
    long key = row.getLong("organization_key");
    Standing standing = standing(row);
    return new OrganizationAccess(
        key,
        new OrganizationId(row.getString("organization_external_id")),
        row.getString("organization_name"),
        Rights.inOrganization(principal, key, standing),
        standing.teams());
  }

  private static Standing standing(ResultSet row) throws SQLException {
    Membership membership = row.getBoolean("is_member") ? Membership.MEMBER : Membership.NONE;
    Set<OrganizationPermission> permissions =
        elements(row, "permissions")
            .map(String.class::cast)
            .map(OrganizationPermission::ofWire)
            .flatMap(Optional::stream)
            .collect(Collectors.toSet());
    return new Standing(
        row.getBoolean("is_owner") ? Membership.OWNER : membership,
        elements(row, "teams").map(Long.class::cast).collect(Collectors.toSet()),
        permissions);
  }

  private static Stream<Object> elements(ResultSet row, String column) throws SQLException {
    Array array = row.getArray(column);
    return array == null ? Stream.empty() : Stream.of((Object[]) array.getArray());
  }
}
