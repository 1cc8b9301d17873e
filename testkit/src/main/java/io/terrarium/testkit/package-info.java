/// Gives JUnit tests a running Terrarium: [TerrariumTest] and [Terrarium] are all that a test sees.
/// It uses nothing but the JDK and JUnit's API; the mesh is a process of its own.
@NullMarked
package io.terrarium.testkit;

import org.jspecify.annotations.NullMarked;
