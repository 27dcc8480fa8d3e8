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
import org.smtpinflow.rar.container.ContextClassLoader;
import org.smtpinflow.rar.container.RealmPasswordVerifier;
import org.smtpinflow.rar.container.ServerResume;
import org.smtpinflow.rar.inflow.RunningAdapter;
import org.smtpinflow.rar.settings.AdapterProperties;
import org.smtpinflow.rar.settings.AdapterSettings;
import org.smtpinflow.smtp.sasl.PasswordVerifier;

/**
 * The resource adapter: what the server starts, gives endpoints to, and stops (Jakarta Connectors
 * 2.1, chapters 5 and 13).
 */
public class SmtpResourceAdapter extends AdapterProperties implements ResourceAdapter {

  private static final Logger LOG = System.getLogger(SmtpResourceAdapter.class.getName());

  /** How long the server may take to check a password. */
  private static final Duration REALM_PATIENCE = Duration.ofSeconds(30);

  private volatile Optional<RunningAdapter> running = Optional.empty();

  /**
   * Endpoints whose activation failed their deployment. WildFly keeps them, and activates them at
   * each resume, long after their application is gone (seen on WildFly 39).
   */
  private final Set<MessageEndpointFactory> refused =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  /** Needed by the server. */
  public SmtpResourceAdapter() {}

  /** {@inheritDoc} Opens no port: that waits for the first endpoint. */
  @Override
  public void start(BootstrapContext context) throws ResourceAdapterInternalException {
    try {
      PasswordVerifier realm = new RealmPasswordVerifier(context.getWorkManager(), REALM_PATIENCE);
      running = Optional.of(new RunningAdapter(AdapterSettings.of(this, realm), context));
    } catch (InvalidPropertyException e) {
      throw notStarted(e.getMessage(), e);
    } catch (UnavailableException e) {
      throw notStarted("the server has no timer for it", e);
    }
  }

  /** Logged besides, as TomEE drops the exception and says only that there is no adapter. */
  private static ResourceAdapterInternalException notStarted(String reason, Exception cause) {
    LOG.log(Level.ERROR, "the adapter does not start: {0}", reason);
    return new ResourceAdapterInternalException("SMTP Inflow: " + reason, cause);
  }

  /** Returns what there is between the start and the stop. */
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
   * Takes the adapter's class loader off the calling thread, if it is there. Payara and GlassFish
   * stop an adapter on a pooled thread that was made with it, and keep the thread for ever. Here,
   * and not in {@link ContextClassLoader}, as that may not have been loaded: see {@link
   * RunningAdapter#close}.
   */
  private static void giveBackClassLoader() {
    Thread thread = Thread.currentThread();
    if (thread.getContextClassLoader() == SmtpResourceAdapter.class.getClassLoader()) {
      thread.setContextClassLoader(ResourceAdapter.class.getClassLoader());
    }
  }

  @Override
  public void endpointActivation(MessageEndpointFactory factory, ActivationSpec spec)
      throws ResourceException {
    if (!(spec instanceof MailActivationSpec mailSpec)) {
      throw new NotSupportedException(
          "activation spec " + spec.getClass().getName() + " is not a MailActivationSpec");
    }
    if (refused.contains(factory) && ServerResume.isUnderWay()) {
      LOG.log(
          Level.INFO,
          "the bean for [{0}] is not activated, as its deployment has failed",
          mailSpec.getRecipients());
      return;
    }
    try {
      running
          .orElseThrow(() -> new ResourceException("SMTP Inflow: the adapter has not been started"))
          .activate(factory, mailSpec, mailSpec.settings());
    } catch (ResourceException e) {
      if (!ServerResume.isUnderWay()) {
        refused.add(factory);
        throw e;
      }
      LOG.log(
          Level.ERROR,
          "{0}; the bean for [{1}] gets no mail until it is deployed again, or the server is reloaded",
          e.getMessage(),
          mailSpec.getRecipients());
    }
  }

  @Override
  public void endpointDeactivation(MessageEndpointFactory factory, ActivationSpec spec) {
    running.ifPresent(i -> i.deactivate(factory, spec));
  }

  /**
   * {@inheritDoc} There is none: the adapter keeps nothing that could be in doubt after a crash.
   */
  @Override
  public XAResource[] getXAResources(ActivationSpec[] specs) {
    return new XAResource[0];
  }

  /**
   * {@inheritDoc} An adapter is equal to itself alone: two with the same properties still are two
   * servers. Defined because Jakarta Connectors 2.1 demands it, and some servers check.
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
