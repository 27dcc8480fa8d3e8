// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Says that some servers cannot do what a test wants, and why; docs/servers.md lists it. Public, as
 * the proxy with several of them is in a package of its own.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(UnsupportedOn.All.class)
@ExtendWith(UnsupportedOn.Condition.class)
public @interface UnsupportedOn {

  /** Returns a regular expression for the names of the servers. */
  String servers();

  /** Returns why they cannot. */
  String because();

  /** Several of them. */
  @Target({ElementType.TYPE, ElementType.METHOD})
  @Retention(RetentionPolicy.RUNTIME)
  @ExtendWith(UnsupportedOn.Condition.class)
  @interface All {

    /** Returns them. */
    UnsupportedOn[] value();
  }

  /** Disables the test on those servers. */
  final class Condition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return AnnotationSupport.findRepeatableAnnotations(context.getElement(), UnsupportedOn.class)
          .stream()
          .filter(unsupported -> TestEnvironment.SERVER.matches(unsupported.servers()))
          .findFirst()
          .map(u -> ConditionEvaluationResult.disabled(TestEnvironment.SERVER, u.because()))
          .orElseGet(() -> ConditionEvaluationResult.enabled("supported"));
    }
  }
}
