// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import org.smtpinflow.it.environment.Await;
import org.smtpinflow.it.environment.TestEnvironment;

/** What adapters could leave behind in the server that were deployed since this was made. */
public final class Leftovers {

  private static final String ADAPTER = "org.smtpinflow.rar.SmtpResourceAdapter";

  /**
   * Class loaders that other code keeps, as a heap dump shows, however often an application is
   * redeployed. For equals and hashCode of records, java.lang.runtime.ObjectMethods of JDK 17 has
   * two method handles, each of which holds the last class for which it was used; and H2's driver
   * has an exception in a static field, with the stack of its first caller.
   */
  private static final int KEPT_BY_OTHERS = 3;

  private final Set<String> loadersBefore = Container.underTest().loadersOf(ADAPTER);

  /**
   * Checks that there is nothing.
   *
   * @param ports those on which the adapters listened
   */
  public void assertNone(int... ports) throws IOException {
    for (int number : ports) {
      try (ServerSocket port = new ServerSocket(number, 1, InetAddress.getLoopbackAddress())) {
        assertThat(port.isBound()).isTrue();
      }
    }
    for (String ours : new String[] {"org.smtpinflow", "io.netty", "com.nimbusds", "com.ongres"}) {
      assertThat(Container.underTest().threadsIn(ours)).as(ours).isEmpty();
    }
    assertThat(Container.underTest().openFilesIn(TestEnvironment.CONTENT_DIRECTORY)).isEmpty();
    // The server drops the last references to an application a while after it is gone.
    Await.until(
        "the class loaders of the adapter to go",
        () -> {
          Set<String> loaders = Container.underTest().loadersOf(ADAPTER);
          loaders.removeAll(loadersBefore);
          return loaders.size() <= KEPT_BY_OTHERS + Container.underTest().keptClassLoaders();
        });
  }
}
