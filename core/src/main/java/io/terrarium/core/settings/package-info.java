/// What a site admin sets for the whole installation. Neighbours: whoever obeys a setting asks
/// `Settings.current()` each time.
@NullMarked
package io.terrarium.core.settings;

import org.jspecify.annotations.NullMarked;
