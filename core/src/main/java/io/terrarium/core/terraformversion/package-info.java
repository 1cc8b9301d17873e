/// Which versions of Terraform there are and where they come from, as site admins register them.
/// Neighbours: workspace (chooses one), run (is built with it).
@NullMarked
package io.terrarium.core.terraformversion;

import org.jspecify.annotations.NullMarked;
