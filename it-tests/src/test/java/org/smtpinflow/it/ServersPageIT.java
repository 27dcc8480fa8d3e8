// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;
import org.smtpinflow.it.container.OnlyOn;
import org.smtpinflow.it.container.UnsupportedOn;

/**
 * Holds docs/servers.md against the reasons for which tests do not run on an application server,
 * and the page of each application server against the files that its administration test uses.
 */
class ServersPageIT {

  private static final Path PROJECT = Path.of(System.getProperty("it.project"));

  private static final Path SERVERS = PROJECT.resolve("it-tests/src/test/servers");
  private static final String ADMINISTRATION = "administration";

  /** The first lines of a file, which its page does not show: the licence and comments. */
  private static final Pattern HEADER = Pattern.compile("\\A(?:(?:#|//|<!--).*\\R)+");

  @ParameterizedTest
  @ValueSource(strings = {"wildfly", "payara", "glassfish", "liberty", "tomee"})
  void everyFileForAdministratorsIsOnThePage(String server) throws IOException {
    assertThat(page(server)).contains(blocks(administration(server)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"wildfly", "payara", "liberty", "tomee"})
  void everyFileThatServersShareIsOnThePage(String server) throws IOException {
    assertThat(page(server)).contains(blocks(SERVERS.resolve(ADMINISTRATION)));
  }

  private static List<String> blocks(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<String> blocks = files.map(ServersPageIT::block).toList();
      assertThat(blocks).isNotEmpty();
      return blocks;
    }
  }

  /** The page of GlassFish shows the whole way to the first mail, with scripts of Payara. */
  @Test
  void scriptsForTheFirstMailAreOnThePageOfGlassFish() throws IOException {
    Path scripts = administration("payara");
    assertThat(page("glassfish"))
        .contains(
            block(scripts.resolve("deploy.sh")),
            block(SERVERS.resolve(ADMINISTRATION).resolve("mail.sh")));
  }

  private static Path administration(String server) {
    return SERVERS.resolve(server).resolve(ADMINISTRATION);
  }

  private static String page(String server) throws IOException {
    return Files.readString(PROJECT.resolve("docs").resolve(server + ".md"));
  }

  private static String block(Path file) {
    return "\n" + text(file) + "```\n";
  }

  private static String text(Path file) {
    try {
      return HEADER.matcher(Files.readString(file)).replaceFirst("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyLimitOfAServerIsOnThePage() throws IOException {
    List<String> reasons =
        ReflectionSupport.findAllClassesInPackage(
                getClass().getPackageName(), type -> true, name -> name.endsWith("IT"))
            .stream()
            .filter(type -> !type.isAnnotationPresent(OnlyOn.class))
            .flatMap(type -> Stream.concat(Stream.of(type), Stream.of(type.getDeclaredMethods())))
            .flatMap(ServersPageIT::limits)
            .distinct()
            .toList();

    assertThat(reasons).isNotEmpty();
    assertThat(page("servers").replaceAll("\\s+", " ")).contains(reasons);
  }

  private static Stream<String> limits(AnnotatedElement element) {
    return AnnotationSupport.findAnnotation(element, UnsupportedOn.class).stream()
        .map(UnsupportedOn::because);
  }
}
