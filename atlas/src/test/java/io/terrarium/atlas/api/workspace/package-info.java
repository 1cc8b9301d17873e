/// Tests of the API of workspaces and what is in them, over HTTP on a real PostgreSQL.
@NullMarked
package io.terrarium.atlas.api.workspace;

import org.jspecify.annotations.NullMarked;
