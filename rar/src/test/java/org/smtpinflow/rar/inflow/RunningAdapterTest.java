// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.XATerminator;
import jakarta.resource.spi.work.WorkContext;
import jakarta.resource.spi.work.WorkManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.Timer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.smtpinflow.api.MailServer.State;
import org.smtpinflow.rar.SmtpResourceAdapter;
import org.smtpinflow.rar.container.TestContainer;
import org.smtpinflow.rar.container.TestWorkManager;
import org.smtpinflow.rar.settings.AdapterSettings;

@Timeout(60)
class RunningAdapterTest {

  private static final String NAME = "org.smtpinflow:type=MailServer,name=\"mx.example.com%s\"";

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final TestBean bean = new TestBean(mail -> {});
  private final Object spec = new Object();

  private ServerSocket other;
  private RunningAdapter adapter;

  @BeforeEach
  void takePortAndStart() throws Exception {
    other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    adapter = start();
  }

  private RunningAdapter start() throws ResourceException {
    SmtpResourceAdapter properties = new SmtpResourceAdapter();
    properties.setServerName("mx.example.com");
    properties.setSmtpPort(String.valueOf(other.getLocalPort()));
    AdapterSettings settings = AdapterSettings.of(properties, (user, password) -> Optional.empty());
    return new RunningAdapter(
        settings, new TestContainer(), new Context(new TestWorkManager(threads)));
  }

  @AfterEach
  void stop() throws Exception {
    adapter.close();
    other.close();
    threads.shutdownNow();
  }

  private void activate() throws ResourceException {
    adapter.activate(bean, spec, TestBean.settings("*", 1));
  }

  private static Object attribute(String suffix, String attribute) throws JMException {
    return ManagementFactory.getPlatformMBeanServer()
        .getAttribute(new ObjectName(NAME.formatted(suffix)), attribute);
  }

  private static boolean isShown(String suffix) throws JMException {
    return ManagementFactory.getPlatformMBeanServer()
        .isRegistered(new ObjectName(NAME.formatted(suffix)));
  }

  @Test
  void aPortThatCannotBeOpenedIsSeenUntilItIsOpen() throws Exception {
    assertThat(adapter.statistics().state()).isEqualTo(State.CLOSED);
    assertThat(attribute("", "State")).isEqualTo("CLOSED");

    assertThatThrownBy(this::activate).isInstanceOf(ResourceException.class);
    assertThat(adapter.statistics().state()).isEqualTo(State.FAILED);
    assertThat(adapter.statistics().problem().orElse(""))
        .startsWith("smtpPort: " + other.getLocalPort() + " cannot be opened");
    assertThat(attribute("", "State")).isEqualTo("FAILED");
    assertThat(attribute("", "Problem")).asString().startsWith("smtpPort: ");

    other.close();
    activate();
    assertThat(adapter.statistics().state()).isEqualTo(State.OPEN);
    assertThat(adapter.statistics().problem()).isEmpty();
    assertThat((String[]) attribute("", "Listeners"))
        .containsExactly("smtp 127.0.0.1:" + other.getLocalPort());

    adapter.deactivate(bean, spec);
    assertThat(adapter.statistics().state()).isEqualTo(State.CLOSED);
  }

  @Test
  void jmxShowsEachAdapterForAsLongAsItRuns() throws Exception {
    try (RunningAdapter second = start()) {
      assertThat(second.statistics().state()).isEqualTo(State.CLOSED);
      assertThat(attribute(" 2", "State")).isEqualTo("CLOSED");
    }
    assertThat(isShown("")).isTrue();
    assertThat(isShown(" 2")).isFalse();
    adapter.close();
    assertThat(isShown("")).isFalse();
  }

  private record Context(WorkManager workManager) implements BootstrapContext {

    @Override
    public WorkManager getWorkManager() {
      return workManager;
    }

    @Override
    public XATerminator getXATerminator() {
      throw new AssertionError("no transaction is imported");
    }

    @Override
    public Timer createTimer() {
      return new Timer(true);
    }

    @Override
    public boolean isContextSupported(Class<? extends WorkContext> type) {
      return true;
    }

    @Override
    public TransactionSynchronizationRegistry getTransactionSynchronizationRegistry() {
      return new NoTransactions();
    }
  }
}
