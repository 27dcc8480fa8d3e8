// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.smtpinflow.api.MailServerStatistics;

/**
 * Shows an adapter's mail server in JMX as {@code org.smtpinflow:type=MailServer,name="..."}, from
 * {@link #show} to {@link #close}. The name is the server's name. If several adapters have the same
 * one, a number follows it.
 */
final class ManagedMailServer implements MailServerMXBean, AutoCloseable {

  private static final Logger LOG = System.getLogger(ManagedMailServer.class.getName());

  /** More adapters of one name than anybody has. */
  private static final int MAX_NUMBER = 100;

  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
  private final Supplier<MailServerStatistics> statistics;
  private Optional<ObjectName> shown = Optional.empty();

  ManagedMailServer(Supplier<MailServerStatistics> statistics) {
    this.statistics = statistics;
  }

  /** Registers the mail server. A failure is logged, as mail arrives without JMX as well. */
  void show(String serverName) {
    try {
      for (int number = 1; shown.isEmpty() && number <= MAX_NUMBER; number++) {
        shown = register(number == 1 ? serverName : serverName + " " + number);
      }
    } catch (JMException | RuntimeException e) {
      LOG.log(Level.WARNING, "the mail server is not shown in JMX: {0}", e);
    }
  }

  private Optional<ObjectName> register(String name) throws JMException {
    ObjectName objectName =
        new ObjectName("org.smtpinflow:type=MailServer,name=" + ObjectName.quote(name));
    try {
      beans.registerMBean(this, objectName);
      return Optional.of(objectName);
    } catch (InstanceAlreadyExistsException e) {
      return Optional.empty();
    }
  }

  /** Takes the mail server out of JMX, which would keep its class loader otherwise. */
  @Override
  public void close() {
    if (shown.isPresent()) {
      try {
        beans.unregisterMBean(shown.get());
      } catch (JMException e) {
        LOG.log(Level.WARNING, "the mail server stays in JMX: {0}", e);
      }
      shown = Optional.empty();
    }
  }

  @Override
  public String getState() {
    return statistics.get().state().name();
  }

  @Override
  public String getProblem() {
    return statistics.get().problem().orElse("");
  }

  @Override
  public List<String> getListeners() {
    return statistics.get().listeners().stream()
        .map(
            listener ->
                "%s %s:%d"
                    .formatted(
                        listener.name(),
                        listener.address().getAddress().getHostAddress(),
                        listener.address().getPort()))
        .toList();
  }

  @Override
  public int getBeans() {
    return statistics.get().beans();
  }

  @Override
  public long getSessionsOpen() {
    return statistics.get().sessionsOpen();
  }
}
