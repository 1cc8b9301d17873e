/// Why a build cannot go on, in one line for its log.
@NullMarked
package io.terrarium.buildworker.fault;

import org.jspecify.annotations.NullMarked;
