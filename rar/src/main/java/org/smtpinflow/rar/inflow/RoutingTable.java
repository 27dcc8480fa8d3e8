// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.smtpinflow.api.Client;
import org.smtpinflow.api.Domain;
import org.smtpinflow.api.ForwardPath;

/**
 * The active endpoints, and which of them take a recipient.
 *
 * <p>The container activates and deactivates the beans of an application one after the other. If
 * recipients were accepted in between, one bean would miss a message for which its sender gets 250.
 * So there are no routes until a moment after the last activation, when they are {@linkplain
 * #untilSettled settled}. A recipient of a bean that was removed is neither refused nor given to
 * the other beans until the bean is back, or until a while has passed.
 *
 * <p>The table answers RCPT. At the end of data nobody asks it: the message goes to the beans that
 * took its recipients at RCPT.
 */
final class RoutingTable {

  private static final Duration GRACE = Duration.ofSeconds(30);

  private final Domain serverName;
  private final Duration settleTime;
  private final LongSupplier nanoTime;
  private volatile State state;

  /**
   * All that a route depends on. A route is found in one state: between two looks at it, an
   * endpoint could be neither active nor departed, and the others would get its mail.
   */
  private record State(List<MailEndpoint> active, List<Departed> departed, long settledAt) {}

  private record Departed(MailEndpoint endpoint, long forgottenAt) {}

  /**
   * Makes a table without endpoints, whose routes are settled.
   *
   * @param serverName a domain that is always local
   * @param settleTime how long after an activation another one may follow that takes the same mail
   * @param nanoTime the clock; see {@link System#nanoTime}
   */
  RoutingTable(Domain serverName, Duration settleTime, LongSupplier nanoTime) {
    this.serverName = serverName;
    this.settleTime = settleTime;
    this.nanoTime = nanoTime;
    this.state = new State(List.of(), List.of(), nanoTime.getAsLong());
  }

  /** The answer to the question which endpoints take a recipient. */
  sealed interface Route {

    /** These endpoints take it; at least one. */
    record To(List<MailEndpoint> endpoints) implements Route {}

    /** No endpoint takes it. */
    record Nowhere() implements Route {}

    /** An endpoint that takes it is about to leave, or has just left. */
    record NotNow() implements Route {}

    /** The routes are not settled: another endpoint that takes it may be activated now. */
    record Unsettled() implements Route {}
  }

  /** Adds an endpoint. If its bean has departed, the bean is back. */
  synchronized void add(MailEndpoint endpoint) {
    long now = nanoTime.getAsLong();
    List<Departed> departed = new ArrayList<>(remembered(now).toList());
    // One activation brings back one bean: another may have had the same recipients.
    departed.stream()
        .filter(d -> d.endpoint().isSameBeanAs(endpoint))
        .findFirst()
        .ifPresent(departed::remove);
    state =
        new State(
            Stream.concat(state.active.stream(), Stream.of(endpoint)).toList(),
            List.copyOf(departed),
            now + settleTime.toNanos());
  }

  Optional<MailEndpoint> find(MessageEndpointFactory factory, Object spec) {
    return state.active.stream().filter(e -> e.isOf(factory, spec)).findFirst();
  }

  /**
   * Removes an endpoint, and remembers it as departed. With the last endpoint nothing is
   * remembered, as the ports are closed.
   */
  synchronized void remove(MailEndpoint endpoint) {
    List<MailEndpoint> staying = without(endpoint);
    long now = nanoTime.getAsLong();
    Departed gone = new Departed(endpoint, now + GRACE.toNanos());
    state =
        new State(
            staying,
            staying.isEmpty()
                ? List.of()
                : Stream.concat(remembered(now), Stream.of(gone)).toList(),
            state.settledAt);
  }

  /** Removes an endpoint that never came into service. */
  synchronized void withdraw(MailEndpoint endpoint) {
    state = new State(without(endpoint), state.departed, state.settledAt);
  }

  private Stream<Departed> remembered(long now) {
    return state.departed.stream().filter(d -> d.forgottenAt() - now > 0);
  }

  private List<MailEndpoint> without(MailEndpoint endpoint) {
    return state.active.stream().filter(e -> e != endpoint).toList();
  }

  /** Returns whether every endpoint is leaving. */
  boolean allLeaving() {
    return state.active.stream().allMatch(MailEndpoint::isLeaving);
  }

  int count() {
    return state.active.size();
  }

  /** Returns the time until the routes are settled; zero or less if they are. */
  Duration untilSettled() {
    return untilSettled(state);
  }

  private Duration untilSettled(State now) {
    return Duration.ofNanos(now.settledAt - nanoTime.getAsLong());
  }

  /** Finds the endpoints that take a recipient. */
  Route route(Client client, ForwardPath path) {
    State now = state;
    if (untilSettled(now).compareTo(Duration.ZERO) > 0) {
      return new Route.Unsettled();
    }
    List<MailEndpoint> takers =
        now.active.stream().filter(e -> takes(now, e, client, path)).toList();
    if (takers.stream().anyMatch(MailEndpoint::isLeaving) || hasDeparted(now, client, path)) {
      return new Route.NotNow();
    }
    return takers.isEmpty() ? new Route.Nowhere() : new Route.To(takers);
  }

  private boolean takes(State now, MailEndpoint endpoint, Client client, ForwardPath path) {
    return endpoint.serves(client) && endpoint.takes(path, domain -> isLocal(now, domain));
  }

  private boolean hasDeparted(State now, Client client, ForwardPath path) {
    long time = nanoTime.getAsLong();
    return now.departed.stream()
        .anyMatch(d -> d.forgottenAt() - time > 0 && takes(now, d.endpoint(), client, path));
  }

  /** A domain is local if it is the server's name, or if an active endpoint names it. */
  private boolean isLocal(State now, Domain domain) {
    return domain.equals(serverName)
        || now.active.stream()
            .flatMap(endpoint -> endpoint.patterns().stream())
            .anyMatch(pattern -> pattern.names(domain));
  }
}
