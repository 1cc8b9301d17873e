/// What vault protects in PostgreSQL, and where it lies.
@NullMarked
package io.terrarium.contracts.vault;

import org.jspecify.annotations.NullMarked;
