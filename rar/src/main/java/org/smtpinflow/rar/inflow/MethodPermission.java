// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.smtpinflow.api.Client;
import org.smtpinflow.rar.container.Container;

/**
 * Who may call {@code onMail} of a bean, as the annotations of the bean say.
 *
 * <p>Jakarta Enterprise Beans speaks of method permissions of session beans alone, and most servers
 * hold none of a message-driven bean against its caller. So the adapter does, as that specification
 * says it for session beans ("Specification of Method Permissions with Metadata Annotations"): what
 * a method says stands before what its class says, and the class is the one that declares the
 * method. Permissions in a descriptor are known to the server alone.
 *
 * <p>The groups of a sender are its roles. WildFly and Open Liberty may have given it others, by
 * mappings of their own, and hold them themselves: there it is left to the server whether an
 * authenticated sender is in a role.
 */
final class MethodPermission {

  /** The role of everybody who has authenticated (Jakarta Enterprise Beans). */
  private static final String AUTHENTICATED = "**";

  /** Empty if everybody may call. */
  private final Optional<Set<String>> roles;

  private final boolean heldByServer;

  private MethodPermission(Optional<Set<String>> roles, boolean heldByServer) {
    this.roles = roles;
    this.heldByServer = heldByServer;
  }

  /**
   * Reads the annotations of a bean.
   *
   * @throws ResourceException if the server does not say what the class of the bean is, or if that
   *     is no {@code MailListener}
   */
  static MethodPermission of(MessageEndpointFactory factory, Container container)
      throws ResourceException {
    Class<?> bean = factory.getEndpointClass();
    if (bean == null) {
      throw new ResourceException(
          "the server does not say what the class of the bean is, so whom it lets in is unknown");
    }
    return of(bean, container.checksRoles());
  }

  /**
   * Reads the annotations of a bean.
   *
   * @param heldByServer whether the server itself checks the roles of who has authenticated
   */
  static MethodPermission of(Class<?> bean, boolean heldByServer) throws ResourceException {
    try {
      return new MethodPermission(roles(onMail(bean)), heldByServer);
    } catch (NoSuchMethodException e) {
      throw new ResourceException("the bean " + bean.getName() + " has no method onMail", e);
    }
  }

  /**
   * Finds the method that runs. The one that a class shows can be a bridge of the compiler, to a
   * method of a superclass that is not public, or has a type variable.
   */
  private static Method onMail(Class<?> bean) throws NoSuchMethodException {
    Method visible =
        bean.getMethod(MailEndpoint.ON_MAIL.getName(), MailEndpoint.ON_MAIL.getParameterTypes());
    return visible.isBridge()
        ? Stream.<Class<?>>iterate(
                visible.getDeclaringClass(), Objects::nonNull, Class::getSuperclass)
            .flatMap(type -> Stream.of(type.getDeclaredMethods()))
            .filter(MethodPermission::takesMail)
            .findFirst()
            .orElse(visible)
        : visible;
  }

  private static boolean takesMail(Method method) {
    return !method.isBridge()
        && method.getName().equals(MailEndpoint.ON_MAIL.getName())
        && method.getParameterCount() == 1
        && method.getParameterTypes()[0].isAssignableFrom(
            MailEndpoint.ON_MAIL.getParameterTypes()[0]);
  }

  /** Of contradictory annotations in one place, which are an error, the strictest holds. */
  private static Optional<Set<String>> roles(Method method) {
    AnnotatedElement place = saysWho(method) ? method : method.getDeclaringClass();
    return place.isAnnotationPresent(DenyAll.class)
        ? Optional.of(Set.of())
        : Optional.ofNullable(place.getAnnotation(RolesAllowed.class))
            .map(allowed -> Set.copyOf(List.of(allowed.value())));
  }

  private static boolean saysWho(Method method) {
    return Stream.of(DenyAll.class, RolesAllowed.class, PermitAll.class)
        .anyMatch(method::isAnnotationPresent);
  }

  /**
   * Says whether a sender may be let in. Whoever did not authenticate is in no role, on any server.
   *
   * @param sender empty for a client that did not authenticate
   */
  boolean allows(Optional<Client.Identity> sender) {
    return roles.isEmpty() || sender.filter(this::isInRole).isPresent();
  }

  /** Says whether a denial can be the server's own, and not that of a bean which this one calls. */
  boolean isHeldByServer() {
    return heldByServer;
  }

  private boolean isInRole(Client.Identity sender) {
    Set<String> allowed = roles.orElseThrow();
    return !allowed.isEmpty()
        && (heldByServer
            || allowed.contains(AUTHENTICATED)
            || !Collections.disjoint(allowed, sender.groups()));
  }

  /** Says for the log who may call. */
  @Override
  public String toString() {
    return roles.map(allowed -> "roles " + allowed).orElse("everybody");
  }
}
