package io.terrarium.core.rewrap;

/// A column of schema `atlas` that holds transit ciphertext, and the key that made it.
enum Place {
  VARIABLES("variables", "value_ciphertext", "atlas_variables", Cell.WHOLE),
  VARIABLES_PINNED_TO_RUNS("runs", "pinned_variables_ciphertext", "atlas_variables", Cell.PINNED),
  VARIABLES_GIVEN_WITH_RUNS("runs", "variables_ciphertext", "atlas_runs", Cell.WHOLE),
  OUTPUTS("state_version_outputs", "value_ciphertext", "atlas_outputs", Cell.WHOLE),
  SSH_KEYS("ssh_keys", "value_ciphertext", "atlas_ssh_keys", Cell.WHOLE),
  NOTIFICATION_TOKENS(
      "notification_configurations", "token_ciphertext", "atlas_notifications", Cell.WHOLE);

  private final String table;
  private final String column;
  private final String key;
  private final Cell cell;

  Place(String table, String column, String key, Cell cell) {
    this.table = table;
    this.column = column;
    this.key = key;
    this.cell = cell;
  }

  String table() {
    return table;
  }

  String column() {
    return column;
  }

  /// In vault.
  String key() {
    return key;
  }

  Cell cell() {
    return cell;
  }
}
