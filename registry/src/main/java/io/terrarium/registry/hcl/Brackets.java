package io.terrarium.registry.hcl;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// Reads lists, objects and the `for` expressions in their brackets, behind the opening one.
final class Brackets {
  private final Cursor cursor;
  private final Expressions expressions;

  Brackets(Cursor cursor, Expressions expressions) {
    this.cursor = cursor;
    this.expressions = expressions;
  }

  Constant list() {
    return cursor.across(true, this::tuple);
  }

  /// New lines are spaces for `for`, and ends of items elsewhere.
  Constant braces() {
    return cursor.across(true, this::isFor)
        ? cursor.across(true, () -> loop('}'))
        : cursor.across(false, this::object);
  }

  private Constant tuple() {
    if (isFor()) {
      return loop(']');
    }
    ArrayNode values = Constant.NODES.arrayNode();
    boolean isWhole = true;
    cursor.skip();
    while (!cursor.take(']')) {
      Constant value = expressions.expression();
      isWhole &= value.isWhole();
      if (value.isWhole()) {
        values.add(value.json());
      }
      cursor.skip();
      if (!cursor.take(',')) {
        expressions.expectAndGive(']', "a list");
        break;
      }
      cursor.skip();
    }
    return isWhole ? Constant.of(values) : Constant.NONE;
  }

  private boolean isFor() {
    int from = cursor.at();
    cursor.skip();
    boolean isFor = cursor.atWord("for");
    cursor.back(from);
    return isFor;
  }

  /// `for` within brackets, up to the closing one.
  private Constant loop(char close) {
    cursor.skip();
    cursor.advance("for".length());
    heads();
    cursor.expect(':', "a for expression");
    expressions.expression();
    cursor.skip();
    if (close == '}') {
      if (!cursor.take("=>")) {
        throw cursor.fault("a for expression in braces needs '=>', not " + cursor.found());
      }
      expressions.expression();
      cursor.skip();
      cursor.take("...");
      cursor.skip();
    }
    if (cursor.atWord("if")) {
      cursor.advance("if".length());
      expressions.expression();
    }
    return expressions.expectAndGive(close, "a for expression");
  }

  /// The names and the collection of a `for`.
  void heads() {
    cursor.skip();
    cursor.identifier("for");
    cursor.skip();
    if (cursor.take(',')) {
      cursor.skip();
      cursor.identifier("for");
      cursor.skip();
    }
    if (!cursor.atWord("in")) {
      throw cursor.fault("for needs 'in', not " + cursor.found());
    }
    cursor.advance("in".length());
    expressions.expression();
  }

  private Constant object() {
    ObjectNode members = Constant.NODES.objectNode();
    boolean isWhole = true;
    while (true) {
      cursor.skipLines();
      if (cursor.take('}')) {
        return new Constant(members, isWhole);
      }
      isWhole &= member(members);
      cursor.skip();
      if (cursor.atNewLine() || cursor.current() == '}') {
        continue;
      }
      if (!cursor.take(',')) {
        throw cursor.fault(
            "the items of an object need a comma or a new line between them, not "
                + cursor.found());
      }
    }
  }

  /// False where its name or its value is more than a literal.
  private boolean member(ObjectNode members) {
    Expression key = expressions.read();
    cursor.skip();
    if (!cursor.take('=') && !cursor.take(':')) {
      throw cursor.fault("an item of an object needs '=' or ':', not " + cursor.found());
    }
    Constant value = expressions.expression();
    String name = name(key);
    if (name != null && (value.isWhole() || value.json().isObject())) {
      members.set(name, value.json());
    }
    return name != null && value.isWhole();
  }

  private static @Nullable String name(Expression key) {
    return Cursor.isIdentifier(key.text())
        ? key.text()
        : key.literal().filter(json -> json.isValueNode()).map(json -> json.asText()).orElse(null);
  }
}
