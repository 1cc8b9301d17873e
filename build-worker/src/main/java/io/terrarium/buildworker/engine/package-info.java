/// A plan or an apply from its specification to its outcome.
@NullMarked
package io.terrarium.buildworker.engine;

import org.jspecify.annotations.NullMarked;
