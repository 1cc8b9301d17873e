package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What people do with their own account in a browser; each test has a person of its own.
@Tag("long")
class BrowserAccountIT {
  @RegisterExtension private static final Desk desk = new Desk("account");

  private static final String ANOTHER = "another password for tests";

  private static Window newcomer(String name) {
    desk.stage().backstage().person(name);
    return desk.signedIn(name);
  }

  @Test
  void name_and_address_are_changed() {
    Window window = newcomer("grace");
    window.go("grace");
    window.type("Username", "admin");
    window.press("Change the profile");
    window.objects("Username has already been taken");
    window.type("Username", "hopper");
    window.type("E-mail address", "hopper@example.com");

    window.press("Change the profile");

    window.says("Your profile is changed.");
    window.shoot("account-profile-changed");
    desk.signedIn("hopper@example.com").shows("You belong to no organization yet");
  }

  @Test
  void a_new_password_signs_all_other_browsers_out() {
    Window window = newcomer("edsger");
    Window other = desk.signedIn("edsger");
    window.open("/app/settings/password");
    window.type("The password of now", "wrong, but long enough");
    window.type("The new password", ANOTHER);
    window.type("The new password again", ANOTHER);
    window.press("Change the password");
    window.objects("Current password is wrong");
    window.shoot("account-password-refused");
    window.type("The password of now", Site.PASSWORD);
    window.type("The new password", ANOTHER);
    window.type("The new password again", ANOTHER);

    window.press("Change the password");

    window.says("Your password is changed, and you are signed out in all other browsers.");
    other.open("/app");
    other.showsHeading("Sign in");
    other.signIn("edsger", Site.PASSWORD);
    other.objects("The name or the password is wrong.");
    other.signIn("edsger", ANOTHER);
    other.showsHeading("Organizations");
  }

  @Test
  void other_browsers_are_signed_out() {
    Window window = newcomer("barbara");
    Window other = desk.signedIn("barbara");
    window.open("/app/settings/sessions");
    PlaywrightAssertions.assertThat(window.row("Another one")).hasCount(1);
    window.shoot("account-sessions-two");

    window.press("Sign out in all others");

    window.says("You are signed out in all other browsers.");
    PlaywrightAssertions.assertThat(window.row("Another one")).hasCount(0);
    other.open("/app/settings/profile");
    other.showsHeading("Sign in");
    other.type("Username or e-mail address", "barbara");
    other.type("Password", Site.PASSWORD);
    other.press("Sign in");
    other.showsHeading("Profile");
  }

  @Test
  void a_token_is_made_and_deleted() {
    Window window = newcomer("alan");
    window.open("/app/settings/tokens");
    window.type("What it is for", "The pipeline");
    window.press("Make a token");
    window.shows("shown this once");
    ApiClient client = desk.site().api().as(window.page().locator("#made-token").textContent());
    assertThat(client.get("/api/v2/account/details").attribute("username").asText())
        .isEqualTo("alan");
    window.open("/app/settings/tokens");
    window.showsNot("shown this once");
    window.unfold(window.row("The pipeline"), "Delete");
    window.shoot("account-token-to-be-deleted");

    window.press("Delete for good");

    window.says("The token is deleted. Whoever has it is not let in any more.");
    window.shows("You have no token");
    assertThat(client.get("/api/v2/account/details").status()).isEqualTo(401);
  }

  @Test
  void terraform_is_let_in_by_its_login() {
    Window window = newcomer("kay");
    try (LoginListener terraform = new LoginListener()) {
      window.open(terraform.authorization());
      window.showsHeading("Let terraform in as kay?");
      window.shoot("login-asked");

      window.press("Let it in");

      PlaywrightAssertions.assertThat(window.page()).hasURL(Pattern.compile("localhost.*code="));
      ApiClient client = desk.site().api().as(terraform.token(desk.site().http()));
      assertThat(client.get("/api/v2/account/details").attribute("username").asText())
          .isEqualTo("kay");
    }
    window.open("/app/settings/tokens");
    window.shows("terraform login");
  }

  @Test
  void terraform_is_refused() {
    Window window = newcomer("ken");
    try (LoginListener terraform = new LoginListener()) {
      window.open(terraform.authorization());

      window.follow("Refuse");

      PlaywrightAssertions.assertThat(window.page())
          .hasURL(Pattern.compile("localhost.*error=access_denied"));
    }
    window.open("/app/settings/tokens");
    window.shows("You have no token");
  }

  @Test
  void who_signs_out_sees_nothing_any_more() {
    Window window = newcomer("dennis");

    window.press("Sign out");

    window.showsHeading("Sign in");
    window.open("/app/settings/tokens");
    window.showsHeading("Sign in");
  }
}
