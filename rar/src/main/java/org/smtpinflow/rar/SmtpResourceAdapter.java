// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar;

import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import javax.transaction.xa.XAResource;
import org.smtpinflow.rar.container.Container;
import org.smtpinflow.rar.container.ContextClassLoader;
import org.smtpinflow.rar.container.RealmPasswordVerifier;
import org.smtpinflow.rar.container.WildFlyContainer;
import org.smtpinflow.rar.inflow.RunningAdapter;
import org.smtpinflow.rar.settings.AdapterProperties;
import org.smtpinflow.rar.settings.AdapterSettings;
import org.smtpinflow.smtp.sasl.PasswordVerifier;

/**
 * The resource adapter (Jakarta Connectors 2.1, chapters 5 and 13). The container starts and stops
 * it, and activates and deactivates its endpoints.
 */
public class SmtpResourceAdapter extends AdapterProperties implements ResourceAdapter {

  private static final Logger LOG = System.getLogger(SmtpResourceAdapter.class.getName());

  /** How long the container may take to check a password. */
  private static final Duration REALM_PATIENCE = Duration.ofSeconds(30);

  private volatile Optional<RunningAdapter> running = Optional.empty();

  /**
   * Endpoints whose activation made their deployment fail. WildFly keeps them and activates them
   * again at each resume, long after their application has been removed (seen on WildFly 39).
   */
  private final Set<MessageEndpointFactory> refused =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  /** Makes an adapter that has not been started. The container needs this constructor. */
  public SmtpResourceAdapter() {}

  /** {@inheritDoc} Opens no port: the ports open with the first endpoint. */
  @Override
  public void start(BootstrapContext context) throws ResourceAdapterInternalException {
    Container container = Container.of(context);
    try {
      PasswordVerifier realm =
          new RealmPasswordVerifier(container, context.getWorkManager(), REALM_PATIENCE);
      AdapterSettings settings = AdapterSettings.of(this, realm);
      running = Optional.of(new RunningAdapter(settings, container, context));
    } catch (InvalidPropertyException e) {
      throw notStarted(e.getMessage(), e);
    } catch (UnavailableException e) {
      throw notStarted("the application server provides no timer", e);
    }
    LOG.log(Level.INFO, "the adapter has started in {0}", container.name());
  }

  /** Logs the reason as well, because TomEE drops the exception. */
  private static ResourceAdapterInternalException notStarted(String reason, Exception cause) {
    LOG.log(Level.ERROR, "the adapter does not start: {0}", reason);
    return new ResourceAdapterInternalException("SMTP Inflow: " + reason, cause);
  }

  /** Returns the running adapter; empty before the start and after the stop. */
  Optional<RunningAdapter> running() {
    return running;
  }

  @Override
  public void stop() {
    running.ifPresent(RunningAdapter::close);
    running = Optional.empty();
    giveBackClassLoader();
  }

  /**
   * Removes the adapter's class loader from the calling thread, if it is set. Payara and GlassFish
   * stop an adapter on a pooled thread that was created with this class loader, and reuse the
   * thread. This method does not use {@link ContextClassLoader}, which may not have been loaded;
   * see {@link RunningAdapter#close}.
   */
  private static void giveBackClassLoader() {
    Thread thread = Thread.currentThread();
    if (thread.getContextClassLoader() == SmtpResourceAdapter.class.getClassLoader()) {
      thread.setContextClassLoader(ResourceAdapter.class.getClassLoader());
    }
  }

  /**
   * {@inheritDoc} While WildFly resumes, a failure is logged instead of thrown: an exception would
   * stop WildFly for all applications.
   */
  @Override
  public void endpointActivation(MessageEndpointFactory factory, ActivationSpec spec)
      throws ResourceException {
    if (!WildFlyContainer.resumes()) {
      try {
        activate(factory, spec);
      } catch (ResourceException | RuntimeException e) {
        refused.add(factory);
        throw e;
      }
    } else if (refused.contains(factory)) {
      LOG.log(
          Level.INFO,
          "the {0} is not activated, because its deployment has failed",
          describe(factory, spec));
    } else {
      try {
        activate(factory, spec);
      } catch (ResourceException | RuntimeException e) {
        LOG.log(
            Level.ERROR,
            "{0}; the {1} gets no mail until it is deployed again or the application server"
                + " is reloaded",
            e.getMessage(),
            describe(factory, spec));
      }
    }
  }

  private void activate(MessageEndpointFactory factory, ActivationSpec spec)
      throws ResourceException {
    if (!(spec instanceof MailActivationSpec mailSpec)) {
      throw new NotSupportedException(
          "activation spec " + spec.getClass().getName() + " is not a MailActivationSpec");
    }
    running
        .orElseThrow(() -> new ResourceException("SMTP Inflow: the adapter has not been started"))
        .activate(factory, mailSpec, mailSpec.settings());
  }

  private static String describe(MessageEndpointFactory factory, ActivationSpec spec) {
    String recipients =
        spec instanceof MailActivationSpec mailSpec ? mailSpec.getRecipients() : spec.toString();
    return "bean " + factory.getActivationName() + " for [" + recipients + "]";
  }

  @Override
  public void endpointDeactivation(MessageEndpointFactory factory, ActivationSpec spec) {
    running.ifPresent(adapter -> adapter.deactivate(factory, spec));
  }

  /**
   * {@inheritDoc} Returns none: the adapter takes part in no transaction, so a crash leaves nothing
   * in doubt.
   */
  @Override
  public XAResource[] getXAResources(ActivationSpec[] specs) {
    return new XAResource[0];
  }

  /**
   * {@inheritDoc} An adapter equals only itself: two adapters with the same properties are two SMTP
   * servers. Jakarta Connectors 2.1 demands this method, and some containers check that it is
   * defined.
   */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
