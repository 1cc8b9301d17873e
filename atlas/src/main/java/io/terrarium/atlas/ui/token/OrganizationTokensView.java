package io.terrarium.atlas.ui.token;

import io.terrarium.contracts.id.TeamId;
import io.terrarium.core.team.Team;
import io.terrarium.core.token.IssuedToken;
import io.terrarium.core.token.Token;
import io.terrarium.kernel.jsonapi.Paged;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tokens of an organization and of its teams, as far as the reader manages them.
///
/// @param mayManage whether the organization's own token is the reader's to manage
/// @param own the organization's token, if it has one and the reader manages it
/// @param found tokens of teams
/// @param names of the teams of those tokens
/// @param teams for which the reader may make one
/// @param chosen id of the team that is chosen in the form, or ""
/// @param made a token that was just made, shown this once
public record OrganizationTokensView(
    String organization,
    boolean mayManage,
    Optional<Token> own,
    Paged<Token> found,
    Map<TeamId, String> names,
    List<Team> teams,
    TokenForm form,
    String chosen,
    Optional<IssuedToken> made,
    Instant now,
    String formToken) {
  public OrganizationTokensView {
    teams = List.copyOf(teams);
  }

  public String path() {
    return "/app/" + organization + "/settings/authentication-tokens";
  }

  public String team(Token token) {
    TeamId team = token.team();
    return team == null ? "" : names.getOrDefault(team, team.value());
  }

  /// Whether nothing here is for the reader.
  public boolean isEmpty() {
    return !mayManage && teams.isEmpty() && found.totalCount() == 0;
  }
}
