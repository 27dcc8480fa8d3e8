// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.container;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.ResourceAdapterArchive;

/** A container that is run by the scripts in {@code src/test/servers}. */
public abstract class ScriptedContainer extends Container {

  /** The properties of an adapter, beside what the adapter was built of. */
  static final String PROPERTIES = "META-INF/test.properties";

  private final ScriptedInstance instance = ScriptedInstance.first();

  @Override
  public int httpPort() {
    return instance.httpPort();
  }

  /** {@link Archives#takeSettings} takes the properties out again. */
  @Override
  ResourceAdapterArchive configure(ResourceAdapterArchive adapter, Map<String, String> properties) {
    String lines =
        properties.entrySet().stream()
            .map(property -> property.getKey() + "=" + property.getValue())
            .collect(Collectors.joining("\n"));
    return adapter.add(new StringAsset(lines), PROPERTIES);
  }

  /**
   * Payara rolls back transactions in progress a moment before it deactivates the bean, so the
   * rollback looks like any other.
   */
  @Override
  public String refusalsOfRedeployment() {
    return "(451 4\\.3\\.[02]|421 4\\.3\\.2) .*";
  }

  @Override
  public void redeploy(String application) {
    instance.redeploy(application);
  }

  @Override
  long pid() {
    return instance.pid();
  }

  @Override
  List<Path> logs() {
    return instance.logs();
  }

  @Override
  Path logOfSecond() {
    return ScriptedInstance.second().log();
  }

  @Override
  public void addUser(String user, String password, String groups) {
    instance.addUser(user, password, groups);
  }

  @Override
  public void logEverything(boolean everything) {
    instance.logEverything(everything);
  }
}
