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
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** What a test says that a server cannot do, docs/servers.md says too. */
class ServersPageIT {

  @Test
  void everyReasonIsOnThePage() throws IOException {
    Path page = Path.of(System.getProperty("it.project"), "docs", "servers.md");
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
