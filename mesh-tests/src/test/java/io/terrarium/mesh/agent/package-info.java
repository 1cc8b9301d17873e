/// A Java agent that rides along in the processes of a mesh under test, and has one of them die, or
/// wait, at an exact point of its work. It knows the JDK alone, since it is no part of the mesh.
@NullMarked
package io.terrarium.mesh.agent;

import org.jspecify.annotations.NullMarked;
