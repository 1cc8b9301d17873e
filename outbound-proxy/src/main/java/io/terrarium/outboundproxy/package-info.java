/// The only way out for addresses that users give: a forward proxy that refuses whatever is not
/// public. Callers reach it by kernel's `OutboundClient`.
@NullMarked
package io.terrarium.outboundproxy;

import org.jspecify.annotations.NullMarked;
