package io.terrarium.mesh;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;

/// What axe finds in an open page that keeps people from using it.
final class Axe {
  private static final List<String> OF_COLOURS = List.of("color-contrast", "link-in-text-block");
  private static final String RUN =
      """
      async only => {
        const options = { resultTypes: ["violations"] };
        if (only.length) options.runOnly = only;
        const found = await axe.run(document, options);
        return found.violations
          .filter(one => ["serious", "critical"].includes(one.impact))
          .map(one => one.id + ": " + one.help + one.nodes
            .map(node => "\\n  " + node.html + "\\n    " + node.failureSummary).join(""))
          .join("\\n");
      }
      """;

  private final String script;

  Axe() {
    Properties properties = new Properties();
    try (InputStream file = resource("META-INF/maven/org.webjars.npm/axe-core/pom.properties")) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String name =
        "META-INF/resources/webjars/axe-core/%s/axe.min.js"
            .formatted(properties.getProperty("version"));
    try (InputStream file = resource(name)) {
      script = new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream resource(String name) throws IOException {
    return ClassLoader.getSystemResource(name).openStream();
  }

  /// Serious and critical violations, one after the other; empty for none.
  String violations(Page page) {
    return violations(page, List.of());
  }

  /// Those alone that other colours bring.
  String violationsOfColours(Page page) {
    return violations(page, OF_COLOURS);
  }

  private String violations(Page page, List<String> only) {
    // The page's policy lets no script in by a tag, but a debugger's it does not ask about.
    page.evaluate(script + ";undefined");
    return (String) page.evaluate(RUN, only);
  }
}
