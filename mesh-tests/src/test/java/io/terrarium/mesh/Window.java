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
import com.microsoft.playwright.options.SelectOption;
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
  private static final String REFUSED =
      ": Failed to load resource: the server responded with a status of 4";
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 800;
  private static final int PHONE_WIDTH = 390;
  private static final int PHONE_HEIGHT = 844;

  private final URI site;
  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  Window(Browser browser, URI site) {
    this(browser, site, "{}");
  }

  private Window(Browser browser, URI site, String cookies) {
    this.site = site;
    PlaywrightAssertions.setDefaultAssertionTimeout(LIMIT_MILLIS);
    context =
        browser.newContext(
            new Browser.NewContextOptions()
                // The mesh signs its certificate itself.
                .setIgnoreHTTPSErrors(true)
                .setColorScheme(ColorScheme.LIGHT)
                .setViewportSize(WIDTH, HEIGHT)
                .setStorageState(cookies));
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

  /// Another window, in which the same person is signed in.
  Window another() {
    return new Window(context.browser(), site, context.storageState());
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

  Locator field(String label) {
    return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
  }

  /// Writes into the field that is called `label`.
  void type(String label, String text) {
    field(label).fill(text);
  }

  /// Chooses from the list that is called `label`.
  void choose(String label, String option) {
    field(label).selectOption(new SelectOption().setLabel(option));
  }

  /// One of several that exclude each other; `words` is how its label begins.
  void pick(String words) {
    page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName(words)).check();
  }

  void tick(String label, boolean isOn) {
    page.getByRole(AriaRole.CHECKBOX, new Page.GetByRoleOptions().setName(label).setExact(true))
        .setChecked(isOn);
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  void press(String button) {
    button(button).click();
  }

  /// The one line of the tables in which `words` stand.
  Locator row(String words) {
    return page.locator("main tbody tr", new Page.LocatorOptions().setHasText(words));
  }

  /// The one card in which `words` stand.
  Locator card(String words) {
    return page.locator("main .card", new Page.LocatorOptions().setHasText(words));
  }

  /// The one form with that field.
  Locator form(String label) {
    return page.locator("main form", new Page.LocatorOptions().setHas(field(label)));
  }

  void pressIn(Locator part, String button) {
    part.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(button).setExact(true))
        .click();
  }

  /// Opens what is folded behind `summary`.
  void unfold(Locator part, String summary) {
    part.locator("summary")
        .getByText(summary, new Locator.GetByTextOptions().setExact(true))
        .click();
  }

  /// Follows the link of that name in what leads through the site.
  void go(String link) {
    page.locator("header, nav.sections")
        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(link).setExact(true))
        .click();
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

  void showsNot(String text) {
    PlaywrightAssertions.assertThat(page.locator("main")).not().containsText(text);
  }

  /// What the page tells of what was just done.
  void says(String notice) {
    PlaywrightAssertions.assertThat(page.locator("main .notice")).hasText(notice);
  }

  /// What the page tells of why nothing was done. It comes with a status that the console notes.
  void objects(String problem) {
    PlaywrightAssertions.assertThat(
            page.getByRole(AriaRole.ALERT).filter(new Locator.FilterOptions().setHasText(problem)))
        .isVisible();
    complaints.removeIf(complaint -> complaint.startsWith(page.url() + REFUSED));
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

  /// As if nothing had gone wrong until now.
  void forget() {
    complaints.clear();
  }

  @Override
  public void close() {
    context.close();
  }
}
