package io.terrarium.mesh;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import io.terrarium.testsupport.OnThePath;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// The Chromium of this machine, driven by Playwright, which would else download one of its own.
final class Chromium implements AutoCloseable {
  private static final String PROGRAM = "chromium";
  private static final List<String> OPTIONS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-dev-shm-usage");

  private final Playwright playwright;
  private final Browser browser;

  /// Skips the test where there is none.
  static void assumeInstalled() {
    assumeTrue(OnThePath.has(PROGRAM), "there is no chromium on this machine: install chromium");
  }

  Chromium() {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(OnThePath.find(PROGRAM))
                    .setArgs(OPTIONS));
  }

  /// A new window in which nobody is signed in.
  Window window(URI site) {
    return new Window(browser, site);
  }

  @Override
  public void close() {
    playwright.close();
  }
}
