package io.terrarium.kernel.log;

import java.util.List;
import java.util.regex.Pattern;

/// A text as it may stand in a log. Nobody logs a secret on purpose; this is for the messages of
/// faults, which quote what they failed at: API tokens and what makes a path a signed one are cut
/// out, and what is too long is cut short.
public final class LogText {
  static final int CHARACTERS_MAX = 16_000;

  private static final String CUT = "…";
  private static final String TOKEN_MARK = ".atlasv1.";
  private static final Pattern TOKEN = Pattern.compile("[\\w-]*\\.atlasv1\\.[\\w-]*");
  private static final Pattern SIGNED =
      Pattern.compile(
          "(/v1/object/|/webhooks/vcs/|[?&](?:token|grant|code|state)=)[^\\s\"'<>?&,;)\\]]+");

  /// What a text must hold to be worth the pattern's time.
  private static final List<String> SIGNS =
      List.of("/v1/object/", "/webhooks/vcs/", "token=", "grant=", "code=", "state=");

  private LogText() {}

  public static String of(String text) {
    String shown = text.contains(TOKEN_MARK) ? TOKEN.matcher(text).replaceAll(CUT) : text;
    if (SIGNS.stream().anyMatch(shown::contains)) {
      shown = SIGNED.matcher(shown).replaceAll("$1" + CUT);
    }
    return shown.length() <= CHARACTERS_MAX
        ? shown
        : shown.substring(0, CHARACTERS_MAX)
            + CUT
            + " ("
            + (shown.length() - CHARACTERS_MAX)
            + " characters more)";
  }
}
