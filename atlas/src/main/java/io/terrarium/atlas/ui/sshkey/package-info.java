/// The SSH keys of organizations and which workspace uses which, on pages. The neighbours are
/// core's SSH keys and the settings of workspaces.
@NullMarked
package io.terrarium.atlas.ui.sshkey;

import org.jspecify.annotations.NullMarked;
