/// The command: boots and supervises the mesh, reports it, traces runs.
@NullMarked
package io.terrarium.terrarium;

import org.jspecify.annotations.NullMarked;
