/// Variables of workspaces and of sets; every value is ciphertext at rest. Neighbours: workspace
/// and variableset (own them), run (pins them).
@NullMarked
package io.terrarium.core.variable;

import org.jspecify.annotations.NullMarked;
