// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.container;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Says that a test is for one kind of container, and why. Unlike {@link UnsupportedOn}, this is no
 * limit of the others.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ContainerCondition.class)
public @interface OnlyOn {

  /** Returns the containers. */
  Class<? extends Container> value();

  /** Returns why others cannot run it. */
  String because();
}
