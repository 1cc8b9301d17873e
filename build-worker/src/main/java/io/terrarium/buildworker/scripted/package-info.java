/// The scripted engine: plays what a script in the configuration says, in the place of terraform,
/// for people who test the lifecycle of runs. It knows nothing of how builds are run.
@NullMarked
package io.terrarium.buildworker.scripted;

import org.jspecify.annotations.NullMarked;
