/// Pull requests between branches of one repository.
@NullMarked
package io.terrarium.gitserver.pull;

import org.jspecify.annotations.NullMarked;
