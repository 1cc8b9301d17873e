package io.terrarium.atlas.ui.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/// The words of an exercise, which are ours: a title, what it is about, and a section for each
/// step, of which the part below `### Behind it` is told when the step is done. `{{name}}` stands
/// for what is known only while it is done.
///
/// @param lesson as HTML
record LabText(String title, String lesson, List<Section> sections) {
  private static final Parser PARSER = Parser.builder().build();
  private static final HtmlRenderer RENDERER = HtmlRenderer.builder().escapeHtml(true).build();
  private static final String BEHIND = "### Behind it\n";

  /// @param behind what is told afterwards, "" for nothing
  record Section(String title, String body, String behind) {}

  static LabText of(String name) {
    String[] parts = read(name).split("(?m)^## ", -1);
    String head = parts[0].substring("# ".length());
    int end = head.indexOf('\n');
    List<Section> sections = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      sections.add(section(parts[i]));
    }
    return new LabText(head.substring(0, end).strip(), html(head.substring(end)), sections);
  }

  private static Section section(String text) {
    int end = text.indexOf('\n');
    String rest = text.substring(end);
    int behind = rest.indexOf(BEHIND);
    return new Section(
        text.substring(0, end).strip(),
        behind < 0 ? rest : rest.substring(0, behind),
        behind < 0 ? "" : rest.substring(behind + BEHIND.length()));
  }

  /// @param places what stands for the names in it; each is an id, a path or an address of ours
  static String html(String markdown, Map<String, String> places) {
    String text = markdown;
    for (Map.Entry<String, String> place : places.entrySet()) {
      text = text.replace("{{" + place.getKey() + "}}", place.getValue());
    }
    return html(text);
  }

  private static String html(String markdown) {
    return RENDERER.render(PARSER.parse(markdown));
  }

  private static String read(String name) {
    try (InputStream text = LabText.class.getResourceAsStream("/labs/" + name + ".md")) {
      if (text == null) {
        throw new IllegalStateException("the text of the exercise " + name + " is missing");
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("a resource of ours can be read", e);
    }
  }
}
