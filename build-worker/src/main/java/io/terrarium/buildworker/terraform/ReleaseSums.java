package io.terrarium.buildworker.terraform;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The sums of a release's files, as `sha256sum` prints them.
record ReleaseSums(Map<String, String> byName) {
  private static final Pattern LINE = Pattern.compile("(?m)^([0-9a-f]{64})[ \\t]+\\*?(\\S+)$");

  static ReleaseSums read(byte[] text) {
    return new ReleaseSums(
        LINE.matcher(new String(text, StandardCharsets.UTF_8))
            .results()
            .collect(
                Collectors.toMap(line -> line.group(2), line -> line.group(1), (_, last) -> last)));
  }

  Optional<String> of(String fileName) {
    return Optional.ofNullable(byName.get(fileName));
  }
}
