// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds what the packages' documentation says about imports. */
@AnalyzeClasses(
    packages = "org.smtpinflow.sample.helpdesk",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String DESK = "org.smtpinflow.sample.helpdesk";
  private static final String MIME = DESK + ".mime..";
  private static final String OUTBOX = DESK + ".outbox..";

  @ArchTest
  static final ArchRule packagesHaveNoCircle =
      slices().matching("org.smtpinflow.sample.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule deskDoesNotKnowWhatSendsAnswers =
      noClasses()
          .that()
          .resideInAnyPackage(DESK, MIME)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(OUTBOX);

  @ArchTest
  static final ArchRule readingMailNeedsNoContainer =
      noClasses()
          .that()
          .resideInAPackage(MIME)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              DESK,
              "jakarta.ejb..",
              "jakarta.enterprise..",
              "jakarta.inject..",
              "jakarta.persistence..",
              "jakarta.transaction..");
}
