// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.util.List;

/** The mail server that the application server's own mail session sends to. */
final class CustomerServer implements AutoCloseable {

  private final GreenMail server =
      new GreenMail(new ServerSetup(TestEnvironment.MAIL_PORT, "127.0.0.1", "smtp"));

  CustomerServer() {
    server.start();
  }

  /** Waits until there are so many messages, and returns them. */
  List<MimeMessage> await(int messages) {
    Await.until(messages + " messages", () -> received().size() >= messages);
    return received();
  }

  List<MimeMessage> received() {
    return List.of(server.getReceivedMessages());
  }

  @Override
  public void close() {
    server.stop();
  }
}
