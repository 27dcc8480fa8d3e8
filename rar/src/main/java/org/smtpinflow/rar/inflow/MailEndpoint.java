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
import org.smtpinflow.smtp.protocol.Reply;

/** A message-driven bean that has been activated, from its activation to its deactivation. */
final class MailEndpoint {

  /** {@link MailListener#onMail}, by which a server knows what a delivery is going to call. */
  static final Method ON_MAIL = onMail();

  /** RFC 3207, section 4. */
  private static final Reply TLS_REQUIRED =
      Reply.of(530, "5.7.0", "Mail for this recipient is taken through TLS alone");

  /** RFC 4954, section 6. */
  private static final Reply AUTHENTICATION_REQUIRED =
      Reply.of(530, "5.7.0", "Mail for this recipient is taken from authenticated clients alone");

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

  /** Says whether this is the activation of that factory and spec. */
  boolean isOf(MessageEndpointFactory otherFactory, Object otherSpec) {
    return factory.equals(otherFactory) && spec == otherSpec;
  }

  /** Says whether the bean takes a recipient. */
  boolean takes(ForwardPath path, Predicate<Domain> isLocal) {
    return settings.recipients().stream().anyMatch(pattern -> pattern.matches(path, isLocal));
  }

  /** Says whether the bean takes mail of the listener that a client came to. */
  boolean serves(Client client) {
    return settings.listeners().contains(client.listener().name());
  }

  /** Returns the reply to a client that lacks what the bean demands; empty if it lacks nothing. */
  Optional<Reply> demand(Client client) {
    if (settings.tlsRequired() && client.tls().isEmpty()) {
      return Optional.of(TLS_REQUIRED);
    }
    return settings.authenticationRequired() && client.identity().isEmpty()
        ? Optional.of(AUTHENTICATION_REQUIRED)
        : Optional.empty();
  }

  /** Returns the patterns of the recipients that the bean takes. */
  List<RecipientPattern> patterns() {
    return settings.recipients();
  }

  /** Returns the server's factory for the bean's message endpoints. */
  MessageEndpointFactory factory() {
    return factory;
  }

  /** Says whether the server wants the bean to be called in a JTA transaction. */
  boolean isTransacted() {
    return transacted;
  }

  /** Returns who may call the bean. */
  MethodPermission permission() {
    return permission;
  }

  /** Takes a permit to deliver a message, if there is one left; {@link #release} gives it back. */
  boolean tryAcquire() {
    return !closed && permits.tryAcquire();
  }

  void release() {
    permits.release();
  }

  /** Takes no further recipients from now on; what it has accepted it still takes. */
  void leave() {
    leaving = true;
  }

  boolean isLeaving() {
    return leaving;
  }

  /** Lets no further delivery begin. */
  void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  /**
   * Waits until no delivery is under way.
   *
   * @return whether that was so in time
   */
  boolean awaitIdle(Duration patience) {
    try {
      boolean idle =
          permits.tryAcquire(settings.maxConcurrency(), patience.toMillis(), TimeUnit.MILLISECONDS);
      if (idle) {
        permits.release(settings.maxConcurrency());
      }
      return idle;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Names the bean in the log by what it takes, which every server can tell. */
  @Override
  public String toString() {
    return "bean for " + settings.recipients();
  }
}
