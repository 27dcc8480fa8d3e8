// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.container;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/** Lets Arquillian run a {@link ScriptedInstance}. Tests run outside of it. */
public final class ScriptedDeployableContainer
    implements DeployableContainer<ScriptedDeployableContainer.Settings> {

  /** Whether the container that all suites of this JVM share has been started. */
  private static boolean kept;

  private ScriptedInstance server;
  private boolean shared;

  /** What arquillian.xml says of a container. */
  public static final class Settings implements ContainerConfiguration {

    private boolean second;

    /** Says that this is the server that a test stops. */
    public void setSecond(boolean second) {
      this.second = second;
    }

    @Override
    public void validate() {}
  }

  /** Needed by Arquillian. */
  public ScriptedDeployableContainer() {}

  @Override
  public Class<Settings> getConfigurationClass() {
    return Settings.class;
  }

  @Override
  public void setup(Settings settings) {
    shared = !settings.second;
    server = settings.second ? ScriptedInstance.second() : ScriptedInstance.first();
  }

  @Override
  public ProtocolDescription getDefaultProtocol() {
    return ProtocolDescription.DEFAULT;
  }

  @Override
  public void start() throws LifecycleException {
    if (shared && kept) {
      return;
    }
    try {
      server.start();
      kept |= shared;
    } catch (RuntimeException e) {
      throw new LifecycleException(e.getMessage(), e);
    }
  }

  @Override
  public void stop() throws LifecycleException {
    if (shared) {
      return;
    }
    try {
      server.stop();
    } catch (RuntimeException e) {
      throw new LifecycleException(e.getMessage(), e);
    }
  }

  /** Stops the container that all suites of this JVM share, if there is one. */
  static void stopKept() {
    if (kept) {
      kept = false;
      ScriptedInstance.first().stop();
    }
  }

  @Override
  public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
    Map<String, String> properties = new HashMap<>(Archives.takeSettings(archive));
    List<String> beans = Archives.beans(archive);
    Path file = server.archive(archive.getName());
    archive.as(ZipExporter.class).exportTo(file.toFile(), true);
    try {
      server.deploy(file, properties, beans);
      return new ProtocolMetaData();
    } catch (RuntimeException e) {
      throw new DeploymentException(e.getMessage(), e);
    }
  }

  @Override
  public void undeploy(Archive<?> archive) throws DeploymentException {
    try {
      server.undeploy(server.archive(archive.getName()));
    } catch (RuntimeException e) {
      throw new DeploymentException(e.getMessage(), e);
    }
  }
}
