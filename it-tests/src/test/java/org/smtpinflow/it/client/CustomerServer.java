// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.client;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import org.smtpinflow.it.environment.Await;
import org.smtpinflow.it.environment.TestEnvironment;

/** The mail server that the application server's own mail session sends to. */
public final class CustomerServer implements AutoCloseable {

  private final GreenMail server =
      new GreenMail(new ServerSetup(TestEnvironment.MAIL_PORT, "127.0.0.1", "smtp"));

  public CustomerServer() {
    server.start();
  }

  /** Waits until there are so many messages, and returns them. */
  public List<MimeMessage> await(int messages) {
    Await.until(messages + " messages", () -> received().size() >= messages);
    return received();
  }

  public List<MimeMessage> received() {
    return List.of(server.getReceivedMessages());
  }

  @Override
  public void close() {
    server.stop();
  }
}
