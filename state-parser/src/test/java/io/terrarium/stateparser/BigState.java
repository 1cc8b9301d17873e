package io.terrarium.stateparser;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// A state of many instances that is nowhere as a whole: it is made as it is read.
final class BigState extends InputStream {
  private static final byte[] HEAD =
      bytes(
          """
          {"version": 4, "terraform_version": "1.11.4", "serial": 7, "lineage": "abc",
           "outputs": {"name": {"value": "x", "type": "string"}},
           "resources": [{"mode": "managed", "type": "terraform_data", "name": "a",
             "provider": "provider[\\"terraform.io/builtin/terraform\\"]", "instances": [
          """);
  private static final byte[] INSTANCE =
      bytes("{\"attributes\":{\"text\":\"" + "x".repeat(10_000) + "\"}},\n");
  private static final byte[] TAIL = bytes("{}]}]}");

  private byte[] current = HEAD;
  private int position;
  private int partsLeft;

  /// @param instances but the last one, which is small
  BigState(int instances) {
    partsLeft = instances + 1;
  }

  static long length(int instances) {
    return HEAD.length + (long) instances * INSTANCE.length + TAIL.length;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    while (position == current.length) {
      if (partsLeft == 0) {
        return -1;
      }
      current = --partsLeft == 0 ? TAIL : INSTANCE;
      position = 0;
    }
    int count = Math.min(length, current.length - position);
    System.arraycopy(current, position, into, offset, count);
    position += count;
    return count;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
