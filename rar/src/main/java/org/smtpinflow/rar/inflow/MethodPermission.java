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
 * Who may call {@code onMail} of a bean, according to the annotations of the bean.
 *
 * <p>Jakarta Enterprise Beans defines method permissions of session beans only, and most containers
 * do not check those of a message-driven bean. So the adapter checks them, by the rules for session
 * beans ("Specification of Method Permissions with Metadata Annotations"): an annotation of the
 * method overrides that of its class, and the class is the one that declares the method. Only the
 * container knows the permissions in a descriptor.
 *
 * <p>The groups of a sender are its roles. WildFly and Open Liberty may map groups to other roles,
 * and check the roles themselves. There the container decides whether an authenticated sender has a
 * role.
 */
final class MethodPermission {

  /** The role of everybody who has authenticated (Jakarta Enterprise Beans). */
  private static final String AUTHENTICATED = "**";

  /** Empty if everybody may call. */
  private final Optional<Set<String>> roles;

  private final boolean checkedByContainer;

  private MethodPermission(Optional<Set<String>> roles, boolean checkedByContainer) {
    this.roles = roles;
    this.checkedByContainer = checkedByContainer;
  }

  /**
   * Reads the annotations of a bean.
   *
   * @throws ResourceException if the container does not report the class of the bean, or if the
   *     class is no {@code MailListener}
   */
  static MethodPermission of(MessageEndpointFactory factory, Container container)
      throws ResourceException {
    Class<?> bean = factory.getEndpointClass();
    if (bean == null) {
      throw new ResourceException(
          "the application server does not report the class of the bean, so that nobody can check"
              + " whom the bean allows");
    }
    return of(bean, container.checksRoles());
  }

  /**
   * Reads the annotations of a bean.
   *
   * @param checkedByContainer whether the container checks the roles of an authenticated sender
   */
  static MethodPermission of(Class<?> bean, boolean checkedByContainer) throws ResourceException {
    try {
      return new MethodPermission(roles(onMail(bean)), checkedByContainer);
    } catch (NoSuchMethodException e) {
      throw new ResourceException("the bean " + bean.getName() + " has no method onMail", e);
    }
  }

  /**
   * Finds the method that runs. The visible one can be a bridge that the compiler made: to a method
   * of a superclass that is not public, or to one with a type variable.
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

  /** Contradictory annotations in one place are an error: the strictest one holds. */
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
   * Returns whether the bean may allow a sender. A client that did not authenticate has no role, in
   * any container.
   *
   * @param sender empty for a client that did not authenticate
   */
  boolean allows(Optional<Client.Identity> sender) {
    return roles.isEmpty() || sender.filter(this::isInRole).isPresent();
  }

  /**
   * Returns whether a denial can come from the container, and not from a bean that this one calls.
   */
  boolean isCheckedByContainer() {
    return checkedByContainer;
  }

  private boolean isInRole(Client.Identity sender) {
    Set<String> allowed = roles.orElseThrow();
    return !allowed.isEmpty()
        && (checkedByContainer
            || allowed.contains(AUTHENTICATED)
            || !Collections.disjoint(allowed, sender.groups()));
  }

  /** Names for the log who may call. */
  @Override
  public String toString() {
    return roles.map(allowed -> "roles " + allowed).orElse("everybody");
  }
}
