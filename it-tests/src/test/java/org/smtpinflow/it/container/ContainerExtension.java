// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.container;

import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.as.arquillian.container.managed.ManagedDeployableContainer;

/** Lets Arquillian use {@link ScriptedDeployableContainer} unless the container is WildFly. */
public final class ContainerExtension implements LoadableExtension {

  /** Needed by Arquillian. */
  public ContainerExtension() {}

  @Override
  public void register(ExtensionBuilder builder) {
    builder.observer(ContainerKeeper.class);
    if (Container.underTest() instanceof ScriptedContainer) {
      builder.override(
          DeployableContainer.class,
          ManagedDeployableContainer.class,
          ScriptedDeployableContainer.class);
    }
  }
}
