/// What is kept of the guided exercises: who has come how far.
@NullMarked
package io.terrarium.core.lab;

import org.jspecify.annotations.NullMarked;
