package io.terrarium.atlas.ui.readme;

import java.util.regex.Pattern;
import org.commonmark.renderer.html.UrlSanitizer;

/// Addresses that a README may lead to. Those within the repository that it is from lead nowhere
/// here.
final class WebAddresses implements UrlSanitizer {
  private static final Pattern GOOD =
      Pattern.compile("(https?://|mailto:)[^\\s\\p{Cntrl}]+", Pattern.CASE_INSENSITIVE);

  static boolean isGood(String url) {
    return GOOD.matcher(url).matches();
  }

  @Override
  public String sanitizeLinkUrl(String url) {
    return isGood(url) ? url : "";
  }

  @Override
  public String sanitizeImageUrl(String url) {
    return sanitizeLinkUrl(url);
  }
}
