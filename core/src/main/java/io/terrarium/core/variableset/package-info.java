/// Variable sets: variables that many workspaces share. Which of them a workspace gets, and which
/// one wins, is said by the views of the schema. Neighbours: variable (holds the variables),
/// workspace and project (get them), run (pins what wins).
@NullMarked
package io.terrarium.core.variableset;

import org.jspecify.annotations.NullMarked;
