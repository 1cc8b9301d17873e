/// Configuration versions, as API v2 shows them.
@NullMarked
package io.terrarium.atlas.api.configurationversion;

import org.jspecify.annotations.NullMarked;
