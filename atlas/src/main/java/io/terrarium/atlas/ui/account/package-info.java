/// Pages where people look after their own account. Neighbours: the frame of pages; accounts,
/// tokens and sessions in core.
@NullMarked
package io.terrarium.atlas.ui.account;

import org.jspecify.annotations.NullMarked;
