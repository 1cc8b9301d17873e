package io.terrarium.atlas.ui.token;

import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.contracts.id.TeamId;
import io.terrarium.contracts.id.TokenId;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.TeamRight;
import io.terrarium.core.organization.OrganizationView;
import io.terrarium.core.organization.Organizations;
import io.terrarium.core.session.Session;
import io.terrarium.core.team.Team;
import io.terrarium.core.team.TeamFilter;
import io.terrarium.core.team.Teams;
import io.terrarium.core.team.VisibleTeam;
import io.terrarium.core.token.IssuedToken;
import io.terrarium.core.token.NewToken;
import io.terrarium.core.token.TeamTokenFilter;
import io.terrarium.core.token.TeamTokens;
import io.terrarium.core.token.Token;
import io.terrarium.core.token.Tokens;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// The token of an organization, and those of its teams.
public final class OrganizationTokenPages {
  private static final String LIST = "/app/:organization_name/settings/authentication-tokens";
  private static final TeamTokenFilter ALL =
      new TeamTokenFilter(Optional.empty(), Optional.empty());

  private final Pages pages;
  private final Organizations organizations;
  private final Tokens tokens;
  private final Neighbours neighbours;
  private final InstantSource clock;

  public OrganizationTokenPages(
      Pages pages,
      Organizations organizations,
      Tokens tokens,
      Neighbours neighbours,
      InstantSource clock) {
    this.pages = pages;
    this.organizations = organizations;
    this.tokens = tokens;
    this.neighbours = neighbours;
    this.clock = clock;
  }

  /// The teams and their tokens.
  public record Neighbours(Teams teams, TeamTokens tokens) {}

  public void mount(Api api) {
    api.get(LIST, this::list);
    api.post(LIST + "/organization", this::replaceOfOrganization);
    api.post(LIST + "/organization/delete", this::deleteOfOrganization);
    api.post(LIST + "/team", this::createOfTeam);
    api.post(LIST + "/:token_id/delete", this::delete);
  }

  /// What the answer shows beside the tokens that there are.
  private record Answer(int status, TokenForm form, String team, Optional<IssuedToken> made) {
    static final Answer PLAIN = new Answer(200, TokenForm.blank(""), "", Optional.empty());

    static Answer of(IssuedToken made) {
      return new Answer(200, TokenForm.blank(""), "", Optional.of(made));
    }
  }

  private Reply list(Call call) {
    return page(call, Answer.PLAIN);
  }

  private Reply replaceOfOrganization(Call call) {
    try {
      NewToken wanted = new NewToken(null, TokenForm.end(call.get(Form.class), clock.instant()));
      return made(call, tokens.replaceOfOrganization(caller(call), organization(call), wanted));
    } catch (Fault.Invalid invalid) {
      return refused(call, invalid);
    }
  }

  private Reply deleteOfOrganization(Call call) {
    tokens.deleteOfOrganization(caller(call), organization(call));
    return done(call);
  }

  private Reply createOfTeam(Call call) {
    Form form = call.get(Form.class);
    try {
      TeamId team =
          form.find("team")
              .map(TeamId::new)
              .orElseThrow(() -> new Fault.Invalid("team", "Choose a team"));
      requireHere(call, team);
      NewToken wanted = TokenForm.described(form, clock.instant());
      return made(call, neighbours.tokens().create(caller(call), team, wanted));
    } catch (Fault.Invalid invalid) {
      return refused(call, invalid);
    }
  }

  private Reply delete(Call call) {
    TokenId id = call.path("token_id", TokenId::new);
    TeamId team = tokens.find(caller(call), id).team();
    if (team == null) {
      throw new Fault.NotFound();
    }
    requireHere(call, team);
    tokens.delete(caller(call), id);
    return done(call);
  }

  /// A team is there below its own organization alone.
  private void requireHere(Call call, TeamId team) {
    long here = organizations.find(caller(call), organization(call)).access().key();
    if (neighbours.teams().find(caller(call), team).access().organization().key() != here) {
      throw new Fault.NotFound();
    }
  }

  private Reply made(Call call, IssuedToken made) {
    call.put(AuditTrail.Made.class, new AuditTrail.Made(made.token().id().value()));
    return page(call, Answer.of(made));
  }

  private Reply refused(Call call, Fault.Invalid invalid) {
    Form form = call.get(Form.class);
    return page(
        call,
        new Answer(422, TokenForm.refused(form, invalid), form.text("team"), Optional.empty()));
  }

  private Reply done(Call call) {
    return pages.done(
        "/app/" + organization(call) + "/settings/authentication-tokens",
        "The token is deleted. Whoever has it is not let in any more.");
  }

  private Reply page(Call call, Answer answer) {
    String name = organization(call);
    OrganizationView organization = organizations.find(caller(call), name);
    boolean isMember = organization.access().allows(OrganizationRight.READ_MEMBERS);
    boolean mayManage = organization.access().allows(OrganizationRight.MANAGE_TOKEN);
    Page asked = Page.of(call);
    Paged<Token> found =
        isMember
            ? neighbours.tokens().ofOrganization(caller(call), name, ALL, asked)
            : new Paged<>(List.of(), asked, 0);
    OrganizationTokensView view =
        new OrganizationTokensView(
            name,
            mayManage,
            mayManage ? own(call) : Optional.empty(),
            found,
            names(call, found),
            isMember ? managed(call) : List.of(),
            answer.form(),
            answer.team(),
            answer.made(),
            clock.instant(),
            call.get(Session.class).formToken().value());
    return pages.page(
        call,
        answer.status(),
        "Tokens of " + name,
        Place.within(name, "authentication-tokens"),
        "token/organization",
        view);
  }

  private Optional<Token> own(Call call) {
    try {
      return Optional.of(tokens.ofOrganization(caller(call), organization(call)));
    } catch (Fault.NotFound none) {
      return Optional.empty();
    }
  }

  private Map<TeamId, String> names(Call call, Paged<Token> found) {
    List<TeamId> ids =
        found.items().stream().map(Token::team).filter(Objects::nonNull).distinct().toList();
    return neighbours.teams().findAll(caller(call), ids).stream()
        .collect(Collectors.toMap(team -> team.team().id(), team -> team.team().options().name()));
  }

  /// Those whose tokens the caller manages.
  private List<Team> managed(Call call) {
    TeamFilter all = new TeamFilter(List.of(), "");
    return Paged.all(page -> neighbours.teams().list(caller(call), organization(call), all, page))
        .stream()
        .filter(team -> team.access().allows(TeamRight.MANAGE_TOKENS))
        .map(VisibleTeam::team)
        .toList();
  }

  private static Principal caller(Call call) {
    return call.get(Principal.class);
  }

  private static String organization(Call call) {
    return call.path("organization_name");
  }
}
