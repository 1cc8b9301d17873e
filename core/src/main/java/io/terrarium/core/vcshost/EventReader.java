package io.terrarium.core.vcshost;

import io.terrarium.core.vcshost.VcsEvent.Malformed;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// Reads the body of a webhook, whatever it is.
final class EventReader {
  /// Branches and tags that one request may tell of; whoever pushes more at once pushes a mirror.
  static final int EVENTS_MAX = 100;

  private static final String NO_COMMIT = "0{40,64}";

  private EventReader() {}

  /// @param events what the wanted fields tell; may find some of them [Fields.Missing]
  static List<VcsEvent> read(
      WebhookRequest request, Sieve wanted, Function<Fields, List<VcsEvent>> events) {
    if (isForm(request)) {
      return malformed("It comes as a form; the webhook must send application/json.");
    }
    try {
      List<VcsEvent> read = events.apply(wanted.read(request.body()));
      return read.isEmpty() ? List.of(new VcsEvent.Ignored("nothing")) : read;
    } catch (IOException e) {
      return malformed("Its body is no JSON that can be read.");
    } catch (Fields.Missing e) {
      return malformed("Its body is not as documented: " + e.getMessage() + ".");
    }
  }

  private static boolean isForm(WebhookRequest request) {
    return request
        .header("Content-Type")
        .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form"))
        .isPresent();
  }

  static List<VcsEvent> malformed(String reason) {
    return List.of(new Malformed(reason));
  }

  static List<VcsEvent> ignored(String kind) {
    return List.of(new VcsEvent.Ignored(kind));
  }

  /// Git's way to say that something is not there: zeros, and as many as a name has digits.
  static boolean isNothing(String sha) {
    return sha.matches(NO_COMMIT);
  }
}
