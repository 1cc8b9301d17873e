package io.terrarium.kernel.redis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One entry of a Redis stream.
///
/// @param id by which the entries are ordered; reading goes on after it
public record StreamEntry(String id, Map<String, String> fields) {
  /// The entries of the only stream in an XREAD's answer; a map in RESP3, an array in RESP2.
  static List<StreamEntry> ofRead(Answer answer) {
    List<Answer> streams = answer.list();
    if (streams.isEmpty()) {
      return List.of();
    }
    List<Answer> entries =
        streams.size() == 2 ? streams.get(1).list() : streams.getFirst().list().get(1).list();
    return entries.stream().map(StreamEntry::of).toList();
  }

  private static StreamEntry of(Answer entry) {
    List<Answer> parts = entry.list();
    List<String> flat = new ArrayList<>(parts.get(1).texts());
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i + 1 < flat.size(); i += 2) {
      fields.put(flat.get(i), flat.get(i + 1));
    }
    return new StreamEntry(parts.getFirst().text(), fields);
  }
}
