/// Projects of an organization.
@NullMarked
package io.terrarium.atlas.api.project;

import org.jspecify.annotations.NullMarked;
