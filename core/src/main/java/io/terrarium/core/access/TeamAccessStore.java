package io.terrarium.core.access;

import io.terrarium.contracts.id.TeamId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// Finds teams together with what the caller may do with them, in one query each.
final class TeamAccessStore {
  private static final String SELECT =
      "SELECT g.id AS team_key, g.external_id AS team_id, g.name = 'owners' AS is_owners,"
          + " g.visibility = 'secret' AS is_secret, g.allow_member_token_management,"
          + " coalesce(g.id = ANY (mine.teams), false) AS is_in_team, "
          + StandingSql.COLUMNS
          + " FROM teams g JOIN organizations o ON o.id = g.organization_id"
          + StandingSql.JOIN
          + " WHERE NOT o.is_disabled AND ";

  Optional<TeamAccess> find(Handle db, Principal principal, TeamId id) {
    Query query = db.createQuery(SELECT + "g.external_id = :id").bind("id", id.value());
    return StandingSql.bind(query, principal).map((row, _) -> read(principal, row)).findOne();
  }

  List<TeamAccess> named(Handle db, Principal principal, Collection<TeamId> ids) {
    Query query =
        db.createQuery(SELECT + "g.external_id = ANY (:ids)")
            .bindArray("ids", String.class, ids.stream().map(TeamId::value).toList());
    return StandingSql.bind(query, principal).map((row, _) -> read(principal, row)).list();
  }

  List<TeamAccess> list(Handle db, Principal principal, List<Long> keys) {
    Query query = db.createQuery(SELECT + "g.id = ANY (:keys)").bindArray("keys", Long.class, keys);
    return StandingSql.bind(query, principal).map((row, _) -> read(principal, row)).list();
  }

  private static TeamAccess read(Principal principal, ResultSet row) throws SQLException {
    OrganizationAccess organization = StandingSql.organization(principal, row);
    TeamTraits traits =
        new TeamTraits(
            row.getBoolean("is_owners"),
            row.getBoolean("is_secret"),
            row.getBoolean("allow_member_token_management"));
    return new TeamAccess(
        row.getLong("team_key"),
        new TeamId(row.getString("team_id")),
        organization,
        traits.isOwners(),
        Rights.inTeam(organization, traits, row.getBoolean("is_in_team"), principal));
  }
}
