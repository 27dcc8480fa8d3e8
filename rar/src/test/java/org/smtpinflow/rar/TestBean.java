// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.reflect.Method;
import javax.transaction.xa.XAResource;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;
import org.smtpinflow.api.MailRefusedException;

/**
 * A message-driven bean that wants no transaction, for what can be tested without a server. Beans
 * in transactions are tested in a real one.
 */
final class TestBean implements MessageEndpointFactory {

  private final MailListener listener;

  TestBean(MailListener listener) {
    this.listener = listener;
  }

  static MailEndpoint endpoint(String recipients, int maxConcurrency, MailListener listener) {
    return endpoint(new TestBean(listener), spec(recipients, maxConcurrency));
  }

  static MailEndpoint endpoint(String recipients) {
    return endpoint(recipients, 1, mail -> {});
  }

  static MailEndpoint endpoint(MailActivationSpec spec) {
    return endpoint(new TestBean(mail -> {}), spec);
  }

  private static MailEndpoint endpoint(TestBean bean, MailActivationSpec spec) {
    try {
      return new MailEndpoint(bean, spec);
    } catch (ResourceException e) {
      throw new AssertionError(e);
    }
  }

  /** Makes one in a server that holds the bean's roles itself. */
  static MailEndpoint endpointInRoles(MailListener listener) {
    try {
      return new MailEndpoint(
          new TestBean(listener), spec("*", 1), MethodPermission.of(listener.getClass(), true));
    } catch (ResourceException e) {
      throw new AssertionError(e);
    }
  }

  static MailActivationSpec spec(String recipients, int maxConcurrency) {
    MailActivationSpec spec = new MailActivationSpec();
    spec.setRecipients(recipients);
    spec.setMaxConcurrency(String.valueOf(maxConcurrency));
    return spec;
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
