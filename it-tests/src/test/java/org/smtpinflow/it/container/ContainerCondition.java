// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.container;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.smtpinflow.it.environment.TestEnvironment;

/** Disables the tests that the container under test cannot run. */
final class ContainerCondition implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<String> unsupported =
        AnnotationSupport.findAnnotation(context.getElement(), UnsupportedOn.class)
            .filter(test -> Stream.of(test.value()).anyMatch(ContainerCondition::isUnderTest))
            .map(UnsupportedOn::because);
    Optional<String> reserved =
        AnnotationSupport.findAnnotation(context.getElement(), OnlyOn.class)
            .filter(test -> !isUnderTest(test.value()))
            .map(OnlyOn::because);
    return unsupported
        .or(() -> reserved)
        .map(reason -> ConditionEvaluationResult.disabled(TestEnvironment.SERVER, reason))
        .orElseGet(() -> ConditionEvaluationResult.enabled("supported"));
  }

  private static boolean isUnderTest(Class<? extends Container> type) {
    return type.isInstance(Container.underTest());
  }
}
