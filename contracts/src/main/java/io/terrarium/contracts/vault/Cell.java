package io.terrarium.contracts.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrarium.kernel.json.Json;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// How the ciphertexts stand in a cell.
public enum Cell {
  /// It is one.
  WHOLE {
    @Override
    public List<String> ciphertexts(String cell) {
      return List.of(cell);
    }

    @Override
    public String with(String cell, List<String> ciphertexts) {
      return ciphertexts.getFirst();
    }
  },
  /// The variables that a run was created with: a list of objects, each of which may hold one.
  PINNED {
    @Override
    public List<String> ciphertexts(String cell) {
      List<String> found = new ArrayList<>();
      for (JsonNode variable : read(cell)) {
        if (variable.hasNonNull(CIPHERTEXT)) {
          found.add(variable.path(CIPHERTEXT).asText());
        }
      }
      return found;
    }

    @Override
    public String with(String cell, List<String> ciphertexts) {
      JsonNode variables = read(cell);
      Iterator<String> next = ciphertexts.iterator();
      for (JsonNode variable : variables) {
        if (variable.hasNonNull(CIPHERTEXT) && variable instanceof ObjectNode written) {
          written.put(CIPHERTEXT, next.next());
        }
      }
      return variables.toString();
    }
  };

  private static final String CIPHERTEXT = "ciphertext";

  /// Of it, in the order of the cell; none where nothing is sealed.
  public abstract List<String> ciphertexts(String cell);

  /// The cell with others in their place, in the same order.
  public abstract String with(String cell, List<String> ciphertexts);

  private static JsonNode read(String cell) {
    try {
      return Json.SNAKE.readTree(cell);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the column holds variables", e);
    }
  }
}
