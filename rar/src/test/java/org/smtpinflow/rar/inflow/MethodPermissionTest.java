// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.annotation.security.RunAs;
import jakarta.resource.ResourceException;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smtpinflow.api.Client;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.MailListener;

class MethodPermissionTest {

  private static final Optional<Client.Identity> NOBODY = Optional.empty();
  private static final Optional<Client.Identity> AGENT = sender("agent", "other");
  private static final Optional<Client.Identity> GUEST = sender("guest");
  private static final Optional<Client.Identity> CERTIFIED = sender();

  private static Optional<Client.Identity> sender(String... groups) {
    return Optional.of(new Client.Identity("demo", Set.of(groups)));
  }

  private static MethodPermission of(Class<?> bean) throws ResourceException {
    return MethodPermission.of(bean, false);
  }

  /** A bean, or a superclass of one, without annotations. */
  public static class Plain implements MailListener {
    @Override
    public void onMail(Mail mail) {}
  }

  @RolesAllowed({"agent", "clerk"})
  public static class OfClass implements MailListener {
    @Override
    public void onMail(Mail mail) {}
  }

  @PermitAll
  public static class OfMethod implements MailListener {
    @Override
    @RolesAllowed("agent")
    public void onMail(Mail mail) {}
  }

  @RunAs("system")
  public static class HeirOfOfClass extends OfClass {}

  @PermitAll
  public static class OpenHeirOfOfClass extends OfClass {}

  @RolesAllowed("guest")
  public static class OverloadedHeir extends OfClass {
    public void onMail(Object mail) {}
  }

  @RolesAllowed("agent")
  static class Hidden {
    public void onMail(Mail mail) {}
  }

  public static class HeirOfHidden extends Hidden implements MailListener {}

  @RolesAllowed("agent")
  public static class Generic<T> {
    public void onMail(T mail) {}
  }

  public static class HeirOfGeneric extends Generic<Mail> implements MailListener {}

  @ParameterizedTest
  @ValueSource(
      classes = {
        OfClass.class,
        OfMethod.class,
        HeirOfOfClass.class,
        OpenHeirOfOfClass.class,
        OverloadedHeir.class,
        HeirOfHidden.class,
        HeirOfGeneric.class
      })
  void aSenderInARoleOfTheBeanIsAllowed(Class<?> bean) throws ResourceException {
    assertThat(of(bean).allows(AGENT)).isTrue();
    assertThat(of(bean).allows(GUEST)).isFalse();
    assertThat(of(bean).allows(CERTIFIED)).isFalse();
    assertThat(of(bean).allows(NOBODY)).isFalse();
  }

  @RolesAllowed("agent")
  public static class OpenMethod implements MailListener {
    @Override
    @PermitAll
    public void onMail(Mail mail) {}
  }

  @RolesAllowed("agent")
  public static class RestrictedHeirOfPlain extends Plain {}

  public static class OverridingHeirOfOfClass extends OfClass {
    @Override
    public void onMail(Mail mail) {}
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Plain.class,
        OpenMethod.class,
        RestrictedHeirOfPlain.class,
        OverridingHeirOfOfClass.class
      })
  void everyoneIsAllowedIfNothingRestrictsTheMethod(Class<?> bean) throws ResourceException {
    assertThat(of(bean).allows(AGENT)).isTrue();
    assertThat(of(bean).allows(CERTIFIED)).isTrue();
    assertThat(of(bean).allows(NOBODY)).isTrue();
  }

  @DenyAll
  public static class Closed implements MailListener {
    @Override
    public void onMail(Mail mail) {}
  }

  @PermitAll
  public static class ClosedMethod implements MailListener {
    @Override
    @DenyAll
    public void onMail(Mail mail) {}
  }

  @PermitAll
  @DenyAll
  @RolesAllowed("agent")
  public static class Contradictory implements MailListener {
    @Override
    public void onMail(Mail mail) {}
  }

  @RolesAllowed({})
  public static class NoRoles implements MailListener {
    @Override
    public void onMail(Mail mail) {}
  }

  @ParameterizedTest
  @ValueSource(classes = {Closed.class, ClosedMethod.class, Contradictory.class, NoRoles.class})
  void aDenialAppliesToEveryone(Class<?> bean) throws ResourceException {
    assertThat(of(bean).allows(AGENT)).isFalse();
    assertThat(of(bean).allows(NOBODY)).isFalse();
    assertThat(MethodPermission.of(bean, true).allows(AGENT)).isFalse();
  }

  @RolesAllowed("**")
  public static class Authenticated implements MailListener {
    @Override
    public void onMail(Mail mail) {}
  }

  @Test
  void twoAsterisksAllowEveryAuthenticatedSender() throws ResourceException {
    assertThat(of(Authenticated.class).allows(CERTIFIED)).isTrue();
    assertThat(of(Authenticated.class).allows(NOBODY)).isFalse();
  }

  @Test
  void aContainerThatChecksRolesDecidesOnAuthenticatedSenders() throws ResourceException {
    MethodPermission permission = MethodPermission.of(OfClass.class, true);
    assertThat(permission.allows(AGENT)).isTrue();
    assertThat(permission.allows(GUEST)).isTrue();
    assertThat(permission.allows(NOBODY)).isFalse();
  }

  @Test
  void namesThePermittedCallers() throws ResourceException {
    assertThat(of(OfMethod.class)).hasToString("roles [agent]");
    assertThat(of(Plain.class)).hasToString("everybody");
  }

  @Test
  void aClassThatTakesNoMailIsRefused() {
    assertThatThrownBy(() -> of(String.class))
        .isInstanceOf(ResourceException.class)
        .hasMessage("the bean java.lang.String has no method onMail");
  }
}
