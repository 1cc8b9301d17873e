/// What the audit log names besides the change itself: the organization of any thing of the API.
/// Neighbours: the tables of all features, which it only reads.
@NullMarked
package io.terrarium.core.audit;

import org.jspecify.annotations.NullMarked;
