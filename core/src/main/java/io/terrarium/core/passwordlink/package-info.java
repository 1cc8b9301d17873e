/// Links by which people choose a password: for a new account, and for one whose password is lost.
/// Neighbours: account, which it gives a password; session, of which it ends those of before.
@NullMarked
package io.terrarium.core.passwordlink;

import org.jspecify.annotations.NullMarked;
