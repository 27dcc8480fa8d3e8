// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Set;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.smtpinflow.it.app.Ensemble;
import org.smtpinflow.it.app.FirstBean;
import org.smtpinflow.it.app.SecondBean;

/** Applications come and go under load: nothing acknowledged is lost, and nothing stays behind. */
@ExtendWith(ArquillianExtension.class)
class RedeployIT {

  private static final String APPLICATION = "redeploy";
  private static final String ADAPTER = "org.smtpinflow.rar.SmtpResourceAdapter";
  private static final int REDEPLOYMENTS = 20;
  private static final int CLIENTS = 6;

  /**
   * Class loaders that others keep, as a heap dump shows, however often one redeploys. For equals
   * and hashCode of records, java.lang.runtime.ObjectMethods of JDK 17 has two method handles, each
   * of which holds the last class for which it was used; and H2's driver has an exception in a
   * static field, with the stack of whoever called it first.
   */
  private static final int KEPT_BY_OTHERS = 3;

  @ArquillianResource private Deployer deployer;

  @Deployment(name = APPLICATION, managed = false, testable = false)
  static EnterpriseArchive application() {
    return Archives.application(
        APPLICATION, Archives.adapter(), Ensemble.class, FirstBean.class, SecondBean.class);
  }

  @Test
  void twentyRedeploymentsUnderLoadLoseNothingAndLeaveNothing() throws IOException {
    Map<String, Integer> before = Database.countsByMail();
    Set<String> loadersBefore = WildFly.loadersOf(ADAPTER);
    deployer.deploy(APPLICATION);
    Senders senders = new Senders(CLIENTS, "both+load@fan.example");
    try (senders) {
      for (int i = 0; i < REDEPLOYMENTS; i++) {
        senders.awaitFurther(CLIENTS);
        WildFly.redeploy(APPLICATION + ".ear");
      }
      senders.awaitFurther(CLIENTS);
      deployer.undeploy(APPLICATION);
    }

    assertEachIsThereForBothBeans(senders.acknowledged(), before.keySet());
    assertThat(senders.refusals())
        .allMatch(reply -> reply.startsWith("451 4.3.2 ") || reply.startsWith("421 4.3.2 "));
    assertNothingIsLeft(loadersBefore);
  }

  /** Both beans have written down each acknowledged message, and none that was not. */
  private static void assertEachIsThereForBothBeans(Set<String> acknowledged, Set<String> former) {
    Map<String, Integer> counts = Database.countsByMail();
    counts.keySet().removeAll(former);
    assertThat(counts.keySet()).containsExactlyInAnyOrderElementsOf(acknowledged);
    assertThat(counts.values()).containsOnly(2);
  }

  private static void assertNothingIsLeft(Set<String> loadersBefore) throws IOException {
    try (ServerSocket port =
        new ServerSocket(TestEnvironment.SMTP_PORT, 1, InetAddress.getLoopbackAddress())) {
      assertThat(port.isBound()).isTrue();
    }
    assertThat(WildFly.threadsIn("org.smtpinflow")).isEmpty();
    assertThat(WildFly.threadsIn("io.netty")).isEmpty();
    assertThat(WildFly.openFilesIn(TestEnvironment.CONTENT_DIRECTORY)).isEmpty();
    // The server drops the last references to an application a while after it is gone.
    Await.until(
        "the class loaders of the adapter to go",
        () -> {
          Set<String> loaders = WildFly.loadersOf(ADAPTER);
          loaders.removeAll(loadersBefore);
          return loaders.size() <= KEPT_BY_OTHERS;
        });
  }
}
