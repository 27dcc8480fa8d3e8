// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.as.arquillian.container.managed.ManagedDeployableContainer;

/** Puts {@link ScriptedContainer} in the place of WildFly's, if the server is another one. */
public final class ScriptedContainerExtension implements LoadableExtension {

  /** Needed by Arquillian. */
  public ScriptedContainerExtension() {}

  @Override
  public void register(ExtensionBuilder builder) {
    if (!TestEnvironment.SERVER.startsWith("wildfly")) {
      builder.override(
          DeployableContainer.class, ManagedDeployableContainer.class, ScriptedContainer.class);
    }
  }
}
