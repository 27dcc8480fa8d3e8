// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jboss.as.controller.client.ModelControllerClient;
import org.jboss.as.controller.client.helpers.Operations;
import org.jboss.dmr.ModelNode;

/** WildFly, which Arquillian starts and deploys to by WildFly's own adapter. */
final class WildFly extends Server {

  /** Suspends the server: it goes on, but takes no more work. */
  static void suspend() {
    execute(Operations.createOperation("suspend"));
  }

  /** Ends {@link #suspend}. */
  static void resume() {
    execute(Operations.createOperation("resume"));
  }

  @Override
  String nobody() {
    return "anonymous";
  }

  @Override
  void redeploy(String application) {
    execute(Operations.createOperation("redeploy", address("deployment", application + ".ear")));
  }

  static ModelNode address(String... pairs) {
    return Operations.createAddress(pairs);
  }

  static ModelNode execute(ModelNode operation) {
    try (ModelControllerClient client =
        ModelControllerClient.Factory.create("127.0.0.1", TestEnvironment.MANAGEMENT_PORT)) {
      ModelNode outcome = client.execute(operation);
      if (!Operations.isSuccessfulOutcome(outcome)) {
        throw new IllegalStateException(
            operation + ": " + Operations.getFailureDescription(outcome));
      }
      return Operations.readResult(outcome);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  long pid() {
    ModelNode address = address("core-service", "platform-mbean", "type", "runtime");
    String name = execute(Operations.createReadAttributeOperation(address, "name")).asString();
    return Long.parseLong(name.substring(0, name.indexOf('@')));
  }

  @Override
  List<Path> logs() {
    return List.of(TestEnvironment.SERVER_HOME.resolve(Path.of("standalone", "log", "server.log")));
  }

  @Override
  Path logOfSecond() {
    return TestEnvironment.DIRECTORY.resolve(Path.of("second-wildfly", "log", "server.log"));
  }

  @Override
  void addUser(String user, String password, String groups) {
    OsProgram.Result result =
        OsProgram.run(
            Map.of("JAVA_HOME", TestEnvironment.JAVA_HOME.toString()),
            List.of(
                TestEnvironment.SERVER_HOME.resolve(Path.of("bin", "add-user.sh")).toString(),
                "-a",
                "-u",
                user,
                "-p",
                password,
                "-g",
                groups));
    if (result.exitCode() != 0) {
      throw new IllegalStateException(result.output());
    }
    execute(
        Operations.createOperation(
            "load", address("subsystem", "elytron", "properties-realm", "ApplicationRealm")));
  }

  /** Its handlers for files take all that they are given. */
  @Override
  void logEverything(boolean everything) {
    execute(
        Operations.createWriteAttributeOperation(
            address("subsystem", "logging", "root-logger", "ROOT"),
            "level",
            everything ? "TRACE" : "INFO"));
  }

  @Override
  int keptClassLoaders() {
    return 0;
  }
}
