// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.kill;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.smtpinflow.it.container.OnlyOn;
import org.smtpinflow.it.container.Payara;
import org.smtpinflow.it.environment.PostgreSql;

/** What {@link KillIT} is on WildFly; only {@code kill-fifty-times} runs it. */
@OnlyOn(value = Payara.class, because = "it kills Payara")
class KillPayara {

  @Test
  void repliesAreTrueAfterEachKillOfTheServerOnH2() throws IOException {
    try (KilledServer server = PayaraServer.onH2()) {
      new KillSeries(server).run("Payara, H2");
    }
  }

  @Test
  void repliesAreTrueAfterEachKillOfTheServerOnPostgreSql() throws IOException {
    try (PostgreSql postgreSql = new PostgreSql();
        KilledServer server = PayaraServer.on(postgreSql)) {
      new KillSeries(server).run("Payara, PostgreSQL");
    }
  }
}
