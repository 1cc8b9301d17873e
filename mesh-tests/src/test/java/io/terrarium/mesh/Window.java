package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/// A window of a browser with cookies of its own, which remembers what went wrong in it, such as
/// something that the content security policy forbids. Questions of pages are answered with yes.
final class Window implements AutoCloseable {
  private static final Path SHOTS = Path.of("target", "screenshots");
  private static final double LIMIT_MILLIS = Duration.ofSeconds(30).toMillis();
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 800;
  private static final int PHONE_WIDTH = 390;
  private static final int PHONE_HEIGHT = 844;

  private final URI site;
  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  Window(Browser browser, URI site) {
    this.site = site;
    PlaywrightAssertions.setDefaultAssertionTimeout(LIMIT_MILLIS);
    context =
        browser.newContext(
            new Browser.NewContextOptions()
                // The mesh signs its certificate itself.
                .setIgnoreHTTPSErrors(true)
                .setColorScheme(ColorScheme.LIGHT)
                .setViewportSize(WIDTH, HEIGHT));
    context.setDefaultTimeout(LIMIT_MILLIS);
    page = context.newPage();
    page.onDialog(Dialog::accept);
    page.onPageError(error -> complaints.add(page.url() + ": " + error));
    page.onConsoleMessage(message -> {
      if (message.type().equals("error")) {
        complaints.add(page.url() + ": " + message.text());
      }
    });
  }

  Page page() {
    return page;
  }

  void open(String path) {
    page.navigate(site + path);
  }

  void signIn(String user, String password) {
    open("/session");
    type("Username or e-mail address", user);
    type("Password", password);
    press("Sign in");
  }

  /// Writes into the field that is called `label`.
  void type(String label, String text) {
    page.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).fill(text);
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  void press(String button) {
    button(button).click();
  }

  /// Follows the first link of that name in what the page is about.
  void follow(String link) {
    page.locator("main")
        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(link).setExact(true))
        .first()
        .click();
  }

  void shows(String text) {
    PlaywrightAssertions.assertThat(page.locator("main")).containsText(text);
  }

  void showsHeading(String name) {
    PlaywrightAssertions.assertThat(
            page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setExact(true)))
        .isVisible();
  }

  /// The page as it is, in a file for people to look at.
  void shoot(String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SHOTS.resolve(name + ".png")).setFullPage(true));
  }

  /// Does `look` as somebody sees the page who likes it dark.
  <T> T inTheDark(Supplier<T> look) {
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    T seen = look.get();
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    return seen;
  }

  /// Does `look` as somebody sees the page who has it on a phone.
  <T> T onAPhone(Supplier<T> look) {
    page.setViewportSize(PHONE_WIDTH, PHONE_HEIGHT);
    T seen = look.get();
    page.setViewportSize(WIDTH, HEIGHT);
    return seen;
  }

  void assertNothingWentWrong() {
    assertThat(complaints).isEmpty();
  }

  @Override
  public void close() {
    context.close();
  }
}
