/// How long files of states, configurations and runs are kept, and what deletes them. Neighbours:
/// organization and workspace (may have a policy), stateversion, configurationversion and run
/// (whose files go), outbox (asks for their deletion).
@NullMarked
package io.terrarium.core.retention;

import org.jspecify.annotations.NullMarked;
