/// Which waiting phases may go out to the workers now, and what the timers find.
@NullMarked
package io.terrarium.core.dispatch;

import org.jspecify.annotations.NullMarked;
