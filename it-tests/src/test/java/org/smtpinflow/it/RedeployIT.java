// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import org.smtpinflow.it.client.Senders;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.container.Container;
import org.smtpinflow.it.container.Leftovers;
import org.smtpinflow.it.environment.Database;
import org.smtpinflow.it.environment.TestEnvironment;

/** Applications come and go under load: nothing acknowledged is lost, and nothing stays behind. */
@ExtendWith(ArquillianExtension.class)
class RedeployIT {

  private static final String APPLICATION = "redeploy";
  private static final int REDEPLOYMENTS = 20;
  private static final int CLIENTS = 6;

  @ArquillianResource private Deployer deployer;

  @Deployment(name = APPLICATION, managed = false, testable = false)
  static EnterpriseArchive application() {
    return Archives.application(
        APPLICATION, Archives.adapter(), Ensemble.class, FirstBean.class, SecondBean.class);
  }

  @Test
  void twentyRedeploymentsUnderLoadLoseNothingAndLeaveNothing() throws IOException {
    Map<String, Integer> before = Database.countsByMail();
    Leftovers leftovers = new Leftovers();
    deployer.deploy(APPLICATION);
    Senders senders = new Senders(CLIENTS, "both+load@fan.example");
    try (senders) {
      for (int i = 0; i < REDEPLOYMENTS; i++) {
        senders.awaitFurther(CLIENTS);
        Container.underTest().redeploy(APPLICATION);
      }
      senders.awaitFurther(CLIENTS);
      deployer.undeploy(APPLICATION);
    }

    assertEachIsThereForBothBeans(senders.acknowledged(), before.keySet());
    assertThat(senders.refusals())
        .allMatch(reply -> reply.matches(Container.underTest().refusalsOfRedeployment()));
    leftovers.assertNone(TestEnvironment.SMTP_PORT);
  }

  /** Both beans have written down each acknowledged message, and none that was not. */
  private static void assertEachIsThereForBothBeans(Set<String> acknowledged, Set<String> former) {
    Map<String, Integer> counts = Database.countsByMail();
    counts.keySet().removeAll(former);
    assertThat(counts.keySet()).containsExactlyInAnyOrderElementsOf(acknowledged);
    assertThat(counts.values()).containsOnly(2);
  }
}
