/// git-server: the Git host of the lab. Its neighbours are whoever pushes and fetches, and whoever
/// a webhook names. It is no part of Terraform Enterprise's mesh, which knows it as any Git host.
@NullMarked
package io.terrarium.gitserver;

import org.jspecify.annotations.NullMarked;
