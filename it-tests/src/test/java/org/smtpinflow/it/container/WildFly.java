// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.as.controller.client.ModelControllerClient;
import org.jboss.as.controller.client.helpers.Operations;
import org.jboss.dmr.ModelNode;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.ResourceAdapterArchive;
import org.smtpinflow.it.environment.OsProgram;
import org.smtpinflow.it.environment.PortOffset;
import org.smtpinflow.it.environment.TestEnvironment;

/** WildFly, which Arquillian starts and deploys to by WildFly's own adapter. */
public final class WildFly extends Container {

  /** Made by Arquillian: see arquillian.xml. */
  private static final Path BASE = TestEnvironment.DIRECTORY.resolve("wildfly");

  private static final String SETTINGS = "META-INF/ironjacamar.xml";

  /** Suspends the server: it keeps running, but takes no more work. */
  public static void suspend() {
    execute(Operations.createOperation("suspend"));
  }

  /** Ends {@link #suspend}. */
  public static void resume() {
    execute(Operations.createOperation("resume"));
  }

  @Override
  public int httpPort() {
    return PortOffset.HTTP + Integer.getInteger("it.portOffset");
  }

  @Override
  public String nobody() {
    return "anonymous";
  }

  @Override
  public void redeploy(String application) {
    execute(Operations.createOperation("redeploy", address("deployment", application + ".ear")));
  }

  public static ModelNode address(String... pairs) {
    return Operations.createAddress(pairs);
  }

  public static ModelNode execute(ModelNode operation) {
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
    return List.of(BASE.resolve("log/server.log"));
  }

  @Override
  Path logOfSecond() {
    return TestEnvironment.DIRECTORY.resolve(Path.of("second-wildfly", "log", "server.log"));
  }

  @Override
  public void addUser(String user, String password, String groups) {
    OsProgram.Result result =
        OsProgram.run(
            Map.of("JAVA_HOME", TestEnvironment.JAVA_HOME.toString()),
            List.of(
                TestEnvironment.SERVER_HOME.resolve(Path.of("bin", "add-user.sh")).toString(),
                "-a",
                "-sc",
                BASE.resolve("configuration").toString(),
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
  public void logEverything(boolean everything) {
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

  /**
   * Changes the archive's own descriptor for WildFly, and the adapter's name in JNDI, so that it
   * can be beside one that is as it was built.
   */
  @Override
  ResourceAdapterArchive configure(ResourceAdapterArchive adapter, Map<String, String> properties) {
    String settings =
        Archives.text(adapter, SETTINGS).replace("java:/mail/smtp-inflow", "java:/mail/altered");
    for (Map.Entry<String, String> property : properties.entrySet()) {
      settings = set(settings, property.getKey(), property.getValue());
    }
    adapter.delete(SETTINGS);
    return adapter.add(new StringAsset(settings), SETTINGS);
  }

  private static String set(String settings, String property, String value) {
    Matcher element =
        Pattern.compile("(name=\"" + Pattern.quote(property) + "\">)[^<]*<").matcher(settings);
    if (!element.find()) {
      throw new IllegalArgumentException("the adapter has no property " + property);
    }
    return element.replaceFirst("$1" + Matcher.quoteReplacement(value) + "<");
  }

  @Override
  void describe(Archive<?> module, String directory, AdapterName adapter, List<String> beans) {
    module.add(descriptor(adapter.onWildFly()), directory + "/jboss-ejb3.xml");
  }

  private static StringAsset descriptor(String adapter) {
    return new StringAsset(
        """
        <jboss:ejb-jar xmlns:jboss="urn:jboss:jakartaee:1.0"
                       xmlns="https://jakarta.ee/xml/ns/jakartaee"
                       xmlns:r="urn:resource-adapter-binding:2.0"
                       version="4.0">
          <assembly-descriptor>
            <r:resource-adapter-binding>
              <ejb-name>*</ejb-name>
              <r:resource-adapter-name>%s</r:resource-adapter-name>
            </r:resource-adapter-binding>
          </assembly-descriptor>
        </jboss:ejb-jar>
        """
            .formatted(adapter));
  }
}
