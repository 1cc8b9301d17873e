/// What the control of a lab is asked: which parts of the mesh there are, to take them away and to
/// bring them back. Only `up --lab` has such a control.
@NullMarked
package io.terrarium.contracts.lab;

import org.jspecify.annotations.NullMarked;
