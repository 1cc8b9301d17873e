package io.terrarium.terrarium.bench;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/// Takes server-sent events apart while they come.
final class Events extends OutputStream {
  private final BiConsumer<String, String> taker;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private String name = "";
  private String data = "";

  /// @param taker of each event's name and its data
  Events(BiConsumer<String, String> taker) {
    this.taker = taker;
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    int begin = from;
    for (int i = from; i < from + length; i++) {
      if (bytes[i] == '\n') {
        line.write(bytes, begin, i - begin);
        end();
        begin = i + 1;
      }
    }
    line.write(bytes, begin, from + length - begin);
  }

  @Override
  public void write(int one) {
    write(new byte[] {(byte) one}, 0, 1);
  }

  private void end() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (text.startsWith("event: ")) {
      name = text.substring(7);
    } else if (text.startsWith("data: ")) {
      data = text.substring(6);
    } else if (text.isEmpty() && !name.isEmpty()) {
      taker.accept(name, data);
      name = "";
      data = "";
    }
  }
}
