package io.terrarium.core.token;

import io.terrarium.kernel.Secret;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A token as its holder has it; shown once, never kept.
///
/// @param lookup finds the row
/// @param secret proves that the holder is who the row says
record ClearToken(String lookup, Secret secret) {
  private static final int LOOKUP_LENGTH = 14;
  private static final int SECRET_LENGTH = 67;
  private static final String MARK = ".atlasv1.";
  private static final Pattern FORM =
      Pattern.compile("([1-9A-HJ-NP-Za-km-z]{14})\\.atlasv1\\.([1-9A-HJ-NP-Za-km-z]{67})");

  static ClearToken random() {
    return new ClearToken(
        io.terrarium.kernel.crypto.Tokens.base58(LOOKUP_LENGTH),
        new Secret(io.terrarium.kernel.crypto.Tokens.base58(SECRET_LENGTH)));
  }

  static Optional<ClearToken> parse(String text) {
    Matcher parts = FORM.matcher(text);
    return parts.matches()
        ? Optional.of(new ClearToken(parts.group(1), new Secret(parts.group(2))))
        : Optional.empty();
  }

  /// The whole of it, for its holder.
  Secret whole() {
    return new Secret(lookup + MARK + secret.value());
  }
}
