/// Whole-mesh tests: the real `terraform` against the running mesh, through its public face.
@NullMarked
package io.terrarium.mesh;

import org.jspecify.annotations.NullMarked;
