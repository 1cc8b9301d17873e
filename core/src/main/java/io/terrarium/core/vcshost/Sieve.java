package io.terrarium.core.vcshost;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// The fields of a JSON text that are wanted; all else is passed over while it is read. A text of
/// 25 MB so costs no more memory than what is kept of it, which is bounded too.
final class Sieve {
  /// Of all lists together.
  private static final int ELEMENTS_MAX = 20_000;

  /// Descriptions of pull requests are the longest that is kept; GitHub's end there.
  private static final int TEXT_CHARACTERS_MAX = 65_536;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Map<String, Sieve> wanted = new LinkedHashMap<>();

  private Sieve() {}

  /// @param paths such as `commits.author.name`; a list is stepped into without a word
  static Sieve of(String... paths) {
    Sieve sieve = new Sieve();
    for (String path : paths) {
      Sieve at = sieve;
      for (String name : path.split("\\.", -1)) {
        at = at.wanted.computeIfAbsent(name, _ -> new Sieve());
      }
    }
    return sieve;
  }

  /// @throws IOException where it is no JSON
  Fields read(byte[] json) throws IOException {
    Reading reading = new Reading();
    try (JsonParser parser = Json.SNAKE.createParser(json)) {
      if (parser.nextToken() == null) {
        throw new IOException("it is empty");
      }
      JsonNode root = reading.value(parser, this);
      if (parser.nextToken() != null) {
        throw new IOException("something follows its end");
      }
      return new Fields(root, !reading.isCut);
    }
  }

  /// One text on its way through. Steps down only as deep as the wanted paths are long.
  private static final class Reading {
    private int elements;
    private boolean isCut;

    JsonNode value(JsonParser parser, Sieve sieve) throws IOException {
      return switch (parser.currentToken()) {
        case START_OBJECT -> object(parser, sieve);
        case START_ARRAY -> list(parser, sieve);
        case VALUE_STRING -> text(parser.getText());
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> text(parser.getText());
        case VALUE_TRUE -> NODES.booleanNode(true);
        case VALUE_FALSE -> NODES.booleanNode(false);
        default -> NODES.nullNode();
      };
    }

    private ObjectNode object(JsonParser parser, Sieve sieve) throws IOException {
      ObjectNode object = NODES.objectNode();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        Sieve within = sieve.wanted.get(name);
        if (within == null) {
          parser.skipChildren();
        } else {
          object.set(name, value(parser, within));
        }
      }
      return object;
    }

    private ArrayNode list(JsonParser parser, Sieve sieve) throws IOException {
      ArrayNode list = NODES.arrayNode();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() == JsonToken.START_ARRAY || elements == ELEMENTS_MAX) {
          // No host has lists of lists, which could be as deep as they liked.
          isCut = true;
          parser.skipChildren();
        } else {
          elements++;
          list.add(value(parser, sieve));
        }
      }
      return list;
    }

    private JsonNode text(String text) {
      return NODES.textNode(Texts.start(text, TEXT_CHARACTERS_MAX));
    }
  }
}
