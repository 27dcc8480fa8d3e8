// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar;

import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
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
final class Endpoints {

  private static final Duration GRACE = Duration.ofSeconds(30);

  private final Domain serverName;
  private final Duration settleTime;
  private final List<MailEndpoint> active = new CopyOnWriteArrayList<>();
  private final List<Departed> departed = new CopyOnWriteArrayList<>();
  private volatile long settledAt = System.nanoTime();

  private record Departed(MailEndpoint endpoint, long forgottenAt) {}

  /**
   * Makes it, without endpoints.
   *
   * @param serverName a domain that is local whatever the endpoints are
   * @param settleTime how long after an activation another may follow that takes the same mail
   */
  Endpoints(Domain serverName, Duration settleTime) {
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

  void add(MailEndpoint endpoint) {
    departed.removeIf(d -> sameRecipients(d.endpoint(), endpoint));
    active.add(endpoint);
    settledAt = System.nanoTime() + settleTime.toNanos();
  }

  private static boolean sameRecipients(MailEndpoint one, MailEndpoint other) {
    return one.toString().equals(other.toString());
  }

  Optional<MailEndpoint> find(MessageEndpointFactory factory, Object spec) {
    return active.stream().filter(e -> e.isOf(factory, spec)).findFirst();
  }

  /** Removes an endpoint; the last one takes the memory of those that went before with it. */
  void remove(MailEndpoint endpoint) {
    active.remove(endpoint);
    departed.add(new Departed(endpoint, System.nanoTime() + GRACE.toNanos()));
    if (active.isEmpty()) {
      departed.clear();
    }
  }

  /** Forgets an endpoint that never came into service. */
  void withdraw(MailEndpoint endpoint) {
    active.remove(endpoint);
  }

  /** Says whether no endpoint is there that is not leaving. */
  boolean allLeaving() {
    return active.stream().allMatch(MailEndpoint::isLeaving);
  }

  int count() {
    return active.size();
  }

  /** Returns how long until the routes are settled; zero or less if they are. */
  Duration untilSettled() {
    return Duration.ofNanos(settledAt - System.nanoTime());
  }

  /** Finds who takes a recipient that a client asks for. */
  Route route(Client client, ForwardPath path) {
    return active.stream().anyMatch(e -> e.isLeaving() && takes(e, client, path))
        ? new Route.NotNow()
        : routeAccepted(client, path);
  }

  /**
   * Finds who takes a recipient that was accepted before: an endpoint that is about to go still
   * does, as open mail transactions may end.
   */
  Route routeAccepted(Client client, ForwardPath path) {
    if (hasDeparted(client, path)) {
      return new Route.NotNow();
    }
    List<MailEndpoint> takers = active.stream().filter(e -> takes(e, client, path)).toList();
    return takers.isEmpty() ? new Route.Nowhere() : new Route.To(takers);
  }

  private boolean takes(MailEndpoint endpoint, Client client, ForwardPath path) {
    return endpoint.serves(client) && endpoint.takes(path, this::isLocal);
  }

  private boolean hasDeparted(Client client, ForwardPath path) {
    if (departed.isEmpty()) {
      return false;
    }
    long now = System.nanoTime();
    departed.removeIf(d -> d.forgottenAt() - now < 0);
    return departed.stream().anyMatch(d -> takes(d.endpoint(), client, path));
  }

  /** A domain is local if it is the server's own, or an active endpoint names it. */
  private boolean isLocal(Domain domain) {
    return domain.equals(serverName)
        || active.stream()
            .flatMap(endpoint -> endpoint.patterns().stream())
            .anyMatch(pattern -> pattern.names(domain));
  }
}
