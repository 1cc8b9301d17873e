/// Pages of the tokens of an organization and its teams, and the form for any token. Neighbours:
/// the frame of pages; tokens and teams in core.
@NullMarked
package io.terrarium.atlas.ui.token;

import org.jspecify.annotations.NullMarked;
