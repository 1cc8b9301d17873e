/// People: who they are, their passwords, and the first of them. Neighbours: token (what they log
/// in with), access (what they may do).
@NullMarked
package io.terrarium.core.account;

import org.jspecify.annotations.NullMarked;
