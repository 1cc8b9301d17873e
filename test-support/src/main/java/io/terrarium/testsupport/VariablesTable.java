package io.terrarium.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The table of variables in a module's README. A row may name several: `_X` takes the place of the
/// first one's last word, a bare `_FILE` is put behind the name before it. Its defaults are one for
/// all or one for each (names that end with `_FILE` have none), and `-` where it must be set.
public record VariablesTable(Set<String> names, Set<String> required) {
  private static final String HEAD = "| variable | default |";
  private static final Pattern NAME = Pattern.compile("`([A-Z_0-9]+)`");

  /// Of the module of that name, seen from another one's directory.
  public static VariablesTable of(String module) throws IOException {
    Map<String, String> defaults = new TreeMap<>();
    Set<String> names = new TreeSet<>();
    boolean inTable = false;
    for (String line : Files.readAllLines(Path.of("..", module, "README.md"))) {
      inTable = line.startsWith(HEAD) || (inTable && line.startsWith("|"));
      if (inTable && line.startsWith("| `")) {
        String[] cells = line.split(" *\\| *", -1);
        List<String> row = names(cells[1]);
        names.addAll(row);
        defaults.putAll(defaults(row, cells[2]));
      }
    }
    Set<String> required = new TreeSet<>(defaults.keySet());
    required.removeIf(name -> !"-".equals(defaults.get(name)));
    return new VariablesTable(names, required);
  }

  private static List<String> names(String cell) {
    List<String> names = new ArrayList<>();
    NAME.matcher(cell)
        .results()
        .map(name -> name.group(1))
        .forEach(name -> names.add(full(name, names)));
    return names;
  }

  private static String full(String name, List<String> before) {
    if (!name.startsWith("_")) {
      return name;
    }
    if (name.equals("_FILE")) {
      return before.getLast() + name;
    }
    String first = before.getFirst();
    return first.substring(0, first.lastIndexOf('_')) + name;
  }

  private static Map<String, String> defaults(List<String> row, String cell) {
    List<String> named = row.stream().filter(name -> !name.endsWith("_FILE")).toList();
    List<String> given = Arrays.asList(cell.split(", ", -1));
    if (given.size() != 1 && given.size() != named.size()) {
      throw new AssertionError(named + " have " + given.size() + " defaults");
    }
    Map<String, String> defaults = new TreeMap<>();
    for (int at = 0; at < named.size(); at++) {
      defaults.put(named.get(at), given.size() == 1 ? given.getFirst() : given.get(at));
    }
    return defaults;
  }
}
