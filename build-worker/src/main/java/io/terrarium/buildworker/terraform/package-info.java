/// The terraform executables at hand and the choice among them.
@NullMarked
package io.terrarium.buildworker.terraform;

import org.jspecify.annotations.NullMarked;
