package io.terrarium.core.notification;

import io.terrarium.core.notification.NotificationConfiguration.Definition;
import io.terrarium.kernel.Fault;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What notification configurations may be; all problems are collected.
final class NotificationRules {
  private static final int NAME_CHARACTERS_MAX = 255;
  private static final int URL_CHARACTERS_MAX = 2_048;
  private static final int TOKEN_CHARACTERS_MAX = 4_096;
  private static final String EMAIL = "email";

  private final List<Fault.Problem> problems = new ArrayList<>();

  Definition define(NotificationChanges asked) {
    Definition defined =
        new Definition(
            asked.name().over("", ""),
            destination(asked.destinationType().over("", "")),
            asked.url().over("", ""),
            asked.enabled().over(false, false),
            asked.triggers().over(List.of(), List.of()).stream().distinct().toList());
    return checked(defined, asked);
  }

  Definition edit(Definition current, NotificationChanges changes) {
    Definition edited =
        new Definition(
            changes.name().over(current.name(), ""),
            current.destination(),
            changes.url().over(current.url(), ""),
            changes.enabled().over(current.enabled(), false),
            changes.triggers().over(current.triggers(), List.of()).stream().distinct().toList());
    changes
        .destinationType()
        .given()
        .filter(type -> !type.equals(current.destination().wire()))
        .ifPresent(_ ->
            problem(
                "destination-type",
                "Destination type cannot be changed; make another configuration"));
    return checked(edited, changes);
  }

  private DestinationType destination(String wire) {
    Optional<DestinationType> type = DestinationType.of(wire);
    if (type.isEmpty()) {
      problem(
          "destination-type",
          wire.equals(EMAIL)
              ? "Destination type email needs a mail server, and this installation has none"
              : "Destination type must be generic, slack or microsoft-teams");
    }
    return type.orElse(DestinationType.GENERIC);
  }

  private Definition checked(Definition defined, NotificationChanges changes) {
    if (defined.name().isBlank()) {
      problem("name", "Name can't be blank");
    } else if (defined.name().length() > NAME_CHARACTERS_MAX) {
      problem("name", "Name must have at most " + NAME_CHARACTERS_MAX + " characters");
    }
    checkUrl(defined.url());
    if (changes.token().over("", "").length() > TOKEN_CHARACTERS_MAX) {
      problem("token", "Token must have at most " + TOKEN_CHARACTERS_MAX + " characters");
    }
    for (String trigger : defined.triggers()) {
      if (!RunTrigger.DOCUMENTED.contains(trigger)) {
        problem("triggers", "Triggers must not hold \"" + shown(trigger) + "\", which is unknown");
      }
    }
    if (!problems.isEmpty()) {
      throw new Fault.Invalid(problems);
    }
    return defined;
  }

  private void checkUrl(String url) {
    if (url.isBlank()) {
      problem("url", "Url can't be blank");
    } else if (url.length() > URL_CHARACTERS_MAX) {
      problem("url", "Url must have at most " + URL_CHARACTERS_MAX + " characters");
    } else if (!isAddress(url)) {
      problem("url", "Url must be an address such as https://example.com/hook, without a user");
    }
  }

  private static boolean isAddress(String url) {
    try {
      URI uri = URI.create(url);
      return uri.getScheme() != null
          && uri.getScheme().matches("(?i)https?")
          && uri.getHost() != null
          && uri.getRawUserInfo() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String shown(String text) {
    return text.length() <= 50 ? text : text.substring(0, 50) + "…";
  }

  private void problem(String attribute, String detail) {
    problems.add(new Fault.Problem(detail, "/data/attributes/" + attribute));
  }
}
