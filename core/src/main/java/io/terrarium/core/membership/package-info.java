/// Who belongs to an organization: people with an account, and addresses that are invited.
/// Neighbours: team (puts members into teams), account (takes up invitations), access (asks).
@NullMarked
package io.terrarium.core.membership;

import org.jspecify.annotations.NullMarked;
