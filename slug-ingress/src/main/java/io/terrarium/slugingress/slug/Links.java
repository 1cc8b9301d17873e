package io.terrarium.slugingress.slug;

import io.terrarium.contracts.ingress.IngressFailure.Reason;
import io.terrarium.slugingress.limit.Allowance;
import io.terrarium.slugingress.limit.IngressFault;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The symbolic links of a slug, none of which may lead out of it: neither by its own words, which
/// is what go-slug looks at, nor by way of another link.
final class Links {
  private static final int HOPS_MAX = 40;
  private static final int TARGETS_CHARACTERS_MAX = 4_000_000;

  private final Map<String, String> targets = new HashMap<>();
  private final Allowance allowance;
  private int characters;

  Links(Allowance allowance) {
    this.allowance = allowance;
  }

  void add(String path, String target) {
    characters += path.length() + target.length();
    if (characters > TARGETS_CHARACTERS_MAX) {
      throw new IngressFault(
          Reason.TOO_LARGE, "The repository's symbolic links are too many or too long.");
    }
    if (target.startsWith("/") || !staysInside(path, target)) {
      throw leaves(path, target);
    }
    targets.put(path, target);
  }

  /// As the words have it: each `..` takes back one directory before it, links or not.
  private static boolean staysInside(String path, String target) {
    int depth = segments(path).size() - 1;
    for (String segment : segments(target)) {
      if (segment.equals("..")) {
        depth--;
      } else if (!segment.equals(".")) {
        depth++;
      }
      // Coming back would take the name of the directory that the slug is unpacked into.
      if (depth < 0) {
        return false;
      }
    }
    return true;
  }

  private static List<String> segments(String path) {
    return List.of(path.split("/")).stream().filter(segment -> !segment.isEmpty()).toList();
  }

  /// When all are known. A link that leads in a circle leads nowhere, and that is inside.
  void requireInside() {
    targets.forEach((path, target) -> {
      if (!endsInside(path)) {
        throw leaves(path, target);
      }
    });
  }

  private boolean endsInside(String link) {
    Deque<String> at = new ArrayDeque<>();
    Deque<String> ahead = new ArrayDeque<>(segments(link));
    int hops = 0;
    while (!ahead.isEmpty()) {
      allowance.check();
      String segment = ahead.pop();
      if (segment.equals("..")) {
        if (at.isEmpty()) {
          return false;
        }
        at.removeLast();
      } else if (!segment.equals(".")) {
        at.addLast(segment);
        String target = targets.get(String.join("/", at));
        if (target != null) {
          if (++hops > HOPS_MAX) {
            return true;
          }
          at.removeLast();
          segments(target).reversed().forEach(ahead::push);
        }
      }
    }
    return true;
  }

  private static IngressFault leaves(String path, String target) {
    return new IngressFault(
        Reason.LINK_LEAVES_REPOSITORY,
        "Invalid symlink (\"" + path + "\" -> \"" + target + "\") has external target");
  }
}
