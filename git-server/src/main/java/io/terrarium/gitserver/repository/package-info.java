/// The repositories that are served, what is kept beside them, and what stands in their commits.
@NullMarked
package io.terrarium.gitserver.repository;

import org.jspecify.annotations.NullMarked;
