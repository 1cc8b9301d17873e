/// Backup and restore: all that the mesh keeps, as one encrypted stream. Reads and writes the
/// schemas `atlas` by the catalogue (docs/decisions/0011), objects and logs by archivist's signed
/// paths, and changes ciphertexts by vault.
@NullMarked
package io.terrarium.operations.backup;

import org.jspecify.annotations.NullMarked;
