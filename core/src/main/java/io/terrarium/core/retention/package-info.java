/// How long files of states and configurations are kept, and what deletes them. Neighbours:
/// organization and workspace (may have a policy), stateversion and configurationversion (whose
/// files go), outbox (asks for their deletion).
@NullMarked
package io.terrarium.core.retention;

import org.jspecify.annotations.NullMarked;
