// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.smtpinflow.api.Recipient;

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

  RecipientDecision recipient(RecipientRequest request) {
    return switch (request.recipient().path().localPart()) {
      case "unknown" -> new RecipientDecision.Refused(Reply.of(550, "5.1.1", "No such mailbox"));
      case "later" -> new RecipientDecision.Refused(Reply.of(451, "4.3.2", "Not now"));
      default ->
          new RecipientDecision.Accepted(
              Reply.of(250, "2.1.5", "Recipient OK"), new Memory(request.recipient()));
    };
  }

  /** What this remembers of a recipient that it accepted. */
  record Memory(Recipient recipient) implements Acceptance {}

  /**
   * In LMTP each recipient has its own outcome; in SMTP one that is refused refuses the message.
   */
  List<Reply> message(ReceivedMail mail) {
    List<String> localParts =
        mail.envelope().recipients().stream()
            .map(recipient -> recipient.path().localPart())
            .toList();
    if (mail.replyPerRecipient()) {
      return localParts.stream()
          .map(name -> REFUSALS.getOrDefault(name, Reply.of(250, "2.0.0", "Accepted for " + name)))
          .toList();
    }
    return List.of(
        localParts.stream()
            .map(REFUSALS::get)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(Reply.of(250, "2.0.0", "Accepted")));
  }
}
