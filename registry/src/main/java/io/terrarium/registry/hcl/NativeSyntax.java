package io.terrarium.registry.hcl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads a file in the native syntax.
public final class NativeSyntax {
  /// Each costs many times its text in memory, and whole modules have some thousands.
  private static final int ITEMS_MAX = 50_000;

  private final Cursor cursor;
  private final Expressions expressions;
  private final Templates templates;
  private int items;

  private NativeSyntax(Cursor cursor) {
    this.cursor = cursor;
    this.expressions = new Expressions(cursor);
    this.templates = expressions.templates();
  }

  /// @throws HclFault when it is no valid HCL
  public static Body read(String file, String text) {
    return new NativeSyntax(new Cursor(file, text)).body(0);
  }

  /// @param opened line of the brace that the body stands in, 0 for that of the file
  private Body body(int opened) {
    return cursor.deeper(() -> {
      Map<String, Expression> attributes = new LinkedHashMap<>();
      List<Block> blocks = new ArrayList<>();
      while (true) {
        cursor.skipLines();
        if (cursor.atEnd() && opened == 0) {
          return new Body(attributes, blocks);
        }
        if (cursor.atEnd()) {
          throw new HclFault(cursor.file(), opened, "a block begins that has no closing brace");
        }
        if (opened > 0 && cursor.take('}')) {
          return new Body(attributes, blocks);
        }
        item(attributes, blocks);
      }
    });
  }

  private void item(Map<String, Expression> attributes, List<Block> blocks) {
    int line = cursor.line(cursor.at());
    String name = cursor.identifier("an argument or a block");
    if (++items > ITEMS_MAX) {
      throw cursor.fault("the file has more than %d arguments and blocks".formatted(ITEMS_MAX));
    }
    cursor.skip();
    if (cursor.take('=')) {
      if (attributes.put(name, expressions.read()) != null) {
        throw new HclFault(cursor.file(), line, "the argument %s is set twice".formatted(name));
      }
    } else {
      blocks.add(block(line, name));
    }
    cursor.skip();
    if (!cursor.atNewLine() && !cursor.atEnd()) {
      throw cursor.fault("a new line is needed behind %s, not %s".formatted(name, cursor.found()));
    }
  }

  private Block block(int line, String type) {
    List<String> labels = new ArrayList<>();
    while (!cursor.take('{')) {
      if (cursor.current() == '"') {
        labels.add(templates.plain());
      } else if (cursor.atIdentifier()) {
        labels.add(cursor.identifier(type));
      } else {
        throw cursor.fault(
            "%s needs '=' for an argument or '{' for a block, not %s"
                .formatted(type, cursor.found()));
      }
      cursor.skip();
    }
    cursor.skip();
    boolean isOfOneLine = !cursor.atNewLine() && !cursor.atEnd() && cursor.current() != '}';
    return new Block(cursor.file(), line, type, labels, isOfOneLine ? oneLine() : body(line));
  }

  /// A block of one line has one argument and no more.
  private Body oneLine() {
    String name = cursor.identifier("a block of one line");
    cursor.expect('=', "the argument %s of a block of one line".formatted(name));
    Expression value = expressions.read();
    cursor.expect('}', "a block of one line");
    return new Body(Map.of(name, value), List.of());
  }
}
