// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.smtpinflow.api.Client;
import org.smtpinflow.api.Domain;
import org.smtpinflow.api.ForwardPath;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;
import org.smtpinflow.rar.settings.EndpointSettings;
import org.smtpinflow.rar.settings.RecipientPattern;

/** A message-driven bean that has been activated, from its activation to its deactivation. */
final class MailEndpoint {

  /** {@link MailListener#onMail}, the method that a delivery announces to the container. */
  static final Method ON_MAIL = onMail();

  private final MessageEndpointFactory factory;
  private final Object spec;
  private final EndpointSettings settings;
  private final boolean transacted;
  private final MethodPermission permission;
  private final Semaphore permits;
  private volatile boolean leaving;
  private volatile boolean closed;

  /**
   * Makes an endpoint that is not in service yet.
   *
   * @param spec the container's activation spec, which identifies the activation
   * @param settings the checked values of that spec
   * @param permission who may call the bean
   */
  MailEndpoint(
      MessageEndpointFactory factory,
      Object spec,
      EndpointSettings settings,
      MethodPermission permission)
      throws ResourceException {
    this.factory = factory;
    this.spec = spec;
    this.settings = settings;
    this.permits = new Semaphore(settings.maxConcurrency());
    this.transacted = isTransacted(factory);
    this.permission = permission;
  }

  private static boolean isTransacted(MessageEndpointFactory factory) throws ResourceException {
    try {
      return factory.isDeliveryTransacted(ON_MAIL);
    } catch (NoSuchMethodException e) {
      throw new ResourceException("the bean does not implement " + MailListener.class.getName(), e);
    }
  }

  private static Method onMail() {
    try {
      return MailListener.class.getMethod("onMail", Mail.class);
    } catch (NoSuchMethodException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Returns whether this is the activation of a factory and a spec. */
  boolean isOf(MessageEndpointFactory otherFactory, Object otherSpec) {
    return factory.equals(otherFactory) && spec == otherSpec;
  }

  /**
   * Returns whether another endpoint is an activation of the same bean: whether it has the same
   * class, recipients and listeners. A redeployed class is another class of the same name.
   */
  boolean isSameBeanAs(MailEndpoint other) {
    return beanClass().equals(other.beanClass())
        && settings.listeners().equals(other.settings.listeners())
        && texts(patterns()).equals(texts(other.patterns()));
  }

  private static List<String> texts(List<RecipientPattern> patterns) {
    return patterns.stream().map(RecipientPattern::toString).toList();
  }

  /** Returns the name of the bean's class. */
  String beanClass() {
    return factory.getEndpointClass().getName();
  }

  /** Returns whether the bean takes a recipient. */
  boolean takes(ForwardPath path, Predicate<Domain> isLocal) {
    return settings.recipients().stream().anyMatch(pattern -> pattern.matches(path, isLocal));
  }

  /** Returns whether the bean takes mail of the listener that accepted a client. */
  boolean serves(Client client) {
    return settings.listeners().contains(client.listener().name());
  }

  /** Returns the reply to a client that does not meet a demand of the bean; empty if it does. */
  Optional<AdapterReply> unmetDemand(Client client) {
    if (settings.tlsRequired() && client.tls().isEmpty()) {
      return Optional.of(AdapterReply.TLS_REQUIRED);
    }
    return settings.authenticationRequired() && client.identity().isEmpty()
        ? Optional.of(AdapterReply.AUTHENTICATION_REQUIRED)
        : Optional.empty();
  }

  /** Returns the patterns of the recipients that the bean takes. */
  List<RecipientPattern> patterns() {
    return settings.recipients();
  }

  /** Returns the container's factory of the bean's message endpoints. */
  MessageEndpointFactory factory() {
    return factory;
  }

  /** Returns whether the container calls the bean in a JTA transaction. */
  boolean isTransacted() {
    return transacted;
  }

  /** Returns who may call the bean. */
  MethodPermission permission() {
    return permission;
  }

  /**
   * Takes a permit to deliver a message, if one is left; {@link #release} gives it back. After
   * {@link #close} there are no more.
   */
  boolean tryAcquire() {
    if (closed || !permits.tryAcquire()) {
      return false;
    }
    // Closed in between: awaitIdle may have seen no delivery already.
    if (closed) {
      permits.release();
      return false;
    }
    return true;
  }

  void release() {
    permits.release();
  }

  /** Takes no further recipients from now on. Messages for recipients that it took still come. */
  void leave() {
    leaving = true;
  }

  boolean isLeaving() {
    return leaving;
  }

  /** Allows no further delivery to begin. */
  void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  /**
   * Waits until no delivery is under way. An interrupt does not shorten the wait; it is put off.
   *
   * @return false if a delivery is still under way when the patience ends
   */
  boolean awaitIdle(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          boolean idle =
              permits.tryAcquire(
                  settings.maxConcurrency(), deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
          if (idle) {
            permits.release(settings.maxConcurrency());
          }
          return idle;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Names the bean in the log: its class, and the recipients that it takes. */
  @Override
  public String toString() {
    return "bean " + beanClass() + " for " + settings.recipients();
  }
}
