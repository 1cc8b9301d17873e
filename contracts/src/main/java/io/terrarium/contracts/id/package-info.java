/// Typed ids: a prefix and 16 base58 characters, as they stand in every URL and message.
@NullMarked
package io.terrarium.contracts.id;

import org.jspecify.annotations.NullMarked;
