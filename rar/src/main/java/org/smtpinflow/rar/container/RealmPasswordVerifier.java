// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.container;

import jakarta.resource.spi.security.PasswordCredential;
import jakarta.resource.spi.work.SecurityContext;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkAdapter;
import jakarta.resource.spi.work.WorkContext;
import jakarta.resource.spi.work.WorkContextProvider;
import jakarta.resource.spi.work.WorkEvent;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkManager;
import jakarta.security.auth.message.callback.CallerPrincipalCallback;
import jakarta.security.auth.message.callback.PasswordValidationCallback;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.UnsupportedCallbackException;
import org.smtpinflow.api.Client;
import org.smtpinflow.smtp.sasl.AuthenticationUnavailableException;
import org.smtpinflow.smtp.sasl.PasswordVerifier;

/**
 * Checks passwords in the container's realm. A container checks a password only for a Work that
 * asks for it (Jakarta Connectors 2.1, section 16.4), so each check is a Work that does nothing
 * else.
 */
public final class RealmPasswordVerifier implements PasswordVerifier {

  private final Container container;
  private final WorkManager workManager;
  private final Duration patience;

  /**
   * Makes a verifier.
   *
   * @param patience how long the container may take to find a thread and to check
   */
  public RealmPasswordVerifier(Container container, WorkManager workManager, Duration patience) {
    this.container = container;
    this.workManager = workManager;
    this.patience = patience;
  }

  @Override
  public Optional<Client.Identity> verify(String user, char[] password)
      throws AuthenticationUnavailableException {
    Check check = new Check(user, password);
    try {
      ContextClassLoader.runForSubmission(workManager, () -> schedule(check));
      return check.outcome.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw unavailable(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    } catch (TimeoutException e) {
      throw unavailable(e);
    } finally {
      // The caller now erases the password, so the check must not begin any more.
      check.outcome.cancel(false);
    }
  }

  private void schedule(Check check) {
    try {
      workManager.scheduleWork(check, patience.toMillis(), null, check.listener());
    } catch (WorkException | RuntimeException e) {
      check.outcome.completeExceptionally(e);
    }
  }

  /** Omits the cause's text, which may contain a password that was sent as a name. */
  private AuthenticationUnavailableException unavailable(Throwable cause) {
    return new AuthenticationUnavailableException(
        "the realm of "
            + container.name()
            + " could not check a password ("
            + cause.getClass().getName()
            + ")",
        cause);
  }

  /** The check of one password. */
  private final class Check extends SecurityContext implements Work, WorkContextProvider {

    private static final long serialVersionUID = 1L;

    private final transient CompletableFuture<Optional<Client.Identity>> outcome =
        new CompletableFuture<>();

    private final String user;
    private final transient char[] password;

    Check(String user, char[] password) {
      this.user = user;
      this.password = password;
    }

    @Override
    public List<WorkContext> getWorkContexts() {
      return List.of(this);
    }

    @Override
    public void setupSecurityContext(
        CallbackHandler handler, Subject executionSubject, Subject serviceSubject) {
      if (outcome.isDone()) {
        return;
      }
      // Payara and GlassFish look for the realm's login module with the context class loader. The
      // work manager's class loader, with which the Work was submitted, does not see it.
      ContextClassLoader.runWith(
          Check.class.getClassLoader(), () -> complete(handler, executionSubject));
    }

    private void complete(CallbackHandler handler, Subject executionSubject) {
      try {
        outcome.complete(check(handler, executionSubject));
      } catch (IOException | UnsupportedCallbackException | RuntimeException e) {
        outcome.completeExceptionally(e);
      }
    }

    private Optional<Client.Identity> check(CallbackHandler handler, Subject subject)
        throws IOException, UnsupportedCallbackException {
      PasswordValidationCallback validation =
          new PasswordValidationCallback(subject, user, password);
      try {
        // WildFly checks a password only if the same call names a caller.
        handler.handle(new Callback[] {validation, new CallerPrincipalCallback(subject, user)});
        return validation.getResult()
            ? Optional.of(new Client.Identity(user, container.groups(subject)))
            : Optional.empty();
      } catch (IOException e) {
        if (container.meansUnknownUser(e)) {
          return Optional.empty();
        }
        throw e;
      } finally {
        validation.clearPassword();
        subject
            .getPrivateCredentials(PasswordCredential.class)
            .forEach(credential -> Arrays.fill(credential.getPassword(), ' '));
      }
    }

    /**
     * {@inheritDoc} A container that supports the security context has checked the password by now.
     */
    @Override
    public void run() {
      outcome.completeExceptionally(
          new IllegalStateException(container.name() + " ignores the security context of a Work"));
    }

    WorkAdapter listener() {
      return new WorkAdapter() {
        @Override
        public void workRejected(WorkEvent event) {
          fail(event);
        }

        @Override
        public void workCompleted(WorkEvent event) {
          fail(event);
        }
      };
    }

    /** Has no effect after the check. */
    private void fail(WorkEvent event) {
      outcome.completeExceptionally(
          event.getException() == null
              ? new IllegalStateException(container.name() + " did not run the check")
              : event.getException());
    }

    @Override
    public void release() {}
  }
}
