/// The mesh itself in view: the way of a run, a webhook or a module from service to service.
/// Neighbours: flows of the API, which know who may see what; hops in core.
@NullMarked
package io.terrarium.atlas.ui.mesh;

import org.jspecify.annotations.NullMarked;
