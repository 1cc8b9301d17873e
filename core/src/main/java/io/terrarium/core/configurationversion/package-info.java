/// Uploaded configurations.
@NullMarked
package io.terrarium.core.configurationversion;

import org.jspecify.annotations.NullMarked;
