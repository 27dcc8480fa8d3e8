// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.container;

import jakarta.resource.spi.BootstrapContext;
import jakarta.security.auth.message.callback.CallerPrincipalCallback;
import jakarta.security.auth.message.callback.GroupPrincipalCallback;
import jakarta.transaction.TransactionManager;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.LoginException;
import org.smtpinflow.api.Client;

/**
 * The container (application server) that runs the adapter, where containers differ. The default
 * methods follow Jakarta Connectors; each implementation overrides them where its container
 * differs.
 *
 * <p>An implementation is selected by class names, and recognizes the objects of its container by
 * class names, because the classes of one container are missing in the others.
 */
public interface Container {

  /** Returns the container that starts the adapter. */
  static Container of(BootstrapContext context) {
    List<String> names =
        Stream.of(context, context.getWorkManager())
            .map(part -> part.getClass().getName())
            .toList();
    return Stream.of(
            new WildFlyContainer(),
            new GlassFishContainer(),
            new LibertyContainer(),
            new TomeeContainer())
        .filter(container -> names.stream().anyMatch(container::owns))
        .findFirst()
        .orElseGet(StandardContainer::new);
  }

  /**
   * Returns whether a class of this name belongs to this container's implementation of Jakarta
   * Connectors.
   */
  boolean owns(String className);

  /** Returns the name of the application server, for the log. */
  String name();

  /**
   * Makes a user the caller of the beans that the Work of this handler calls (Jakarta Connectors
   * 2.1, section 16.4). The user has authenticated.
   *
   * @param subject the Work's execution subject
   * @throws IOException if the container does not accept the caller
   * @throws UnsupportedCallbackException if the container accepts no callers at all
   * @throws LoginException if the container refuses the caller
   */
  default void establishCaller(CallbackHandler handler, Subject subject, Client.Identity caller)
      throws IOException, UnsupportedCallbackException, LoginException {
    // WildFly handles only the first call, so both callbacks go into one.
    handler.handle(
        new Callback[] {
          new CallerPrincipalCallback(subject, caller.name()),
          new GroupPrincipalCallback(subject, caller.groups().toArray(String[]::new))
        });
  }

  /**
   * Returns the groups in the subject of a user whom the container has authenticated. No
   * specification says where they are.
   */
  default Set<String> groups(Subject subject) {
    return Set.of();
  }

  /** Returns whether a failure of a password check only means that the realm has no such user. */
  default boolean meansUnknownUser(IOException failure) {
    return false;
  }

  /**
   * Returns whether the container checks the roles of an authenticated caller before it calls a
   * message-driven bean. Jakarta Enterprise Beans demands this only for session beans.
   */
  default boolean checksRoles() {
    return false;
  }

  /**
   * Returns the transaction manager with which the adapter must commit; empty if the container
   * reports the outcome of its own commit.
   */
  default Optional<TransactionManager> committer() {
    return Optional.empty();
  }

  /** Returns the setting with which an administrator gives transactions more time. */
  default String transactionTimeoutSetting() {
    return "the application server's transaction timeout";
  }
}
