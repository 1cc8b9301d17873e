package io.terrarium.kernel.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A script that Redis runs as one step; sent by its digest, in full only when Redis forgot it.
public final class LuaScript {
  private final String source;
  private final String digest;

  public LuaScript(String source) {
    this.source = source;
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1").digest(source.getBytes(StandardCharsets.UTF_8));
      digest = HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  String source() {
    return source;
  }

  String digest() {
    return digest;
  }
}
