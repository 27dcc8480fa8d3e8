// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.smtpinflow.api.Client;

class MailEndpointTest {

  private static final Optional<Client.TlsSession> TLS =
      Optional.of(
          new Client.TlsSession(
              "TLSv1.3", "TLS_AES_128_GCM_SHA256", Optional.empty(), Optional.empty()));
  private static final Optional<Client.Identity> DEMO =
      Optional.of(new Client.Identity("demo", Set.of("agent")));

  @Test
  void demandsNothingByDefault() {
    MailEndpoint endpoint = TestBean.endpoint("support@example.com");
    assertThat(endpoint.unmetDemand(TestClient.of("smtp", Optional.empty(), Optional.empty())))
        .isEmpty();
  }

  @Test
  void demandsTls() {
    MailEndpoint endpoint =
        TestBean.endpoint(
            TestBean.settings(
                "support@example.com", "smtp submission submissions lmtp", 1, true, false));
    assertThat(endpoint.unmetDemand(TestClient.of("smtp", Optional.empty(), Optional.empty())))
        .contains(AdapterReply.TLS_REQUIRED);
    assertThat(endpoint.unmetDemand(TestClient.of("smtp", TLS, Optional.empty()))).isEmpty();
  }

  @Test
  void demandsAuthentication() {
    MailEndpoint endpoint =
        TestBean.endpoint(
            TestBean.settings(
                "support@example.com", "smtp submission submissions lmtp", 1, false, true));
    assertThat(endpoint.unmetDemand(TestClient.of("smtp", TLS, Optional.empty())))
        .contains(AdapterReply.AUTHENTICATION_REQUIRED);
    assertThat(endpoint.unmetDemand(TestClient.of("smtp", TLS, DEMO))).isEmpty();
  }

  @Test
  void noDeliveryBeginsOnceItIsClosed() {
    MailEndpoint endpoint = TestBean.endpoint("support@example.com");
    endpoint.close();
    assertThat(endpoint.tryAcquire()).isFalse();
    assertThat(endpoint.awaitIdle(Duration.ofMinutes(1))).isTrue();
  }

  @Test
  void anInterruptDoesNotEndTheWaitForADelivery() throws Exception {
    MailEndpoint endpoint = TestBean.endpoint("support@example.com");
    assertThat(endpoint.tryAcquire()).isTrue();
    CompletableFuture<Boolean> idle = new CompletableFuture<>();
    Thread waiting =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              idle.complete(endpoint.awaitIdle(Duration.ofMinutes(1)) && Thread.interrupted());
            });
    waiting.start();
    // It waits on after it has put the interrupt off.
    while (waiting.getState() != Thread.State.TIMED_WAITING && !idle.isDone()) {
      Thread.onSpinWait();
    }
    assertThat(idle).isNotDone();
    endpoint.release();
    assertThat(idle.get(30, TimeUnit.SECONDS)).isTrue();
  }
}
