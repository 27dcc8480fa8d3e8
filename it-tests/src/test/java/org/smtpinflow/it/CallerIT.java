// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.smtpinflow.it.app.AgentDesk;
import org.smtpinflow.it.app.AgentsOnlyBean;
import org.smtpinflow.it.app.CallerBean;

/** Who the caller of a bean is, and whom the server lets in. */
@ExtendWith(ArquillianExtension.class)
class CallerIT {

  @Deployment(testable = false)
  static EnterpriseArchive application() {
    return Archives.application(
        "caller", Archives.adapter(), CallerBean.class, AgentDesk.class, AgentsOnlyBean.class);
  }

  /** Sends a message whose header and envelope claim to be of an agent. */
  private static Map<String, String> claim(String recipient, String replyToMessage)
      throws IOException {
    return Transcript.play(
        """
        S: 220 mx.example.com ...
        C: HELO demo
        S: 250 mx.example.com
        C: MAIL FROM:<demo@mx.example.com>
        S: 250 2.1.0 ...
        C: RCPT TO:<%s>
        S: 250 2.1.5 ...
        C: DATA
        S: 354 ...
        C: From: demo@mx.example.com
        C: Sender: demo@mx.example.com
        C: X-Authenticated-User: demo
        C:
        C: I am an agent.
        C: .
        %s
        C: QUIT
        S: 221 2.0.0 ...
        S: (closed)
        """
            .formatted(recipient, replyToMessage));
  }

  @Test
  void whoDidNotAuthenticateIsNobodyWhateverTheMailSays() throws IOException {
    claim(
        "ask@caller.example", "S: 550 5.7.1 caller=anonymous agent=false guest=false desk=closed");
  }

  @Test
  void aBeanForAgentsIsNotCalledForNobody() throws IOException {
    claim("desk@agents.example", "S: 550 5.7.1 Not authorized to send to this recipient");
    assertThat(Database.sightingsOfRecipient("desk@agents.example")).isEmpty();
  }
}
