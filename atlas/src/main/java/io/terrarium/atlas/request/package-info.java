/// What every request to atlas passes before its endpoint: headers, who calls, how often.
@NullMarked
package io.terrarium.atlas.request;

import org.jspecify.annotations.NullMarked;
