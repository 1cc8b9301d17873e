package io.terrarium.atlas.ui.account;

import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.token.TokenForm;
import io.terrarium.contracts.id.TokenId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.Principal.UserPrincipal;
import io.terrarium.core.session.Session;
import io.terrarium.core.token.IssuedToken;
import io.terrarium.core.token.Token;
import io.terrarium.core.token.Tokens;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// The API tokens of a person. The old ways of `terraform login`, and those of other tools, send
/// people here to make one and copy it.
public final class TokenPages {
  private static final String LIST = "/app/settings/tokens";

  private final Pages pages;
  private final Tokens tokens;
  private final InstantSource clock;

  public TokenPages(Pages pages, Tokens tokens, InstantSource clock) {
    this.pages = pages;
    this.tokens = tokens;
    this.clock = clock;
  }

  public void mount(Api api) {
    api.get(LIST, this::list);
    api.post(LIST, this::create);
    api.post(LIST + "/:token_id/delete", this::delete);
  }

  /// @param made a token that was just made, shown this once
  /// @param isAsked whether terraform waits for one
  public record View(
      Paged<Token> found,
      TokenForm form,
      Optional<IssuedToken> made,
      boolean isAsked,
      Instant now,
      String formToken) {}

  private Reply list(Call call) {
    boolean isAsked = call.query("source").isPresent();
    TokenForm form = TokenForm.blank(isAsked ? "terraform login" : "");
    return page(call, 200, form, Optional.empty(), isAsked);
  }

  private Reply create(Call call) {
    Form form = call.get(Form.class);
    try {
      IssuedToken made =
          tokens.createForUser(user(call), TokenForm.described(form, clock.instant()));
      call.put(AuditTrail.Made.class, new AuditTrail.Made(made.token().id().value()));
      return page(call, 200, TokenForm.blank(""), Optional.of(made), false);
    } catch (Fault.Invalid invalid) {
      return page(call, 422, TokenForm.refused(form, invalid), Optional.empty(), false);
    }
  }

  private Reply delete(Call call) {
    tokens.delete(call.get(Principal.class), call.path("token_id", TokenId::new));
    return pages.done(LIST, "The token is deleted. Whoever has it is not let in any more.");
  }

  private Reply page(
      Call call, int status, TokenForm form, Optional<IssuedToken> made, boolean isAsked) {
    View view =
        new View(
            tokens.listOfUser(user(call), Page.of(call)),
            form,
            made,
            isAsked,
            clock.instant(),
            call.get(Session.class).formToken().value());
    return pages.page(call, status, "Tokens", AccountPages.place("tokens"), "account/tokens", view);
  }

  private static UserPrincipal user(Call call) {
    return call.get(Session.class).user();
  }
}
