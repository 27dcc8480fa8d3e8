// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.reflect.Method;
import javax.transaction.xa.XAResource;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;
import org.smtpinflow.api.MailRefusedException;
import org.smtpinflow.rar.container.TestContainer;
import org.smtpinflow.rar.settings.EndpointSettings;

/**
 * A message-driven bean that wants no transaction, for what can be tested without a server. Beans
 * in transactions are tested in a real one.
 */
public final class TestBean implements MessageEndpointFactory {

  private final MailListener listener;

  public TestBean(MailListener listener) {
    this.listener = listener;
  }

  static MailEndpoint endpoint(String recipients, int maxConcurrency, MailListener listener) {
    return endpoint(new TestBean(listener), settings(recipients, maxConcurrency));
  }

  static MailEndpoint endpoint(String recipients) {
    return endpoint(recipients, 1, mail -> {});
  }

  static MailEndpoint endpoint(EndpointSettings settings) {
    return endpoint(new TestBean(mail -> {}), settings);
  }

  private static MailEndpoint endpoint(TestBean bean, EndpointSettings settings) {
    try {
      return new MailEndpoint(
          bean, new Object(), settings, MethodPermission.of(bean, new TestContainer()));
    } catch (ResourceException e) {
      throw new AssertionError(e);
    }
  }

  /** Makes an endpoint of a container that checks the bean's roles itself. */
  static MailEndpoint endpointInRoles(MailListener listener) {
    try {
      return new MailEndpoint(
          new TestBean(listener),
          new Object(),
          settings("*", 1),
          MethodPermission.of(listener.getClass(), true));
    } catch (ResourceException e) {
      throw new AssertionError(e);
    }
  }

  static EndpointSettings settings(String recipients, int maxConcurrency) {
    return settings(recipients, "smtp submission submissions lmtp", maxConcurrency, false, false);
  }

  static EndpointSettings settings(
      String recipients,
      String listeners,
      int maxConcurrency,
      boolean tlsRequired,
      boolean authenticationRequired) {
    try {
      return EndpointSettings.of(
          recipients,
          listeners,
          String.valueOf(maxConcurrency),
          String.valueOf(tlsRequired),
          String.valueOf(authenticationRequired));
    } catch (InvalidPropertyException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public MessageEndpoint createEndpoint(XAResource resource) throws UnavailableException {
    return new Endpoint(listener);
  }

  @Override
  public MessageEndpoint createEndpoint(XAResource resource, long timeout)
      throws UnavailableException {
    return createEndpoint(resource);
  }

  @Override
  public boolean isDeliveryTransacted(Method method) {
    return false;
  }

  @Override
  public String getActivationName() {
    return "test";
  }

  @Override
  public Class<?> getEndpointClass() {
    return listener.getClass();
  }

  private record Endpoint(MailListener listener) implements MessageEndpoint, MailListener {

    @Override
    public void onMail(Mail mail) throws MailRefusedException {
      listener.onMail(mail);
    }

    @Override
    public void beforeDelivery(Method method) {
      throw new AssertionError("no transaction is wanted");
    }

    @Override
    public void afterDelivery() {
      throw new AssertionError("no transaction is wanted");
    }

    @Override
    public void release() {}
  }
}
