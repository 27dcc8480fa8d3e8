// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.smtpinflow.it.client.SmtpConnection;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.container.ScriptedInstance;
import org.smtpinflow.it.environment.Await;
import org.smtpinflow.it.environment.PortOffset;
import org.smtpinflow.it.environment.PostgreSql;

/** A domain of Payara as it comes out of the box, but for its default datasource. */
final class PayaraServer implements KilledServer {

  /** As payara/database.sh sets them. */
  private static final String OPTIONS = ";WRITE_DELAY=0;REUSE_SPACE=FALSE";

  private final ScriptedInstance instance = ScriptedInstance.administered();
  private final int smtpPort = PortOffset.findOne();
  private final Optional<HelpDeskDatabase> postgreSql;

  /** The arguments of payara/database.sh. */
  private final List<String> database;

  private boolean prepared;

  private PayaraServer(Optional<HelpDeskDatabase> postgreSql, String... arguments) {
    this.postgreSql = postgreSql;
    this.database = List.of(arguments);
    instance.create();
  }

  /** Makes a domain with its own H2. */
  static PayaraServer onH2() {
    return new PayaraServer(Optional.empty(), "h2");
  }

  /** Makes a domain with a PostgreSQL. */
  static PayaraServer on(PostgreSql postgreSql) {
    return new PayaraServer(
        Optional.of(new HelpDeskDatabase(postgreSql.url(), PostgreSql.USER, PostgreSql.PASSWORD)),
        "postgresql",
        PostgreSql.HOST,
        String.valueOf(postgreSql.port()),
        PostgreSql.DATABASE,
        PostgreSql.USER,
        PostgreSql.PASSWORD,
        PostgreSql.driver().toString());
  }

  @Override
  public HelpDeskDatabase database() throws IOException {
    return postgreSql.isPresent()
        ? postgreSql.get()
        : new HelpDeskDatabase(
            H2Copy.of(instance.instance().resolve("it/lib/databases/embedded_default"), OPTIONS),
            "",
            "");
  }

  @Override
  public int smtpPort() {
    return smtpPort;
  }

  @Override
  public void start() throws IOException {
    instance.startAgain();
    if (!prepared) {
      instance.run("database", database);
      Path application = instance.archive("helpdesk.ear");
      Files.createDirectories(application.getParent());
      Files.copy(
          Archives.DIRECTORY.resolve("smtp-inflow-ear.ear"),
          application,
          StandardCopyOption.REPLACE_EXISTING);
      instance.deploy(application, Map.of("smtpPort", String.valueOf(smtpPort)), List.of());
      prepared = true;
    }
    SmtpConnection.awaitPort(smtpPort);
  }

  @Override
  public void kill() {
    ProcessHandle server = ProcessHandle.of(instance.pid()).orElseThrow();
    server.destroyForcibly();
    Await.until("the death of the server", () -> !server.isAlive());
  }

  @Override
  public void close() {
    if (SmtpConnection.isPossible(smtpPort)) {
      kill();
    }
  }
}
