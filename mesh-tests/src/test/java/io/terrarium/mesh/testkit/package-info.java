/// Test processes of other people's projects, as the testkit serves them.
@NullMarked
package io.terrarium.mesh.testkit;

import org.jspecify.annotations.NullMarked;
