// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.spi.work.WorkRejectedException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.smtpinflow.api.Client;
import org.smtpinflow.smtp.sasl.AuthenticationUnavailableException;

@Timeout(60)
class RealmPasswordVerifierTest {

  private final ExecutorService threads = Executors.newSingleThreadExecutor();
  private final TestWorkManager workManager = new TestWorkManager(threads);
  private final RealmPasswordVerifier verifier =
      new RealmPasswordVerifier(new TestContainer(), workManager, Duration.ofMinutes(1));

  @BeforeEach
  void addUser() {
    workManager.addUser("demo", "secret");
  }

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private Optional<Client.Identity> verify(String user, String password)
      throws AuthenticationUnavailableException {
    return verifier.verify(user, password.toCharArray());
  }

  @Test
  void theRightPasswordProvesTheUserWithItsGroups() throws Exception {
    assertThat(verify("demo", "secret"))
        .contains(new Client.Identity("demo", Set.of("group of demo")));
  }

  @ParameterizedTest
  @CsvSource({"demo, wrong", "demo, Secret", "demo, ''", "nobody, secret", "'', ''"})
  void anythingElseProvesNothing(String user, String password) throws Exception {
    assertThat(verify(user, password)).isEmpty();
  }

  @Test
  void anUnknownUserIsRefusedLikeAWrongPassword() throws Exception {
    workManager.throwForStrangers();
    assertThat(verify("nobody", "secret")).isEmpty();
    assertThat(verify("demo", "wrong")).isEmpty();
    assertThat(verify("demo", "secret")).isPresent();
  }

  @ParameterizedTest
  @EnumSource(
      value = TestWorkManager.Security.class,
      names = "WORKING",
      mode = EnumSource.Mode.EXCLUDE)
  void aCheckThatFailsIsNeitherASuccessNorARefusal(TestWorkManager.Security security)
      throws Exception {
    workManager.security(security);
    assertThatThrownBy(() -> verify("demo", "secret"))
        .isInstanceOf(AuthenticationUnavailableException.class)
        .hasMessageNotContainingAny("demo", "secret");
    workManager.security(TestWorkManager.Security.WORKING);
    assertThat(verify("demo", "secret")).isPresent();
  }

  @Test
  void aBusyContainerCannotCheck() {
    workManager.reject(true);
    assertThatThrownBy(() -> verify("demo", "secret"))
        .isInstanceOf(AuthenticationUnavailableException.class)
        .hasCauseInstanceOf(WorkRejectedException.class);
  }

  @Test
  void theWaitForASlowContainerIsLimited() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    threads.execute(() -> await(busy));
    RealmPasswordVerifier impatient =
        new RealmPasswordVerifier(new TestContainer(), workManager, Duration.ofMillis(1));
    assertThatThrownBy(() -> impatient.verify("demo", "secret".toCharArray()))
        .isInstanceOf(AuthenticationUnavailableException.class)
        .hasCauseInstanceOf(TimeoutException.class);
    busy.countDown();
    assertThat(verify("demo", "secret")).isPresent();
    assertThat(workManager.checks()).isEqualTo(1);
  }

  @Test
  void thePasswordIsNeitherClearedNorKept() throws Exception {
    char[] password = "secret".toCharArray();
    verifier.verify("demo", password);
    assertThat(password).containsExactly("secret".toCharArray());
    assertThat(workManager.lastPassword()).containsOnly(' ');
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
