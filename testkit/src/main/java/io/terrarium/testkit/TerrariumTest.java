package io.terrarium.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Gives the tests of a class a running Terrarium, with an organization of their own: parameters of
/// type [Terrarium] lead to it.
///
/// All test processes of a user share one mesh, which starts with the first and stops soon after
/// the last. `TERRARIUM_HOME`, or the configuration parameter `terrarium.home`, names a clone of
/// Terrarium.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(TerrariumExtension.class)
public @interface TerrariumTest {}
