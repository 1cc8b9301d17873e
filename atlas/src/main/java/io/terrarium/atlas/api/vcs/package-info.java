/// What comes from Git hosts: their webhooks, what was done with them, and where configurations are
/// from.
@NullMarked
package io.terrarium.atlas.api.vcs;

import org.jspecify.annotations.NullMarked;
