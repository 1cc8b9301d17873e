/// Message authentication and random tokens.
@NullMarked
package io.terrarium.kernel.crypto;

import org.jspecify.annotations.NullMarked;
