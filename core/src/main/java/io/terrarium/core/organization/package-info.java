/// Organizations with their owners and their default project. Neighbours: access, project (makes
/// the default one), settings (who may create organizations).
@NullMarked
package io.terrarium.core.organization;

import org.jspecify.annotations.NullMarked;
