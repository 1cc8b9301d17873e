package io.terrarium.registry.extraction;

import io.terrarium.registry.hcl.Body;
import io.terrarium.registry.hcl.HclFault;
import io.terrarium.registry.hcl.JsonSyntax;
import io.terrarium.registry.hcl.NativeSyntax;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// A file of the language, read.
///
/// @param isOverride it replaces what other files say
record ConfigurationFile(String name, Body body, boolean isOverride) {
  private static final String NATIVE = ".tf";
  private static final String JSON = ".tf.json";
  private static final String MARK = "\uFEFF";

  /// Whether Terraform reads a file of that name: hidden files and what editors leave it does not.
  static boolean isOne(String name) {
    boolean isLeftBehind =
        name.startsWith(".") || name.endsWith("~") || (name.startsWith("#") && name.endsWith("#"));
    return !isLeftBehind && (name.endsWith(NATIVE) || name.endsWith(JSON));
  }

  static boolean isOverride(String name) {
    String base = name.substring(0, name.length() - (name.endsWith(JSON) ? JSON : NATIVE).length());
    return base.equals("override") || base.endsWith("_override");
  }

  /// @param path within the version, by which a fault names it
  static ConfigurationFile read(String path, byte[] bytes) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    String text = text(path, bytes);
    return new ConfigurationFile(
        name,
        name.endsWith(JSON) ? JsonSyntax.read(path, text) : NativeSyntax.read(path, text),
        isOverride(name));
  }

  private static String text(String path, byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(MARK) ? text.substring(MARK.length()) : text;
    } catch (CharacterCodingException e) {
      throw new HclFault(path, 0, "this is no text in UTF-8");
    }
  }
}
