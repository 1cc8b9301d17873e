package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// The page on which a new site gets its first person.
class FirstAdminPagesIT {
  private static final String PATH = "/admin/account/new";

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startEmpty();

  private static Map<String, String> fields(String token, String password, String confirmation) {
    return Map.of(
        "token",
        token,
        "username",
        "ada",
        "email",
        "ada@example.com",
        "password",
        password,
        "confirmation",
        confirmation);
  }

  @Test
  void signs_them_in_and_is_not_there_any_more() {
    Browser browser = new Browser(atlas.base());
    int before = browser.open(PATH + "?token=" + AtlasFixture.IACT).status();

    Answer made = browser.submit(PATH, fields(AtlasFixture.IACT, "long enough", "long enough"));

    assertThat(before).isEqualTo(200);
    assertThat(made.status()).as(made.text()).isEqualTo(303);
    assertThat(browser.open("/app").status()).isEqualTo(200);
    assertThat(browser.open(PATH + "?token=" + AtlasFixture.IACT).status()).isEqualTo(404);
    assertThat(atlas.nobody().get("/admin/retrieve-iact").status()).isEqualTo(404);
  }

  @Test
  void is_for_nobody_without_the_token() {
    Browser browser = new Browser(atlas.base());

    assertThat(browser.open(PATH).status()).isEqualTo(404);
    assertThat(browser.open(PATH + "?token=guessed").status()).isEqualTo(404);
    assertThat(browser.submit(PATH, fields("guessed", "long enough", "long enough")).status())
        .isEqualTo(404);
  }

  @Test
  void says_what_is_wrong_beside_the_field() {
    Browser browser = new Browser(atlas.base());

    Answer shortOne = browser.submit(PATH, fields(AtlasFixture.IACT, "short", "short"));
    Answer another = browser.submit(PATH, fields(AtlasFixture.IACT, "long enough", "long enogh"));

    assertThat(shortOne.status()).isEqualTo(422);
    assertThat(shortOne.text()).contains("is too short").contains("value=\"ada@example.com\"");
    assertThat(another.text()).contains("The two passwords are not the same");
    assertThat(shortOne.text()).doesNotContain("value=\"short\"");
  }
}
