package io.terrarium.terrarium.bench;

import java.util.EnumMap;
import java.util.Map;

/// How soon each page of an owner begins to come, how large it is, and what it asks PostgreSQL.
final class PageTimes {
  private static final String SERVICE = "atlas";
  private static final double KB = 1_000;

  private final Browser browser;
  private final int requests;

  private PageTimes(Browser browser, int requests) {
    this.browser = browser;
    this.requests = requests;
  }

  /// @param names of what stands in the addresses
  static void measure(Stage stage, ChildMesh mesh, Browser browser, Map<String, String> names) {
    PageTimes times = new PageTimes(browser, stage.sizes().pages().requests());
    Map<Page, Page.Seen> all = new EnumMap<>(Page.class);
    // All of them first: they share most of what the JVM has to compile.
    for (Page page : Page.values()) {
      times.warm(page.request(names));
    }
    for (Page page : Page.values()) {
      all.put(page, times.of(page.request(names)));
    }
    // Afterwards, since a server that writes down each statement takes longer.
    try (QueryLog queries = QueryLog.open(stage.bench(), mesh.data())) {
      all.replaceAll((page, seen) -> {
        Page.Request request = page.request(names);
        return seen.with(queries.each(SERVICE, () -> browser.ask(request)));
      });
    }
    all.forEach(stage::put);
    Page.Seen most = all.values().stream().reduce(Page.Seen::or).orElseThrow();
    stage.put(Figure.PAGE_SLOWEST_MS_P50, most.millisP50());
    stage.put(Figure.PAGE_SLOWEST_MS_P99, most.millisP99());
    stage.put(Figure.PAGE_LARGEST_KB, most.kb());
    stage.put(Figure.PAGE_MOST_QUERIES, most.queries());
  }

  private void warm(Page.Request request) {
    for (int i = 0; i < requests / 2; i++) {
      browser.ask(request);
    }
  }

  private Page.Seen of(Page.Request request) {
    Series millis = new Series();
    int bytes = 0;
    for (int i = 0; i < requests; i++) {
      Wire.Answer answer = browser.ask(request);
      millis.add(answer.firstByteNanos() / 1e6);
      bytes = answer.body().length;
    }
    return new Page.Seen(millis.median(), millis.percentile(99), bytes / KB, 0);
  }
}
