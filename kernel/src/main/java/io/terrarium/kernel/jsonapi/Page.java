package io.terrarium.kernel.jsonapi;

import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Call;

/// Which page of a list is asked for: `page[number]` from 1, `page[size]` 20, at most 100.
public record Page(int number, int size) {
  private static final int SIZE = 20;
  private static final int SIZE_MAX = 100;

  /// As long as a page may be.
  static final Page FIRST = new Page(1, SIZE_MAX);

  public static Page of(Call call) {
    int number = Math.max(1, integer(call, "page[number]", 1));
    int size = integer(call, "page[size]", SIZE);
    return new Page(number, size < 1 ? SIZE : Math.min(size, SIZE_MAX));
  }

  public long offset() {
    return (long) (number - 1) * size;
  }

  private static int integer(Call call, String name, int otherwise) {
    try {
      return call.query(name)
          .filter(text -> !text.isBlank())
          .map(Integer::parseInt)
          .orElse(otherwise);
    } catch (NumberFormatException e) {
      throw new Fault.BadRequest(name + " must be a whole number.");
    }
  }
}
