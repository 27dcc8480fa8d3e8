// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.container;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Says which containers cannot do what a test wants, and why. docs/servers.md lists the reasons.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ContainerCondition.class)
public @interface UnsupportedOn {

  /** Returns those containers. */
  Class<? extends Container>[] value();

  /** Returns why they cannot. */
  String because();
}
