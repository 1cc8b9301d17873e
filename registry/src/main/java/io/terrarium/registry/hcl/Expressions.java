package io.terrarium.registry.hcl;

import java.math.BigDecimal;
import java.util.List;

/// Reads expressions by the grammar of HCL's native syntax, and tells the value of literals. Names,
/// operators, functions and templates are read to their ends and not understood.
final class Expressions {
  private static final List<String> OPERATORS =
      List.of("==", "!=", "<=", ">=", "&&", "||", "<", ">", "+", "-", "*", "/", "%");

  /// A larger number would be written with more digits than anybody wants to see.
  private static final int EXPONENT_MAX = 400;

  private final Cursor cursor;
  private final Templates templates;
  private final Brackets brackets;

  Expressions(Cursor cursor) {
    this.cursor = cursor;
    this.brackets = new Brackets(cursor, this);
    this.templates = new Templates(cursor, this, brackets);
  }

  Templates templates() {
    return templates;
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
      return brackets.list();
    }
    if (cursor.take('{')) {
      return brackets.braces();
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

  Constant expectAndGive(char wanted, String where) {
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
}
