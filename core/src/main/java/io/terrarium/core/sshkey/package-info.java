/// SSH keys: by them the terraform of a run fetches modules from git. Neighbours: workspace (picks
/// one), run (hands its value to the worker that claims a phase).
@NullMarked
package io.terrarium.core.sshkey;

import org.jspecify.annotations.NullMarked;
