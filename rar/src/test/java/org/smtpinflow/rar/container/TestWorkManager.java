// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.container;

import jakarta.resource.spi.work.ExecutionContext;
import jakarta.resource.spi.work.SecurityContext;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkCompletedException;
import jakarta.resource.spi.work.WorkContext;
import jakarta.resource.spi.work.WorkContextProvider;
import jakarta.resource.spi.work.WorkEvent;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkListener;
import jakarta.resource.spi.work.WorkManager;
import jakarta.resource.spi.work.WorkRejectedException;
import jakarta.security.auth.message.callback.CallerPrincipalCallback;
import jakarta.security.auth.message.callback.GroupPrincipalCallback;
import jakarta.security.auth.message.callback.PasswordValidationCallback;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;

/**
 * Schedules Works and sets up their security contexts as WildFly's work manager does, for tests
 * that run without a container.
 */
public final class TestWorkManager implements WorkManager {

  /** The subject of a Work without a security context. */
  public static final Caller ANONYMOUS = new Caller("anonymous", Set.of());

  private static final ThreadLocal<Caller> CALLER = ThreadLocal.withInitial(() -> ANONYMOUS);

  private final Executor threads;
  private final Map<String, String> passwords = new ConcurrentHashMap<>();
  private final AtomicInteger checks = new AtomicInteger();
  private volatile char[] lastPassword = {};
  private volatile boolean rejecting;
  private volatile long lastStartTimeout;
  private volatile Security security = Security.WORKING;
  private volatile boolean throwingForStrangers;

  public TestWorkManager(Executor threads) {
    this.threads = threads;
  }

  /** The container's knowledge of the subject that runs a Work. */
  public record Caller(String name, Set<String> groups) {}

  /** How the container treats the security context of a Work. */
  public enum Security {
    WORKING,
    /** There is no security domain: no callback handler is available, and the Work does not run. */
    NO_DOMAIN,
    /** The domain cannot be reached: the callback handler throws. */
    FAILING,
    /** The Work is run, but its contexts are ignored. */
    IGNORED,
    /** The Work is completed without an error and without having run. */
    SILENT,
    /** The contexts are refused before the Work is accepted, and its listener is notified. */
    UNSUPPORTED
  }

  public static Caller caller() {
    return CALLER.get();
  }

  public void reject(boolean reject) {
    rejecting = reject;
  }

  /** Returns how long the last Work that was scheduled may take to start, in milliseconds. */
  public long lastStartTimeout() {
    return lastStartTimeout;
  }

  public void security(Security how) {
    security = how;
  }

  /** Makes it look for a caller in its realm first, as Open Liberty does. */
  void throwForStrangers() {
    throwingForStrangers = true;
  }

  void addUser(String name, String password) {
    passwords.put(name, password);
  }

  /** Returns how many passwords have been checked. */
  int checks() {
    return checks.get();
  }

  /** Returns the array of the last checked password, in its present state. */
  char[] lastPassword() {
    return lastPassword.clone();
  }

  @Override
  public void scheduleWork(
      Work work, long startTimeout, ExecutionContext context, WorkListener listener)
      throws WorkException {
    lastStartTimeout = startTimeout;
    if (rejecting) {
      WorkException rejection = new WorkRejectedException("no room");
      listener.workRejected(new WorkEvent(this, WorkEvent.WORK_REJECTED, work, rejection));
      throw rejection;
    }
    Optional<SecurityContext> asked = securityContext(work);
    if (asked.isPresent() && security == Security.UNSUPPORTED) {
      throw new WorkCompletedException("no such context");
    }
    threads.execute(() -> run(work, asked, listener));
  }

  private static Optional<SecurityContext> securityContext(Work work) {
    List<WorkContext> contexts =
        work instanceof WorkContextProvider provider ? provider.getWorkContexts() : List.of();
    return contexts.stream()
        .filter(SecurityContext.class::isInstance)
        .map(SecurityContext.class::cast)
        .findAny();
  }

  private void run(Work work, Optional<SecurityContext> context, WorkListener listener) {
    WorkException failure = null;
    try {
      if (context.isEmpty() || security == Security.IGNORED) {
        work.run();
      } else if (security != Security.SILENT) {
        setUp(context.get());
        work.run();
      }
    } catch (RuntimeException e) {
      failure = new WorkCompletedException("not run", e);
    } finally {
      CALLER.remove();
      listener.workCompleted(new WorkEvent(this, WorkEvent.WORK_COMPLETED, work, failure));
    }
  }

  private void setUp(SecurityContext context) {
    if (security == Security.NO_DOMAIN) {
      throw new IllegalStateException("no security domain");
    }
    context.setupSecurityContext(new Domain(), new Subject(), null);
  }

  /** Handles only the first call, and checks a password only if the call also names a caller. */
  private final class Domain implements CallbackHandler {

    private boolean heard;

    @Override
    public void handle(Callback[] callbacks) throws IOException {
      if (security == Security.FAILING) {
        throw new IOException("the realm is away");
      }
      if (heard) {
        return;
      }
      heard = true;
      Optional<CallerPrincipalCallback> caller = find(CallerPrincipalCallback.class, callbacks);
      if (throwingForStrangers && caller.filter(this::isUnknown).isPresent()) {
        throw new IOException(new IllegalStateException("J2CA0670E: no such user"));
      }
      find(PasswordValidationCallback.class, callbacks)
          .filter(validation -> caller.isPresent())
          .ifPresent(this::validate);
      Set<String> groups =
          find(GroupPrincipalCallback.class, callbacks)
              .map(callback -> Set.of(callback.getGroups()))
              .orElse(Set.of());
      caller.ifPresent(callback -> CALLER.set(new Caller(callback.getName(), groups)));
    }

    private boolean isUnknown(CallerPrincipalCallback callback) {
      return !passwords.containsKey(callback.getName());
    }

    private void validate(PasswordValidationCallback callback) {
      checks.incrementAndGet();
      lastPassword = callback.getPassword();
      String password = passwords.get(callback.getUsername());
      callback.setResult(
          password != null && password.equals(String.valueOf(callback.getPassword())));
      callback.getSubject().getPrincipals().add(new Group("group of " + callback.getUsername()));
    }

    private <T extends Callback> Optional<T> find(Class<T> type, Callback[] callbacks) {
      return Stream.of(callbacks).filter(type::isInstance).map(type::cast).findAny();
    }
  }

  /** A group as Payara puts it into a subject. */
  private record Group(String name) implements java.security.Principal {

    @Override
    public String getName() {
      return name;
    }
  }

  @Override
  public void scheduleWork(Work work) {
    throw new AssertionError("not called");
  }

  @Override
  public void doWork(Work work) {
    throw new AssertionError("not called");
  }

  @Override
  public void doWork(Work work, long timeout, ExecutionContext context, WorkListener listener) {
    throw new AssertionError("not called");
  }

  @Override
  public long startWork(Work work) {
    throw new AssertionError("not called");
  }

  /** {@inheritDoc} Does not wait for the start. */
  @Override
  public long startWork(Work work, long timeout, ExecutionContext context, WorkListener listener) {
    threads.execute(work);
    return 0;
  }
}
