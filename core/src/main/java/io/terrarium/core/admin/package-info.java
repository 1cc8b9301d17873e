/// What site admins see and do of all organizations, without a part in any: people, organizations,
/// workspaces and runs by their names and statuses, never what is in them. Neighbours: the features
/// themselves, whose use cases do what is asked.
@NullMarked
package io.terrarium.core.admin;

import org.jspecify.annotations.NullMarked;
