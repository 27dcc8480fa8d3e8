// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The application in tests. It knows every mailbox, but these local parts have a meaning:
 *
 * <ul>
 *   <li>{@code unknown}: refused at RCPT, 550 5.1.1
 *   <li>{@code later}: refused at RCPT, 451 4.3.2
 *   <li>{@code reject}: the message is refused, 550 5.7.1
 *   <li>{@code defer}: the message is refused, 451 4.3.0
 *   <li>{@code stop}: the message is refused, 421 4.3.2
 * </ul>
 */
final class Application {

  private static final Map<String, Reply> REFUSALS =
      Map.of(
          "reject", Reply.of(550, "5.7.1", "Rejected by the bean"),
          "defer", Reply.of(451, "4.3.0", "Deferred by the bean"),
          "stop", Reply.of(421, "4.3.2", "Shutting down"));

  Reply recipient(RecipientRequest request) {
    return switch (request.recipient().path().localPart()) {
      case "unknown" -> Reply.of(550, "5.1.1", "No such mailbox");
      case "later" -> Reply.of(451, "4.3.2", "Not now");
      default -> Reply.of(250, "2.1.5", "Recipient OK");
    };
  }

  /** In LMTP each recipient has its own outcome. */
  List<Reply> messageForEach(ReceivedMail mail) {
    return mail.envelope().recipients().stream()
        .map(recipient -> recipient.path().localPart())
        .map(name -> REFUSALS.getOrDefault(name, Reply.of(250, "2.0.0", "Accepted for " + name)))
        .toList();
  }

  Reply message(ReceivedMail mail) {
    Stream<String> localParts =
        mail.envelope().recipients().stream().map(recipient -> recipient.path().localPart());
    return localParts
        .map(REFUSALS::get)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(Reply.of(250, "2.0.0", "Accepted"));
  }
}
