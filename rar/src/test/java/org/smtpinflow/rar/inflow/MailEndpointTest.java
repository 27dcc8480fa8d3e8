// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.smtpinflow.api.Client;
import org.smtpinflow.smtp.protocol.Reply;

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
    assertThat(endpoint.demand(TestClient.of("smtp", Optional.empty(), Optional.empty())))
        .isEmpty();
  }

  @Test
  void demandsTls() {
    MailEndpoint endpoint =
        TestBean.endpoint(
            TestBean.settings(
                "support@example.com", "smtp submission submissions lmtp", 1, true, false));
    assertThat(endpoint.demand(TestClient.of("smtp", Optional.empty(), Optional.empty())))
        .map(Reply::code)
        .contains(530);
    assertThat(endpoint.demand(TestClient.of("smtp", TLS, Optional.empty()))).isEmpty();
  }

  @Test
  void demandsAuthentication() {
    MailEndpoint endpoint =
        TestBean.endpoint(
            TestBean.settings(
                "support@example.com", "smtp submission submissions lmtp", 1, false, true));
    assertThat(endpoint.demand(TestClient.of("smtp", TLS, Optional.empty())))
        .map(Reply::code)
        .contains(530);
    assertThat(endpoint.demand(TestClient.of("smtp", TLS, DEMO))).isEmpty();
  }
}
