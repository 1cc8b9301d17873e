/// Servers for tests, embedded or real, and the contract suites that both must pass: what the mesh
/// relies on of its broker, Redis, job queue, object store, transit and database.
@NullMarked
package io.terrarium.testservers;

import org.jspecify.annotations.NullMarked;
