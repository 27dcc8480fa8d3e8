// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/architecture.md says of the packages of the SMTP server. */
@AnalyzeClasses(packages = "org.smtpinflow.smtp", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final Path SOURCES = Path.of("src", "main", "java");

  /** Each package imports only those named with it; a new package must be added here. */
  @ArchTest
  static final ArchRule importsGoDownOnly =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("org.smtpinflow.smtp..")
          .layer("server")
          .definedBy("org.smtpinflow.smtp.server")
          .layer("protocol")
          .definedBy("org.smtpinflow.smtp.protocol")
          .layer("content")
          .definedBy("org.smtpinflow.smtp.content")
          .layer("tls")
          .definedBy("org.smtpinflow.smtp.tls")
          .layer("credentials")
          .definedBy("org.smtpinflow.smtp.sasl.credentials")
          .layer("scram")
          .definedBy("org.smtpinflow.smtp.sasl.scram")
          .layer("sasl")
          .definedBy("org.smtpinflow.smtp.sasl")
          .layer("x509")
          .definedBy("org.smtpinflow.smtp.x509")
          .layer("files")
          .definedBy("org.smtpinflow.smtp.files")
          .whereLayer("server")
          .mayOnlyAccessLayers("protocol", "content", "sasl", "tls")
          .whereLayer("protocol")
          .mayOnlyAccessLayers("content", "sasl")
          .whereLayer("content")
          .mayOnlyAccessLayers("files")
          .whereLayer("tls")
          .mayOnlyAccessLayers("x509")
          .whereLayer("credentials")
          .mayOnlyAccessLayers("scram", "sasl", "files")
          .whereLayer("scram")
          .mayOnlyAccessLayers("sasl")
          .whereLayer("sasl")
          .mayOnlyAccessLayers("x509")
          .whereLayer("x509")
          .mayNotAccessAnyLayer()
          .whereLayer("files")
          .mayNotAccessAnyLayer()
          .ensureAllClassesAreContainedInArchitecture();

  @ArchTest
  static final ArchRule packagesHaveNoCircle =
      slices().matching("org.smtpinflow.smtp.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theProtocolDoesNoInputOrOutput =
      noClasses()
          .that()
          .resideInAPackage("org.smtpinflow.smtp.protocol..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "io.netty.channel..",
                      "io.netty.handler..",
                      "io.netty.bootstrap..",
                      "java.nio.channels..",
                      "java.nio.file..",
                      "javax.net..",
                      "javax.naming..")
                  .or(assignableTo(Socket.class))
                  .or(assignableTo(ServerSocket.class))
                  .or(assignableTo(DatagramSocket.class))
                  .or(assignableTo(URL.class))
                  .or(assignableTo(File.class)));

  @ArchTest
  static final ArchRule theProtocolKnowsNoThread =
      noClasses()
          .that()
          .resideInAPackage("org.smtpinflow.smtp.protocol..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("java.util.concurrent.locks..")
                  .or(assignableTo(Thread.class))
                  .or(assignableTo(Executor.class))
                  .or(assignableTo(Timer.class)));

  @ArchTest
  static final ArchRule theProtocolLooksUpNoNameAndReadsNoClockButItsOwn =
      noClasses()
          .that()
          .resideInAPackage("org.smtpinflow.smtp.protocol..")
          .should()
          .callCodeUnitWhere(
              anyOf(
                  Set.of(InetAddress.class, InetSocketAddress.class),
                  Set.of("getByName", "getAllByName", "getHostName", "getCanonicalHostName")))
          .orShould()
          .callCodeUnitWhere(anyOf(Set.of(System.class), Set.of("nanoTime", "currentTimeMillis")))
          .orShould()
          .callCodeUnitWhere(anyOf(Set.of(Instant.class), Set.of("now")))
          .orShould()
          .callCodeUnitWhere(anyOf(Set.of(Clock.class), Set.of("systemUTC", "systemDefaultZone")));

  private static DescribedPredicate<JavaCall<?>> anyOf(Set<Class<?>> owners, Set<String> methods) {
    return describe(
        "one of " + methods,
        call ->
            methods.contains(call.getTarget().getName())
                && owners.stream().anyMatch(call.getTargetOwner()::isAssignableTo));
  }

  @Test
  void everyPackageSaysWhatItMayImport() throws IOException {
    List<Path> packages;
    try (Stream<Path> files = Files.walk(SOURCES)) {
      packages =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .map(Path::getParent)
              .distinct()
              .toList();
    }
    assertThat(packages).isNotEmpty();
    for (Path directory : packages) {
      assertThat(directory.resolve("package-info.java"))
          .content()
          .containsIgnoringCase("may import");
    }
  }
}
