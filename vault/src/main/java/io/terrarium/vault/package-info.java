/// Vault's transit HTTP API, with a keyring sealed by the encryption password.
@NullMarked
package io.terrarium.vault;

import org.jspecify.annotations.NullMarked;
