/// Public keys that sign what organizations publish in their registries.
@NullMarked
package io.terrarium.core.gpgkey;

import org.jspecify.annotations.NullMarked;
