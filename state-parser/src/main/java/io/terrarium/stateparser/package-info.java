/// Reads state files: resources, providers, modules, outputs.
@NullMarked
package io.terrarium.stateparser;

import org.jspecify.annotations.NullMarked;
