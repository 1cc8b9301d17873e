package io.terrarium.core.variable;

import io.terrarium.core.ValueCipher;
import io.terrarium.kernel.crypto.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Values of variables, encrypted before a transaction begins and decrypted after it has ended,
/// since that leaves the process.
final class VariableValues {
  private static final int VERSION_BYTES = 32;

  private final ValueCipher cipher;

  VariableValues(ValueCipher cipher) {
    this.cipher = cipher;
  }

  List<String> seal(List<String> values) {
    return values.isEmpty()
        ? List.of()
        : cipher.encrypt(
            values.stream().map(value -> value.getBytes(StandardCharsets.UTF_8)).toList());
  }

  /// Decrypts what may be shown, by one call.
  List<Variable.Shown> show(List<Variable> variables) {
    List<String> values =
        cipher.decryptTexts(
            variables.stream()
                .filter(VariableValues::isShown)
                .map(Variable::ciphertext)
                .map(Objects::requireNonNull)
                .toList());
    List<Variable.Shown> shown = new ArrayList<>();
    int next = 0;
    for (Variable variable : variables) {
      @Nullable String value = isShown(variable) ? values.get(next++) : null;
      shown.add(new Variable.Shown(variable, value));
    }
    return shown;
  }

  Variable.Shown showOne(Variable variable) {
    return show(List.of(variable)).getFirst();
  }

  private static boolean isShown(Variable variable) {
    return !variable.definition().sensitive() && variable.ciphertext() != null;
  }

  static String newVersion() {
    return Tokens.hex(VERSION_BYTES);
  }
}
