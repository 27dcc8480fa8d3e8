// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.kill;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smtpinflow.it.container.OnlyOn;
import org.smtpinflow.it.container.WildFly;
import org.smtpinflow.it.environment.PostgreSql;

/**
 * Whatever was answered 250 is stored once and whole; whatever was refused is not; whatever was not
 * answered is stored at most once.
 */
@OnlyOn(value = WildFly.class, because = "the run command runs WildFly")
class KillIT {

  @TempDir private Path directory;

  @Test
  void repliesAreTrueAfterEachKillOfTheServerOnH2() throws IOException {
    HelpDeskDatabase byDefault = new HelpDeskDatabase("", "", "");
    try (KilledServer server = new RunServer(directory, byDefault)) {
      new KillSeries(server).run("WildFly, H2");
    }
  }

  @Test
  void repliesAreTrueAfterEachKillOfTheServerOnPostgreSql() throws IOException {
    try (PostgreSql postgreSql = new PostgreSql()) {
      HelpDeskDatabase database =
          new HelpDeskDatabase(postgreSql.url(), PostgreSql.USER, PostgreSql.PASSWORD);
      try (KilledServer server = new RunServer(directory, database)) {
        new KillSeries(server).run("WildFly, PostgreSQL");
      }
    }
  }
}
