package io.terrarium.atlas.ui.readme;

import java.util.List;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/// A README as a piece of a page. Nothing that its author writes becomes an element of theirs: raw
/// HTML is shown as text, links lead to web pages and mailboxes alone, and images are links, since
/// pages load nothing from elsewhere.
///
/// @param html what may stand in a page as it is
/// @param isCut whether there is more of it than is shown
public record Readme(String html, boolean isCut) {
  private static final int CHARACTERS_MAX = 100_000;

  // Who renders goes down into what is nested, and would run out of stack.
  private static final int NESTING_MAX = 50;

  private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
  private static final Parser PARSER =
      Parser.builder()
          .extensions(EXTENSIONS)
          .maxOpenBlockParsers(NESTING_MAX)
          .maxInlineNesting(NESTING_MAX)
          .build();
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder()
          .extensions(EXTENSIONS)
          .escapeHtml(true)
          .sanitizeUrls(true)
          .urlSanitizer(new WebAddresses())
          .percentEncodeUrls(true)
          .nodeRendererFactory(PageNodes::new)
          .build();

  /// @param markdown as CommonMark and GitHub's tables have it
  public static Readme of(String markdown) {
    boolean isCut = markdown.length() > CHARACTERS_MAX;
    Node document = PARSER.parse(isCut ? markdown.substring(0, CHARACTERS_MAX) : markdown);
    return new Readme(RENDERER.render(document), isCut);
  }
}
