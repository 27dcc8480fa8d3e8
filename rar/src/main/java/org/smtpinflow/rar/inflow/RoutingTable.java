// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.smtpinflow.api.Client;
import org.smtpinflow.api.Domain;
import org.smtpinflow.api.ForwardPath;

/**
 * The active endpoints: who takes which recipient.
 *
 * <p>The beans of one application come and go one after the other, a moment apart. If mail were
 * routed in between, one bean would get its copy and the other would not, though the sender heard
 * 250. So routes are not {@linkplain #untilSettled settled} until a moment after the last
 * activation; and what a bean took that is gone is not refused, nor given to the others alone,
 * until a while after it went.
 */
final class RoutingTable {

  private static final Duration GRACE = Duration.ofSeconds(30);

  private final Domain serverName;
  private final Duration settleTime;
  private volatile State state = new State(List.of(), List.of(), System.nanoTime());

  /**
   * All that a route depends on. A route looks at one of these alone: between two looks an endpoint
   * could be neither there nor gone, and the others would get its mail alone.
   */
  private record State(List<MailEndpoint> active, List<Departed> departed, long settledAt) {}

  private record Departed(MailEndpoint endpoint, long forgottenAt) {}

  /**
   * Makes it, without endpoints.
   *
   * @param serverName a domain that is local whatever the endpoints are
   * @param settleTime how long after an activation another may follow that takes the same mail
   */
  RoutingTable(Domain serverName, Duration settleTime) {
    this.serverName = serverName;
    this.settleTime = settleTime;
  }

  /** Who takes a recipient. */
  sealed interface Route {

    /** These endpoints do, at least one. */
    record To(List<MailEndpoint> endpoints) implements Route {}

    /** Nobody does. */
    record Nowhere() implements Route {}

    /** An endpoint would, but it is about to go, or has just gone. */
    record NotNow() implements Route {}
  }

  synchronized void add(MailEndpoint endpoint) {
    state =
        new State(
            Stream.concat(state.active.stream(), Stream.of(endpoint)).toList(),
            state.departed.stream().filter(d -> !sameRecipients(d.endpoint(), endpoint)).toList(),
            System.nanoTime() + settleTime.toNanos());
  }

  private static boolean sameRecipients(MailEndpoint one, MailEndpoint other) {
    return one.toString().equals(other.toString());
  }

  Optional<MailEndpoint> find(MessageEndpointFactory factory, Object spec) {
    return state.active.stream().filter(e -> e.isOf(factory, spec)).findFirst();
  }

  /** Removes an endpoint; the last one takes the memory of those that went before with it. */
  synchronized void remove(MailEndpoint endpoint) {
    List<MailEndpoint> staying = without(endpoint);
    long now = System.nanoTime();
    Stream<Departed> remembered = state.departed.stream().filter(d -> d.forgottenAt() - now > 0);
    Departed gone = new Departed(endpoint, now + GRACE.toNanos());
    state =
        new State(
            staying,
            staying.isEmpty() ? List.of() : Stream.concat(remembered, Stream.of(gone)).toList(),
            state.settledAt);
  }

  /** Forgets an endpoint that never came into service. */
  synchronized void withdraw(MailEndpoint endpoint) {
    state = new State(without(endpoint), state.departed, state.settledAt);
  }

  private List<MailEndpoint> without(MailEndpoint endpoint) {
    return state.active.stream().filter(e -> e != endpoint).toList();
  }

  /** Says whether no endpoint is there that is not leaving. */
  boolean allLeaving() {
    return state.active.stream().allMatch(MailEndpoint::isLeaving);
  }

  int count() {
    return state.active.size();
  }

  /** Returns how long until the routes are settled; zero or less if they are. */
  Duration untilSettled() {
    return Duration.ofNanos(state.settledAt - System.nanoTime());
  }

  /** Finds who takes a recipient that a client asks for. */
  Route route(Client client, ForwardPath path) {
    State now = state;
    return takers(now, client, path).anyMatch(MailEndpoint::isLeaving)
        ? new Route.NotNow()
        : route(now, client, path);
  }

  /**
   * Finds who takes a recipient that was accepted before: an endpoint that is about to go still
   * does, as open mail transactions may end.
   */
  Route routeAccepted(Client client, ForwardPath path) {
    return route(state, client, path);
  }

  private Route route(State now, Client client, ForwardPath path) {
    if (hasDeparted(now, client, path)) {
      return new Route.NotNow();
    }
    List<MailEndpoint> takers = takers(now, client, path).toList();
    return takers.isEmpty() ? new Route.Nowhere() : new Route.To(takers);
  }

  private Stream<MailEndpoint> takers(State now, Client client, ForwardPath path) {
    return now.active.stream().filter(e -> takes(now, e, client, path));
  }

  private boolean takes(State now, MailEndpoint endpoint, Client client, ForwardPath path) {
    return endpoint.serves(client) && endpoint.takes(path, domain -> isLocal(now, domain));
  }

  private boolean hasDeparted(State now, Client client, ForwardPath path) {
    long time = System.nanoTime();
    return now.departed.stream()
        .anyMatch(d -> d.forgottenAt() - time > 0 && takes(now, d.endpoint(), client, path));
  }

  /** A domain is local if it is the server's own, or an active endpoint names it. */
  private boolean isLocal(State now, Domain domain) {
    return domain.equals(serverName)
        || now.active.stream()
            .flatMap(endpoint -> endpoint.patterns().stream())
            .anyMatch(pattern -> pattern.names(domain));
  }
}
