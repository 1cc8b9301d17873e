package io.terrarium.atlas.ui.admin;

import io.terrarium.atlas.ui.frame.Shell.Area;
import io.terrarium.atlas.ui.frame.Shell.Crumb;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.kernel.http.Call;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Where the pages of the administration are, and what their lists are narrowed to.
final class AdminPlace {
  static final String ROOT = "/app/admin/";

  private AdminPlace() {}

  /// @param section its word in the addresses
  static Place of(String section) {
    return Place.of(Area.ADMIN, section);
  }

  /// Below a list.
  static Place below(String section, String name) {
    return Place.of(Area.ADMIN, section, new Crumb(name, ROOT + section));
  }

  /// A parameter of the address; "" where it is missing.
  static String asked(Call call, String name) {
    return call.query(name).orElse("").strip();
  }

  static Optional<String> narrowed(String text) {
    return Optional.of(text).filter(given -> !given.isEmpty());
  }

  /// What another page of a list is asked for with.
  static String query(Map<String, String> asked) {
    return asked.entrySet().stream()
        .map(entry ->
            entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
        .sorted()
        .collect(Collectors.joining("&"));
  }
}
