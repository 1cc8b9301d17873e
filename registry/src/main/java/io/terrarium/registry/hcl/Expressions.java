package io.terrarium.registry.hcl;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads expressions by the grammar of HCL's native syntax, and tells the value of literals. Names,
/// operators, functions and templates are read to their ends and not understood.
final class Expressions {
  private static final List<String> OPERATORS =
      List.of("==", "!=", "<=", ">=", "&&", "||", "<", ">", "+", "-", "*", "/", "%");

  /// A larger number would be written with more digits than anybody wants to see.
  private static final int EXPONENT_MAX = 400;

  private final Cursor cursor;
  private final Templates templates;

  Expressions(Cursor cursor) {
    this.cursor = cursor;
    this.templates = new Templates(cursor, this);
  }

  /// The expression that begins here; the cursor is behind its last character then.
  Expression read() {
    cursor.skip();
    int from = cursor.at();
    Constant constant = expression();
    return Expression.of(cursor.between(from, cursor.at()), constant);
  }

  Constant expression() {
    return cursor.deeper(() -> {
      Constant value = operation();
      int end = cursor.at();
      cursor.skip();
      if (!cursor.take('?')) {
        cursor.back(end);
        return value;
      }
      expression();
      cursor.expect(':', "a conditional");
      expression();
      return Constant.NONE;
    });
  }

  private Constant operation() {
    Constant value = term();
    while (takeOperator()) {
      term();
      value = Constant.NONE;
    }
    return value;
  }

  private boolean takeOperator() {
    int end = cursor.at();
    cursor.skip();
    for (String operator : OPERATORS) {
      if (cursor.take(operator)) {
        return true;
      }
    }
    cursor.back(end);
    return false;
  }

  private Constant term() {
    return cursor.deeper(() -> {
      cursor.skip();
      if (cursor.take('-')) {
        Constant value = term();
        return value.isWhole() && value.json().isNumber()
            ? number(value.json().decimalValue().negate())
            : Constant.NONE;
      }
      if (cursor.take('!')) {
        term();
        return Constant.NONE;
      }
      return traversed(primary());
    });
  }

  private Constant primary() {
    char c = cursor.current();
    if (cursor.take('(')) {
      Constant value = cursor.across(true, this::expression);
      cursor.across(true, () -> expectAndGive(')', "an expression in parentheses"));
      return value;
    }
    if (cursor.take('[')) {
      return cursor.across(true, this::tuple);
    }
    if (cursor.take('{')) {
      return cursor.across(true, this::isFor)
          ? cursor.across(true, () -> loop('}'))
          : cursor.across(false, this::object);
    }
    if (c == '"') {
      return templates.quoted();
    }
    if (cursor.isAt("<<")) {
      return templates.heredoc();
    }
    if (c >= '0' && c <= '9') {
      return number();
    }
    if (cursor.atIdentifier()) {
      return named();
    }
    throw cursor.fault("an expression is needed, not " + cursor.found());
  }

  private Constant expectAndGive(char wanted, String where) {
    cursor.expect(wanted, where);
    return Constant.NONE;
  }

  /// Attributes, elements and splats of what is before them.
  private Constant traversed(Constant value) {
    Constant found = value;
    while (true) {
      int end = cursor.at();
      cursor.skip();
      if (cursor.isAt("...")) {
        cursor.back(end);
        return found;
      }
      if (cursor.take('.')) {
        attribute();
      } else if (cursor.take('[')) {
        cursor.across(true, this::element);
      } else {
        cursor.back(end);
        return found;
      }
      found = Constant.NONE;
    }
  }

  private void attribute() {
    cursor.skip();
    if (cursor.take('*')) {
      return;
    }
    if (isDigit(cursor.current())) {
      while (isDigit(cursor.current())) {
        cursor.advance(1);
      }
    } else {
      cursor.identifier("a dot");
    }
  }

  private Constant element() {
    cursor.skip();
    if (!cursor.take('*')) {
      expression();
    }
    return expectAndGive(']', "an index");
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private Constant number() {
    int from = cursor.at();
    digits();
    if (cursor.current() == '.' && isDigit(cursor.peek(1))) {
      cursor.advance(1);
      digits();
    }
    if (cursor.current() == 'e' || cursor.current() == 'E') {
      int sign = cursor.peek(1) == '+' || cursor.peek(1) == '-' ? 1 : 0;
      if (isDigit(cursor.peek(1 + sign))) {
        cursor.advance(1 + sign);
        digits();
      }
    }
    if (cursor.atIdentifier()) {
      throw cursor.fault("a number ends where " + cursor.found() + " stands");
    }
    return number(cursor.between(from, cursor.at()));
  }

  private void digits() {
    while (isDigit(cursor.current())) {
      cursor.advance(1);
    }
  }

  private static Constant number(String text) {
    try {
      return number(new BigDecimal(text));
    } catch (NumberFormatException e) {
      // Its exponent is beyond all numbers.
      return Constant.NONE;
    }
  }

  private static Constant number(BigDecimal value) {
    BigDecimal plain = value.stripTrailingZeros();
    if (Math.abs((long) plain.scale()) > EXPONENT_MAX) {
      return Constant.NONE;
    }
    return Constant.of(
        plain.scale() <= 0
            ? Constant.NODES.numberNode(plain.toBigIntegerExact())
            : Constant.NODES.numberNode(plain));
  }

  /// A keyword, a reference or a call.
  private Constant named() {
    String name = cursor.identifier("an expression");
    int end = cursor.at();
    cursor.skip();
    while (cursor.take("::")) {
      cursor.skip();
      cursor.identifier("a function");
      end = cursor.at();
      cursor.skip();
    }
    if (cursor.take('(')) {
      return cursor.across(true, this::arguments);
    }
    cursor.back(end);
    return switch (name) {
      case "true", "false" -> Constant.of(Constant.NODES.booleanNode(name.equals("true")));
      case "null" -> Constant.of(Constant.NODES.nullNode());
      default -> Constant.NONE;
    };
  }

  private Constant arguments() {
    cursor.skip();
    while (!cursor.take(')')) {
      expression();
      cursor.skip();
      if (cursor.take("...") || !cursor.take(',')) {
        return expectAndGive(')', "a call");
      }
      cursor.skip();
    }
    return Constant.NONE;
  }

  private Constant tuple() {
    if (isFor()) {
      return loop(']');
    }
    ArrayNode values = Constant.NODES.arrayNode();
    boolean isWhole = true;
    cursor.skip();
    while (!cursor.take(']')) {
      Constant value = expression();
      isWhole &= value.isWhole();
      if (value.isWhole()) {
        values.add(value.json());
      }
      cursor.skip();
      if (!cursor.take(',')) {
        expectAndGive(']', "a list");
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
    expression();
    cursor.skip();
    if (close == '}') {
      if (!cursor.take("=>")) {
        throw cursor.fault("a for expression in braces needs '=>', not " + cursor.found());
      }
      expression();
      cursor.skip();
      cursor.take("...");
      cursor.skip();
    }
    if (cursor.atWord("if")) {
      cursor.advance("if".length());
      expression();
    }
    return expectAndGive(close, "a for expression");
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
    expression();
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
    Expression key = read();
    cursor.skip();
    if (!cursor.take('=') && !cursor.take(':')) {
      throw cursor.fault("an item of an object needs '=' or ':', not " + cursor.found());
    }
    Constant value = expression();
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
