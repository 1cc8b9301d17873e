/// Fetches from Git hosts with JGit, every connection by way of the outbound proxy. Nothing of the
/// machine's own Git or ssh configuration is read. Knows nothing of slugs.
@NullMarked
package io.terrarium.slugingress.git;

import org.jspecify.annotations.NullMarked;
