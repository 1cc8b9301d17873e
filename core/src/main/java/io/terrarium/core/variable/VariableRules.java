package io.terrarium.core.variable;

import io.terrarium.core.variable.Variable.Category;
import io.terrarium.core.variable.Variable.Definition;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.jsonapi.Patch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What variables may be; all problems are collected.
final class VariableRules {
  private static final int KEY_CHARACTERS_MAX = 128;
  private static final int DESCRIPTION_CHARACTERS_MAX = 512;
  private static final int VALUE_BYTES_MAX = 256 * 1024;

  private final String pointer;
  private final List<Fault.Problem> problems = new ArrayList<>();

  /// @param pointer to the variable in what the client sent
  VariableRules(String pointer) {
    this.pointer = pointer;
  }

  /// A new variable.
  Definition define(VariableChanges asked) {
    Optional<Category> category = category(asked.category());
    if (category.isEmpty()) {
      problem("category", "Category must be terraform or env");
    }
    Definition defined =
        new Definition(
            asked.key().over("", ""),
            text(asked.description(), null),
            category.orElse(Category.TERRAFORM),
            asked.hcl().over(false, false),
            asked.sensitive().over(false, false));
    return checked(defined, asked);
  }

  /// A variable after an edit. Of a sensitive one only value and description may change: else its
  /// value could be made readable, or be sent somewhere else.
  Definition edit(Definition current, VariableChanges changes) {
    Optional<Category> category = category(changes.category());
    if (changes.category().given().isPresent() && category.isEmpty()) {
      problem("category", "Category must be terraform or env");
    }
    Definition edited =
        new Definition(
            changes.key().over(current.name(), ""),
            text(changes.description(), current.description()),
            category.orElse(current.category()),
            changes.hcl().over(current.hcl(), false),
            changes.sensitive().over(current.sensitive(), false));
    if (edited.category() != current.category()) {
      problem("category", "Category cannot be changed; delete the variable and create it again");
    }
    if (current.sensitive()) {
      if (!edited.name().equals(current.name())) {
        problem("key", "Key of a sensitive variable cannot be changed");
      }
      if (!edited.sensitive()) {
        problem("sensitive", "Sensitive cannot be taken back");
      }
    }
    return checked(edited, changes);
  }

  private Definition checked(Definition defined, VariableChanges changes) {
    String name = defined.name();
    if (name.isBlank()) {
      problem("key", "Key can't be blank");
    } else if (name.length() > KEY_CHARACTERS_MAX) {
      problem("key", "Key must have at most " + KEY_CHARACTERS_MAX + " characters");
    } else if (name.chars().anyMatch(c -> Character.isWhitespace(c) || c == '=' || c == 0)) {
      problem("key", "Key must have no spaces and no \"=\"");
    }
    String description = defined.description();
    if (description != null && description.length() > DESCRIPTION_CHARACTERS_MAX) {
      problem(
          "description",
          "Description must have at most " + DESCRIPTION_CHARACTERS_MAX + " characters");
    }
    if (defined.hcl() && defined.category() == Category.ENV) {
      problem("hcl", "Hcl is for terraform variables only");
    }
    checkValue(changes.value().over("", ""));
    if (!problems.isEmpty()) {
      throw new Fault.Invalid(problems);
    }
    return defined;
  }

  private void checkValue(String value) {
    if (value.getBytes(StandardCharsets.UTF_8).length > VALUE_BYTES_MAX) {
      problem("value", "Value must have at most " + VALUE_BYTES_MAX + " bytes");
    }
    if (value.indexOf('\0') >= 0) {
      problem("value", "Value must be a text without NUL");
    }
  }

  private static Optional<Category> category(Patch<String> patch) {
    return switch (patch.over("", "")) {
      case "terraform" -> Optional.of(Category.TERRAFORM);
      case "env" -> Optional.of(Category.ENV);
      default -> Optional.empty();
    };
  }

  private static @Nullable String text(Patch<String> patch, @Nullable String current) {
    return switch (patch) {
      case Patch.Absent<String> _ -> current;
      case Patch.Null<String> _ -> null;
      case Patch.Value<String>(String value) -> value;
    };
  }

  private void problem(String attribute, String detail) {
    problems.add(new Fault.Problem(detail, pointer + "/attributes/" + attribute));
  }
}
