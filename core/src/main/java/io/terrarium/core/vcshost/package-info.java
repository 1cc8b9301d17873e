/// Git hosts: all that differs between them, behind [io.terrarium.core.vcshost.VcsHost].
/// Neighbours: kernel's outbound client (every call goes that way); it knows no other feature and
/// keeps nothing.
@NullMarked
package io.terrarium.core.vcshost;

import org.jspecify.annotations.NullMarked;
