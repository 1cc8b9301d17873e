/// The client side of Vault's transit engine: the mesh knows no other way to encrypt at rest.
@NullMarked
package io.terrarium.kernel.vault;

import org.jspecify.annotations.NullMarked;
