/// Runs, plans, applies and their logs, as API v2 shows them.
@NullMarked
package io.terrarium.atlas.api.run;

import org.jspecify.annotations.NullMarked;
