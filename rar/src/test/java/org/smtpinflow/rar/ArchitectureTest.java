// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Imports go down only: rar, smtp, api. */
@AnalyzeClasses(packages = "org.smtpinflow", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule theApiKnowsNothingBelowIt =
      classes()
          .that()
          .resideInAPackage("org.smtpinflow.api")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "org.smtpinflow.api",
              "java..",
              "jakarta.ejb",
              "jakarta.mail",
              "jakarta.mail.internet");

  @ArchTest
  static final ArchRule theServerKnowsNoApplicationServer =
      noClasses()
          .that()
          .resideInAPackage("org.smtpinflow.smtp..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.smtpinflow.rar..", "jakarta..");

  @ArchTest
  static final ArchRule theAdapterLeavesTheNetworkToTheServer =
      noClasses()
          .that()
          .resideInAPackage("org.smtpinflow.rar..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.netty..", "java.nio.channels..");

  @ArchTest
  static final ArchRule noThreadIsMadeHere =
      noClasses()
          .should()
          .callConstructor(Thread.class, Runnable.class)
          .orShould()
          .callConstructor(java.util.Timer.class)
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.concurrent.Executors")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.concurrent.ForkJoinPool");

  @ArchTest
  static final ArchRule importsWithinTheAdapterGoDownOnly =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("org.smtpinflow.rar..")
          .layer("connectors")
          .definedBy("org.smtpinflow.rar")
          .layer("inflow")
          .definedBy("org.smtpinflow.rar.inflow..")
          .layer("container")
          .definedBy("org.smtpinflow.rar.container..")
          .layer("settings")
          .definedBy("org.smtpinflow.rar.settings..")
          .whereLayer("connectors")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("inflow")
          .mayOnlyBeAccessedByLayers("connectors")
          .whereLayer("container")
          .mayOnlyBeAccessedByLayers("connectors", "inflow")
          .whereLayer("settings")
          .mayOnlyBeAccessedByLayers("connectors", "inflow");

  @ArchTest
  static final ArchRule theAdapterHasNoOtherPackage =
      classes()
          .that()
          .resideInAPackage("org.smtpinflow.rar..")
          .should()
          .resideInAnyPackage(
              "org.smtpinflow.rar",
              "org.smtpinflow.rar.inflow",
              "org.smtpinflow.rar.container",
              "org.smtpinflow.rar.settings");

  @ArchTest
  static final ArchRule noPackagesFormACircle =
      slices().matching("org.smtpinflow.(**)").should().beFreeOfCycles();
}
