/// Git's own protocol over http.
@NullMarked
package io.terrarium.gitserver.git;

import org.jspecify.annotations.NullMarked;
