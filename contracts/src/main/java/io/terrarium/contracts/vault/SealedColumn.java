package io.terrarium.contracts.vault;

import java.util.Optional;
import java.util.stream.Stream;

/// A column of schema `atlas` that holds transit ciphertext, and the key of vault that made it.
/// Backups and rewraps go by this list. Every such column is called `…_ciphertext`; with one that
/// is not here no backup is made.
public enum SealedColumn {
  VARIABLES("variables", "value_ciphertext", "atlas_variables", Cell.WHOLE),
  VARIABLES_PINNED_TO_RUNS("runs", "pinned_variables_ciphertext", "atlas_variables", Cell.PINNED),
  VARIABLES_GIVEN_WITH_RUNS("runs", "variables_ciphertext", "atlas_runs", Cell.WHOLE),
  OUTPUTS("state_version_outputs", "value_ciphertext", "atlas_outputs", Cell.WHOLE),
  SSH_KEYS("ssh_keys", "value_ciphertext", "atlas_ssh_keys", Cell.WHOLE),
  NOTIFICATION_TOKENS(
      "notification_configurations", "token_ciphertext", "atlas_notifications", Cell.WHOLE),
  OAUTH_CLIENT_SECRETS("oauth_clients", "secret_ciphertext", "atlas_vcs", Cell.WHOLE),
  OAUTH_TOKENS("oauth_tokens", "value_ciphertext", "atlas_vcs", Cell.WHOLE),
  OAUTH_REFRESH_TOKENS("oauth_tokens", "refresh_ciphertext", "atlas_vcs", Cell.WHOLE),
  OAUTH_SSH_KEYS("oauth_tokens", "ssh_key_ciphertext", "atlas_vcs", Cell.WHOLE),
  WEBHOOK_SECRETS("vcs_repositories", "secret_ciphertext", "atlas_vcs", Cell.WHOLE),
  ABANDONED_WEBHOOK_TOKENS("abandoned_webhooks", "token_ciphertext", "atlas_vcs", Cell.WHOLE);

  private static final String SUFFIX = "_ciphertext";

  private final String table;
  private final String column;
  private final String key;
  private final Cell cell;

  SealedColumn(String table, String column, String key, Cell cell) {
    this.table = table;
    this.column = column;
    this.key = key;
    this.cell = cell;
  }

  /// Empty for a column that is not sealed.
  ///
  /// @throws IllegalStateException when it looks sealed and nobody has said by which key
  public static Optional<SealedColumn> of(String table, String column) {
    Optional<SealedColumn> known =
        Stream.of(values())
            .filter(sealed -> sealed.table.equals(table) && sealed.column.equals(column))
            .findFirst();
    if (known.isEmpty() && column.endsWith(SUFFIX)) {
      throw new IllegalStateException(
          table + "." + column + " looks like ciphertext, and its key of vault is not known");
    }
    return known;
  }

  public String table() {
    return table;
  }

  public String column() {
    return column;
  }

  /// In vault.
  public String key() {
    return key;
  }

  public Cell cell() {
    return cell;
  }
}
