/// Who calls, and what they may do. Every feature asks here before it reads or writes; what a
/// caller may not see is not there. Neighbours: token (makes principals), all features (ask for
/// rights).
@NullMarked
package io.terrarium.core.access;

import org.jspecify.annotations.NullMarked;
