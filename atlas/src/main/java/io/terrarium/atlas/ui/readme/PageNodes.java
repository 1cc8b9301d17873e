package io.terrarium.atlas.ui.readme;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlWriter;

/// What of Markdown looks different within a page of ours: links, images, and headings, which stand
/// below those of the page.
final class PageNodes implements NodeRenderer {
  private static final int LEVELS_ABOVE = 2;
  private static final int LEVEL_MAX = 6;

  private final HtmlNodeRendererContext context;
  private final HtmlWriter html;

  PageNodes(HtmlNodeRendererContext context) {
    this.context = context;
    html = context.getWriter();
  }

  @Override
  public Set<Class<? extends Node>> getNodeTypes() {
    return Set.of(Link.class, Image.class, Heading.class);
  }

  @Override
  public void render(Node node) {
    switch (node) {
      case Link link -> link(link.getDestination(), link);
      case Image image -> image(image);
      case Heading heading -> heading(heading);
      default -> throw new IllegalArgumentException("not asked for: " + node);
    }
  }

  private void link(String address, Node content) {
    boolean isGood = WebAddresses.isGood(address) && !isWithinLink(content);
    if (isGood) {
      Map<String, String> attributes = new LinkedHashMap<>();
      attributes.put("href", context.encodeUrl(address));
      attributes.put("rel", "nofollow noopener noreferrer");
      html.tag("a", attributes);
    }
    children(content);
    if (isGood) {
      html.tag("/a");
    }
  }

  /// Without words of its own it shows where it is.
  private void image(Image image) {
    if (image.getFirstChild() == null) {
      image.appendChild(new Text(image.getDestination()));
    }
    link(image.getDestination(), image);
  }

  private static boolean isWithinLink(Node node) {
    for (Node above = node.getParent(); above != null; above = above.getParent()) {
      if (above instanceof Link || above instanceof Image) {
        return true;
      }
    }
    return false;
  }

  private void heading(Heading heading) {
    String tag = "h" + Math.min(LEVEL_MAX, heading.getLevel() + LEVELS_ABOVE);
    html.line();
    html.tag(tag);
    children(heading);
    html.tag("/" + tag);
    html.line();
  }

  private void children(Node parent) {
    for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
      context.render(child);
    }
  }
}
