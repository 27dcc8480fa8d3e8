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
 * The application server that runs the adapter, as far as application servers differ. The defaults
 * are what Jakarta Connectors says; each implementation overrides what its application server does
 * otherwise.
 *
 * <p>An implementation is chosen, and recognizes its application server's objects, by names: the
 * classes of one application server are missing in the others.
 */
public interface Container {

  /** Finds the application server that starts the adapter. */
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
   * Returns whether a class of this name is a part of the application server's connector container.
   */
  boolean owns(String className);

  /** Returns the application server's name, for the log. */
  String name();

  /**
   * Makes a user the caller of the beans that the Work of this handler calls (Jakarta Connectors
   * 2.1, section 16.4). The user has authenticated.
   *
   * @param subject the Work's execution subject
   * @throws IOException if the application server does not take the caller
   * @throws UnsupportedCallbackException if it takes no caller
   * @throws LoginException if it refuses the caller
   */
  default void establishCaller(CallbackHandler handler, Subject subject, Client.Identity caller)
      throws IOException, UnsupportedCallbackException, LoginException {
    // WildFly takes only the first call, so both callbacks go into one.
    handler.handle(
        new Callback[] {
          new CallerPrincipalCallback(subject, caller.name()),
          new GroupPrincipalCallback(subject, caller.groups().toArray(String[]::new))
        });
  }

  /**
   * Returns the groups in the subject of a user whom the application server has authenticated. No
   * specification says where they are.
   */
  default Set<String> groups(Subject subject) {
    return Set.of();
  }

  /** Returns whether a failed password check only means that the realm has no such user. */
  default boolean meansUnknownUser(IOException failure) {
    return false;
  }

  /**
   * Returns whether the application server checks the roles of an authenticated caller before it
   * calls a message-driven bean. Jakarta Enterprise Beans demands that of session beans only.
   */
  default boolean checksRoles() {
    return false;
  }

  /**
   * Returns the transaction manager with which the adapter must commit; empty if the application
   * server reports the outcome of its own commit.
   */
  default Optional<TransactionManager> committer() {
    return Optional.empty();
  }

  /**
   * Returns whether the application server is activating the endpoints of all its applications on
   * the calling thread, so that an exception would end more than one application.
   */
  default boolean isResuming() {
    return false;
  }

  /** Returns what an administrator changes to give transactions more time. */
  default String transactionTimeoutSetting() {
    return "the application server's transaction timeout";
  }
}
