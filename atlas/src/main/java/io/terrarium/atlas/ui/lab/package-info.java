/// Guided exercises that people do and the mesh checks, and the switches by which they break it;
/// only after `up --lab`, and only for site admins.
@NullMarked
package io.terrarium.atlas.ui.lab;

import org.jspecify.annotations.NullMarked;
