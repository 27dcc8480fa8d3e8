// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** What a test says that a server cannot do, docs/servers.md says too; so with files of pages. */
class ServersPageIT {

  private static final Path PROJECT = Path.of(System.getProperty("it.project"));

  @ParameterizedTest
  @ValueSource(strings = {"mail.xml", "port.xml", "limits.xml", "tls.xml"})
  void theFilesForOpenLibertyAreOnItsPage(String name) throws IOException {
    String file = Files.readString(PROJECT.resolve("it-tests/src/test/servers/liberty/" + name));
    assertThat(Files.readString(PROJECT.resolve("docs/liberty.md")))
        .contains("```xml\n" + file.substring(file.indexOf("<server>")) + "```");
  }

  @Test
  void everyReasonIsOnThePage() throws IOException {
    Path page = PROJECT.resolve("docs/servers.md");
    List<String> reasons =
        ReflectionSupport.findAllClassesInPackage(
                getClass().getPackageName(), type -> true, name -> name.endsWith("IT"))
            .stream()
            .flatMap(type -> Stream.concat(Stream.of(type), Stream.of(type.getDeclaredMethods())))
            .flatMap(ServersPageIT::reasons)
            .distinct()
            .toList();

    assertThat(reasons).isNotEmpty();
    assertThat(Files.readString(page).replaceAll("\\s+", " ")).contains(reasons);
  }

  private static Stream<String> reasons(AnnotatedElement element) {
    return AnnotationSupport.findRepeatableAnnotations(element, UnsupportedOn.class).stream()
        .map(UnsupportedOn::because);
  }
}
