/// Brings stored transit ciphertexts to the newest version of their keys, after a rotation.
/// Neighbours: variable, run, stateversion, sshkey and notification, by the columns that theirs lie
/// in.
@NullMarked
package io.terrarium.core.rewrap;

import org.jspecify.annotations.NullMarked;
