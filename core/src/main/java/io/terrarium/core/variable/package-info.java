/// Variables of workspaces; every value is ciphertext at rest. Neighbours: workspace (owns them),
/// run (pins them).
@NullMarked
package io.terrarium.core.variable;

import org.jspecify.annotations.NullMarked;
