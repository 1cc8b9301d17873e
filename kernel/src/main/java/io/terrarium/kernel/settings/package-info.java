/// Settings from the environment, all problems reported together.
@NullMarked
package io.terrarium.kernel.settings;

import org.jspecify.annotations.NullMarked;
